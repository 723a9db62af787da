"""Choose result rows: which treatment, outcome, horizon and rung. Nothing is computed here, rows are only found."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.filters import dimension_of
from pipelines.contracts.catalog.estimation import Band, OutcomeId, Series, Spec, TreatmentId
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.catalog.treatments import DOSES, FAILURE, LEADING, SPEED_AND_COMPENSATION, TREATMENTS
from pipelines.contracts.mart import Col
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run

GOOD_EVIDENCE, A_HINT = (Grade.A, Grade.B), (Grade.C,)
YEAR_DAYS = 365


@dataclass(frozen=True)
class Aim:
    """One question of the run: what was done, what it was to change, by when, and for whom ("" for everyone)."""

    treatment: TreatmentId
    outcome: OutcomeId
    horizon_days: int | None
    segment: str = ""

    def asks(self, row: Effect) -> bool:
        """Whether an effect row belongs to this question."""
        return self.asks_of_some_part(row) and row.segment == self.segment

    def asks_of_some_part(self, row: Effect) -> bool:
        """Whether an effect row belongs to this question, whomever it was asked of."""
        key = (row.treatment, row.outcome, row.horizon_days)
        return key == (self.treatment, self.outcome, self.horizon_days)

    @property
    def higher_is_better(self) -> bool | None:
        """The outcome's good direction; None for a profile's own outcome, whose direction no table states."""
        known = OUTCOMES.get(self.outcome)
        return None if known is None else known.higher_is_better


@dataclass(frozen=True)
class Slice:
    """A question asked of each part of a dimension, such as each severity, or of two that are crossed.

    ``level`` is the promise or dose asked about; "" for the one that headlines speak of.
    """

    aim: Aim
    dimension: str
    level: str = ""

    def asks(self, row: Effect) -> bool:
        """Whether an effect row belongs to this question, asked of one part."""
        return self.aim.asks_of_some_part(row) and dimension_of(row.segment) == self.dimension


# What a chart is asked: an effect's question, one by parts, a measure or segment by its id, or nothing but the run.
Question = Aim | Slice | str | None


def outcomes(effects: Iterable[Effect], treatment: TreatmentId) -> tuple[OutcomeId, ...]:
    """Outcomes with an estimate, in the catalogue's order, a profile's own ones last."""
    found = dict.fromkeys(r.outcome for r in effects if r.treatment == treatment and _estimated(r))
    return (*(o for o in OUTCOMES if o in found), *(o for o in found if o not in OUTCOMES))


def horizons(effects: Iterable[Effect], treatment: TreatmentId, outcome: OutcomeId) -> tuple[int, ...]:
    """Horizons in days with an estimate, ascending; empty for an outcome without horizons."""
    rows = (r for r in effects if (r.treatment, r.outcome) == (treatment, outcome) and _estimated(r))
    return tuple(sorted({r.horizon_days for r in rows if r.horizon_days}))


def leading_aim(
    run: Run, treatment: TreatmentId, outcome: OutcomeId | None = None, horizon_days: int | None = None
) -> Aim | None:
    """The question a page leads with: the first outcome that has an estimate, at the longest horizon up to a year.

    ``outcome`` and ``horizon_days`` narrow the choice. None when nothing of the kind was ever asked.
    """
    rows = [r for r in run.effects if r.treatment == treatment and outcome in (None, r.outcome)]
    rows = [r for r in rows if horizon_days in (None, r.horizon_days)]
    if not rows:
        return None
    best = max(rows, key=_worth_leading)
    return Aim(treatment, best.outcome, best.horizon_days)


def leading_treatment(run: Run, treatments: tuple[TreatmentId, ...] = LEADING) -> TreatmentId:
    """The first of several treatments that has an estimate, else the first.

    The failure itself leads only where the profile declares whom to compare with: a drawn comparison leans towards
    customers who buy rarely (docs/adr/0005).
    """
    declared = bool(run.manifest.supplied.get("comparison_subjects"))
    able = (t for t in treatments if t != FAILURE or declared)
    return next((t for t in able if outcomes(run.effects, t)), treatments[0])


def _estimated(row: Effect) -> bool:
    return row.estimate is not None and row.spec is Spec.ADJUSTED


def headlined(row: Effect) -> bool:
    """Whether a page can lead with a row: adjusted, with a number, and at a level that headlines speak of."""
    return _estimated(row) and (row.treatment in DOSES or _is_usual(row))


def _is_usual(row: Effect) -> bool:
    """Whether a row stands at the level that headlines speak of."""
    known = TREATMENTS.get(row.treatment)
    return known is not None and known.headline is not None and row.level_to == known.headline


def _worth_leading(row: Effect) -> tuple[bool, int, bool, int]:
    days = row.horizon_days or 0
    place = list(OUTCOMES).index(row.outcome) if row.outcome in OUTCOMES else len(OUTCOMES)
    return (_estimated(row), -place, days <= YEAR_DAYS, days if days <= YEAR_DAYS else -days)


def ladder_rows(run: Run, aim: Aim, spec: Spec = Spec.ADJUSTED) -> tuple[Effect, ...]:
    """The rungs of one question under one specification, lowest level first; named levels as published."""
    rows = [r for r in run.effects if aim.asks(r) and r.spec is spec]
    return tuple(sorted(rows, key=lambda r: _rank(r.level_to or "")))


def raw_estimates(run: Run, aim: Aim) -> dict[str | None, float | None]:
    """The unadjusted estimate of one question at each level."""
    return {r.level_to: r.estimate for r in ladder_rows(run, aim, Spec.RAW)}


def level_of(row: Effect) -> float:
    """The level of a promise in minutes, of a dose as a share."""
    return float(told(row.level_to))


def _rank(level: str) -> float:
    return float(level) if level.replace(".", "", 1).isdigit() else 0.0


def headline_row(run: Run, aim: Aim) -> Effect | None:
    """The adjusted row a page leads with: the usual level, or the nearest on the ladder that carries good evidence.

    Where none does, the nearest that carries a hint, else the nearest with a number. Chosen by grade, never by the size
    of the effect; only promises and doses have a ladder, other levels are different things. None when the usual level
    was not asked about.
    """
    rungs = ladder_rows(run, aim)
    usual = next((i for i, r in enumerate(rungs) if _is_usual(r)), None)
    if usual is None:
        return None
    if aim.treatment not in DOSES:
        return rungs[usual]
    graded = [[i for i, r in enumerate(rungs) if r.grade in grades] for grades in (GOOD_EVIDENCE, A_HINT)]
    known = [i for i, r in enumerate(rungs) if r.estimate is not None]
    sure = next(filter(None, (*graded, known)), [])
    return rungs[min(sure, key=lambda i: abs(i - usual), default=usual)]


def specifications(run: Run, row: Effect) -> dict[Spec, Effect]:
    """The effect of ``row`` under every way it was asked, by the name of the specification.

    Where one was published with several kinds of error, the kind of ``row`` is taken.
    """
    same = Aim(row.treatment, row.outcome, row.horizon_days, row.segment)
    rows = [r for r in run.effects if same.asks(r) and r.level_to == row.level_to]
    return {r.spec: r for r in sorted(rows, key=lambda r: r.se_type is row.se_type)}


def curve_rows(
    run: Run, aim: Aim, *, spec: Spec = Spec.ADJUSTED, series: Series = Series.LEVEL, band: Band = Band.SIMULTANEOUS
) -> tuple[CurvePoint, ...]:
    """The points of one curve in ascending x."""
    parents = {r.effect_id for r in ladder_rows(run, aim, spec)}
    rows = [r for r in run.curves if r.effect_id in parents and (r.series, r.band) == (series, band)]
    return tuple(sorted(rows, key=lambda r: r.x))


def parts(run: Run, aim: Aim) -> tuple[str, ...]:
    """The segments for which the adjusted effect of a question was estimated, as the run names them."""
    rows = (r for r in run.effects if r.segment and aim.asks_of_some_part(r) and _estimated(r))
    return tuple(dict.fromkeys(r.segment for r in rows))


def dimensions(run: Run, aim: Aim) -> tuple[str, ...]:
    """The dimensions along which a question was estimated, the crossed ones last."""
    rows = (r for r in run.effects if aim.asks_of_some_part(r) and r.estimate is not None and "=" in r.segment)
    return tuple(dict.fromkeys(dimension_of(r.segment) for r in rows))


def sliced_levels(run: Run, part: Slice) -> tuple[str, ...]:
    """The levels at which some part of a slice was estimated, lowest first."""
    rows = (r for r in run.effects if part.asks(r) and _estimated(r))
    return tuple(sorted({r.level_to for r in rows if r.level_to}, key=_rank))


def sliced(run: Run, treatment: TreatmentId, dimension: str = Col.SEVERITY) -> Slice | None:
    """The leading question of a treatment by parts; None where no part was estimated."""
    aim = leading_aim(run, treatment)
    return Slice(aim, dimension) if aim and dimension in dimensions(run, aim) else None


def exchange_aim(run: Run) -> Aim | None:
    """The question behind the surface of speed and compensation; None where the run never asked."""
    rows = exchanged(run)
    return Aim(SPEED_AND_COMPENSATION, rows[0].outcome, rows[0].horizon_days) if rows else None


def exchanged(run: Run, segment: str | None = None) -> list[Effect]:
    """What an hour of delay is worth in shares of the loss, over a segment or wherever it was asked."""
    key = (SPEED_AND_COMPENSATION, Spec.ADJUSTED)
    return [r for r in run.effects if (r.treatment, r.spec) == key and segment in (None, r.segment)]
