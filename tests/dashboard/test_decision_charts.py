from dataclasses import replace

import pytest
from made_up_decisions import HALF_YEAR, decision, decisions_of, with_decisions
from made_up_rows import measure

from dashboard.figures.registry import CHARTS
from dashboard.figures.sites import site_measures
from dashboard.figures.theme import DARK, LIGHT

CHARTS_OF_DECISIONS = ("sites", "fixes", "funnel", "stories")


def draw(chart_id, run, colours=LIGHT):
    chart = CHARTS[chart_id]
    question = chart.leads(run)
    return None if question is None else chart.draw(run, question, colours)


def values(drawn):
    return list(next(t for t in drawn.figure.data if t.name == "value").x)


def words(drawn):
    return [a.text for a in drawn.figure.layout.annotations]


def test_the_worst_and_the_best_five_sites_stand_against_the_target(run):
    drawn = draw("sites", run)
    assert drawn.title == "Clearly under the target of 60\u202f% over 26 weeks: H01"
    assert len(values(drawn)) == 10
    assert values(drawn)[0] == pytest.approx(40)
    assert values(drawn)[-1] == pytest.approx(72)
    assert "target 60\u202f%" in words(drawn)
    assert "40\u202f% (35 to 45) n 40" in words(drawn)
    assert drawn.subtitle.startswith("Answered by a person within an hour, worst and best of 12 sites")
    assert "Too few cases to show: 1 of 13 sites." in drawn.caveats
    assert len(drawn.rows) == 12


def sites(run, *shares, target, half=0.05):
    """The chart of sites with these shares, their average beside."""
    rows = [
        decision("standards", "standard_met", share, 40, segment=f"site_id=H{number:02}", period=HALF_YEAR,
                 target=target, ci_low=share - half, ci_high=share + half)
        for number, share in enumerate(shares, start=1)
    ]  # fmt: skip
    average = decision("standards", "standard_met", sum(shares) / len(shares), 40 * len(shares),
                       segment="mass_event=false", period=HALF_YEAR, target=target)  # fmt: skip
    return CHARTS["sites"].draw(with_decisions(run, (*rows, average)), "standard_met", LIGHT)


def colours_of(drawn):
    return set(next(t for t in drawn.figure.data if t.name == "value").marker.color)


def test_where_all_sites_miss_the_target_alike_none_is_singled_out(run):
    drawn = sites(run, *[0.63, 0.64, 0.65] * 5, target=0.75)
    assert drawn.title == (
        "All 15 sites are under the target of 75\u202f% over 26 weeks; "
        "none is clearly lower than their average of 64\u202f%"
    )
    assert colours_of(drawn) == {LIGHT.colour("quiet")}


def test_where_most_miss_it_those_below_the_others_are_named(run):
    drawn = sites(run, 0.4, *[0.64] * 13, 0.8, target=0.75)
    assert drawn.title.startswith("14 of 15 sites are clearly under")
    assert drawn.title.endswith("clearly lower than their average of 63\u202f%: H01")


def test_a_limit_that_rounds_to_the_target_is_not_clearly_under_it(run):
    assert sites(run, 0.71, 0.85, target=0.9, half=0.188).title.startswith("No site is clearly under")
    assert sites(run, 0.71, 0.85, target=0.9, half=0.17).title.startswith("Clearly under the target of 90\u202f%")


def test_every_site_named_is_drawn_though_wider_ones_lie_lower(run):
    rows = [
        decision("standards", "standard_met", share, 40, segment=f"site_id=W{j}", period=HALF_YEAR, target=0.5,
                 ci_low=share - half, ci_high=share + half)
        for j, (share, half) in enumerate([*[(0.3, 0.25)] * 7, (0.35, 0.05), *[(0.6, 0.1)] * 8])
    ]  # fmt: skip
    average = decision("standards", "standard_met", 0.5, 640, segment="mass_event=false", target=0.5)
    drawn = CHARTS["sites"].draw(with_decisions(run, (*rows, average)), "standard_met", LIGHT)
    assert drawn.title.endswith(": W7")
    assert "W7" in drawn.figure.layout.yaxis.ticktext
    assert len(values(drawn)) == 10


def test_two_sites_are_not_the_worst_and_the_best_of_two(run):
    assert ", 2 sites, 95 %" in sites(run, 0.5, 0.6, target=0.5).subtitle


def test_only_measures_that_tell_sites_apart_can_be_chosen(run):
    assert site_measures(run) == ("answered_within_60_minutes",)


def test_a_fix_worked_only_where_the_whole_interval_lies_below_before(run):
    drawn = draw("fixes", run)
    assert drawn.title == "Came down after the fix: boiler. Not clearly: check in"
    assert "× 0.47 (0.26 to 0.84)" in words(drawn)
    low, high = drawn.figure.layout.xaxis.range
    assert 10**low < 0.26
    assert 10**high > 1.5


def test_the_funnel_goes_down_step_by_step(run):
    drawn = draw("funnel", run)
    assert values(drawn) == pytest.approx([90, 50, 20])
    assert list(drawn.figure.layout.yaxis.ticktext) == ["answered", "… and put right", "… and came back"]
    assert drawn.source == "4,000 incidents"


def test_stories_stand_beside_those_of_the_never_failed(run):
    drawn = draw("stories", run)
    assert drawn.title == "Over everyone, no clear surplus of good or bad stories"
    assert values(drawn) == pytest.approx([3.2, 3.7])
    never = next(t for t in drawn.figure.data if t.name == "never failed")
    assert list(never.x) == pytest.approx([2.9, 0.4])


def test_an_even_total_never_hides_the_severity_where_bad_stories_prevail(run):
    """Only a severity whose whole interval lies below zero is named, and the worst of them."""
    found = []
    for level, net, high in (("spoiled", -3.1, -1.6), ("nuisance", 0.3, 1.3), ("disruption", -9.0, 0.4)):
        where = f"severity={level}"
        limits = {"ci_low": net - 1.5, "ci_high": high, "unit": "per 100"}
        found += [
            measure("positive_story", 0.018, segment=where, n=1052),
            measure("negative_post", 0.018 - net / 100, segment=where, n=1052),
            decision("word_of_mouth", "net_word_of_mouth", net, 1052, segment=where, **limits),
        ]
    drawn = draw("stories", replace(run, measures=(*run.measures, *found)))
    assert drawn.title.endswith("good or bad stories; spoiled: 1.8 good against 4.9 bad per 100")


def test_more_bad_than_good_is_said_only_where_the_interval_leaves_out_zero(run):
    rows = [replace(r, ci_high=-0.2) if r.measure == "net_word_of_mouth" else r for r in decisions_of(run)]
    assert draw("stories", with_decisions(run, tuple(rows))).title == "0.5 more bad than good stories per 100"


@pytest.mark.parametrize("chart_id", CHARTS_OF_DECISIONS)
def test_without_rows_nothing_is_drawn(run, chart_id):
    assert draw(chart_id, replace(with_decisions(run, ()), measures=())) is None


@pytest.mark.parametrize("chart_id", CHARTS_OF_DECISIONS)
def test_both_themes_draw_the_same_numbers_and_say_them(run, chart_id):
    light, dark = draw(chart_id, run), draw(chart_id, run, DARK)
    assert values(light) == values(dark)
    assert light.figure.layout.paper_bgcolor != dark.figure.layout.paper_bgcolor
    texts = (light.title, light.subtitle, light.alt, light.source, *light.caveats)
    assert not [t for t in texts if not t or "None" in t or "nan" in t or "_" in t]
    assert light.title in light.alt


def test_where_fewer_is_better_the_highest_share_stands_on_top_as_the_worst(run):
    rows = [
        decision("front_line", "escalated", share, 60, segment=f"site_id={site}", period=HALF_YEAR, standing=standing)
        for site, share, standing in (("H1", 0.1, "unclear"), ("H2", 0.4, "above"))
    ]
    rows.append(decision("front_line", "escalated", 0.25, 120, segment="mass_event=false", period=HALF_YEAR))
    drawn = CHARTS["sites"].draw(with_decisions(run, tuple(rows)), "escalated", LIGHT)
    assert drawn.title == "Clearly over the average of 25\u202f% over 26 weeks: H2"
    assert values(drawn) == pytest.approx([40, 10])


def test_how_long_people_wait_counts_who_still_waits_as_waiting(run):
    drawn = draw("waiting", run)
    assert drawn.title == "59\u202f% hear from a person within 1 hour; 6\u202f% have heard from nobody"
    assert values(drawn) == pytest.approx([59, 84, 94])
    assert drawn.source == "1,000 incidents"
    assert draw("waiting", replace(run, measures=())) is None
