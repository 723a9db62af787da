"""Sites against target with their case mix held equal: the worst five and the best five.

A site is called clearly under only where its whole interval is, as shown: no limit that rounds to the target.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.figures.dots import Axis, Dot, Reference, dots
from dashboard.figures.drawn import Drawn
from dashboard.figures.theme import Palette, Role
from dashboard.lookup import answered, by_dimension, level_name, measured, measures_of
from dashboard.speech import speech_of
from dashboard.words import measure_label
from pipelines.contracts.catalog.measures import Measure, MeasureId, answered_within
from pipelines.contracts.mart import Col
from pipelines.contracts.segments import SINGLE
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.contracts.targets import is_ceiling
from pipelines.publish.store import Run
from words.speech import Speech

SHOWN = 5
MEASURES: tuple[MeasureId, ...] = (
    Measure.STANDARD_MET, answered_within(60), answered_within(1440), Measure.FIXED_BEFORE_DEPARTURE,
    Measure.SILENT_OVER_24_HOURS, Measure.COMMITMENT_KEPT, Measure.WITHIN_AUTHORITY,
)  # fmt: skip
FRONT_LINE: tuple[MeasureId, ...] = (Measure.RESOLVED_AT_FIRST_CONTACT, Measure.ESCALATED, Measure.HANDED_ON)
SITE = Col.SITE_ID
MIX = "Case mix held equal: severity, channel and type of failure. Single incidents; mass incidents left out."
DRAWN_IN = "A site with few cases says little by itself, so its figure is moved towards the average."


@dataclass(frozen=True)
class Bar:
    """What sites are held against: a share that is a declared target, or what all of them come to."""

    value: float
    is_target: bool


@dataclass(frozen=True)
class Sites:
    """Sites with a number, the worst first, and what they are held against; ``fewer`` is better, or more."""

    rows: tuple[Measured, ...]
    bar: Bar | None
    fewer: bool
    speech: Speech

    def worse(self, bar: Bar | None) -> tuple[Measured, ...]:
        """Sites whose whole interval, as shown, lies on the wrong side of a bar."""
        return tuple(r for r in self.rows if _lies_beyond(r, bar, above=self.fewer))

    def is_better(self, row: Measured) -> bool:
        """Whether a site's whole interval, as shown, lies on the right side of the bar."""
        return _lies_beyond(row, self.bar, above=not self.fewer)


def site_measures(run: Run, among: Sequence[MeasureId] = MEASURES) -> tuple[MeasureId, ...]:
    """Measures that tell at least one site, those with a declared target first."""
    able = [m for m in among if any(map(answered, by_site(run, m)))]
    return tuple(sorted(able, key=lambda m: not _has_target(measured(run, m))))


def by_site(run: Run, measure: MeasureId) -> tuple[Measured, ...]:
    """The rows of a measure per site."""
    return by_dimension(measures_of(run, measure), SITE)


def _has_target(row: Measured | None) -> bool:
    return row is not None and row.target is not None


def sites_chart(run: Run, measure: MeasureId, colours: Palette) -> Drawn | None:
    """One share per site, the worst on top, with its interval, the target and the number of cases."""
    speech, fewer = speech_of(run), is_ceiling(measure)
    asked = by_site(run, measure)
    rows = tuple(sorted(filter(answered, asked), key=lambda r: told(r.estimate), reverse=fewer))
    if not rows:
        return None
    sites = Sites(rows, _bar(run, measure), fewer, speech)
    apart = worse = sites.worse(sites.bar)
    title = _title(sites, worse)
    average = measured(run, measure, segment=SINGLE)
    if sites.bar and answered(average) and _most_miss(rows, worse):
        apart = sites.worse(_all(average))
        title = _most(sites, worse, apart, told(average.estimate))
    shown = _shown(rows, apart)
    lines = [_dot(r, r in apart, sites) for r in shown]
    hidden, many = len(asked) - len(rows), f"{speech.count(len(rows))} sites"
    few = f"Too few cases to show: {speech.count(hidden)} of {speech.count(len(asked))} sites."
    which = f"worst and best of {many}" if len(shown) < len(rows) else many
    return Drawn(
        title,
        f"{measure_label(measure)}, {which}, 95 % interval, {speech.days_between(rows[0].period)}",
        dots(lines, Axis("share of incidents"), colours, reference=_reference(sites)),
        rows,
        f"{speech.count(sum(r.n or 0 for r in rows))} incidents",
        f"{title}. {'; '.join(f'{d.label} {d.reading}' for d in lines)}.",
        (MIX, DRAWN_IN, *([few] if hidden else [])),
    )


def _shown(rows: Sequence[Measured], apart: Sequence[Measured]) -> Sequence[Measured]:
    """Those named in the title, the worst and the best: ten at most, the worst first."""
    if len(rows) <= 2 * SHOWN:
        return rows
    first = [*apart[:SHOWN], *(r for r in rows if r not in apart[:SHOWN])][:SHOWN]
    last = [r for r in reversed(rows) if r not in first][:SHOWN]
    return [r for r in rows if r in first or r in last]


def _lies_beyond(row: Measured, bar: Bar | None, *, above: bool) -> bool:
    if bar is None or row.ci_low is None or row.ci_high is None:
        return False
    low, high, value = (round(100 * share) for share in (row.ci_low, row.ci_high, bar.value))
    return low > value if above else high < value


def _bar(run: Run, measure: MeasureId) -> Bar | None:
    row = measured(run, measure, segment=SINGLE) or measured(run, measure)
    if row is None:
        return None
    if row.target is not None:
        return Bar(row.target, is_target=True)
    return _all(row) if answered(row) else None


def _all(row: Measured) -> Bar:
    return Bar(told(row.estimate), is_target=False)


def _reference(sites: Sites) -> Reference | None:
    if sites.bar is None:
        return None
    what = "target" if sites.bar.is_target else "all"
    return Reference(sites.bar.value, f"{what} {sites.speech.percent(sites.bar.value)}")


def _most_miss(rows: Sequence[Measured], worse: Sequence[Measured]) -> bool:
    """Whether most sites clearly miss a target, so that naming them would say little."""
    return _has_target(rows[0]) and 2 * len(worse) > len(rows) > 1


def _dot(row: Measured, apart: bool, sites: Sites) -> Dot:
    speech, share = sites.speech, told(row.estimate)
    limits = "" if row.ci_low is None else f" ({speech.span(100 * row.ci_low, 100 * told(row.ci_high))})"
    reading = f"{speech.percent(share)}{limits} n {speech.count(row.n or 0)}"
    role = Role.FOURTH if apart else Role.ADJUSTED if sites.is_better(row) else Role.QUIET
    return Dot(level_name(row), share, row.ci_low, row.ci_high, reading, role=role)


def _most(sites: Sites, worse: Sequence[Measured], apart: Sequence[Measured], average: float) -> str:
    """Where most sites miss the target, what matters is whether any stands apart from the others."""
    count = sites.speech.count
    of_all = f"{count(len(worse))} of {count(len(sites.rows))} sites are clearly"
    many = f"All {count(len(sites.rows))} sites are" if len(worse) == len(sites.rows) else of_all
    word, than = ("over", "higher") if sites.fewer else ("under", "lower")
    text, theirs = f"{many} {word} {_bar_words(sites)}; ", f"their average of {sites.speech.percent(average)}"
    if apart:
        return f"{text}clearly {than} than {theirs}: {_names(apart, sites.speech)}"
    return f"{text}none is clearly {than} than {theirs}"


def _title(sites: Sites, worse: Sequence[Measured]) -> str:
    if sites.bar is None:
        return f"No site stands out among {sites.speech.count(len(sites.rows))}"
    side = f"{'over' if sites.fewer else 'under'} {_bar_words(sites)}"
    return f"Clearly {side}: {_names(worse, sites.speech)}" if worse else f"No site is clearly {side}"


def _bar_words(sites: Sites) -> str:
    """``the target of 80 % over 26 weeks``; the weeks left out where no days are told."""
    bar = sites.bar
    if bar is None:
        return ""
    text = f"the {'target' if bar.is_target else 'average'} of {sites.speech.percent(bar.value)}"
    first, _, last = sites.rows[0].period.partition("/")
    return f"{text} over {(date.fromisoformat(last) - date.fromisoformat(first)).days // 7 + 1} weeks" if last else text


def _names(rows: Sequence[Measured], speech: Speech) -> str:
    more = f" and {speech.count(len(rows) - SHOWN)} more" if len(rows) > SHOWN else ""
    return ", ".join(level_name(r) for r in rows[:SHOWN]) + more
