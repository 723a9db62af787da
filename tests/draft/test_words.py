import pytest

from pipelines.reading.draft.matching.words import name_score, tokens


@pytest.mark.parametrize("name", ["Created at", "created_at", "createdAt", "CREATED_AT", "Created-At"])
def test_habits_of_writing_are_the_same_name(name):
    assert tokens(name) == ("created", "at")


def test_accents_umlauts_and_articles_say_nothing():
    assert tokens("Número de Pedido") == tokens("numero pedido")
    assert tokens("Prioritaet") == tokens("Priorität")


def test_the_same_words_fit_best_and_more_words_fit_less():
    same, more = name_score("Customer ID", ["customer id"]), name_score("Billing customer ID", ["customer id"])
    assert same == 1.0
    assert 0.5 <= more < same


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("Updated at", "created at"),
        ("Assignee email", "email"),
        ("First reply created at", "created at"),
        ("Product type", "type"),
    ],
)
def test_a_word_that_makes_another_thing_of_it_doesnt_fit(name, phrase):
    assert name_score(name, [phrase]) == 0.0
