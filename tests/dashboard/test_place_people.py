"""People: who is listed, in which order, what helps, and how work on cases is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from published_run import SPEECH
from streamlit.testing.v1 import AppTest

from dashboard.cache import cached_run
from dashboard.places.people import Chosen, Work, cases_of, headline, helps_of, table
from pipelines.contracts.catalog.counting import NeededFor
from pipelines.contracts.worklist import CaseWork, Did, Standing
from pipelines.publish import journal
from pipelines.publish.store import local_store

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"
TODAY = date(2026, 12, 1)


@pytest.fixture
def three(run):
    """One silent case, one at risk and one not won back."""
    kinds = zip(run.worklist, NeededFor, strict=True)
    return replace(run, worklist=tuple(replace(c, needed_for=kind, channel="desk") for c, kind in kinds))


def ids(cases):
    return [c.incident_id for c in cases]


def test_what_is_done_or_put_off_leaves_the_list_until_its_day(three):
    first, second, third = ids(three.worklist)
    work = {
        first: Standing().after(CaseWork("r", (first,), Did.DONE)),
        second: Standing().after(CaseWork("r", (second,), Did.SNOOZED, until=date(2026, 12, 8))),
    }
    assert ids(cases_of(three, Chosen(), work, TODAY)) == [third]
    assert ids(cases_of(three, Chosen(work=Work.CLOSED), work, TODAY)) == [first, second]
    assert ids(cases_of(three, Chosen(), work, date(2026, 12, 8))) == [second, third]


def test_an_owner_stays_through_comments_and_is_asked_for_by_name_of_none(three):
    case = three.worklist[0].incident_id
    steps = (CaseWork("r", (case,), Did.ASSIGNED, "Desk"), CaseWork("r", (case,), Did.COMMENTED, text="Called twice."))
    standing = Standing()
    for step in steps:
        standing = standing.after(step)
    assert (standing.did, standing.owner, standing.comments) == (Did.ASSIGNED, "Desk", ("Called twice.",))
    assert ids(cases_of(three, Chosen(work=Work.OWNED), {case: standing}, TODAY)) == [case]
    assert case not in ids(cases_of(three, Chosen(work=Work.UNOWNED), {case: standing}, TODAY))


def test_a_scope_a_kind_and_a_case_number_narrow_the_list(three):
    assert cases_of(three, Chosen(scope="site_id=S9"), {}, TODAY) == ()
    assert len(cases_of(three, Chosen(scope="site_id=S2"), {}, TODAY)) == 3
    (only,) = cases_of(three, Chosen(needed_for=NeededFor.AT_RISK), {}, TODAY)
    assert cases_of(three, Chosen(scope="site_id=S9", case=f" {only.incident_id} "), {}, TODAY) == (only,)


def test_since_last_week_means_the_week_before_the_data_cut(three):
    cut = three.data_cut
    fresh = datetime(cut.year, cut.month, cut.day, 9, tzinfo=UTC)
    rows = (replace(three.worklist[0], since=fresh), *three.worklist[1:])
    assert ids(cases_of(replace(three, worklist=rows), Chosen(newly=True), {}, TODAY)) == [rows[0].incident_id]


def test_the_headline_counts_each_kind_and_who_has_nobody(three):
    said = headline(three.worklist, {}, TODAY, SPEECH)
    assert said.startswith("1 case is silent, 1 is at risk, 1 isn't known to be won back.")
    assert "Nobody has 2" in said
    owned = {c.incident_id: Standing(Did.ASSIGNED, "Desk") for c in three.worklist}
    assert "Nobody has" not in headline(three.worklist, owned, TODAY, SPEECH)
    done = {c.incident_id: Standing(Did.DONE) for c in three.worklist}
    assert headline(three.worklist, done, TODAY, SPEECH) == "Nobody is waiting for you."


def test_what_helps_is_what_the_ledger_says_of_the_step_and_nothing_of_others(three):
    assert helps_of(three, None, SPEECH) == "–"
    said = helps_of(three, "apology", SPEECH)
    assert said.split()[-1] in {"Proven", "evidence", "Hint", "tell"}


def test_comments_stand_in_no_table(three):
    case = three.worklist[0].incident_id
    work = {case: Standing(Did.ASSIGNED, "Desk", comments=("Her mother is ill.",))}
    shown = table(three, three.worklist, work)
    assert shown[0]["Owner"] == "Desk"
    assert not any("mother" in str(cell) for row in shown for cell in row.values())


def test_work_on_cases_is_read_back_as_it_was_written(published):
    store = local_store(published)
    said = CaseWork(
        store.current_id(), ("507254", "500339"), Did.SNOOZED, until=date(2027, 1, 4), text="After the audit."
    )
    journal.append(store, said)
    assert journal.entries(store)[-1].said == said
    assert journal.work(store) == {
        case: Standing(Did.SNOOZED, "", date(2027, 1, 4), ("After the audit.",)) for case in said.cases
    }
    assert not journal.flaws(store).any


def test_the_page_lists_everybody_who_needs_somebody(published):
    cached_run.clear()
    app = AppTest.from_file(APP, default_timeout=30).run().switch_page("dashboard/app_pages/people.py").run()
    assert not app.exception
    assert app.title[0].value.startswith("3 aren't known to be won back")
    assert list(app.dataframe[0].value["Case"]) == ["507254", "500339", "503874"]
