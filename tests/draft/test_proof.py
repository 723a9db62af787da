"""A reading is proven by values, likely by names, said by somebody, or open."""

from made_company import write_csv

from pipelines.reading.draft import make_draft
from pipelines.reading.draft.asking.answers import Answers
from pipelines.reading.draft.asking.proof import proof_of
from pipelines.reading.draft.asking.questions import open_questions, waiting
from pipelines.reading.draft.correction import corrected
from pipelines.reading.draft.why import Proof


def proofs(draft):
    waits = waiting(draft)
    return {f"{g.table}.{g.column}": proof_of(draft, waits, g) for g in draft.guesses}


def exports(folder, closed="2024-09-17 13:{:02}"):
    write_csv(
        folder / "cases.csv",
        ("Case number", "Customer number", "Opened", "Closed", "Priority", "Reason"),
        [
            (f"T{i}", f"K{i:05}", f"2024-08-17 13:{i}", closed.format(i), ("Low", "High")[i % 2], "late")
            for i in range(10, 40)
        ],
    )
    write_csv(
        folder / "orders.csv",
        ("Order number", "Customer number", "Ordered at", "Total", "Status"),
        [(f"O{i}", f"K{i:05}", f"2024-09-{i - 9:02} 10:00", f"{i}.50", "paid") for i in range(10, 39)],
    )
    return folder


def test_what_the_values_leave_no_choice_about_is_proven_and_what_a_name_says_is_likely(tmp_path):
    found = proofs(make_draft(exports(tmp_path / "exports"), tmp_path / "profile"))
    assert {name for name, proof in found.items() if proof is Proof.PROVEN} == {
        "incidents.customer_id", "incidents.severity", "orders.customer_id", "orders.ordered_at", "orders.amount",
        "orders.status",
    }  # fmt: skip
    # Two columns hold moments, so that only their names tell the opening from the end.
    assert found["incidents.opened_at"] is Proof.LIKELY
    assert found["incidents.category"] is Proof.LIKELY


def test_what_is_asked_is_open_and_what_was_answered_or_corrected_is_not(tmp_path):
    data = exports(tmp_path / "exports", closed="03/04/2024 13:{:02}")
    draft = make_draft(data, tmp_path / "profile")
    assert proofs(draft)["incidents.closed_at"] is Proof.OPEN
    (question,) = open_questions(draft)
    answered = make_draft(data, tmp_path / "profile", Answers((question.answered("day"),)))
    assert proofs(answered)["incidents.closed_at"] is Proof.LIKELY
    assert proofs(corrected(draft, "incidents.category", "Priority"))["incidents.category"] is Proof.SAID
