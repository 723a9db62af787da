"""The charts of what speed and compensation gain: rows of a run → drawn charts. None when nothing was estimated."""

from collections.abc import Callable, Sequence

from dashboard.effects import Aim, curve_rows, ladder_rows, level_of, raw_estimates
from dashboard.figures.curve import Line, Point, Scale, curve
from dashboard.figures.drawn import Drawn
from dashboard.figures.ladder import Rung, ladder
from dashboard.figures.theme import Palette, Role
from dashboard.speech import speech_of
from pipelines.contracts.catalog.estimation import AskedOf, Series, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.treatments import COMPENSATION_LADDER_SHARE, SPEED_LADDER_MINUTES
from pipelines.contracts.message import Reason
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.changes import counted, digits, noun, timeless
from words.ladders import curve_finding, ladder_finding, side_by_side_finding
from words.segments import level_words
from words.speech import DAY_MINUTES, HOUR_MINUTES, Speech

SHARE_STEP = 0.5
RAW = "◇ unadjusted: cases compared as they are, before making them comparable."
LETTERS = "Letters are grades. Hollow and grey: no clear change, or grade D, which allows no conclusion."
GREY = "Drawn in grey: of grade D at {level}. The title speaks only of levels where the checks hold."
GAP = "Nothing is drawn where too few cases were like this."

# What is done, as the title says it, and the point of a curve's gain with the grade of the effect there.
Gains = Sequence[tuple[str, CurvePoint, Grade | None]]


def speed_ladder(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """What a promise to answer everyone within 15 minutes … 72 hours gains against today's times."""
    speech = speech_of(run)
    rows = ladder_rows(run, aim, Spec.ADJUSTED)
    strongest_first = [(f"answering within {_time(r, speech)}", r) for r in rows]
    title = _finding(aim, strongest_first, "promise", speech)
    subtitle = "Change if everyone were answered in time, against today"
    return _ladder(run, aim, colours, [f"within {_time(r, speech)}" for r in rows], title, subtitle)


def compensation_ladder(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """What giving back 10 % … 150 % of the loss gains against giving nothing."""
    speech = speech_of(run)
    rows = ladder_rows(run, aim, Spec.ADJUSTED)
    strongest_first = [(f"giving {_share(r, speech)} of the loss", r) for r in reversed(rows)]
    title = _finding(aim, strongest_first, "offer", speech)
    subtitle = "Change if everyone answered were given this share of the loss, against nothing; speed held"
    return _ladder(run, aim, colours, [_share(r, speech) for r in rows], title, subtitle)


def speed_curve(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Returning customers per 100 if everyone were answered within so many minutes."""
    speech = speech_of(run)
    gains = [(f"a promise of {speech.duration(r.x)}", r, grade) for r, grade in _gains(run, aim)]
    minutes = (*SPEED_LADDER_MINUTES, run.profile.response_cap_days * DAY_MINUTES)
    scale = Scale(tuple((float(m), _tick(m)) for m in minutes), "everyone answered within …", log=True)
    return _curve(run, aim, colours, scale, gains, "If everyone were answered within this time, or sooner")


def compensation_curve(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Returning customers per 100 if everyone answered had been given this share of their loss."""
    speech = speech_of(run)
    gains = [(f"{speech.percent(r.x)} of the loss", r, grade) for r, grade in reversed(_gains(run, aim))]
    shares = [s for s in COMPENSATION_LADDER_SHARE if s % SHARE_STEP == 0]
    scale = Scale(tuple((s, speech.percent(s)) for s in shares), "compensation as a share of the loss")
    return _curve(run, aim, colours, scale, gains, "If everyone answered were given this share; speed held")


def _gains(run: Run, aim: Aim) -> list[tuple[CurvePoint, Grade | None]]:
    """The curve's gain at each rung of the ladder, with the grade of that rung."""
    grades = {level_of(r): r.grade for r in ladder_rows(run, aim, Spec.ADJUSTED) if r.estimate is not None}
    return [(r, grades[r.x]) for r in curve_rows(run, aim, series=Series.GAIN) if r.x in grades]


def _tick(minutes: float) -> str:
    """A span of time as short as an axis needs it: ``15 min``, ``4 h``, ``14 d``."""
    if minutes < HOUR_MINUTES:
        return f"{minutes:g} min"
    return f"{minutes / HOUR_MINUTES:g} h" if minutes <= 3 * DAY_MINUTES else f"{minutes / DAY_MINUTES:g} d"


def _time(row: Effect, speech: Speech) -> str:
    return speech.duration(level_of(row))


def _share(row: Effect, speech: Speech) -> str:
    return speech.percent(level_of(row))


def _finding(aim: Aim, strongest_first: Sequence[tuple[str, Effect]], rung: str, speech: Speech) -> str:
    if not strongest_first:
        return ""
    what = counted(strongest_first[0][1], speech)
    if aim.higher_is_better is None:
        return side_by_side_finding(strongest_first, what, rung, speech)
    return ladder_finding(strongest_first, what, rung, speech, higher_is_better=aim.higher_is_better)


def _ladder(run: Run, aim: Aim, colours: Palette, labels: Sequence[str], title: str, subtitle: str) -> Drawn | None:
    speech = speech_of(run)
    rows = ladder_rows(run, aim, Spec.ADJUSTED)
    if all(r.estimate is None for r in rows):
        return None
    raw = raw_estimates(run, aim)
    rungs = [
        rung_of(r, label, speech, raw=raw.get(r.level_to), grade=r.grade) for label, r in zip(labels, rows, strict=True)
    ]
    measure = noun(rows[0], speech)
    whom = f"{level_words(aim.segment).capitalize()} alone. " if aim.segment else ""
    return Drawn(
        title,
        f"{whom}{subtitle}. {measure.capitalize()}, 95 % interval",
        ladder(rungs, colours, f"change in {timeless(rows[0], speech)}"),
        rows,
        sample_size(rows, speech),
        f"{title}. Change in {measure}: {'; '.join(f'{r.label} {r.reading}' for r in rungs)}.",
        ladder_caveats(rungs, rows, speech),
    )


def rung_of(row: Effect, label: str, speech: Speech, *, raw: float | None = None, grade: Grade | None = None) -> Rung:
    """An effect as a rung, with the decimals its error allows; grade D is never conclusive."""
    limits = (row.estimate, row.ci_low, row.ci_high)
    conclusive = grade is not Grade.D
    return Rung(label, *limits, raw=raw, grade=grade, conclusive=conclusive, digits=digits(row), speech=speech)


def ladder_caveats(rungs: Sequence[Rung], rows: Sequence[Effect], speech: Speech) -> tuple[str, ...]:
    """What a reader of rungs must know: what unadjusted and the letters mean, and why rungs stay empty."""
    refused: dict[tuple[Reason, ...], list[str]] = {}
    for rung, row in zip(rungs, rows, strict=True):
        if row.estimate is None:
            refused.setdefault(row.reasons, []).append(rung.label)
    return (
        *([RAW] if any(r.raw is not None for r in rungs) else []),
        *([LETTERS] if any(r.grade for r in rungs) else []),
        *(f"No estimate for {speech.enumerated(labels)}. {speech.all(why)}" for why, labels in refused.items()),
    )


def _curve(run: Run, aim: Aim, colours: Palette, scale: Scale, gains: Gains, subtitle: str) -> Drawn | None:
    speech = speech_of(run)
    rows = curve_rows(run, aim)
    shown = [r for r in rows if r.supported]
    if not shown:
        return None
    row = next(r for r in ladder_rows(run, aim, Spec.ADJUSTED) if r.effect_id == shown[0].effect_id)
    measure = noun(row, speech)
    title = f"{measure.capitalize()}, level by level"
    if aim.higher_is_better is not None:
        title = curve_finding(gains, speech.label(told(row.baseline)), speech, higher_is_better=aim.higher_is_better)
    role = Role.QUIET if row.grade is Grade.D else Role.ADJUSTED
    say = speech.duration if scale.log else speech.percent
    grey = [GREY.format(level=say(level_of(row)))] if role is Role.QUIET else []
    return Drawn(
        title,
        f"{subtitle}. {measure.capitalize()}; the band covers the whole curve 95 times in 100",
        curve([Line("adjusted", role, points_of(rows))], scale, colours, timeless(row, speech)),
        rows,
        sample_size((row,), speech),
        f"{title}. {measure}, {_ends(shown, say, speech)}.",
        (*grey, *([GAP] if len(shown) < len(rows) else [])),
    )


def points_of(rows: Sequence[CurvePoint]) -> tuple[Point, ...]:
    """Points of a curve as they are drawn."""
    return tuple(Point(r.x, r.estimate, r.ci_low, r.ci_high, r.supported, r.n_near or 0) for r in rows)


def _ends(shown: Sequence[CurvePoint], say: Callable[[float], str], speech: Speech) -> str:
    return "; ".join(f"{say(r.x)}: {_reading(r, speech)}" for r in (shown[0], shown[-1]))


def _reading(row: CurvePoint, speech: Speech) -> str:
    return f"{speech.decimal(told(row.estimate))} ({speech.span(told(row.ci_low), told(row.ci_high))})"


def sample_size(rows: Sequence[Effect], speech: Speech) -> str:
    """``7,412 incidents, telling as much as 1,130 independent ones``; a range where rows differ in their incidents.

    A comparison with customers who never failed counts them too, and says so.
    """
    known = sorted((r.n_incidents, i) for i, r in enumerate(rows) if r.n_incidents)
    if not known:
        return ""
    (fewest, _), (most, last) = known[0], known[-1]
    with_customers = rows[last].population == AskedOf.FAILED_AND_NEVER_FAILED
    what = "incidents and customers without one" if with_customers else "incidents"
    if fewest < most:
        return f"{speech.count(fewest)} to {speech.count(most)} {what}"
    effective = [r.effective_incidents for r in rows if r.n_incidents and r.effective_incidents]
    as_much = f", telling as much as {speech.count(round(min(effective)))} independent ones" if effective else ""
    return f"{speech.count(most)} {what}{as_much}"
