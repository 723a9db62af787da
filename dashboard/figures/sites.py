"""Sites against target with their case mix held equal: the worst five and the best five.

A site is called clearly under only where its whole interval is, as shown: no limit that rounds to the target.
"""

from datetime import date

from dashboard.decisions import answered, by_segment, decided, level_name
from dashboard.figures.dots import Axis, Dot, Reference, dots
from dashboard.figures.drawn import Drawn
from dashboard.figures.theme import Palette, Role
from dashboard.speech import speech_of
from dashboard.words import measure_label
from pipelines.publish.store import Row, Run
from words.speech import Speech

SHOWN = 5
MEASURES = (
    "standard_met", "answered_within_60_minutes", "answered_within_1440_minutes", "fixed_before_departure",
    "silent_over_24_hours", "commitment_kept", "within_authority",
)  # fmt: skip
FRONT_LINE = ("resolved_at_first_contact", "escalated", "handed_on")
FEWER_IS_BETTER = ("escalated", "handed_on", "silent_over_24_hours")
SINGLE = "mass_event=false"
MIX = "Case mix held equal: severity, channel and type of failure. Single incidents; mass incidents left out."
DRAWN_IN = "A site with few cases says little by itself, so its figure is moved towards the average."


def site_measures(run: Run, among: tuple[str, ...] = MEASURES) -> tuple[str, ...]:
    """Measures that tell at least one site, those with a declared target first."""
    able = [m for m in among if any(answered(r) for r in by_segment(run, m, "site_id"))]
    return tuple(sorted(able, key=lambda m: (decided(run, m) or {}).get("target") is None))


def sites_chart(run: Run, measure: str, colours: Palette) -> Drawn | None:
    """One share per site, the worst on top, with its interval, the target and the number of cases."""
    speech = speech_of(run)
    rows = by_segment(run, measure, "site_id")
    fewer = measure in FEWER_IS_BETTER
    told = sorted((r for r in rows if answered(r)), key=lambda r: float(r.estimate), reverse=fewer)
    if not told:
        return None
    reference = _reference(run, measure)
    worse = [r for r in told if _clearly_worse(r, reference, fewer)]
    apart, title = worse, _title(told, worse, reference, fewer, speech)
    average = decided(run, measure, segment=SINGLE)
    if reference and average and answered(average) and _most_miss(told, worse):
        apart = [r for r in told if _clearly_worse(r, _all(average, speech), fewer)]
        title = _most(told, worse, apart, average, reference, fewer, speech)
    shown = _shown(told, apart)
    lines = [_dot(r, apart, reference, fewer, speech) for r in shown]
    label = measure_label(measure)
    hidden = len(rows) - len(told)
    few = f"Too few cases to show: {speech.count(hidden)} of {speech.count(len(rows))} sites."
    which = (
        f"worst and best of {speech.count(len(told))} sites"
        if len(shown) < len(told)
        else f"{speech.count(len(told))} sites"
    )
    return Drawn(
        title,
        f"{label}, {which}, 95 % interval, {speech.days_between(told[0].period)}",
        dots(lines, Axis("share of incidents"), colours, reference=reference),
        tuple(told),
        f"{speech.count(sum(r.n for r in told))} incidents",
        f"{title}. {'; '.join(f'{d.label} {d.reading}' for d in lines)}.",
        (MIX, DRAWN_IN, *([few] if hidden else [])),
    )


def _shown(told: list[Row], apart: list[Row]) -> list[Row]:
    """Those named in the title, the worst and the best: ten at most, the worst first."""
    if len(told) <= 2 * SHOWN:
        return told
    first = [*apart[:SHOWN], *(r for r in told if r not in apart[:SHOWN])][:SHOWN]
    last = [r for r in reversed(told) if r not in first][:SHOWN]
    return [r for r in told if r in first or r in last]


def _clearly_worse(row: Row, bar: Reference | None, fewer: bool) -> bool:
    """Whether the whole interval, as shown, lies on the wrong side of the bar."""
    if bar is None or row.ci_low is None or row.ci_high is None:
        return False
    low, high, value = (round(100 * share) for share in (row.ci_low, row.ci_high, bar.value))
    return low > value if fewer else high < value


def _reference(run: Run, measure: str) -> Reference | None:
    speech = speech_of(run)
    row = decided(run, measure, segment=SINGLE) or decided(run, measure)
    if row is None:
        return None
    if row.target is not None:
        return Reference(row.target, f"target {speech.percent(row.target)}")
    return _all(row, speech) if answered(row) else None


def _all(row: Row, speech: Speech) -> Reference:
    return Reference(row.estimate, f"all {speech.percent(row.estimate)}")


def _most_miss(told: list[Row], worse: list[Row]) -> bool:
    """Whether most sites clearly miss a target, so that naming them would say little."""
    return told[0].target is not None and 2 * len(worse) > len(told) > 1


def _dot(row: Row, apart: list[Row], reference: Reference | None, fewer: bool, speech: Speech) -> Dot:
    limits = f" ({speech.span(100 * row.ci_low, 100 * row.ci_high)})" if row.ci_low is not None else ""
    reading = f"{speech.percent(row.estimate)}{limits} n {speech.count(row.n)}"
    better = _clearly_worse(row, reference, not fewer)
    role: Role = "fourth" if row in apart else "adjusted" if better else "quiet"
    return Dot(level_name(row), row.estimate, row.ci_low, row.ci_high, reading, role=role)


def _most(
    told: list[Row], worse: list[Row], apart: list[Row], average: Row, bar: Reference, fewer: bool, speech: Speech
) -> str:
    """Where most sites miss the target, what matters is whether any stands apart from the others."""
    every = len(worse) == len(told)
    many = (
        f"All {speech.count(len(told))} sites are"
        if every
        else f"{speech.count(len(worse))} of {speech.count(len(told))} sites are clearly"
    )
    word, than = ("over", "higher") if fewer else ("under", "lower")
    text = f"{many} {word} {_bar(bar)}{_weeks(told)}; "
    if apart:
        return f"{text}clearly {than} than their average of {speech.percent(average.estimate)}: {_names(apart, speech)}"
    return f"{text}none is clearly {than} than their average of {speech.percent(average.estimate)}"


def _title(told: list[Row], worse: list[Row], reference: Reference | None, fewer: bool, speech: Speech) -> str:
    word = "over" if fewer else "under"
    if reference is None:
        return f"No site stands out among {speech.count(len(told))}"
    bar = f"{_bar(reference)}{_weeks(told)}"
    return f"Clearly {word} {bar}: {_names(worse, speech)}" if worse else f"No site is clearly {word} {bar}"


def _bar(reference: Reference) -> str:
    return reference.word.replace("target", "the target of").replace("all", "the average of")


def _names(rows: list[Row], speech: Speech) -> str:
    more = f" and {speech.count(len(rows) - SHOWN)} more" if len(rows) > SHOWN else ""
    return ", ".join(level_name(r) for r in rows[:SHOWN]) + more


def _weeks(told: list[Row]) -> str:
    """`` over 26 weeks``; "" where no days are told."""
    first, _, last = (told[0].period or "").partition("/")
    return f" over {(date.fromisoformat(last) - date.fromisoformat(first)).days // 7 + 1} weeks" if last else ""
