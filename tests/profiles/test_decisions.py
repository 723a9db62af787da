"""What the decision layer says of real exports: what they hold, and for everything else what to add."""

import pytest
from made_up_decisions import decisions_of
from statsmodels.stats.proportion import proportion_confint

from pipelines.contracts.catalog.company import SampledBy
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import Measure, Worth
from pipelines.contracts.catalog.vocabulary import OneKind
from pipelines.contracts.messages.lacking import (
    NoAmountsGiven,
    NoCompensation,
    NoContacts,
    NoCustomers,
    NoStandards,
    NotDrawnByCustomer,
    NoWordOfMouth,
)
from pipelines.contracts.messages.plans import KindUnseen
from pipelines.contracts.messages.populations import FollowedForStories, NeverFailed
from pipelines.contracts.segments import EVERYONE, NEVER_FAILED


def reason(rows):
    """Why a measure has no number; every row of it must agree, and give one reason."""
    assert {row.verdict for row in rows} == {Verdict.NOT_ESTIMABLE}
    ((found,),) = {row.reasons for row in rows}
    return found


def measured(published, topic, measure):
    return published.rows("measures", topic=topic, measure=measure)


def test_late_orders_have_stories_but_nobody_can_be_seen_to_return(olist):
    for measure in (Worth.MARGIN_OF_RETURNING_CUSTOMER, Worth.COST_OF_ONE_HOUR_OF_DELAY):
        assert reason(olist.rows("valuations", measure=measure)) == NotDrawnByCustomer(SampledBy.ORDER)
    assert reason(measured(olist, Topic.FUNNEL, Measure.RETURNED)) == NotDrawnByCustomer(SampledBy.ORDER)
    assert reason(measured(olist, Topic.FUNNEL, Measure.CONTACTED)) == NoContacts()
    assert reason(measured(olist, Topic.MONEY, Measure.COMPENSATION_COST)) == NoCompensation()


def test_late_orders_are_told_of_worse_than_punctual_ones(olist):
    (late,), (punctual,) = (
        olist.rows("measures", measure=Measure.NET_WORD_OF_MOUTH, segment=segment, population=population)
        for segment, population in ((EVERYONE, FollowedForStories(90)), (NEVER_FAILED, NeverFailed()))
    )
    assert (late.n, punctual.n) == (191, 2713)
    assert late.ci_high < 0 < punctual.ci_low
    known = olist.mart[olist.mart["negative_post"].notna()]
    net = 100 * (known["positive_story"].astype(float) - known["negative_post"].astype(float)).mean()
    assert late.estimate == pytest.approx(net)


def test_complaints_without_answers_amounts_or_customers_say_so(cfpb):
    assert reason(measured(cfpb, Topic.MONEY, Measure.COMPENSATION_COST)) == NoAmountsGiven()
    assert reason(measured(cfpb, Topic.FUNNEL, Measure.RETURNED)) == NoCustomers()
    assert reason(measured(cfpb, Topic.SILENCE, Measure.UNDER_THE_RUG)) == NoContacts()
    assert reason(measured(cfpb, Topic.WORD_OF_MOUTH, Measure.NET_WORD_OF_MOUTH)) == NoWordOfMouth()
    (relief,) = cfpb.rows("measures", topic=Topic.FUNNEL, measure=Measure.COMPENSATED, segment="")
    assert (relief.estimate, relief.n) == (pytest.approx(600 / 3186), 3186)


def test_relief_not_told_apart_is_counted_and_each_named_form_says_what_to_map(cfpb):
    rows = {row.level: row for row in measured(cfpb, Topic.FORMS, Measure.KIND_GIVEN)}
    relief = cfpb.mart["compensation_given"].fillna(False).sum()
    seen = {OneKind.MONETARY_UNSPECIFIED, OneKind.NON_MONETARY}
    assert sum(rows[kind].n for kind in seen) == relief
    assert set(rows) > seen
    for kind in set(rows) - seen:
        assert (rows[kind].estimate, rows[kind].reasons) == (None, (KindUnseen(kind),))


def test_reviews_never_answered_are_counted_as_such(bank):
    (row,) = bank.rows("measures", topic=Topic.SILENCE, measure=Measure.UNDER_THE_RUG, segment="")
    decided = bank.mart[bank.mart["response_status"].isin(["answered", "unanswered"])]
    silent = int((decided["response_status"] == "unanswered").sum())
    assert row.estimate == pytest.approx(silent / len(decided))
    assert (row.ci_low, row.ci_high) == pytest.approx(
        proportion_confint(silent, len(decided), method="wilson"), abs=1e-3
    )
    assert reason(measured(bank, Topic.SILENCE, Measure.SILENT_HOURS_ABOVE_PROMISE)) == NoStandards()


@pytest.mark.parametrize("profile", ["olist", "cfpb", "bank"])
def test_every_row_has_a_number_with_its_cases_or_a_reason(profile, request):
    run = request.getfixturevalue(profile).run
    for row in [*decisions_of(run), *run.events]:
        assert row.population
        if row.verdict in (Verdict.ESTIMATED, Verdict.COUNTED):
            assert row.estimate is not None
            assert row.n >= 10
        else:
            assert row.estimate is None
            assert row.reasons
