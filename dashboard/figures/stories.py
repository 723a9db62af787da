"""Stories told afterwards, good and bad, per 100: after an incident beside customers who never had one."""

from dashboard.cells import cases
from dashboard.figures.dots import Axis, Dot, dots
from dashboard.figures.drawn import Drawn
from dashboard.figures.theme import Palette, Role
from dashboard.lookup import answered, by_dimension, described_as, in_order, level_name, measured, measures_of
from dashboard.speech import speech_of
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.mart import Col
from pipelines.contracts.segments import NEVER_FAILED
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.speech import Speech

NET = Measure.NET_WORD_OF_MOUTH
KINDS: dict[Measure, tuple[str, Role]] = {
    Measure.POSITIVE_STORY: ("Good", Role.ADJUSTED),
    Measure.NEGATIVE_POST: ("Bad", Role.FOURTH),
}


def story_row(run: Run, measure: Measure, segment: str = "") -> Measured | None:
    """The row of one kind of story in a segment; None where it holds no number."""
    row = described_as(run, measure, segment=segment)
    return row if answered(row) else None


def stories_chart(run: Run, _: str, colours: Palette) -> Drawn | None:
    """Good and bad stories over everyone, then by severity; the diamond is the rate of never-failed customers."""
    speech = speech_of(run)
    segments = ["", *in_order(run, (r.segment for r in _net_by_severity(run)))]
    lines = [(m, s, r) for s in segments for m in KINDS if (r := story_row(run, m, s))]
    if not lines:
        return None
    dots_ = [_dot(m, r, None if s else story_row(run, m, NEVER_FAILED), speech) for m, s, r in lines]
    who = run.profile.customers_word
    title = _title(run)
    rows = tuple(r for _, _, r in lines)
    return Drawn(
        title,
        f"Stories told within 90 days per 100 {who}, 95 % interval",
        dots(dots_, Axis(f"stories per 100 {who}", share=False, from_zero=True), colours, other="never failed"),
        rows,
        f"{cases(rows[0].n, speech)} incidents with 90 days behind them",
        f"{title}. {'; '.join(f'{d.label} {d.reading}' for d in dots_)}.",
        ("◇ the same of customers who never had an incident.",) if any(d.other is not None for d in dots_) else (),
    )


def _net_by_severity(run: Run) -> tuple[Measured, ...]:
    return by_dimension(measures_of(run, NET), Col.SEVERITY)


def _title(run: Run) -> str:
    net = measured(run, NET)
    if not answered(net):
        return "Stories told afterwards"
    surplus, low, high = told(net.estimate), net.ci_low, net.ci_high
    if low is None or high is None or low <= 0 <= high:
        return f"Over everyone, no clear surplus of good or bad stories{_worst(run)}"
    more, fewer = ("good", "bad") if surplus > 0 else ("bad", "good")
    return f"{speech_of(run).decimal(abs(surplus), 1)} more {more} than {fewer} stories per 100"


def _worst(run: Run) -> str:
    """The severity with the clearest surplus of bad stories, which an even total would hide; "" where there is none."""
    speech = speech_of(run)
    found = [r for r in _net_by_severity(run) if answered(r) and r.ci_high is not None and r.ci_high < 0]
    worst = min(found, key=lambda r: told(r.estimate), default=None)
    if worst is None:
        return ""
    good, bad = (story_row(run, measure, worst.segment) for measure in KINDS)
    if good is None or bad is None:
        return ""
    per_100 = (speech.decimal(100 * told(row.estimate), 1) for row in (good, bad))
    return f"; {level_name(worst)}: {' good against '.join(per_100)} bad per 100"


def _dot(measure: Measure, row: Measured, never: Measured | None, speech: Speech) -> Dot:
    word, role = KINDS[measure]
    where = level_name(row)
    value, low, high = 100 * told(row.estimate), _per_100(row.ci_low), _per_100(row.ci_high)
    limits = "" if low is None or high is None else f" ({speech.span(low, high, 1)})"
    return Dot(
        f"{word}, {where}" if where else f"{word} stories, all",
        value,
        low,
        high,
        f"{speech.decimal(value, 1)}{limits}",
        other=None if never is None else _per_100(never.estimate),
        role=role,
    )


def _per_100(share: float | None) -> float | None:
    return None if share is None else 100 * share
