"""Memory: a decision worked only if a design says so; it can be changed and closed, and what it rests on stays."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from published_run import SPEECH

from dashboard.charts.lanes import Item, Lane, Lanes, at, packed, svg
from dashboard.places.memory import Became, headline, leading, outcome_of, table, time_line
from pipelines.contracts.catalog.counting import Every
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Reviewed
from pipelines.contracts.decided import Decision, decision, revision
from pipelines.contracts.experiments.registry import Experiment, Happened, Moment
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.contracts.tables.measure import SeriesPoint
from pipelines.errors import DecisionError
from pipelines.publish import journal
from pipelines.publish.store import local_store


def taken(run, **changes):
    effect = next(e for e in run.effects if e.treatment == "speed" and e.level_to == "60" and (e.estimate or 0) > 0)
    day = run.data_cut - timedelta(days=700)
    return replace(Decision(3, "Answer within an hour", "Front office", day, day, run.run_id, day, effect), **changes)


def reviewed(run, grade, low, high):
    row = DecisionReview(
        Reviewed.CHANGE_SINCE, decision=3, estimate=(low + high) / 2, ci_low=low, ci_high=high, grade=grade
    )  # fmt: skip
    return replace(run, decision_reviews=(row,))


@pytest.mark.parametrize(
    ("grade", "low", "high", "became"),
    [
        (Grade.A, 1.0, 3.0, Became.WORKED),
        (Grade.B, -3.0, -1.0, Became.DIDNT),
        (Grade.B, -1.0, 3.0, Became.CANT_TELL),
        (Grade.C, 1.0, 3.0, Became.CANT_TELL),
        (None, 1.0, 3.0, Became.CANT_TELL),
    ],
)
def test_only_a_design_says_that_a_decision_worked(run, grade, low, high, became):
    assert outcome_of(taken(run), reviewed(run, grade, low, high)) is became


def test_until_its_outcome_can_be_known_it_is_too_early(run):
    young = taken(run, due=run.data_cut, decided=run.data_cut)
    bare = replace(run, decision_reviews=())
    assert outcome_of(young, bare) is Became.TOO_EARLY
    assert headline([young], bare, SPEECH) == "1 decision. 1 is too early to call."
    assert headline([], bare, SPEECH) == "Nothing was decided here yet."


def test_the_first_sign_is_how_often_it_is_done_before_and_now(run):
    due = run.data_cut - timedelta(days=60)
    spans = [(due - timedelta(days=28 * n), due - timedelta(days=28 * n - 27)) for n in (3, 2)]
    spans.append((due + timedelta(days=1), due + timedelta(days=28)))
    rows = [SeriesPoint("answered_within_60_minutes", Every.FOUR_WEEKS, f"{a}/{b}", estimate=share) for (a, b), share in
            zip(spans, (0.2, 0.4, 0.7), strict=True)]  # fmt: skip
    found = leading(taken(run, due=due), replace(run, series=tuple(rows)))
    assert (found.before, found.now) == (pytest.approx(0.3), 0.7)
    assert leading(taken(run, due=due), replace(run, series=tuple(rows[:2]))) is None


def test_a_decision_is_changed_and_closed_and_rests_on_what_it_rested_on(published, run):
    store = local_store(published)
    first = journal.append(store, decision(what="Answer fast", owner="Desk", decided=date(2026, 1, 5),
                           due=date(2026, 2, 1), run_id=run.run_id, data_cut=run.data_cut,
                           effect=taken(run).effect)).said  # fmt: skip
    journal.append(store, revision(first, what="Answer within an hour", owner="Front office", due=date(2026, 3, 1),
                                   closed=True, remark="Merged.", run_id=run.run_id))  # fmt: skip
    (now,) = journal.decisions(store)
    assert (now.what, now.owner, now.due, now.closed) == (
        "Answer within an hour",
        "Front office",
        date(2026, 3, 1),
        True,
    )
    assert (now.sequence, now.effect, now.decided) == (first.sequence, first.effect, first.decided)
    assert table([now], run)[0]["So far"] == "closed"
    assert not journal.flaws(store).any
    lane = time_line(run, store, SPEECH).lanes[0]
    assert [item.label for item in lane.items] == ["Answer within an hour"]


def test_a_revision_without_an_owner_is_refused(run):
    with pytest.raises(DecisionError):
        revision(taken(run), what="x", owner=" ", due=taken(run).due, closed=False, remark="", run_id=run.run_id)


def test_no_label_lies_over_the_next_thing(run):
    items = tuple(
        Item(date(2026, 1, 1) + timedelta(days=9 * i), f"a label of some length {i}", "plain") for i in range(9)
    )
    plate = Lanes((Lane("Things", items),), date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 1), "today", (), "alt")
    rows = packed(items, plate)
    assert sum(map(len, rows)) == len(items)
    for row in rows:
        for one, other in pairwise(row):
            assert at(one.first, plate) + 6 * len(one.label) < at(other.first, plate)
    assert all(f"label of some length {i}" in svg(plate) for i in range(9))


def test_an_experiment_is_drawn_from_its_first_day_until_it_was_stopped(published, run):
    store, began = local_store(published), run.data_cut - timedelta(days=90)
    plan = Experiment(
        "sooner", "Does an hour sooner help?", "Front office", ("today", "sooner"), (0.5, 0.5), "incident", (),
        "returned", 90, 1.0, 400, 20.0, None, "", run.run_id,
    )  # fmt: skip

    def drawn():
        lane = next(lane for lane in time_line(run, store, SPEECH).lanes if lane.name == "Experiments")
        return [(item.first, item.tone, item.last) for item in lane.items]

    journal.append(store, plan)
    assert drawn() == [(run.data_cut, "plain", None)]
    journal.append(store, Happened("sooner", Moment.STARTED, began, 0, "", run.run_id))
    assert drawn() == [(began, "open", began + timedelta(weeks=20))]
    journal.append(store, Happened("sooner", Moment.STOPPED, run.data_cut, 0, "enough was seen", run.run_id))
    assert drawn() == [(began, "plain", run.data_cut)]
