"""Stories told afterwards, good and bad, per 100: after an incident beside customers who never had one."""

from dashboard.decisions import answered, by_segment, in_order, level_name
from dashboard.figures.dots import Axis, Dot, dots
from dashboard.figures.drawn import Drawn
from dashboard.figures.theme import Palette, Role
from dashboard.speech import speech_of
from dashboard.voices import NEVER_FAILED
from pipelines.contracts.catalog.measures import Measure
from pipelines.publish.store import Row, Run
from words.speech import Speech

NET = Measure.NET_WORD_OF_MOUTH
KINDS: dict[Measure, tuple[str, Role]] = {
    Measure.POSITIVE_STORY: ("Good", Role.ADJUSTED),
    Measure.NEGATIVE_POST: ("Bad", Role.FOURTH),
}


def story_row(run: Run, measure: Measure, segment: str = "") -> Row | None:
    """The row of one kind of story, after an incident or without one; None where it holds no number."""
    rows = (r for r in run.measures if (r.measure, r.segment, r.period) == (measure, segment, ""))
    return next((r for r in rows if answered(r)), None)


def stories_chart(run: Run, _: str, colours: Palette) -> Drawn | None:
    """Good and bad stories over everyone, then by severity; the diamond is the rate of never-failed customers."""
    speech = speech_of(run)
    segments = ["", *in_order(run, (r.segment for r in by_segment(run, NET, "severity")))]
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
        f"{speech.count(rows[0].n)} incidents with 90 days behind them",
        f"{title}. {'; '.join(f'{d.label} {d.reading}' for d in dots_)}.",
        ("◇ the same of customers who never had an incident.",) if any(d.other is not None for d in dots_) else (),
    )


def _title(run: Run) -> str:
    net = story_row(run, NET)
    if net is None:
        return "Stories told afterwards"
    size = speech_of(run).decimal(abs(net.estimate), 1)
    if net.ci_low is None or net.ci_low <= 0 <= net.ci_high:
        return f"Over everyone, no clear surplus of good or bad stories{_worst(run)}"
    more, fewer = ("good", "bad") if net.estimate > 0 else ("bad", "good")
    return f"{size} more {more} than {fewer} stories per 100"


def _worst(run: Run) -> str:
    """The severity with the clearest surplus of bad stories, which an even total would hide; "" where there is none."""
    speech = speech_of(run)
    found = [r for r in by_segment(run, NET, "severity") if answered(r)]
    worst = min((r for r in found if r.ci_high is not None and r.ci_high < 0), key=_net, default=None)
    if worst is None:
        return ""
    good, bad = (story_row(run, measure, worst.segment) for measure in KINDS)
    if good is None or bad is None:
        return ""
    told = f"{speech.decimal(100 * good.estimate, 1)} good against {speech.decimal(100 * bad.estimate, 1)} bad per 100"
    return f"; {level_name(worst)}: {told}"


def _net(row: Row) -> float:
    return float(row.estimate)


def _dot(measure: Measure, row: Row, never: Row | None, speech: Speech) -> Dot:
    """One kind of story per 100."""
    word, role = KINDS[measure]
    where = level_name(row)
    value, low, high = _per_100(row.estimate), _per_100(row.ci_low), _per_100(row.ci_high)
    limits = "" if low is None or high is None else f" ({speech.span(low, high, 1)})"
    return Dot(
        f"{word}, {where}" if where else f"{word} stories, all",
        value,
        low,
        high,
        f"{speech.decimal(value or 0.0, 1)}{limits}",
        other=None if never is None else _per_100(never.estimate),
        role=role,
    )


def _per_100(share: float | None) -> float | None:
    return None if share is None else 100 * share
