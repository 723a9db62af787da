"""What nothing settles is asked, what waits for an answer is told nowhere, and what was answered isn't asked again."""

import io
import json
import shutil

import pytest
from made_company import write_csv
from refusals import refused

from amends.answer import as_json
from amends.drafts import confirmed_profile, drafted
from pipelines.contracts.catalog.company import Asked
from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.catalog.thresholds import MOST_QUESTIONS
from pipelines.contracts.messages.lacking import WaitsForAnswer
from pipelines.engine import open_engine
from pipelines.errors import SourceError
from pipelines.handover import facts_of
from pipelines.reading.draft import draft_profile, make_draft
from pipelines.reading.draft.asking import keeping
from pipelines.reading.draft.asking.answers import Answers, Said, read_answers, signature
from pipelines.reading.draft.asking.questions import open_questions, waiting
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from words.speech import PLAIN


class Terminal(io.StringIO):
    def isatty(self):
        return True


def cases(folder, opened="2024-08-17 13:{:02}", closed="2024-09-17 13:{:02}", name="cases.csv"):
    rows = [(f"T{i}", f"K{i:05}", opened.format(i), closed.format(i), "late") for i in range(10, 40)]
    write_csv(folder / name, ("Case number", "Customer number", "Opened", "Closed", "Reason"), rows)
    return folder


def orders(folder, totals, name="orders.csv", number="O{}", ordered="2024-11-{:02}", first=0):
    rows = [
        (number.format(1000 + i + first), f"K{i:05}", ordered.format(i % 12 + 1), totals[i % len(totals)], "EUR")
        for i in range(40)
    ]
    write_csv(folder / name, ("Order number", "Customer number", "Ordered at", "Total", "Currency"), rows)
    return folder


def start(folder, answers=None):
    return confirmed_profile(folder, folder.parent / "profile", ask=False, progress=lambda step: None, answers=answers)


def asked(folder):
    return {(q.asks, q.about): q.waits for q in open_questions(make_draft(folder, folder.parent / "other"))}


def test_an_optional_column_waits_alone_and_a_needed_one_with_its_table(tmp_path):
    data = orders(cases(tmp_path / "exports", closed="03/04/2024 13:{:02}"), ("1.234", "5.678"))
    assert asked(data) == {
        (Asked.DAY_OR_MONTH, "Closed"): (("incidents", "closed_at"),),
        (Asked.DECIMAL_SIGN, "Total"): (("orders", ""),),
    }
    profile = start(data)
    assert "closed_at" not in profile.sources.tables["incidents"].columns
    assert set(profile.sources.tables) == {"incidents"}


def test_figures_that_need_an_answer_are_refused_with_the_question(tmp_path):
    data = orders(cases(tmp_path / "exports"), ("1.234", "5.678"))
    profile = start(data)
    with open_engine() as engine:
        loaded = load(engine, profile, data, id_key=b"k" * 40, data_cut=None, progress=lambda step: None)
    reason = OUTCOMES["returned"].lacking(facts_of(profile, loaded.supplied))
    assert reason == WaitsForAnswer("orders", Asked.DECIMAL_SIGN, "orders.csv · Total")


@pytest.mark.parametrize(
    ("totals", "decimal"),
    [
        (("1.234", "950", "2.500", "120"), ","),
        (("1,234", "950", "2,500", "120"), "."),
        (("1.234", "12.5", "3.75"), "."),
        (("2.500", "1234", "99"), "."),
    ],
)
def test_numbers_beside_it_prove_what_a_sign_is(totals, decimal, tmp_path):
    data = orders(cases(tmp_path / "exports"), totals)
    assert asked(data) == {}
    assert make_draft(data, tmp_path / "other").samples["orders"].spec.decimal == decimal


def test_an_answer_written_beside_the_profile_is_taken_at_the_next_start(tmp_path):
    data = orders(cases(tmp_path / "exports"), ("1.234", "5.678"))
    start(data)
    path = tmp_path / "profile" / "answers.toml"
    path.write_text(path.read_text().replace('answer = ""', 'answer = "thousands"'))
    profile = start(data)
    assert profile.questions == ()
    assert profile.sources.files["orders"].decimal == ","


def test_a_profile_changed_by_hand_is_never_drafted_again(tmp_path):
    data = orders(cases(tmp_path / "exports"), ("1.234", "5.678"))
    start(data)
    path = tmp_path / "profile" / "source.toml"
    path.write_text(path.read_text() + "# mine\n")
    answers = tmp_path / "profile" / "answers.toml"
    answers.write_text(answers.read_text().replace('answer = ""', 'answer = "thousands"'))
    assert start(data).questions
    with refused(SourceError, match="changed since it was drafted"):
        start(data, answers)


def test_the_next_export_of_the_same_tool_is_not_asked_about(tmp_path, monkeypatch):
    data = orders(cases(tmp_path / "exports"), ("1.234", "5.678"))
    monkeypatch.setattr("sys.stdin", Terminal("thousands\n\n"))
    confirmed_profile(data, tmp_path / "profile", ask=True, progress=lambda step: None)
    later = orders(cases(tmp_path / "later", name="cases_june.csv"), ("7.777", "8.888"), name="orders_june.csv")
    profile = confirmed_profile(later, tmp_path / "p2", ask=False, progress=lambda step: None)
    assert profile.questions == ()
    assert profile.sources.files["orders_june"].decimal == ","
    kept = keeping.LEARNT.read_text()
    assert "1.234" not in kept
    assert "K000" not in kept
    assert keeping.LEARNT.stat().st_mode & 0o077 == 0


def test_answers_are_handed_on_to_another_machine(tmp_path):
    data = orders(cases(tmp_path / "exports"), ("1.234", "5.678"))
    header = signature(("Order number", "Customer number", "Ordered at", "Total", "Currency"))
    file = tmp_path / "mine.toml"
    file.write_text(f'[[answers]]\nasks = "decimal_sign"\nabout = "Total"\nheader = "{header}"\nanswer = "decimals"\n')
    assert start(data, file).sources.files["orders"].decimal == "."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[[answers]]\nasks = 'weather'\nabout = 'x'\n", "asks"),
        ("[answers]\n", "answers"),
        ("answers = [", "no TOML"),
    ],
)
def test_a_file_of_answers_that_says_nothing_known_is_refused(written, said, tmp_path):
    (tmp_path / "a.toml").write_text(written)
    with refused(SourceError, match=said):
        read_answers(tmp_path / "a.toml")


def test_an_answer_for_a_file_that_is_not_there_is_said(tmp_path):
    data = cases(tmp_path / "exports")
    said = Answers((Said(Asked.HUNDREDTHS, "Total", ("cents",), "sales.csv", "0" * 16),))
    assert "sales.csv" in PLAIN.all(make_draft(data, tmp_path / "other", said).notes)


def test_an_answer_that_is_no_choice_is_refused(tmp_path):
    data = orders(cases(tmp_path / "exports"), ("1.234", "5.678"))
    (question,) = open_questions(make_draft(data, tmp_path / "other"))
    with refused(SourceError, match="can only be decimals, thousands"):
        question.answered("commas")


def test_seven_questions_are_asked_at_most_and_the_worst_first(tmp_path, monkeypatch, capsys):
    rows = [
        (f"T{i}", f"K{i:05}", f"03/04/2024 13:{i}", "late", *[f"0{j}/0{j}/2024" for j in range(1, 9)])
        for i in range(10, 40)
    ]
    header = (
        "Case number", "Customer number", "Opened", "Reason", "Closed", "Resolved", "Reopened at", "Occurred at",
        "Service start", "Service end", "Threatened at", "Cause reviewed at",
    )  # fmt: skip
    write_csv(tmp_path / "exports" / "cases.csv", header, rows)
    draft = make_draft(tmp_path / "exports", tmp_path / "other")
    assert len(open_questions(draft)) > MOST_QUESTIONS
    assert open_questions(draft)[0].about == "Opened"
    monkeypatch.setattr("sys.stdin", Terminal("day\n" + "\n" * 10))
    profile = confirmed_profile(tmp_path / "exports", tmp_path / "profile", ask=True, progress=lambda step: None)
    assert capsys.readouterr().err.count("Question ") == MOST_QUESTIONS
    assert profile.sources.tables["incidents"].formats["opened_at"][0].startswith("%d/%m")


def test_which_file_holds_the_cases_can_be_said(tmp_path):
    rows = [(f"A{i}", f"2024-05-{i + 1:02}", f"x{i % 3}") for i in range(28)]
    write_csv(tmp_path / "exports" / "blatt.csv", ("Lfd", "Wann", "Was"), rows)
    write_csv(
        tmp_path / "exports" / "kosten.csv", ("Posten", "Wann"), [("Miete", "2024-05-01"), ("Strom", "2024-05-02")]
    )
    draft = draft_profile(tmp_path / "exports", tmp_path / "profile", PLAIN.say)
    assert draft.stopped
    (question,) = open_questions(draft)
    assert {choice.answer for choice in question.choices} == {"blatt.csv", "kosten.csv"}
    said = Answers((question.answered("blatt.csv"),))
    (which,) = open_questions(make_draft(tmp_path / "exports", tmp_path / "other", said))
    assert which.about == "incidents.opened_at"
    settled = make_draft(tmp_path / "exports", tmp_path / "other", said.then(which.answered("Wann")))
    assert not settled.stopped
    assert ("incidents", "opened_at", "Wann") in [(g.table, g.column, g.export) for g in settled.guesses]


def test_a_second_file_of_orders_is_asked_about_and_neither_is_taken(tmp_path):
    data = orders(cases(tmp_path / "exports"), ("12.50", "30.00"), name="web.csv")
    orders(data, ("9.99", "8.50"), name="laden.csv", number="L{}")
    (question,) = open_questions(make_draft(data, tmp_path / "other"))
    assert {choice.answer for choice in question.choices} == {"web.csv", "laden.csv"}
    assert set(start(data).sources.tables) == {"incidents"}
    chosen = make_draft(data, tmp_path / "other", Answers((question.answered("web.csv"),)))
    assert {g.file for g in chosen.of_table("orders")} == {"web"}


def test_the_lines_of_orders_are_no_second_file_of_orders(tmp_path):
    data = orders(cases(tmp_path / "exports"), ("12.50", "30.00"))
    shutil.copy(data / "orders.csv", data / "export_of_orders.csv")
    assert asked(data) == {}


def test_customers_that_are_nowhere_among_the_orders_hold_the_orders_back(tmp_path):
    data = orders(cases(tmp_path / "exports"), ("12.50", "30.00"))
    text = (data / "orders.csv").read_text().replace(",K", ",X9")
    (data / "orders.csv").write_text(text)
    assert asked(data) == {(Asked.WHICH_COLUMN, "incidents.customer_id"): (("orders", ""),)}


def test_a_time_without_its_unit_is_asked_about(tmp_path):
    rows = [(f"T{i}", "2024-08-17 13:59", "late", i) for i in range(10, 40)]
    write_csv(tmp_path / "exports" / "tickets.csv", ("Ticket number", "Opened", "Reason", "Response time"), rows)
    draft = make_draft(tmp_path / "exports", tmp_path / "other")
    (question,) = open_questions(draft)
    assert waiting(draft).tables == {"interactions"}
    said = make_draft(tmp_path / "exports", tmp_path / "other", Answers((question.answered("hours"),)))
    assert "interactions" in said.tables()
    none = make_draft(tmp_path / "exports", tmp_path / "other", Answers((question.answered("business_hours"),)))
    assert "interactions" not in none.tables()


def test_questions_are_data_for_machines(tmp_path):
    data = orders(cases(tmp_path / "exports"), ("1.234", "5.678"))
    told = json.loads(as_json(drafted(make_draft(data, tmp_path / "other")).data))["questions"]
    assert told[0]["asks"] == "decimal_sign"
    assert told[0]["waits"] == ["orders"]
    assert set(told[0]["choices"]) == {"decimals", "thousands"}


def test_a_question_that_is_answered_in_the_profile_is_a_contradiction(tmp_path):
    data = orders(cases(tmp_path / "exports"), ("1.234", "5.678"))
    start(data)
    path = tmp_path / "profile" / "source.toml"
    text = path.read_text().replace('table = "orders"', 'table = "incidents"')
    path.write_text(text)
    with refused(SourceError, match="nothing about it is open"):
        load_profile(str(path.parent))
