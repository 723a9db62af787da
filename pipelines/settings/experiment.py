"""``[experiment]``: how lots were drawn for the arms in ``assignment``. Every key is used or refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pipelines.contracts.canonical import COVARIATE_PREFIX
from pipelines.contracts.catalog.company import Drawn, DrawnBy
from pipelines.contracts.experiments.draw import INCIDENT, Draw, Phase
from pipelines.contracts.mart import Col, Stage, of_stage
from pipelines.contracts.sources import Incidents
from pipelines.errors import SourceError
from pipelines.settings.declared import (
    ANY_TEXT,
    DAY,
    TEXT,
    YES_NO,
    check_known,
    declared,
    is_list_of,
    is_number,
    wanted,
)
from pipelines.settings.faults import Noun, Wants
from pipelines.settings.faults_of_experiments import (
    ArmsOfPhaseDiffer,
    CarryOverTooLong,
    ControlIsNoArm,
    DoseIsNoNumber,
    DrawSaidTwice,
    ExperimentMustBeKeys,
    NotDrawnYetDeclared,
    PhaseSaysNothing,
    SharesDontAddUp,
    StratumWithoutStrata,
)

Covariates = Sequence[tuple[str, str]]
# Shares that are written with three digits add up to so much.
_ROUNDED = 0.005


def _are_shares(value: Any) -> bool:
    return isinstance(value, dict) and len(value) > 1 and all(is_number(v) and 0 <= v <= 1 for v in value.values())


_SHARES = wanted(Wants.SHARES, _are_shares, lambda v: {str(name): float(share) for name, share in v.items()})
_COLUMNS = wanted(Wants.LIST_OF_LABELS, lambda v: is_list_of(v, str))
_HOURS = wanted(Wants.HOURS_ABOVE_0, lambda v: is_number(v) and v > 0, float)
_COUNT = wanted(Wants.COUNT_ABOVE_0, lambda v: type(v) is int and v > 0)
_POINTS = wanted(Wants.POINTS_ABOVE_0, lambda v: is_number(v) and v > 0, float)
_PHASES = wanted(Wants.BLOCKS, lambda v: isinstance(v, list) and all(isinstance(p, Mapping) for p in v))


@dataclass(frozen=True)
class PhaseEntry:
    """``[[experiment.phases]]``: shares from a day on, in a stratum, or both."""

    shares: Annotated[Mapping[str, float], _SHARES]
    since: Annotated[date | None, DAY] = None
    stratum: Annotated[str, ANY_TEXT] = ""


@dataclass(frozen=True)
class ExperimentEntry:
    """``[experiment]``: its keys are those of :class:`Draw`."""

    unit: Annotated[str, TEXT] = INCIDENT
    strata: Annotated[tuple[str, ...], _COLUMNS] = ()
    control: Annotated[str, ANY_TEXT] = ""
    shares: Annotated[Mapping[str, float] | None, _SHARES] = None
    phases: Annotated[tuple[Mapping[str, Any], ...], _PHASES] = ()
    since: Annotated[date | None, DAY] = None
    period_hours: Annotated[float | None, _HOURS] = None
    carry_over_hours: Annotated[float, _HOURS] = 0.0
    dose: Annotated[bool, YES_NO] = False
    received: Annotated[str, ANY_TEXT] = ""
    planned_units: Annotated[int | None, _COUNT] = None
    usual_effect: Annotated[float | None, _POINTS] = None


_SHORT: Mapping[str, str] = {
    DrawnBy.INCIDENT: INCIDENT, DrawnBy.CUSTOMER: Incidents.customer_id, DrawnBy.SITE: Incidents.site_id,
}  # fmt: skip
# Fixed before the draw: what may have been drawn, or drawn within.
_BEFORE = {str(c) for c in of_stage(Stage.HISTORY, Stage.OPENING)} - {Col.ASSIGNMENT}
_BY = {*_BEFORE, str(Incidents.customer_id), str(Col.EVENT_ID)}


def read_draw(entry: Any, given: Mapping[str, Any], covariates: Covariates, path: Path) -> Draw | None:
    """The draw of a profile, out of its block or the two keys of ``[profile]``; None where nothing was drawn."""
    unit: DrawnBy | None = given.get("randomised_unit")
    if entry is None:
        return Draw(_SHORT[unit or DrawnBy.INCIDENT]) if given.get("randomised") else None
    at = f"{path}: [experiment]"
    if not isinstance(entry, Mapping):
        raise SourceError(ExperimentMustBeKeys(at))
    if unit is not None:
        raise SourceError(DrawSaidTwice(at))
    if given.get("randomised", Drawn.ASSIGNMENT) == Drawn.NOTHING:
        raise SourceError(NotDrawnYetDeclared(at))
    said = ExperimentEntry(**declared(ExperimentEntry, entry, at, f"{at}: "))
    _check_columns(said, {name for name, _ in covariates}, at)
    phases = tuple(_phase(p, said, f"{at} phases {n}") for n, p in enumerate(said.phases, start=1))
    shares = _checked(said.shares or {}, said, at)
    if said.control and shares and said.control not in shares:
        raise SourceError(ControlIsNoArm(at, said.control))
    if said.carry_over_hours and not said.carry_over_hours < (said.period_hours or 0.0):
        raise SourceError(CarryOverTooLong(at))
    return Draw(
        unit=_SHORT.get(said.unit, said.unit), strata=said.strata, control=said.control, shares=shares, phases=phases,
        since=said.since, period_hours=said.period_hours, carry_over_hours=said.carry_over_hours, dose=said.dose,
        received=said.received, planned_units=said.planned_units, usual_effect=said.usual_effect,
    )  # fmt: skip


def _check_columns(said: ExperimentEntry, own: set[str], at: str) -> None:
    """Columns that the mart will hold: what was drawn and within what, fixed before; what was got, whenever."""
    check_known([_SHORT.get(said.unit, said.unit)], {*_BY, *own, INCIDENT}, at, Noun.COLUMN)
    check_known(said.strata, {*_BEFORE, *own}, at, Noun.COLUMN)
    got = {str(c) for c in of_stage(Stage.CONTACT, Stage.RECOVERY)} | {n for n in own if n.startswith(COVARIATE_PREFIX)}
    check_known([said.received] if said.received else [], got, at, Noun.COLUMN)


def _phase(entry: Mapping[str, Any], said: ExperimentEntry, at: str) -> Phase:
    found = PhaseEntry(**declared(PhaseEntry, entry, at, f"{at}: "))
    if found.since is None and not found.stratum:
        raise SourceError(PhaseSaysNothing(at))
    if found.stratum and not said.strata:
        raise SourceError(StratumWithoutStrata(at, found.stratum))
    if said.shares and set(found.shares) != set(said.shares):
        raise SourceError(ArmsOfPhaseDiffer(at))
    return Phase(_checked(found.shares, said, at), found.since, found.stratum)


def _checked(shares: Mapping[str, float], said: ExperimentEntry, at: str) -> Mapping[str, float]:
    """Shares of all arms add up to 1; doses are numbers."""
    if shares and abs(sum(shares.values()) - 1.0) > _ROUNDED:
        raise SourceError(SharesDontAddUp(at, f"{sum(shares.values()):.3g}"))
    for name in shares if said.dose else ():
        try:
            float(name)
        except ValueError:
            raise SourceError(DoseIsNoNumber(at, name)) from None
    return shares
