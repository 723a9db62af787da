"""The charts of what speed and compensation gain: rows of a run → drawn charts. None when nothing was estimated."""

from collections.abc import Callable, Sequence

from dashboard.effects import Aim, curve_rows, ladder_rows
from dashboard.figures.curve import Line, Point, Scale, curve
from dashboard.figures.drawn import Drawn
from dashboard.figures.ladder import Rung, ladder
from dashboard.figures.theme import Palette, Role
from dashboard.filters import level_words
from dashboard.speech import speech_of
from pipelines.contracts.catalog.grades import Grade
from pipelines.publish.store import Row, Rows, Run
from words.changes import counted, digits, noun, timeless
from words.ladders import curve_finding, ladder_finding, side_by_side_finding
from words.speech import Speech

MINUTE_TICKS = ((15, "15 min"), (60, "1 h"), (240, "4 h"), (1440, "24 h"), (4320, "72 h"), (20160, "14 d"))
SHARE_TICKS = (0.0, 0.5, 1.0, 1.5)
MINUTES = Scale(tuple((float(m), t) for m, t in MINUTE_TICKS), "everyone answered within …", log=True)
RAW = "◇ unadjusted: cases compared as they are, before making them comparable."
LETTERS = "Letters are grades. Hollow and grey: no clear change, or grade D, which allows no conclusion."
GREY = "Drawn in grey: of grade D at {level}. The title speaks only of levels where the checks hold."
WITH_NEVER_FAILED = "failed_and_never_failed"
GAP = "Nothing is drawn where too few cases were like this."


def speed_ladder(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """What a promise to answer everyone within 15 minutes … 72 hours gains against today's times."""
    speech = speech_of(run)
    rows = ladder_rows(run, aim, "adjusted")
    strongest_first = [(f"answering within {_time(r, speech)}", r) for r in rows]
    title = _finding(run, aim, strongest_first, "promise")
    subtitle = "Change if everyone were answered in time, against today"
    return _ladder(run, aim, colours, [f"within {_time(r, speech)}" for r in rows], title, subtitle)


def compensation_ladder(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """What giving back 10 % … 150 % of the loss gains against giving nothing."""
    speech = speech_of(run)
    rows = ladder_rows(run, aim, "adjusted")
    strongest_first = [(f"giving {_share(r, speech)} of the loss", r) for r in reversed(rows)]
    title = _finding(run, aim, strongest_first, "offer")
    subtitle = "Change if everyone answered were given this share of the loss, against nothing; speed held"
    return _ladder(run, aim, colours, [_share(r, speech) for r in rows], title, subtitle)


def speed_curve(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Returning customers per 100 if everyone were answered within so many minutes."""
    gains = [(f"a promise of {speech_of(run).duration(r.x)}", r, grade) for r, grade in _gains(run, aim)]
    return _curve(run, aim, colours, MINUTES, gains, "If everyone were answered within this time, or sooner")


def compensation_curve(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Returning customers per 100 if everyone answered had been given this share of their loss."""
    speech = speech_of(run)
    gains = [(f"{speech.percent(r.x)} of the loss", r, grade) for r, grade in reversed(_gains(run, aim))]
    scale = Scale(tuple((s, speech.percent(s)) for s in SHARE_TICKS), "compensation as a share of the loss")
    return _curve(run, aim, colours, scale, gains, "If everyone answered were given this share; speed held")


def _gains(run: Run, aim: Aim) -> list[tuple[Row, Grade | None]]:
    """The curve's gain at each rung of the ladder, with the grade of that rung."""
    grades = {float(r.level_to): r.grade for r in ladder_rows(run, aim, "adjusted") if r.estimate is not None}
    return [(r, grades[r.x]) for r in curve_rows(run, aim, series="gain") if r.x in grades]


def _time(row: Row, speech: Speech) -> str:
    return speech.duration(float(row.level_to))


def _share(row: Row, speech: Speech) -> str:
    return speech.percent(float(row.level_to))


def _finding(run: Run, aim: Aim, strongest_first: Sequence[tuple[str, Row]], rung: str) -> str:
    speech = speech_of(run)
    if not strongest_first:
        return ""
    what = counted(strongest_first[0][1], speech)
    if aim.higher_is_better is None:
        return side_by_side_finding(strongest_first, what, rung, speech)
    return ladder_finding(strongest_first, what, rung, speech, higher_is_better=aim.higher_is_better)


def _ladder(run: Run, aim: Aim, colours: Palette, labels: Sequence[str], title: str, subtitle: str) -> Drawn | None:
    speech = speech_of(run)
    rows = ladder_rows(run, aim, "adjusted")
    if all(r.estimate is None for r in rows):
        return None
    raw = {r.level_to: r.estimate for r in ladder_rows(run, aim, "raw")}
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
        tuple(ladder_caveats(rungs, rows)),
    )


def rung_of(row: Row, label: str, speech: Speech, *, raw: float | None = None, grade: str | None = None) -> Rung:
    """An effect row as a rung, with the decimals its error allows; grade D is never conclusive."""
    limits = (row.estimate, row.ci_low, row.ci_high)
    return Rung(label, *limits, raw=raw, grade=grade, conclusive=grade != "D", digits=digits(row), speech=speech)


def ladder_caveats(rungs: Sequence[Rung], rows: Rows) -> list[str]:
    """What a reader of rungs must know: what unadjusted and the letters mean, and why rungs stay empty."""
    refused: dict[str, list[str]] = {}
    for rung, row in zip(rungs, rows, strict=True):
        if row.estimate is None:
            refused.setdefault(row["reason"], []).append(rung.label)
    return [
        *([RAW] if any(r.raw is not None for r in rungs) else []),
        *([LETTERS] if any(r.grade for r in rungs) else []),
        *(f"No estimate for {', '.join(labels)}. {reason}" for reason, labels in refused.items()),
    ]


def _curve(
    run: Run,
    aim: Aim,
    colours: Palette,
    scale: Scale,
    gains: Sequence[tuple[str, Row, Grade | None]],
    subtitle: str,
) -> Drawn | None:
    speech = speech_of(run)
    rows = curve_rows(run, aim)
    shown = [r for r in rows if r.supported]
    if not shown:
        return None
    row = next(r for r in ladder_rows(run, aim, "adjusted") if r.effect_id == shown[0].effect_id)
    measure = noun(row, speech)
    title = f"{measure.capitalize()}, level by level"
    if aim.higher_is_better is not None:
        title = curve_finding(gains, row.baseline, speech, higher_is_better=aim.higher_is_better)
    role: Role = "quiet" if row.grade == "D" else "adjusted"
    say, anchor = speech.duration if scale.log else speech.percent, float(row.level_to)
    return Drawn(
        title,
        f"{subtitle}. {measure.capitalize()}; the band covers the whole curve 95 times in 100",
        curve([Line("adjusted", role, _points(rows))], scale, colours, timeless(row, speech)),
        rows,
        sample_size((row,), speech),
        f"{title}. {measure}, {_ends(shown, say, speech)}.",
        (*([GREY.format(level=say(anchor))] if role == "quiet" else []), *([GAP] if len(shown) < len(rows) else [])),
    )


def _points(rows: Rows) -> tuple[Point, ...]:
    return tuple(Point(r.x, r.estimate, r.ci_low, r.ci_high, bool(r.supported), r.n_near or 0) for r in rows)


def _ends(shown: Sequence[Row], say: Callable[[float], str], speech: Speech) -> str:
    return "; ".join(
        f"{say(r.x)}: {speech.decimal(r.estimate)} ({speech.span(r.ci_low, r.ci_high)})" for r in (shown[0], shown[-1])
    )


def sample_size(rows: Rows, speech: Speech) -> str:
    """``7,412 incidents, telling as much as 1,130 independent ones``; a range where rows differ in their incidents.

    A comparison with customers who never failed counts them too, and says so.
    """
    known = sorted((r for r in rows if r.n_incidents), key=lambda r: int(r.n_incidents))
    if not known:
        return ""
    fewest, most = known[0].n_incidents, known[-1].n_incidents
    what = "incidents" if known[-1].population != WITH_NEVER_FAILED else "incidents and customers without one"
    if fewest < most:
        return f"{speech.count(fewest)} to {speech.count(most)} {what}"
    effective = [r.effective_incidents for r in known if r.effective_incidents]
    return f"{speech.count(most)} {what}" + (
        f", telling as much as {speech.count(round(min(effective)))} independent ones" if effective else ""
    )
