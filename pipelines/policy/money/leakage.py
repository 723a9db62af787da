"""Compensation that no estimate shows to add anything: by severity, and beyond the share where more stops adding.

The gain is the published one of giving the usual share against nothing; its money is what a returning customer earned.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pipelines.contracts.catalog.counting import Standing
from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.measures import Worth
from pipelines.contracts.catalog.thresholds import NEAR_USUAL_SHARE
from pipelines.contracts.catalog.treatments import COMPENSATION
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Caveat, Reason
from pipelines.contracts.messages.caveats import EarnedSoFar, UnmeasuredGiving
from pipelines.contracts.messages.counted import NoConclusion
from pipelines.contracts.messages.money import (
    GainHoldsItsCost,
    NobodyReturned,
    NoEffectNearUsualShare,
    NoSeverityHasOwnEffect,
    NoSeverityStandsThere,
    NoStoppingPoint,
    SeveritiesLeftOut,
    SeverityHasNoOwnEffect,
)
from pipelines.contracts.messages.populations import CompensationGiven, CompensationGivenOfKnownLosses
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.valuation import Valuation
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, shown
from pipelines.policy.company import Company
from pipelines.policy.mart import is_true, lacking, lacking_return, number, return_column, return_outcome
from pipelines.policy.money.cost import assumed_of_credit, incident_costs, lacking_costs, unit_cost
from pipelines.policy.money.margin import GROSS, before_vouchers, lacking_margin, margin_of_returner
from pipelines.policy.population import losses_of

# Which standings count towards each sum.
SUMS = {
    Worth.SPENT_WITHOUT_SHOWN_GAIN: (Standing.NOT_SHOWN, Standing.BELOW_COST),
    Worth.SPENT_BELOW_ITS_COST: (Standing.BELOW_COST,),
}
TOO_FAR = NoEffectNearUsualShare(100 * NEAR_USUAL_SHARE)


@dataclass(frozen=True)
class Cell:
    """One severity: what was spent there, what the usual share costs per incident, and its published gain.

    ``too_far``: it has effects, but none near the usual share.
    """

    severity: str
    spent: float
    n: int
    cost: float
    effect: Effect | None
    too_far: bool = False


def leakage_rows(mart: pd.DataFrame, effects: Sequence[Effect], company: Company) -> list[Valuation]:
    """Money spent per severity and where it stands; the sums without shown gain, below cost, and beyond the stop.

    ``standing``: below_cost (even the upper limit earns less than it costs), not_shown (the interval holds no gain, or
    no conclusion), pays (the lower limit earns more than it costs) or cannot_say (between, or no effect near the usual
    share). ``observed``: share of all spent.
    """
    if reason := lacking_costs(company) or lacking(company.facts, COMPENSATION) or lacking_return(company.facts):
        measures = (Worth.COMPENSATION_SPENT, *SUMS, Worth.SPENT_BEYOND_THE_STOPPING_POINT)
        return [refused(_spent(measure), reason) for measure in measures]
    costs = incident_costs(mart, company)["cost"]
    given = is_true(mart, Col.COMPENSATION_GIVEN) & costs.notna()
    return [*_by_severity(mart, effects, costs.where(given), company), _beyond(mart, effects, costs, company)]


def _spent(measure: Worth) -> Valuation:
    return Valuation(measure, population=CompensationGiven(), unit=Unit.MONEY)


def _by_severity(
    mart: pd.DataFrame, effects: Sequence[Effect], costs: pd.Series, company: Company
) -> Iterator[Valuation]:
    total = float(costs.sum())
    cells = _cells(mart, effects, costs, company)
    days = main_horizon(company.facts)
    worth = margin_of_returner(before_vouchers(mart, days), GROSS, days, company)
    standings = {c.severity: standing(c, worth) for c in cells}
    caveats = (EarnedSoFar(), UnmeasuredGiving(), *assumed_of_credit(mart, company))
    for c in cells:
        yield _one(c, standings[c.severity], _why(c, standings[c.severity], worth, company), total, caveats)
    for measure, counted in SUMS.items():
        if reason := _unknown_sum(measure, cells, worth, company):
            yield refused(_spent(measure), reason)
            continue
        chosen = [c for c in cells if standings[c.severity] in counted]
        yield _sum(measure, chosen, total, caveats, some_left_out=any(c.effect is None for c in cells))


def _one(
    cell: Cell, stands: Standing | None, reason: Reason | None, total: float, caveats: tuple[Caveat, ...]
) -> Valuation:
    """One severity's spend and where it stands."""
    effect = cell.effect
    return shown(
        replace(
            _spent(Worth.COMPENSATION_SPENT), segment=f"severity={cell.severity}",
            level="" if effect is None else str(effect.level_to), estimate=cell.spent, n=cell.n,
            observed=cell.spent / total if total else None, standing=stands,
            effect_id=None if effect is None else effect.effect_id, grade=None if effect is None else effect.grade,
            verdict=Verdict.COUNTED, caveats=caveats, reasons=() if reason is None else (reason,),
        )
    )  # fmt: skip


def _sum(
    measure: Worth, chosen: Sequence[Cell], total: float, caveats: tuple[Caveat, ...], *, some_left_out: bool
) -> Valuation:
    """The spend of some severities together."""
    spent = sum(c.spent for c in chosen)
    reasons: tuple[Reason, ...] = () if chosen else (NoSeverityStandsThere(),)
    return shown(
        replace(
            _spent(measure), estimate=spent, n=sum(c.n for c in chosen) if chosen else None,
            observed=spent / total if total else None, verdict=Verdict.COUNTED, caveats=caveats,
            reasons=(*reasons, SeveritiesLeftOut()) if some_left_out else reasons,
        )
    )  # fmt: skip


def _why(cell: Cell, stands: Standing | None, worth: float | None, company: Company) -> Reason | None:
    """Why it can't be told what the cell's money showed, if so."""
    if cell.effect is None:
        return TOO_FAR if cell.too_far else SeverityHasNoOwnEffect()
    if stands is Standing.CANNOT_SAY:
        return (lacking_margin(company) or NobodyReturned()) if worth is None else GainHoldsItsCost()
    return NoConclusion() if cell.effect.grade is Grade.D else None


def _unknown_sum(measure: Worth, cells: Sequence[Cell], worth: float | None, company: Company) -> Reason | None:
    """Why a sum over severities can't be told, if so."""
    if not any(c.effect for c in cells):
        return TOO_FAR if any(c.too_far for c in cells) else NoSeverityHasOwnEffect()
    if measure is Worth.SPENT_BELOW_ITS_COST and worth is None:
        return lacking_margin(company) or NobodyReturned()
    return None


def _cells(mart: pd.DataFrame, effects: Sequence[Effect], costs: pd.Series, company: Company) -> list[Cell]:
    price = unit_cost(mart, company).value or 0.0
    column = return_column(company.facts, main_horizon(company.facts))
    found = []
    for severity in sorted(mart[Col.SEVERITY].dropna().unique()):
        inside = mart[Col.SEVERITY] == severity
        spent, n = float(costs[inside].sum()), int(costs[inside].count())
        usual = number(mart, Col.COMPENSATION_SHARE)[inside & costs.notna()].mean()
        own = _effects(effects, severity, company)
        effect = _nearest(own, usual)
        if effect is None:
            found.append(Cell(severity, spent, n, 0.0, None, too_far=bool(own)))
            continue
        losses = losses_of(mart, effect.population, column, company.facts)
        loss = float(losses[inside[losses.index]].mean())
        found.append(Cell(severity, spent, n, price * loss * _share(effect), effect))
    return found


def _effects(effects: Sequence[Effect], severity: str, company: Company) -> list[Effect]:
    """The severity's gains in coming back, by share of the loss given."""
    wanted = (COMPENSATION, return_outcome(company.facts), f"severity={severity}", main_horizon(company.facts))
    return [
        r
        for r in effects
        if (r.treatment, r.outcome, r.segment, r.horizon_days) == wanted
        and r.verdict is Verdict.ESTIMATED
        and r.spec in (Spec.SHRUNKEN, Spec.ADJUSTED)
    ]


def _share(effect: Effect) -> float:
    """The share of the loss that an effect is of."""
    return float(effect.level_to or 0.0)


def _nearest(own: Sequence[Effect], usual: float) -> Effect | None:
    """The gain at the share nearest to the usual one that allows a conclusion, shrunken where it was."""

    def rank(effect: Effect) -> tuple[bool, float, bool]:
        return effect.grade is Grade.D, abs(_share(effect) - usual), effect.spec is Spec.ADJUSTED

    return min((r for r in own if abs(_share(r) - usual) <= NEAR_USUAL_SHARE), default=None, key=rank)


def standing(cell: Cell, worth: float | None) -> Standing | None:
    """Where what the cell's usual share brings lies against what it costs."""
    if cell.effect is None:
        return Standing.CANNOT_SAY if cell.too_far else None
    low, high = cell.effect.ci_low or 0.0, cell.effect.ci_high or 0.0
    if worth is not None and cell.effect.grade is not Grade.D and worth * high / 100.0 < cell.cost:
        return Standing.BELOW_COST
    if low <= 0 or cell.effect.grade is Grade.D:
        return Standing.NOT_SHOWN
    return Standing.PAYS if worth is not None and worth * low / 100.0 > cell.cost else Standing.CANNOT_SAY


def _beyond(mart: pd.DataFrame, effects: Sequence[Effect], costs: pd.Series, company: Company) -> Valuation:
    """What was paid above the share of the loss from which more adds nearly nothing, with that share's limits."""
    row = replace(_spent(Worth.SPENT_BEYOND_THE_STOPPING_POINT), population=CompensationGivenOfKnownLosses())
    wanted = (COMPENSATION, Spec.STOPPING_POINT, "", return_outcome(company.facts), main_horizon(company.facts))
    stop = next((r for r in effects if (r.treatment, r.spec, r.segment, r.outcome, r.horizon_days) == wanted), None)
    if stop is None or stop.estimate is None:
        return refused(row, *((stop.reasons if stop else ()) or (NoStoppingPoint(),)))
    share = number(mart, Col.COMPENSATION_SHARE)
    known = (share > 0) & costs.notna()
    paid, low, high = (
        float((costs * (1 - (at or 0.0) / share).clip(lower=0.0))[known].sum())
        for at in (stop.estimate, stop.ci_high, stop.ci_low)
    )
    total = float(costs[known].sum())
    return shown(
        replace(
            row, level=f"{stop.estimate:.2f}", estimate=paid, ci_low=low, ci_high=high, n=int(known.sum()),
            observed=paid / total if total else None, effect_id=stop.effect_id, grade=stop.grade,
            caveats=(UnmeasuredGiving(),), reasons=stop.reasons,
        )
    )  # fmt: skip
