"""Did the fix work? How often each fixed cause came after the fix, against before."""

from dashboard.decisions import answered, level_name, rows_of
from dashboard.figures.dots import Axis, Dot, Reference, dots
from dashboard.figures.drawn import Drawn
from dashboard.figures.theme import Palette, Role
from dashboard.speech import speech_of
from pipelines.publish.store import Row, Run
from words.speech import Speech

RATIO, AGAINST = "rate_ratio_after_fix", "rate_ratio_after_fix_against_other_causes"
NO_FIX = "No fix can be judged. Add fixes (root_cause, fix_deployed_at) and exposure (site_id, period_start, units)."
BESIDE = "◇ against causes without a fix, which takes season and growth out."


def fixes_chart(run: Run, _: str, colours: Palette) -> Drawn | None:
    """One line per fixed cause: its rate after the fix ÷ before, the causes that came down most on top."""
    speech = speech_of(run)
    told = sorted((r for r in rows_of(run, RATIO) if answered(r)), key=lambda r: float(r.estimate))
    if not told:
        return None
    beside = {r.segment: r.estimate for r in rows_of(run, AGAINST) if answered(r)}
    lines = [_dot(r, beside.get(r.segment), speech) for r in told]
    title = _title(told)
    return Drawn(
        title,
        "How often the cause came after its fix, times as often as before; 95 % interval",
        dots(
            lines,
            Axis("times as often as before", share=False, ratio=True),
            colours,
            reference=Reference(1.0, "as before"),
            other="against other causes",
        ),
        tuple(told),
        f"{speech.count(sum(r.n for r in told))} occasions; a mass incident counts once",
        f"{title}. {'; '.join(f'{d.label} {d.reading}' for d in lines)}.",
        (*([BESIDE] if beside else []), *sorted({r["assumption"] for r in told if r["assumption"]})),
    )


def came_down(row: Row) -> bool:
    """Whether the whole interval lies under the rate before."""
    return row.ci_high is not None and row.ci_high < 1


def _dot(row: Row, other: float | None, speech: Speech) -> Dot:
    role: Role = "adjusted" if came_down(row) else "fourth" if (row.ci_low or 0) > 1 else "quiet"
    open_end = row.ci_high is None
    limits = f"{speech.decimal(row.ci_low, 2)} or more" if open_end else speech.span(row.ci_low, row.ci_high, 2)
    reading = f"× {speech.decimal(row.estimate, 2)} ({limits})"
    return Dot(level_name(row), row.estimate, row.ci_low, row.ci_high, reading, other=other, role=role)


def _title(told: list[Row]) -> str:
    worked = [level_name(r) for r in told if came_down(r)]
    not_shown = [level_name(r) for r in told if not came_down(r)]
    if not worked:
        return f"No fix has clearly worked yet: {', '.join(not_shown)}"
    if not not_shown:
        return f"After its fix each of these causes came less often: {', '.join(worked)}"
    return f"Came down after the fix: {', '.join(worked)}. Not clearly: {', '.join(not_shown)}"
