import pytest
from cases import NOTHING, company_of, mart_of, never_failed_of, only
from statsmodels.stats.proportion import proportion_confint

from pipelines.policy.counted.word_of_mouth import story_rows


def told(**columns):
    """100 incidents: 6 good stories, 10 bad ones, of which 2 told both."""
    good = [True] * 6 + [False] * 94
    bad = [False] * 4 + [True] * 10 + [False] * 86
    return mart_of(100, **{"positive_story": good, "negative_post": bad} | columns)


def test_net_word_of_mouth_is_good_less_bad_per_100():
    rows = story_rows(told(), never_failed_of(0), company_of())
    assert [
        only(rows, measure=m)["estimate"] for m in ("good_stories", "bad_stories", "net_word_of_mouth")
    ] == pytest.approx([6, 10, -4])
    net, bad = only(rows, measure="net_word_of_mouth"), only(rows, measure="bad_stories")
    assert net["ci_low"] < -4 < net["ci_high"]
    wilson = proportion_confint(10, 100, method="wilson")
    assert (bad["ci_low"], bad["ci_high"]) == pytest.approx((100 * wilson[0], 100 * wilson[1]), abs=0.1)


def test_reach_is_capped_so_that_one_celebrity_doesn_t_rule():
    reach = [0] * 4 + [100] * 9 + [1_000_000] + [0] * 86
    rows = story_rows(told(reach=reach), never_failed_of(0), company_of())
    row = only(rows, measure="capped_reach_of_bad_stories")
    assert row["suppressed"]
    wide = story_rows(told(reach=reach, positive_story=False), never_failed_of(0), company_of())
    assert only(wide, measure="capped_reach_of_bad_stories")["estimate"] < 100_000


def test_non_response_and_net_promoter_score_stand_beside():
    score = [10.0] * 12 + [7.0] * 4 + [3.0] * 4 + [None] * 80
    answered = [True] * 20 + [False] * 80
    rows = story_rows(told(nps_score=score, survey_answered=answered), never_failed_of(0), company_of())
    assert only(rows, measure="survey_answered")["estimate"] == 0.2
    assert (only(rows, measure="net_promoter_score")["estimate"], only(rows, measure="net_promoter_score")["n"]) == (
        40.0,
        20,
    )


def test_never_failed_customers_are_asked_the_same():
    peers = never_failed_of(50, positive_story=[True] * 5 + [False] * 45, negative_post=[False] * 50)
    row = only(
        story_rows(told(), peers, company_of()), measure="net_word_of_mouth", population="never-failed customers"
    )
    assert (row["estimate"], row["n"]) == (pytest.approx(10.0), 50)


def test_what_the_words_don_t_say_is_named():
    rows = story_rows(told(), never_failed_of(0), company_of())
    assert only(rows, measure="referrals")["verdict"] == "not_estimable"
    (row,) = story_rows(told(), never_failed_of(0), company_of(NOTHING))
    assert "word_of_mouth" in row["reason"]
