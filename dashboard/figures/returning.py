"""When people come back, and whether the failed come back as often as those who never met a failure."""

from collections.abc import Sequence

from dashboard.effects import Aim, ladder_rows, level_of, raw_estimates
from dashboard.figures.curve import Line, Point, Scale, curve
from dashboard.figures.drawn import Drawn
from dashboard.figures.effects import ladder_caveats, points_of, rung_of, sample_size
from dashboard.figures.ladder import ladder
from dashboard.figures.theme import Palette, Role
from dashboard.speech import speech_of
from pipelines.contracts.catalog.estimation import At, Estimand, Series, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.effect import Effect
from pipelines.publish.store import Run
from words.changes import counted, noun, timeless
from words.effects import badge, headline
from words.ladders import side_by_side_finding

DAYS = Scale(((30, "30"), (90, "90"), (180, "180"), (270, "270"), (365, "365")), "days after the failure")
RECOVERED = (At.FAILED, At.RECOVERED, At.NOT_RECOVERED)
NOT_DRAWN = "How many would be back if everyone were answered {promise} isn't drawn: grade D allows no conclusion."


def return_rows(run: Run) -> tuple[Effect | None, tuple[CurvePoint, ...]]:
    """The effect that carries the curves of returning over time, and their points."""
    carrying = {c.effect_id for c in run.curves if c.x_unit == Unit.DAYS}
    row = next((r for r in run.effects if r.effect_id in carrying), None)
    points = [c for c in run.curves if row is not None and c.effect_id == row.effect_id]
    return row, tuple(sorted(points, key=lambda c: (c.series, c.x)))


def return_curve(run: Run, _: str, colours: Palette) -> Drawn | None:
    """Returned so far, day by day: with today's answering times, and were everyone answered within the promise.

    What allows no conclusion isn't drawn; the caveat says so.
    """
    speech = speech_of(run)
    row, points = return_rows(run)
    if row is None or not points:
        return None
    who, promise = run.profile.customers_word, f"within {speech.duration(level_of(row))}"
    today = Line("as today", Role.THIRD, _points(points, Series.TODAY))
    concluded = [] if row.grade is Grade.D else [Line(promise, Role.ADJUSTED, _points(points, Series.WITHIN))]
    lines = [*concluded, today]
    ends = [line.points[-1] for line in lines if line.points]
    title = f"Of 100 {who}, {speech.decimal(ends[-1].estimate or 0)} are back after {ends[-1].x:.0f} days"
    if concluded and row.ci_low is not None and row.ci_low > 0:
        title += f"; with all answered {promise}, {speech.decimal(ends[0].estimate or 0)}, after adjustment"
    said = "; ".join(
        f"{line.label}: {speech.decimal(p.estimate or 0)} ({speech.span(p.ci_low or 0, p.ci_high or 0)})"
        for line, p in zip(lines, ends, strict=False)
    )
    return Drawn(
        title,
        f"{who.capitalize()} who have returned, per 100; 95 % interval. Those followed for less count as waiting",
        curve(lines, DAYS, colours, f"returned {who} per 100"),
        points,
        sample_size((row,), speech),
        f"{title}. At the end, {said}.",
        (speech.sentence(headline(row, speech)), badge(row, speech))
        if concluded
        else (NOT_DRAWN.format(promise=promise),),
    )


def _compared(run: Run, aim: Aim, shown: Sequence[Effect]) -> str:
    """How many incidents are compared with how many customers without one, where the run counts both."""
    speech = speech_of(run)
    counted_alone = [r.n_incidents for r in ladder_rows(run, aim, Spec.ADJUSTED) if _is_won_back(r) and r.n_incidents]
    all_of_them = {r.n_incidents for r in shown if r.n_incidents}
    if not counted_alone or len(all_of_them) != 1:
        return sample_size(shown, speech)
    incidents = counted_alone[0]
    return (
        f"{speech.count(incidents)} incidents and {speech.count(all_of_them.pop() - incidents)} customers without one"
    )


def _is_won_back(row: Effect) -> bool:
    return row.estimand is Estimand.WON_BACK_SHARE


def _points(points: Sequence[CurvePoint], series: Series) -> tuple[Point, ...]:
    return points_of([c for c in points if c.series is series])


def failure_chart(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Failed, recovered and unrecovered against customers who never met a failure."""
    speech = speech_of(run)
    rows = {r.level_to: r for r in ladder_rows(run, aim, Spec.ADJUSTED) if not _is_won_back(r)}
    found = [(speech.label(f"group.{level}"), rows[level]) for level in RECOVERED if level in rows]
    if all(r.estimate is None for _, r in found):
        return None
    raw = raw_estimates(run, aim)
    rungs = [rung_of(r, speech.capital(label), speech, raw=raw.get(r.level_to), grade=r.grade) for label, r in found]
    who, shown = run.profile.customers_word, tuple(r for _, r in found)
    unit, measure = timeless(shown[0], speech), noun(shown[0], speech)
    title = side_by_side_finding(found, counted(shown[0], speech), "group", speech)
    return Drawn(
        title,
        f"Against {who} who never met a failure. {measure.capitalize()}, 95 % interval",
        ladder(rungs, colours, f"change in {unit}"),
        shown,
        _compared(run, aim, shown),
        f"{title}. {'; '.join(f'{r.label} {r.reading}' for r in rungs)}.",
        ladder_caveats(rungs, shown, speech),
    )
