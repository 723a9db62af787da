"""Two questions of every Monday: if only one, faster or more? And in which form: cash, credit, in kind, or a call?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from pipelines.contracts.answers import Answer
from pipelines.contracts.catalog.estimation import AskedOf, At, Spec
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.measures import Worth
from pipelines.contracts.catalog.plans import Winner
from pipelines.contracts.catalog.treatments import COMPENSATION_KIND
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.catalog.vocabulary import Form, ResponseStatus
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.caveats import UnmeasuredForm
from pipelines.contracts.messages.counted import NoConclusion
from pipelines.contracts.messages.plans import (
    DifferenceHoldsZero,
    FormsNotJudged,
    FormsOverlap,
    FormUnpriced,
    FreeSpeed,
    NoEffectOfForms,
    NoFormPays,
    NoFormWins,
    NothingTreatedBothWays,
    NotShownToPay,
    OfferNotAheadOfFreePromise,
    OneFormJudged,
)
from pipelines.contracts.messages.populations import AskedOfEffect
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.scenario import ScenarioCell, ScenarioFactor
from pipelines.contracts.tables.valuation import Valuation
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, shown
from pipelines.policy.company import Company
from pipelines.policy.mart import lacking, number, return_outcome
from pipelines.policy.money.cost import assumed_of_credit, incident_costs, lacking_costs
from pipelines.policy.money.margin import GROSS, before_vouchers, lacking_margin, margin_of_returner
from pipelines.policy.money.worth_of_effects import reasons_of
from pipelines.policy.plans.next_sum import best_known_pair
from pipelines.policy.plans.scenario import answer, compare, factors_of


def faster_or_more(
    cells: Sequence[ScenarioCell], factor_rows: Sequence[ScenarioFactor], company: Company
) -> Iterator[Valuation]:
    """Net money per incident of a promise, of a larger offer, and of the first over the second.

    The two that the next sum is weighed between, over the segments in which both are supported.
    """
    row = Valuation(Worth.FASTER_OR_MORE, unit=Unit.MONEY_PER_INCIDENT, population=cells[0].population)
    if all(cell.verdict is not Verdict.ESTIMATED for cell in cells):
        yield refused(row, *cells[0].reasons)
        return
    days = cells[0].horizon_days
    row = replace(row, caveats=cells[0].caveats, within_days=None if days is None else float(days))
    pair = best_known_pair(cells)
    if pair is None:
        yield refused(row, NothingTreatedBothWays())
        return
    factors, (sooner, larger) = factors_of(factor_rows, len(cells)), pair
    priced = company.speed_cost_per_hour is not None
    alone = {Winner.FASTER: answer(cells, factors, sooner), Winner.MORE: answer(cells, factors, larger)}
    free = () if priced else (FreeSpeed(),)
    yield _net(replace(row, measure=Worth.FASTER, level=f"{sooner.minutes:g}"), alone[Winner.FASTER], free)
    yield _net(replace(row, measure=Worth.MORE, level=f"{larger.share:g}"), alone[Winner.MORE], ())
    yield _decided(row, compare(cells, factors, sooner, larger), alone, priced=priced)


def _net(row: Valuation, found: Answer, cautions: tuple[Reason, ...]) -> Valuation:
    if found.value is None:
        return refused(replace(row, n=found.n), NothingTreatedBothWays())
    concluded = () if found.grade is not Grade.D else (NoConclusion(),)
    return shown(_answered(row, found, (*found.reasons, *concluded, *cautions)))


def _answered(row: Valuation, found: Answer, reasons: tuple[Reason, ...]) -> Valuation:
    """The row with an answer's money."""
    return replace(
        row, estimate=found.value, ci_low=found.value_low, ci_high=found.value_high, n=found.n, grade=found.grade,
        reasons=reasons,
    )  # fmt: skip


def _decided(row: Valuation, found: Answer, alone: Mapping[Winner, Answer], *, priced: bool) -> Valuation:
    """``level``: faster or more; empty where it can't be told. ``alone``: what each of them brings against today.

    Without a cost of speed only ``more`` can be told: it wins although the promise counts as free.
    """
    if found.value is None or found.value_low is None or found.value_high is None:
        return refused(replace(row, n=found.n), NothingTreatedBothWays())
    concluded = found.grade is not Grade.D
    if not priced and not (concluded and found.value_high < 0):
        why = OfferNotAheadOfFreePromise() if concluded else NoConclusion()
        return refused(replace(row, n=found.n, grade=found.grade), why)
    clear = concluded and not found.value_low <= 0.0 <= found.value_high
    winner = (Winner.FASTER if found.value > 0 else Winner.MORE) if clear else None
    pays = winner is not None and (alone[winner].value_low or 0.0) > 0
    doubt = NotShownToPay() if clear else DifferenceHoldsZero() if concluded else NoConclusion()
    return shown(_answered(replace(row, level=winner or ""), found, () if pays else (doubt,)))


def form_rows(mart: pd.DataFrame, effects: Sequence[Effect], company: Company) -> list[Valuation]:
    """Each form's margin per incident net of what it costs, and the one that is clearly best, if one is."""
    days = main_horizon(company.facts)
    best = Valuation(
        Worth.BEST_FORM, unit=Unit.MONEY_PER_INCIDENT, population=AskedOfEffect(AskedOf.ANSWERED),
        within_days=float(days),
    )  # fmt: skip
    if reason := lacking_margin(company) or lacking(company.facts, COMPENSATION_KIND) or lacking_costs(company):
        return [refused(best, reason)]
    chosen = _effects_of_forms(effects, company, days)
    if not chosen:
        return [refused(best, NoEffectOfForms())]
    margin = margin_of_returner(before_vouchers(mart, days), GROSS, days, company, _answered_by_person(mart))
    costs = costs_of_forms(mart, company)
    best = replace(best, caveats=(UnmeasuredForm(), *assumed_of_credit(mart, company)))
    form = replace(best, measure=Worth.FORM)
    rows = [_form(form, effect, margin, costs.get(str(effect.level_to))) for effect in chosen]
    return [*rows, _best(best, rows)]


def _answered_by_person(mart: pd.DataFrame) -> pd.Series:
    return pd.Series(mart[Col.RESPONSE_STATUS] == ResponseStatus.ANSWERED)


def _effects_of_forms(effects: Sequence[Effect], company: Company, days: int) -> list[Effect]:
    wanted = (COMPENSATION_KIND, return_outcome(company.facts), days, At.NO_FORM)
    return [
        row
        for row in effects
        if (row.treatment, row.outcome, row.horizon_days, row.level_from) == wanted
        and row.spec is Spec.ADJUSTED
        and not row.segment
    ]


def costs_of_forms(mart: pd.DataFrame, company: Company) -> dict[str, float]:
    """Cost of each form per answered incident: its usual share of the loss, taken of everybody's mean loss.

    Credit costs what is usually redeemed of it in the end.
    """
    cost, loss = incident_costs(mart, company)["cost_expected"], number(mart, Col.LOSS_AMOUNT)
    kind = mart[Col.COMPENSATION_KIND].astype("object")
    known = cost.notna() & (loss > 0) & kind.notna() & _answered_by_person(mart)
    sums = pd.DataFrame({"cost": cost, "loss": loss})[known].groupby(kind[known]).sum()
    mean_loss, shares = float(loss[known].mean()), sums["cost"] / sums["loss"]
    return {str(name): float(share) * mean_loss for name, share in shares.items()}


def _form(row: Valuation, effect: Effect, margin: float | None, cost: float | None) -> Valuation:
    row = replace(row, level=str(effect.level_to), effect_id=effect.effect_id, n=effect.n_incidents)
    if effect.estimate is None or effect.ci_low is None or effect.ci_high is None or cost is None or margin is None:
        return refused(row, *(effect.reasons or (FormUnpriced(),)))
    low, point, high = (margin * v / 100.0 - cost for v in (effect.ci_low, effect.estimate, effect.ci_high))
    return shown(
        replace(row, estimate=point, ci_low=low, ci_high=high, grade=effect.grade, reasons=reasons_of(effect))
    )  # fmt: skip


def _best(row: Valuation, forms: Sequence[Valuation]) -> Valuation:
    """The form whose interval lies above all others' and above giving nothing; grade D doesn't compete."""
    judged = sorted(
        (r for r in forms if r.estimate is not None and r.grade is not Grade.D), key=lambda r: -(r.estimate or 0.0)
    )
    if not judged:
        return refused(row, NoConclusion())
    unjudged = tuple(Form(r.level) for r in forms if r not in judged)
    left_out = (FormsNotJudged(unjudged),) if unjudged else ()
    if reason := _no_winner(judged):
        weakest = max((r.grade for r in judged if r.grade), default=None)
        return refused(replace(row, grade=weakest), reason, *left_out)
    first = judged[0]
    return shown(
        replace(
            row, level=first.level, estimate=first.estimate, ci_low=first.ci_low, ci_high=first.ci_high, n=first.n,
            grade=first.grade, effect_id=first.effect_id, reasons=left_out,
        )
    )  # fmt: skip


def _no_winner(judged: Sequence[Valuation]) -> Reason | None:
    """Why none of the forms, the best first, is clearly best, if none is."""
    low, *_ = lows = [r.ci_low or 0.0 for r in judged]
    highs = [r.ci_high or 0.0 for r in judged]
    if not low > 0:
        return NoFormPays() if all(high < 0 for high in highs) else NoFormWins()
    if len(lows) == 1:
        return OneFormJudged()
    return FormsOverlap() if any(low <= high for high in highs[1:]) else None
