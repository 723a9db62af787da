"""Nothing that names a person leaves the exports: not in the profile, not on screen, not in a note or an error."""

import made_company

from amends.drafts import drafted, guess_table
from pipelines.reading.draft import draft_profile
from pipelines.reading.draft.document import profile_texts
from pipelines.reading.draft.why import Personal, PersonalLeftOut
from words.speech import PLAIN

CANARY = "Xanthippe"


def exports(folder, rows=80):
    made_company.write_csv(
        folder / "tickets.csv",
        ("ticket_id", "customer_email", "customer_name", "phone", "created_at", "reason", "message", "agent", "city"),
        [
            (
                i,
                f"{CANARY.lower()}{i}@mail.example",
                f"{CANARY} Example {i}",
                f"+49 171 {CANARY}{i}",
                f"2024-01-{i % 28 + 1:02d}",
                "late",
                f"My name is {CANARY} and I am cross with you",
                f"{CANARY} A.",
                "Ulm",
            )
            for i in range(rows)
        ],
    )
    made_company.write_csv(
        folder / "orders.csv",
        ("order_id", "email", "order_date", "total", "ship_to_name"),
        [
            (i, f"{CANARY.lower()}{i % rows}@mail.example", f"2024-03-{i % 28 + 1:02d}", "10.00", CANARY)
            for i in range(200)
        ],
    )
    (folder / f"{CANARY}.txt").write_text(f"1,{CANARY}\n2,{CANARY}\n")
    return folder


def test_a_draft_names_columns_and_never_values(tmp_path):
    draft = draft_profile(exports(tmp_path / "exports"), tmp_path / "profile", PLAIN.say)
    shown = [*profile_texts(draft, PLAIN.say).values(), guess_table(draft), str(drafted(draft))]
    shown += [path.read_text() for path in (tmp_path / "profile").iterdir()]
    for text in shown:
        assert CANARY.lower() not in text.lower().replace(f"{CANARY}.txt".lower(), "")


def test_people_are_left_out_and_only_their_key_is_taken(tmp_path):
    draft = draft_profile(exports(tmp_path / "exports"), tmp_path / "profile", PLAIN.say)
    used = {g.export for g in draft.guesses}
    assert not used & {"customer_name", "phone", "message", "agent", "ship_to_name"}
    assert "customer_email" in used
    assert dict(draft.unmapped["tickets"])["customer_name"] == PersonalLeftOut(Personal.NAMES)


def test_contacts_are_offered_but_commented_out(tmp_path):
    draft_profile(exports(tmp_path / "exports"), tmp_path / "profile", PLAIN.say)
    text = (tmp_path / "profile" / "source.toml").read_text()
    assert "# [contacts]" in text
    assert "\n[contacts]" not in text


def test_a_refusal_names_files_and_never_values(tmp_path):
    folder = tmp_path / "exports"
    exports(folder)
    (folder / "tickets.csv").unlink()
    draft = draft_profile(folder, tmp_path / "profile", PLAIN.say)
    assert draft.stopped
    for told in (PLAIN.say(draft.stopped), *(path.read_text() for path in (tmp_path / "profile").iterdir())):
        assert CANARY not in told.replace(f"{CANARY}.txt", "")
