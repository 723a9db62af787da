"""States are read value by value: what was bought, what a customer got from a person, what is a case at all."""

import pytest
from made_company import write_csv

from pipelines.engine import open_engine
from pipelines.reading.draft import draft_profile, make_draft
from pipelines.reading.draft.asking.answers import Answers
from pipelines.reading.draft.asking.questions import open_questions
from pipelines.reading.draft.document import profile_texts
from pipelines.reading.draft.matching.vocabulary import counts_as_purchase
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from words.speech import PLAIN

UNDONE = (
    "wc-pending", "Payment failed", "Zahlung fehlgeschlagen", "NICHT BEZAHLT", "Pago rechazado", "Estornado",
    "Remboursée", "In attesa di pagamento", "Geannuleerd", "Nieopłacone", "Återbetald", "キャンセル済み", "결제대기",
    "Not paid", "requires_payment_method",
)  # fmt: skip
BOUGHT = (
    "wc-completed", "partially_refunded", "Versandt", "Entregado", "Concluído", "Livrée", "Spedito", "Bezorgd",
    "Opłacone", "Levererad", "発送済み", "배송완료", "Unfulfilled",
)  # fmt: skip


@pytest.mark.parametrize("label", UNDONE)
def test_nothing_was_bought(label):
    assert counts_as_purchase(label) is False


@pytest.mark.parametrize("label", BOUGHT)
def test_something_was_bought(label):
    assert counts_as_purchase(label) is True


@pytest.mark.parametrize("label", ["Phase 2", "grün", "B7", "x-ray"])
def test_nobody_knows(label):
    assert counts_as_purchase(label) is None


def shop(folder, states):
    days = [f"2024-{month:02}-{day:02}" for month in range(1, 13) for day in (3, 11, 25)]
    write_csv(
        folder / "klachten.csv",
        ("Ticket number", "Customer number", "Opened", "Closed", "Reason"),
        [(f"T{i}", f"K{i:05}", f"{d} 09:00", f"{d} 17:00", "late") for i, d in enumerate(days)],
    )
    write_csv(
        folder / "orders.csv",
        ("Order number", "Customer number", "Ordered at", "Total", "Currency", "Status"),
        [(f"O{i}", f"K{i:05}", f"{d} 10:00", "20.50", "EUR", states[i % len(states)]) for i, d in enumerate(days)],
    )
    return folder


def loaded(data, profile, query):
    draft_profile(data, profile, PLAIN.say)
    with open_engine() as engine:
        load(engine, load_profile(str(profile)), data, id_key=b"key", data_cut=None, progress=lambda step: None)
        return engine.rows(query)


def test_orders_that_came_to_nothing_are_no_purchases(tmp_path):
    data = shop(tmp_path / "exports", ("Betaald", "Mislukt", "Terugbetaald"))
    query = "SELECT status, count(*) FROM orders GROUP BY 1 ORDER BY 1"
    assert loaded(data, tmp_path / "profile", query) == [("Betaald", 12), ("cancelled", 24)]


def test_a_state_that_nobody_knows_holds_the_orders_back_until_somebody_says(tmp_path):
    data = shop(tmp_path / "exports", ("paid", "Zone B"))
    assert loaded(data, tmp_path / "profile", "SELECT count(*) FROM orders") == [(0,)]
    text = (tmp_path / "profile" / "source.toml").read_text()
    assert "do orders count as purchases where it says Zone B?" in text
    assert "# [tables.orders]" in text
    assert 'retention = "none"' in text
    draft = make_draft(data, tmp_path / "other")
    (asked,) = open_questions(draft)
    said = profile_texts(make_draft(data, tmp_path / "other", Answers((asked.answered(),))), PLAIN.say)["source.toml"]
    assert '"Zone B" = "cancelled"' in said
    assert 'retention = "transactional"' in said
    said = profile_texts(make_draft(data, tmp_path / "other", Answers((asked.answered("Zone B"),))), PLAIN.say)
    assert '"Zone B"' not in said["source.toml"]


def messages(folder, shown, written):
    shop(folder, ("paid",))
    write_csv(
        folder / "replies.csv",
        ("Ticket number", "Sent at", "Author type", shown),
        [row for i in range(36) for row in ((f"T{i}", f"2024-12-{i % 9 + 20} 08:{i:02}", *w) for w in written)],
    )
    return folder


@pytest.mark.parametrize(
    ("shown", "values"),
    [("Public", ("false", "true")), ("Internal", ("yes", "no")), ("Type", ("Private note", "Reply"))],
)
def test_what_no_customer_saw_is_no_contact(shown, values, tmp_path):
    written = [("customer", values[1]), ("agent", values[0]), ("agent", values[1])]
    data = messages(tmp_path / "exports", shown, written)
    query = "SELECT actor, count(*), count(public) FROM interactions GROUP BY 1 ORDER BY 1"
    assert loaded(data, tmp_path / "profile", query) == [("agent", 36, 0), ("customer", 36, 0)]


def test_what_customers_write_in_private_is_no_internal_note(tmp_path):
    written = [("customer", "false"), ("agent", "false"), ("agent", "true")]
    data = messages(tmp_path / "exports", "Public", written)
    query = "SELECT public, count(*) FROM interactions GROUP BY 1 ORDER BY 1"
    assert loaded(data, tmp_path / "profile", query) == [(False, 72), (True, 36)]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("Schlagworte", "eilig, Duplikat"),
        ("Status", "Merged"),
        ("Labels", "vip spam"),
        ("태그", "스팸"),
        ("Estado", "Eliminado"),
    ],
)
def test_merged_and_spam_tickets_are_no_cases(column, said, tmp_path):
    rows = [(f"T{i}", f"2024-05-{i + 1:02} 09:00", "late", said if i % 3 else "vip") for i in range(30)]
    write_csv(tmp_path / "exports" / "tickets.csv", ("Ticket number", "Opened", "Reason", column), rows)
    assert loaded(tmp_path / "exports", tmp_path / "profile", "SELECT count(*) FROM incidents") == [(10,)]
    note = PLAIN.all(make_draft(tmp_path / "exports", tmp_path / "other").notes)
    assert f"tickets.csv: 20 rows are left out because '{column}' says" in note
