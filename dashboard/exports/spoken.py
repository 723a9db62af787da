"""Which row a chart's title speaks of, so that sentence, grade and advice beside it never contradict it."""

from collections.abc import Sequence

from dashboard.effects import Aim, curve_rows, headline_row, ladder_rows, level_of
from dashboard.figures.drawn import ChartId, Shape
from dashboard.figures.registry import CHARTS
from pipelines.contracts.catalog.estimation import Series, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.treatments import DOSES, SPEED
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import Published, told
from pipelines.publish.store import Run
from words.changes import holds_zero


def spoken_row(run: Run, aim: Aim, chart: ChartId, rows: Sequence[Published]) -> Effect | None:
    """The row behind a title: the clear loss, else the weakest clear gain, else the leading row of the question.

    Only promises and doses have a weakest level; of other things, one never speaks for another.
    """
    shape, effects = CHARTS[chart].shape, [r for r in rows if isinstance(r, Effect)]
    if shape is Shape.CURVE:
        return _clear(_judged_on_curve(run, aim), aim) or headline_row(run, aim)
    if shape is Shape.LADDER and aim.treatment in DOSES:
        return _clear(_weakest_first(effects, aim), aim) or headline_row(run, aim)
    if shape is Shape.SIDE_BY_SIDE:
        clear = [r for r in effects if _is_clear(r)]
        return next(iter(clear), None) or next((r for r in effects if r.estimate is not None), None)
    return headline_row(run, aim)


def _weakest_first(rows: Sequence[Effect], aim: Aim) -> list[Effect]:
    """A promise is weaker the longer it takes, an offer the less it gives; rows come with the lowest level first."""
    return list(reversed(rows)) if aim.treatment == SPEED else list(rows)


def _clear(weakest_first: Sequence[Effect], aim: Aim) -> Effect | None:
    clear = [r for r in weakest_first if _is_clear(r)]
    better = aim.higher_is_better is not False
    losses = [r for r in clear if (told(r.estimate) > 0) != better]
    return losses[-1] if losses else next(iter(clear), None)


def _is_clear(row: Effect) -> bool:
    return row.estimate is not None and row.grade is not Grade.D and not holds_zero(row)


def _judged_on_curve(run: Run, aim: Aim) -> list[Effect]:
    """Levels at which the whole curve's band lies clear of the baseline, the weakest first, as rows of the ladder."""
    gains = curve_rows(run, aim, series=Series.GAIN)
    clear = {r.x for r in gains if r.supported and (told(r.ci_low) > 0 or told(r.ci_high) < 0)}
    rows = [r for r in ladder_rows(run, aim, Spec.ADJUSTED) if r.estimate is not None and level_of(r) in clear]
    return _weakest_first(rows, aim)
