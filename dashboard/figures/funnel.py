"""The funnel: of incidents old enough to judge, how many were answered, put right, given something, and came back."""

from dashboard.decisions import answered
from dashboard.figures.dots import Axis, Dot, dots
from dashboard.figures.drawn import Drawn
from dashboard.figures.theme import Palette
from dashboard.speech import speech_of
from pipelines.contracts.catalog.counting import Clock, Topic
from pipelines.contracts.catalog.measures import steps_of
from pipelines.publish.store import Row, Rows, Run
from words.speech import Speech

STEPS = {
    "contacted": "answered",
    "fixed": "… and put right",
    "compensated": "… and given something",
    "returned": "… and came back",
    "retained": "… and stayed",
}


def funnel_rows(run: Run) -> Rows:
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
    title = f"{speech.percent(last.estimate)} of cases were answered, put right, compensated and {end}"
    if len(rows) == 1:
        title = f"{speech.percent(last.estimate)} of cases were {end}"
    return Drawn(
        title,
        f"Share of incidents that reached each step and all before it, 95 % interval; {speech.maybe(first.population)}",
        dots(lines, Axis("share of incidents", from_zero=True), colours),
        rows,
        f"{speech.count(first.n)} incidents",
        f"{title}. {'; '.join(f'{d.label} {d.reading}' for d in lines)}.",
        (f"Steps needn't follow each other: many {who} come back without having been given anything.",),
    )


def _dot(row: Row, speech: Speech) -> Dot:
    label = STEPS[steps_of(row.measure)[-1]]
    limits = "" if row.ci_low is None else f" ({speech.span(100 * row.ci_low, 100 * row.ci_high)})"
    return Dot(label, row.estimate, row.ci_low, row.ci_high, f"{speech.percent(row.estimate)}{limits}")
