from dataclasses import replace

import pytest
from made_up_rows import effect

from dashboard.effects import Aim, Slice, dimensions, ladder_rows, parts, sliced_levels
from dashboard.figures.registry import CHARTS
from dashboard.figures.segments import stopping_sentence
from dashboard.figures.theme import LIGHT
from pipelines.contracts.catalog.estimation import Spec

AIM = Aim("speed", "returned", 365)
NUISANCE, SPOILED = "severity=nuisance", "severity=spoiled"


def part(segment, estimate, spec="adjusted", treatment="speed", level="60", **columns):
    limits = {} if estimate is None else {"ci_low": estimate - 1, "ci_high": estimate + 1}
    return effect(treatment, level, spec, segment=segment, estimate=estimate, **limits | columns)


@pytest.fixture
def by_parts(run):
    rows = [
        part(SPOILED, 6.0),
        part(SPOILED, 4.0, "shrunken"),
        part(NUISANCE, 0.5),
        part("channel=desk", 2.0),
        *(part(s, g, treatment="compensation", level="0.5") for s, g in ((NUISANCE, 0.0), (SPOILED, 5.0))),
    ]
    return replace(run, effects=(*run.effects, *rows))


def adjusted(drawn):
    return list(next(t for t in drawn.figure.data if t.name == "adjusted").x)


def test_parts_go_by_severity_and_are_drawn_towards_the_whole_where_published(by_parts):
    drawn = CHARTS["speed_by_part"].draw(by_parts, Slice(AIM, "severity"), LIGHT)
    assert list(drawn.figure.layout.yaxis.ticktext) == ["nuisance", "spoiled"]
    assert adjusted(drawn) == [0.5, 4.0]
    assert drawn.title == "More returning guests: spoiled"
    assert "moved towards that of all parts" in drawn.caveats[0]


def test_only_dimensions_with_an_estimate_can_be_chosen(by_parts):
    assert dimensions(by_parts, AIM) == ("severity", "channel")
    assert dimensions(by_parts, Aim("speed", "returned", 90)) == ()
    assert parts(by_parts, AIM) == (SPOILED, NUISANCE, "channel=desk")


def test_a_part_has_a_ladder_of_its_own_and_never_mixes_with_everyone(by_parts):
    (row,) = ladder_rows(by_parts, replace(AIM, segment=SPOILED), Spec.ADJUSTED)
    assert row.estimate == 6.0
    assert 6.0 not in [r.estimate for r in ladder_rows(by_parts, AIM, Spec.ADJUSTED)]


def test_offers_stand_severity_by_severity_with_the_stopping_point(by_parts):
    stop = effect(
        "compensation", "", "stopping_point", estimate=0.95, ci_low=0.7, ci_high=1.1, unit="share of the loss"
    )
    run = replace(by_parts, effects=(*by_parts.effects, stop))
    drawn = CHARTS["offers_by_severity"].draw(run, Slice(Aim("compensation", "returned", 365), "severity"), LIGHT)
    assert list(drawn.figure.layout.yaxis.ticktext) == ["nuisance, 50\u202f%", "spoiled, 50\u202f%"]
    assert drawn.caveats[0] == "More stops paying at 95\u202f% of the loss (70\u202f% to 110\u202f%)."


def test_an_unreached_stopping_point_says_so(by_parts):
    stop = effect("compensation", "", "stopping_point", estimate=None, reason="More still adds at 140\u202f%.")
    run = replace(by_parts, effects=(*by_parts.effects, stop))
    said = stopping_sentence(run, Aim("compensation", "returned", 365))
    assert said == "Where more stops paying isn't known. More still adds at 140\u202f%."


def test_a_dimension_without_estimates_draws_nothing(run):
    assert CHARTS["speed_by_part"].draw(run, Slice(AIM, "severity"), LIGHT) is None
    assert CHARTS["offers_by_severity"].leads(run) is None


def test_crossed_parts_are_a_dimension_of_their_own_in_the_order_of_severity(by_parts):
    crossed = [part(f"{severity};value={value}", 1.0) for severity in (SPOILED, NUISANCE) for value in ("low", "high")]
    run = replace(by_parts, effects=(*by_parts.effects, *crossed))
    assert dimensions(run, AIM) == ("severity", "channel", "severity × value")
    drawn = CHARTS["speed_by_part"].draw(run, Slice(AIM, "severity × value"), LIGHT)
    shown = [
        f"{severity} × {value} customer value" for severity in ("nuisance", "spoiled") for value in ("high", "low")
    ]
    assert [tick.replace("<br>", " ") for tick in drawn.figure.layout.yaxis.ticktext] == shown
    assert list(CHARTS["speed_by_part"].draw(run, Slice(AIM, "severity"), LIGHT).figure.layout.yaxis.ticktext) == [
        "nuisance",
        "spoiled",
    ]


@pytest.mark.parametrize(("second", "said"), [(1.0, True), (1.02, True), (2.5, False)])
def test_parts_that_carry_one_figure_between_them_are_not_read_as_several(run, second, said):
    """Two parts with one figure for each of two offers: two figures, not four, unless more than rounding parts them."""
    rows = [
        part(s, g, spec, treatment="compensation", level=level, std_error=1.0)
        for level in ("0.25", "0.5")
        for s, shrunken, plain in ((NUISANCE, 1.0, 3.0), (SPOILED, second, -1.0))
        for spec, g in (("shrunken", shrunken), ("adjusted", plain))
    ]
    aim = Slice(replace(AIM, treatment="compensation"), "severity")
    drawn = CHARTS["offers_by_severity"].draw(replace(run, effects=(*run.effects, *rows)), aim, LIGHT)
    caption = " ".join(drawn.caveats)
    assert ("2 figures stand for 4" in caption) is said
    assert len(adjusted(drawn)) == (2 if said else 4)
    assert (drawn.figure.layout.yaxis.ticktext[0] == "nuisance, spoiled: 25\u202f%") is said
    assert len(drawn.rows) == 4
    assert ("moved towards that of all parts" in caption) is not said


def test_the_same_parts_can_be_asked_of_another_promise(by_parts):
    """An hour by severity is one chart: only promises with an estimate are offered, and each shows its own figures."""
    quarter = [part(NUISANCE, 7.0, level="15"), part(SPOILED, None, level="4320")]
    run = replace(by_parts, effects=(*by_parts.effects, *quarter))
    asked = Slice(AIM, "severity", "15")
    assert sliced_levels(run, asked) == ("15", "60")
    drawn = CHARTS["speed_by_part"].draw(run, asked, LIGHT)
    assert adjusted(drawn) == [7.0]
    assert drawn.subtitle.startswith("Answering everyone within 15 minutes.")
    assert (
        CHARTS["speed_by_part"]
        .draw(run, Slice(AIM, "severity", "60"), LIGHT)
        .subtitle.startswith("Answering everyone within an hour.")
    )


def test_a_ladder_of_a_part_says_whom_it_speaks_of(by_parts):
    drawn = CHARTS["speed_ladder"].draw(by_parts, replace(AIM, segment=SPOILED), LIGHT)
    assert drawn.subtitle.startswith("Spoiled alone. ")
    assert "alone" not in CHARTS["speed_ladder"].draw(by_parts, AIM, LIGHT).subtitle
