"""Did the fix work? How often each fixed cause came after the fix, against before."""

from collections.abc import Sequence

from dashboard.figures.dots import Axis, Dot, Reference, dots
from dashboard.figures.drawn import Drawn
from dashboard.figures.theme import Palette, Role
from dashboard.lookup import answered, contrasts_of, level_name
from dashboard.speech import speech_of
from pipelines.contracts.catalog.measures import Change
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.speech import Speech

NO_FIX = "No fix can be judged. Add fixes (root_cause, fix_deployed_at) and exposure (site_id, period_start, units)."
BESIDE = "◇ against causes without a fix, which takes season and growth out."


def fixes_chart(run: Run, _: str, colours: Palette) -> Drawn | None:
    """One line per fixed cause: its rate after the fix ÷ before, the causes that came down most on top."""
    speech = speech_of(run)
    judged = filter(answered, contrasts_of(run, Change.RATE_AFTER_FIX))
    fixes = sorted(judged, key=lambda r: told(r.estimate))
    if not fixes:
        return None
    beside = {r.segment: r.estimate for r in filter(answered, contrasts_of(run, Change.RATE_AFTER_FIX_AGAINST_OTHERS))}
    lines = [_dot(r, beside.get(r.segment), speech) for r in fixes]
    title = _title(fixes)
    assumed = sorted({speech.all(r.caveats) for r in fixes if r.caveats})
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
        tuple(fixes),
        f"{speech.count(sum(r.n or 0 for r in fixes))} occasions; a mass incident counts once",
        f"{title}. {'; '.join(f'{d.label} {d.reading}' for d in lines)}.",
        (*([BESIDE] if beside else []), *assumed),
    )


def came_down(row: Contrasted) -> bool:
    """Whether the whole interval lies under the rate before."""
    return row.ci_high is not None and row.ci_high < 1


def _dot(row: Contrasted, other: float | None, speech: Speech) -> Dot:
    role = Role.ADJUSTED if came_down(row) else Role.FOURTH if (row.ci_low or 0) > 1 else Role.QUIET
    low, high = told(row.ci_low), row.ci_high
    limits = f"{speech.decimal(low, 2)} or more" if high is None else speech.span(low, high, 2)
    reading = f"× {speech.decimal(told(row.estimate), 2)} ({limits})"
    return Dot(level_name(row), row.estimate, row.ci_low, row.ci_high, reading, other=other, role=role)


def _title(fixes: Sequence[Contrasted]) -> str:
    worked = [level_name(r) for r in fixes if came_down(r)]
    not_shown = [level_name(r) for r in fixes if not came_down(r)]
    if not worked:
        return f"No fix has clearly worked yet: {', '.join(not_shown)}"
    if not not_shown:
        return f"After its fix each of these causes came less often: {', '.join(worked)}"
    return f"Came down after the fix: {', '.join(worked)}. Not clearly: {', '.join(not_shown)}"
