import csv
from decimal import Decimal

import pytest
from lost_cases import case, publish_cases
from refusals import refused

from amends.worklist import COLUMNS, write_worklist
from pipelines.errors import PublishError, SourceError
from pipelines.publish.store import local_store


def listed(tmp_path, *cases):
    published = publish_cases(tmp_path / "published", list(cases))
    result = write_worklist(local_store(published), tmp_path / "list.csv", None)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert result.data.cases == len(rows)
    return rows


def ids(rows):
    return [row["incident_id"] for row in rows]


def test_closed_cases_whose_customer_isnt_won_back_most_valuable_first(tmp_path):
    rows = listed(
        tmp_path,
        case("small", earlier_spend_365d=Decimal("9.50")),
        case("large", earlier_spend_365d=Decimal(2000)),
        case("open", closed=False),
        case("restored", restored=True),
        case("ordered again, no score", days_to_return=12.0),
        case("ordered again, worse score", days_to_return=12.0, restored=False, earlier_spend_365d=Decimal(50)),
    )
    assert ids(rows) == ["large", "ordered again, worse score", "small"]
    assert [row["won_back"] for row in rows] == ["no new order yet", "no", "no new order yet"]
    assert rows[2]["value_at_stake"] == "9.50"
    assert rows[2]["currency"] == "EUR"


def test_a_customer_nobody_knows_is_said_to_be_unknown(tmp_path):
    (row,) = listed(tmp_path, case("1", customer_on_file=None, earlier_spend_365d=None))
    assert (row["won_back"], row["value_at_stake"], row["currency"]) == ("not known", "", "")


def test_the_day_is_that_of_the_profiles_zone(tmp_path):
    assert listed(tmp_path, case("1"))[0]["opened"] == "2025-03-02"


def test_what_was_done_and_whether_it_was_answered_in_time(tmp_path):
    (row,) = listed(
        tmp_path,
        case("1", first_contact_minutes=90.0, apology_given=True, explanation_given=False, compensation_given=True,
             compensation_kind="cash", compensation_amount=Decimal("25"), fixed_for_customer=True, standard_met=False),
    )  # fmt: skip
    assert row["what_was_done"] == "answered after 90 min; apologised; gave money back, 25.00 EUR; repaired"
    assert row["answered_in_time"] == "no"


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ({"response_status": "unanswered"}, "never answered"),
        ({"response_status": "open"}, "nothing recorded"),
        ({"first_contact_minutes": 600.0}, "answered after 10 h"),
        ({"compensation_given": True, "compensation_kind": "gesture"}, "gave a gesture"),
    ],
)
def test_words_for_what_is_recorded(tmp_path, known, says):
    assert listed(tmp_path, case("1", **known))[0]["what_was_done"] == says


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(tmp_path):
    rows = listed(tmp_path, case("=HYPERLINK(1)", category="@SUM(A1)", site_id="-2+3", severity="+1"))
    assert list(rows[0].values())[:5] == ["'=HYPERLINK(1)", "2025-03-02", "'-2+3", "'@SUM(A1)", "'+1"]


def test_nobody_lost_gives_a_header_alone(tmp_path):
    assert listed(tmp_path, case("1", restored=True)) == []
    assert (tmp_path / "list.csv").read_text(encoding="utf-8-sig").strip() == ",".join(COLUMNS)


@pytest.mark.parametrize("place", ["list.csv", "runs/list.csv", "../published/list.csv"])
def test_nothing_is_written_into_the_published_folder(tmp_path, place):
    published = publish_cases(tmp_path / "published", [case("1")])
    before = sorted(p.name for p in published.rglob("*"))
    with refused(SourceError, match="inside the published folder"):
        write_worklist(local_store(published), published / place, None)
    assert sorted(p.name for p in published.rglob("*")) == before


def test_a_link_into_the_published_folder_is_no_way_round(tmp_path):
    published = publish_cases(tmp_path / "published", [case("1")])
    (tmp_path / "elsewhere").symlink_to(published)
    with refused(SourceError, match="inside the published folder"):
        write_worklist(local_store(published), tmp_path / "elsewhere" / "list.csv", None)


@pytest.mark.parametrize("place", [".", "nowhere/list.csv"])
def test_a_file_that_cant_be_is_refused(tmp_path, place):
    published = publish_cases(tmp_path / "published", [case("1")])
    with refused(SourceError, match="Name one with --to"):
        write_worklist(local_store(published), tmp_path / place, None)


def test_exports_that_record_no_end_are_told_what_to_add(tmp_path):
    published = publish_cases(tmp_path / "published", [case("1", closed=None)])
    with refused(SourceError, match="Map resolved_at or closed_at"):
        write_worklist(local_store(published), tmp_path / "list.csv", None)


def test_a_run_of_an_earlier_version_is_told_to_run_again(tmp_path):
    published = publish_cases(tmp_path / "published", [case("1")], without=("closed",))
    with refused(PublishError, match="without closed"):
        write_worklist(local_store(published), tmp_path / "list.csv", None)


def test_an_empty_published_folder_is_told_how_to_begin(tmp_path):
    with refused(PublishError, match="no published run yet"):
        write_worklist(local_store(tmp_path / "published"), tmp_path / "list.csv", None)


def test_open_cases_that_nobody_answered_for_a_week_are_a_list_of_their_own(tmp_path):
    waits = {"closed": False, "response_status": "open", "first_contact_minutes": None}
    cases = [
        case("young", follow_up_days=6.0, **waits), case("old", follow_up_days=90.0, **waits),
        case("a week", follow_up_days=7.0, **waits),
        case("answered", follow_up_days=90.0, **waits | {"first_contact_minutes": 5.0}),
        case("closed unheard", follow_up_days=90.0, response_status="unanswered"),
    ]  # fmt: skip
    published = publish_cases(tmp_path / "published", cases)
    result = write_worklist(local_store(published), tmp_path / "list.csv", None, silent=True)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        assert ids(list(csv.DictReader(file))) == ["old", "a week"]
    assert "2 open cases without an answer for a week" in result.text
