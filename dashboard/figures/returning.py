"""When people come back, and whether the failed come back as often as those who never met a failure."""

from dashboard.effects import Aim, ladder_rows
from dashboard.figures.curve import Line, Point, Scale, curve
from dashboard.figures.drawn import Drawn
from dashboard.figures.effects import ladder_caveats, rung_of, sample_size, unit_words
from dashboard.figures.ladder import ladder
from dashboard.figures.theme import Palette
from dashboard.formats import count, duration, plain, span
from pipelines.contracts.findings import side_by_side_finding
from pipelines.contracts.wording import badge, headline, noun
from pipelines.publish.store import Row, Rows, Run

DAYS = Scale(((30, "30"), (90, "90"), (180, "180"), (270, "270"), (365, "365")), "days after the failure")
RECOVERED = {"failed": "All failures", "recovered": "Recovered", "not_recovered": "Not recovered"}
WON_BACK = "won_back_share"
NOT_DRAWN = "How many would be back if everyone were answered {promise} isn't drawn: grade D allows no conclusion."


def return_rows(run: Run) -> tuple[Row | None, Rows]:
    """The effect that carries the curves of returning over time, and their points."""
    carrying = {c.effect_id for c in run.curves if c.x_unit == "days"}
    row = next((r for r in run.effects if r.effect_id in carrying), None)
    points = [c for c in run.curves if row is not None and c.effect_id == row.effect_id]
    return row, tuple(sorted(points, key=lambda c: (c.series, c.x)))


def return_curve(run: Run, _: str, colours: Palette) -> Drawn | None:
    """Returned so far, day by day: with today's answering times, and were everyone answered within the promise.

    What allows no conclusion isn't drawn; the caveat says so.
    """
    row, points = return_rows(run)
    if row is None or not points:
        return None
    who, promise = run.profile.customers_word, f"within {duration(float(row.level_to))}"
    today = Line("as today", "third", _points(points, "today"))
    concluded = [] if row.grade == "D" else [Line(promise, "adjusted", _points(points, "within"))]
    lines = [*concluded, today]
    ends = [line.points[-1] for line in lines if line.points]
    title = f"Of 100 {who}, {plain(ends[-1].estimate or 0)} are back after {ends[-1].x:.0f} days"
    if concluded and row.ci_low is not None and row.ci_low > 0:
        title += f"; with all answered {promise}, {plain(ends[0].estimate or 0)}, after adjustment"
    said = "; ".join(
        f"{line.label}: {plain(p.estimate or 0)} ({span(p.ci_low or 0, p.ci_high or 0)})"
        for line, p in zip(lines, ends, strict=False)
    )
    return Drawn(
        title,
        f"{who.capitalize()} who have returned, per 100; 95 % interval. Those followed for less count as waiting",
        curve(lines, DAYS, colours, f"returned {who} per 100"),
        points,
        sample_size((row,)),
        f"{title}. At the end, {said}.",
        (f"{headline(row, who)}.", badge(row)) if concluded else (NOT_DRAWN.format(promise=promise),),
    )


def _compared(run: Run, aim: Aim, told: Rows) -> str:
    """How many incidents are compared with how many customers without one, where the run counts both."""
    shares = [r for r in ladder_rows(run, aim, "adjusted") if r.estimand == WON_BACK and r.n_incidents]
    all_of_them = {r.n_incidents for r in told if r.n_incidents}
    if not shares or len(all_of_them) != 1:
        return sample_size(told)
    incidents = int(shares[0].n_incidents)
    return f"{count(incidents)} incidents and {count(all_of_them.pop() - incidents)} customers without one"


def _points(points: Rows, series: str) -> tuple[Point, ...]:
    return tuple(
        Point(c.x, c.estimate, c.ci_low, c.ci_high, bool(c.supported), c.n_near or 0)
        for c in points
        if c.series == series
    )


def failure_chart(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Failed, recovered and unrecovered against customers who never met a failure."""
    rows = {r.level_to: r for r in ladder_rows(run, aim, "adjusted") if r.estimand != WON_BACK}
    found = [(label, rows[level]) for level, label in RECOVERED.items() if level in rows]
    if all(r.estimate is None for _, r in found):
        return None
    raw = {r.level_to: r.estimate for r in ladder_rows(run, aim, "raw")}
    rungs = [rung_of(r, label, raw=raw.get(r.level_to), grade=r.grade) for label, r in found]
    who, told = run.profile.customers_word, tuple(r for _, r in found)
    unit, measure = unit_words(told[0], who), noun(told[0], who)
    title = side_by_side_finding(found, unit.removesuffix(" per 100"), "group")
    return Drawn(
        title,
        f"Against {who} who never met a failure. {measure.capitalize()}, 95 % interval",
        ladder(rungs, colours, f"change in {unit}"),
        told,
        _compared(run, aim, told),
        f"{title}. {'; '.join(f'{r.label} {r.reading}' for r in rungs)}.",
        tuple(ladder_caveats(rungs, told)),
    )
