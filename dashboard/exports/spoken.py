"""Which row a chart's title speaks of, so that sentence, grade and advice beside it never contradict it."""

from collections.abc import Sequence

from dashboard.effects import Aim, curve_rows, headline_row, ladder_rows
from pipelines.contracts.results import CURVE_ANCHOR
from pipelines.publish.store import Row, Run

SIDE_BY_SIDE = ("actions", "kinds", "voices")


def spoken_row(run: Run, aim: Aim, chart: str, rows: Sequence[Row]) -> Row | None:
    """The row behind a title: the clear loss, else the weakest clear gain, else the leading row of the question.

    Only promises and doses have a weakest level; of other things, one never speaks for another.
    """
    if chart.endswith("_curve"):
        return _clear(_judged_on_curve(run, aim), aim) or headline_row(run, aim)
    if chart.endswith("_ladder") and not chart.startswith("specification") and aim.treatment in CURVE_ANCHOR:
        return _clear(_weakest_first(rows, aim), aim) or headline_row(run, aim)
    if chart in SIDE_BY_SIDE:
        clear = [r for r in rows if _is_clear(r)]
        return next(iter(clear), None) or next((r for r in rows if r.estimate is not None), None)
    return headline_row(run, aim)


def _weakest_first(rows: Sequence[Row], aim: Aim) -> list[Row]:
    """A promise is weaker the longer it takes, an offer the less it gives; rows come with the lowest level first."""
    return list(reversed(rows)) if aim.treatment == "speed" else list(rows)


def _clear(weakest_first: Sequence[Row], aim: Aim) -> Row | None:
    clear = [r for r in weakest_first if _is_clear(r)]
    better = aim.higher_is_better is not False
    losses = [r for r in clear if (r.estimate > 0) != better]
    return losses[-1] if losses else next(iter(clear), None)


def _is_clear(row: Row) -> bool:
    if row.estimate is None or row.grade == "D":
        return False
    return bool(row.ci_low > 0 or row.ci_high < 0)


def _judged_on_curve(run: Run, aim: Aim) -> list[Row]:
    """Levels at which the whole curve's band lies clear of the baseline, the weakest first, as rows of the ladder."""
    gains = curve_rows(run, aim, series="gain")
    clear = {r.x for r in gains if r.supported and (r.ci_low > 0 or r.ci_high < 0)}
    rows = [r for r in ladder_rows(run, aim, "adjusted") if r.estimate is not None and float(r.level_to) in clear]
    return _weakest_first(rows, aim)
