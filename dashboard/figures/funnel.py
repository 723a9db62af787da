"""The funnel: of incidents old enough to judge, how many were answered, put right, given something, and came back."""

from dashboard.cells import cases, share_with_limits
from dashboard.figures.dots import Axis, Dot, dots
from dashboard.figures.drawn import Drawn
from dashboard.figures.theme import Palette
from dashboard.lookup import answered
from dashboard.speech import speech_of
from pipelines.contracts.catalog.counting import Clock, Topic
from pipelines.contracts.catalog.measures import Measure, steps_of
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.speech import Speech

STEPS = {
    Measure.CONTACTED: "answered",
    Measure.FIXED: "… and put right",
    Measure.COMPENSATED: "… and given something",
    Measure.RETURNED: "… and came back",
    Measure.RETAINED: "… and stayed",
}


def funnel_rows(run: Run) -> tuple[Measured, ...]:
    """The steps taken together by one matured cohort, in their order."""
    rows = [r for r in run.measures if (r.topic, r.clock) == (Topic.FUNNEL, Clock.MATURED) and answered(r)]
    return tuple(sorted(rows, key=lambda r: len(steps_of(r.measure))))


def funnel_chart(run: Run, _: str, colours: Palette) -> Drawn | None:
    """One line per step: the share that reached it and every step before it."""
    speech = speech_of(run)
    rows = funnel_rows(run)
    if not rows:
        return None
    lines = [_dot(r, speech) for r in rows]
    first, last = rows[0], rows[-1]
    who = run.profile.customers_word
    end = STEPS[steps_of(last.measure)[-1]].removeprefix("… and ")
    share = speech.percent(told(last.estimate))
    title = f"{share} of cases were answered, put right, compensated and {end}"
    if len(rows) == 1:
        title = f"{share} of cases were {end}"
    return Drawn(
        title,
        f"Share of incidents that reached each step and all before it, 95 % interval; {speech.maybe(first.population)}",
        dots(lines, Axis("share of incidents", from_zero=True), colours),
        rows,
        f"{cases(first.n, speech)} incidents",
        f"{title}. {'; '.join(f'{d.label} {d.reading}' for d in lines)}.",
        (f"Steps needn't follow each other: many {who} come back without having been given anything.",),
    )


def _dot(row: Measured, speech: Speech) -> Dot:
    label, limits = STEPS[steps_of(row.measure)[-1]], (row.ci_low, row.ci_high)
    return Dot(label, row.estimate, *limits, share_with_limits(told(row.estimate), *limits, speech))
