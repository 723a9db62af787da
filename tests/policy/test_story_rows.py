import pytest
from cases import NOTHING, company_of, mart_of, never_failed_of, only, whom, why
from statsmodels.stats.proportion import proportion_confint

from pipelines.contracts.catalog.units import Unit
from pipelines.policy.counted.word_of_mouth import story_rows


def told(**columns):
    """100 incidents: 6 good stories, 10 bad ones, of which 2 told both."""
    good = [True] * 6 + [False] * 94
    bad = [False] * 4 + [True] * 10 + [False] * 86
    return mart_of(100, **{"positive_story": good, "negative_post": bad} | columns)


def test_net_word_of_mouth_is_good_less_bad_per_100():
    rows = story_rows(told(), never_failed_of(0), company_of())
    net = only(rows, measure="net_word_of_mouth")
    assert net.estimate == pytest.approx(-4)
    assert net.ci_low < -4 < net.ci_high


def test_told_apart_by_mass_and_single_incidents_each_kind_of_story_is_a_share():
    mart = told(mass_event=[True] * 50 + [False] * 50, referrals=[1] * 20 + [0] * 80)
    rows = story_rows(mart, never_failed_of(0), company_of())
    bad = only(rows, measure="negative_post", segment="mass_event=true")
    assert (bad.estimate, bad.unit) == (pytest.approx(0.2), Unit.SHARE_OF_INCIDENTS)
    assert (bad.ci_low, bad.ci_high) == pytest.approx(proportion_confint(10, 50, method="wilson"), abs=0.005)
    assert only(rows, measure="referrals", segment="mass_event=true").estimate == pytest.approx(0.4)
    assert not [row for row in rows if row.measure == "negative_post" and row.segment == ""]


def test_reach_is_capped_so_that_one_celebrity_doesn_t_rule():
    reach = [0] * 4 + [100] * 9 + [1_000_000] + [0] * 86
    rows = story_rows(told(reach=reach), never_failed_of(0), company_of())
    row = only(rows, measure="capped_reach_of_bad_stories")
    assert row.suppressed
    wide = story_rows(told(reach=reach, positive_story=False), never_failed_of(0), company_of())
    assert only(wide, measure="capped_reach_of_bad_stories").estimate < 100_000


def test_the_net_promoter_score_stands_beside():
    score = [10.0] * 12 + [7.0] * 4 + [3.0] * 4 + [None] * 80
    rows = story_rows(told(nps_score=score), never_failed_of(0), company_of())
    row = only(rows, measure="net_promoter_score")
    assert (row.estimate, row.n) == (40.0, 20)


def test_never_failed_customers_are_asked_the_same():
    peers = never_failed_of(50, positive_story=[True] * 5 + [False] * 45, negative_post=[False] * 50)
    rows = story_rows(told(), peers, company_of())
    row = only(rows, measure="net_word_of_mouth", segment="population=never_failed")
    assert (row.estimate, row.n, whom(row)) == (pytest.approx(10.0), 50, "never-failed customers")


def test_what_the_words_don_t_say_is_named():
    rows = story_rows(told(), never_failed_of(0), company_of())
    assert only(rows, measure="net_promoter_score").verdict == "not_estimable"
    (row,) = story_rows(told(), never_failed_of(0), company_of(NOTHING))
    assert "word_of_mouth" in why(row)
