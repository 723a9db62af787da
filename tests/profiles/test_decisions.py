"""What the decision layer says of real exports: what they hold, and for everything else what to add."""

import pytest
from statsmodels.stats.proportion import proportion_confint


def reason(published, part, measure):
    """Why a measure has no number; every row of it must agree."""
    rows = published.rows("decisions", part=part, measure=measure)
    assert {row["verdict"] for row in rows} == {"not_estimable"}
    (text,) = {row["reason"] for row in rows}
    return text


def test_late_orders_have_stories_but_nobody_can_be_seen_to_return(olist):
    for measure in ("margin_of_returning_customer", "cost_of_one_hour_of_delay"):
        assert "drawn by order" in reason(olist, "money", measure)
    assert "drawn by order" in reason(olist, "funnel", "returned")
    assert "interactions" in reason(olist, "funnel", "contacted")
    assert "compensations" in reason(olist, "money", "compensation_cost")


def test_late_orders_are_told_of_worse_than_punctual_ones(olist):
    late, punctual = (
        olist.rows("decisions", measure="net_word_of_mouth", segment="", population=population)[0]
        for population in ("incidents with 90 days of follow-up", "never-failed customers")
    )
    assert (late["n"], punctual["n"]) == (191, 2713)
    assert late["ci_high"] < 0 < punctual["ci_low"]
    known = olist.mart[olist.mart["negative_post"].notna()]
    net = 100 * (known["positive_story"].astype(float) - known["negative_post"].astype(float)).mean()
    assert late["estimate"] == pytest.approx(net)


def test_complaints_without_answers_amounts_or_customers_say_so(cfpb):
    assert "face_amount" in reason(cfpb, "money", "compensation_cost")
    assert "customer_id" in reason(cfpb, "funnel", "returned")
    assert "interactions" in reason(cfpb, "void", "under_the_rug")
    assert "word_of_mouth" in reason(cfpb, "word_of_mouth", "net_word_of_mouth")
    (relief,) = cfpb.rows("decisions", part="funnel", measure="compensated", segment="")
    assert (relief["estimate"], relief["n"]) == (pytest.approx(600 / 3186), 3186)


def test_relief_not_told_apart_is_counted_and_each_named_form_says_what_to_map(cfpb):
    rows = {row["level"]: row for row in cfpb.rows("decisions", part="choice", measure="kind_given")}
    relief = cfpb.mart["compensation_given"].fillna(False).sum()
    seen = ("monetary_unspecified", "non_monetary")
    assert sum(rows[kind]["n"] for kind in seen) == relief
    for kind in set(rows) - set(seen):
        assert (rows[kind]["estimate"], f'"{kind}" in compensations' in rows[kind]["reason"]) == (None, True)


def test_reviews_never_answered_are_counted_as_such(bank):
    (row,) = bank.rows("decisions", part="void", measure="under_the_rug", segment="")
    decided = bank.mart[bank.mart["response_status"].isin(["answered", "unanswered"])]
    silent = int((decided["response_status"] == "unanswered").sum())
    assert row["estimate"] == pytest.approx(silent / len(decided))
    assert (row["ci_low"], row["ci_high"]) == pytest.approx(
        proportion_confint(silent, len(decided), method="wilson"), abs=1e-3
    )
    assert "standards" in reason(bank, "void", "silent_hours_above_promise")


@pytest.mark.parametrize("profile", ["olist", "cfpb", "bank"])
def test_every_row_has_a_number_with_its_cases_or_a_reason(profile, request):
    published = request.getfixturevalue(profile)
    for row in [*published.rows("decisions"), *published.rows("events")]:
        assert row["population"]
        if row["verdict"] in ("estimated", "counted"):
            assert row["estimate"] is not None
            assert row["n"] >= 10
        else:
            assert row["estimate"] is None
            assert row["reason"]
