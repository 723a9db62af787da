"""The curves of coming back: what is promised is drawn only where a conclusion is allowed."""

from dataclasses import replace

import pytest
from made_up_rows import effect

from dashboard.effects import Aim
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import LIGHT
from pipelines.contracts.catalog.estimation import Band, Series
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.tables.curve import CurvePoint


def returning(run, grade):
    columns = {"outcome": "days_to_return", "estimand": "cumulative_incidence", "grade": grade}
    row = effect("speed", "60", "adjusted", estimate=3.0, ci_low=1.0, ci_high=5.0, **columns)
    nothing = {"band": Band.POINTWISE, "supported": True, "n_near": 500, "grade": Grade(grade)}
    points = [
        CurvePoint(row.effect_id, series, days, "days", value, value - 2, value + 2, **nothing)
        for series, ends in ((Series.TODAY, (10.0, 31.0)), (Series.WITHIN, (12.0, 34.0)))
        for days, value in zip((90.0, 365.0), ends, strict=True)
    ]
    return replace(run, effects=(*run.effects, row), curves=(*run.curves, *points))


@pytest.mark.parametrize("grade", ["B", "C"])
def test_both_curves_are_drawn_and_the_change_reads_as_its_grade_allows(run, grade):
    drawn = CHARTS["return_curve"].draw(returning(run, grade), "", LIGHT)
    assert (
        drawn.title
        == "Of 100 guests, 31 are back after 365 days; with all answered within 1 hour, 34, after adjustment"
    )
    assert "within 1 hour" in {
        note.text.replace("<b>", "").replace("</b>", "") for note in drawn.figure.layout.annotations
    }
    verb = {"B": "is estimated to mean", "C": "goes with"}[grade]
    assert verb in drawn.caveats[0]


def test_what_allows_no_conclusion_is_not_drawn(run):
    drawn = CHARTS["return_curve"].draw(returning(run, "D"), "", LIGHT)
    assert drawn.title == "Of 100 guests, 31 are back after 365 days"
    (why,) = drawn.caveats
    assert why.startswith("How many would be back if everyone were answered within 1 hour isn't drawn: grade D")
    assert not any("within" in str(note.text) for note in drawn.figure.layout.annotations)


def test_evenly_supported_curves_say_nothing_of_their_support(run):
    """A strip of equal ticks tells a reader nothing; one that varies does."""
    even = returning(run, "D")
    assert "support" not in [t.name for t in CHARTS["return_curve"].draw(even, "", LIGHT).figure.data]
    thinner = tuple(replace(p, n_near=50) if p.x == 90.0 else p for p in even.curves)
    drawn = CHARTS["return_curve"].draw(replace(even, curves=thinner), "", LIGHT)
    assert "support" in [t.name for t in drawn.figure.data]


def test_customers_without_an_incident_are_never_counted_as_incidents(run):
    """The comparison holds both; the share won back counts the incidents alone, so the rest never failed."""
    both = {"population": "failed_and_never_failed", "n_incidents": 16000, "estimand": "effect_of_failure"}
    both |= {"estimate": -5.0, "ci_low": -8.0, "ci_high": -3.0}
    failed = [effect("failure", level, "adjusted", **both) for level in ("failed", "recovered")]
    aim = Aim("failure", "returned", 365)
    drawn = CHARTS["failure_ladder"].draw(replace(run, effects=tuple(failed)), aim, LIGHT)
    assert drawn.source.startswith("16,000 incidents and customers without one")
    share = effect("failure", "recovered", "adjusted", estimand="won_back_share", estimate=0.5, n_incidents=4600)
    drawn = CHARTS["failure_ladder"].draw(replace(run, effects=(*failed, share)), aim, LIGHT)
    assert drawn.source == "4,600 incidents and 11,400 customers without one"
