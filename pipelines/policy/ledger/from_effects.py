"""What published effects answer: returns, or whatever a company holds in their place, and what customers say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.contracts.catalog.estimation import AskedOf, Estimand, Group, OutcomeId, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Worth
from pipelines.contracts.catalog.outcomes import OUTCOMES, RETAINED, RETURNED, Outcome, every_outcome
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS
from pipelines.contracts.catalog.treatments import (
    ASSIGNMENT,
    COMPENSATION,
    COMPENSATION_KIND,
    SPEED,
    TREATMENTS,
    Treatment,
)
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.ledger.codes import Aspect, Question
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.ledger.questions import WORDS, asked_by
from pipelines.contracts.message import Caveat
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.valuation import Valuation
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.ledger.candidate import Candidate, Interval
from pipelines.policy.ledger.reach import Reach, reach_of
from pipelines.policy.mart import return_outcome
from pipelines.policy.money.cost import assumed_of_credit, incident_costs, lacking_costs, unit_cost
from pipelines.policy.money.margin import GROSS, before_vouchers, margin_of_returner
from pipelines.policy.money.worth_of_effects import mean_loss
from pipelines.policy.plans.choices import costs_of_forms
from pipelines.policy.plans.experiment_size import Z_TWO_SIDED

RETURNS = (RETURNED, RETAINED)
_GIVEN = (COMPENSATION, COMPENSATION_KIND, ASSIGNMENT)
WEEKS_A_YEAR = 365.0 / 7.0
WINDOWS: Mapping[OutcomeId, int] = {o.id: o.window_days for o in OUTCOMES.values() if o.window_days is not None}


@dataclass(frozen=True)
class Priced:
    """What turns an effect into money: the margin of one more returning customer, and what a level costs a case.

    ``before_vouchers``: that margin where the cost of what was given is taken off apart.
    """

    margin: Interval | None
    before_vouchers: Interval | None
    promises: Mapping[str, float]
    forms: Mapping[str, float]

    @classmethod
    def of(cls, mart: pd.DataFrame, valuations: Sequence[Valuation], company: Company) -> "Priced":
        """Read from the published rows; what forms cost, from the mart."""
        days = main_horizon(company.facts)
        margin = next(
            (
                v
                for v in valuations
                if v.measure is Worth.MARGIN_OF_RETURNING_CUSTOMER and v.within_days == days and not v.segment
            ),
            None,
        )
        promises = {
            v.level: v.estimate
            for v in valuations
            if v.measure is Worth.COST_OF_PROMISE and v.estimate is not None and not v.segment
        }
        found = None if margin is None else _interval(margin)
        forms = costs_of_forms(mart, company) if lacking_costs(company) is None else {}
        return cls(found, _before_vouchers(found, mart, company), promises, forms)


def _before_vouchers(margin: Interval | None, mart: pd.DataFrame, company: Company) -> Interval | None:
    """The margin with what vouchers paid for put back, as sure as the margin is."""
    if margin is None or not margin.value > 0:
        return margin
    days = main_horizon(company.facts)
    gross = margin_of_returner(before_vouchers(mart, days), GROSS, days, company)
    return margin if gross is None else margin.times(gross / margin.value)


def of_effects(
    mart: pd.DataFrame, effects: Sequence[Effect], valuations: Sequence[Valuation], company: Company
) -> Iterator[Candidate]:
    """One candidate per treatment and level, for deeds and for words; one of a treatment that nothing is known of."""
    asked = [e for e in effects if e.spec is Spec.ADJUSTED and not e.segment and e.estimand is not Estimand.BY_DOSE]
    outcomes = every_outcome(company.facts.declared_outcomes)
    days = main_horizon(company.facts)
    priced, deed = Priced.of(mart, valuations, company), _deed(asked, company)
    for treatment in TREATMENTS.values():
        question = asked_by(treatment)
        if question is None or (treatment.group is Group.EXPERIMENT and not company.facts.randomised):
            continue
        own = [e for e in asked if e.treatment == treatment.id]
        ofs = [e for e in own if e.outcome == deed and e.horizon_days in (days, None)]
        for effect in _told(ofs, treatment):
            yield _candidate(mart, effect, question, Aspect.DEEDS, outcomes[effect.outcome], priced, company)
        for effect in _said(own):
            yield _candidate(mart, effect, question, Aspect.WORDS, outcomes[effect.outcome], priced, company)


def _deed(effects: Iterable[Effect], company: Company) -> OutcomeId:
    """What customers do: whether they come back, else the first of the company's own outcomes that is known."""
    known = {e.outcome for e in effects if e.estimate is not None}
    own = (outcome.id for outcome in company.facts.declared_outcomes)
    wanted = (return_outcome(company.facts), *own)
    return next((outcome for outcome in wanted if outcome in known), wanted[0])


def _told(effects: Sequence[Effect], treatment: Treatment) -> Sequence[Effect]:
    """Levels with an estimate; without any, the one that leads says why."""
    known = [e for e in effects if e.estimate is not None]
    return known or [e for e in effects if e.level_to == treatment.headline][:1] or effects[:1]


def _said(effects: Sequence[Effect]) -> Iterator[Effect]:
    """Per level, the best graded outcome of what customers say; of two graded alike, the more telling."""
    levels = dict.fromkeys(e.level_to for e in effects)
    for level in levels:
        known = [
            e for e in effects if e.level_to == level and e.outcome in WORDS and e.estimate is not None and e.grade
        ]
        if known:
            yield min(known, key=lambda e: (e.grade or Grade.D, WORDS.index(e.outcome)))


def _candidate(
    mart: pd.DataFrame, effect: Effect, question: Question, aspect: Aspect, outcome: Outcome, priced: Priced,
    company: Company,
) -> Candidate:  # fmt: skip
    row = _row(effect, question, aspect)
    plain = Candidate(row, up=outcome.higher_is_better)
    if effect.estimate is None:
        return plain
    reach = reach_of(mart, effect, company)
    sized = _sized(plain, effect, reach)
    if reach is None or effect.unit != Unit.PER_100_CUSTOMERS:
        return sized
    counted = _counted(sized, effect, reach)
    if aspect is Aspect.WORDS or effect.outcome not in RETURNS:
        return counted
    return _in_money(counted, effect, reach, priced, _cost(mart, effect, priced, company))


def _row(effect: Effect, question: Question, aspect: Aspect) -> Finding:
    return Finding(
        question, aspect, rank=0, place=0, action=effect.treatment, level=effect.level_to or "",
        rather=effect.level_from or "", whom=effect.population, outcome=effect.outcome,
        horizon_days=effect.horizon_days or WINDOWS.get(effect.outcome), unit=effect.unit,
        estimate=effect.estimate, ci_low=effect.ci_low, ci_high=effect.ci_high, n=effect.n_incidents,
        drawn=TREATMENTS[effect.treatment].group is Group.EXPERIMENT or effect.grade is Grade.A, grade=effect.grade,
        p_value=effect.p_value, effect_id=effect.effect_id, reasons=effect.reasons,
    )  # fmt: skip


def _sized(candidate: Candidate, effect: Effect, reach: Reach | None) -> Candidate:
    """With what a test of it would start from."""
    base, clustered = effect.baseline_estimate, effect.effective_incidents
    binary = effect.unit == Unit.PER_100_CUSTOMERS and base is not None and 0.0 < base < 100.0
    return Candidate(
        candidate.row, candidate.up, base_share=base / 100.0 if binary and base is not None else None,
        design_effect=max(1.0, (effect.n_incidents or 0) / clustered) if clustered else 1.0,
        weekly=None if reach is None else reach.cases / WEEKS_A_YEAR,
    )  # fmt: skip


def _counted(candidate: Candidate, effect: Effect, reach: Reach) -> Candidate:
    change = _points(effect).times(reach.changed / 100.0)
    return candidate.with_row(
        cases_a_year=reach.changed, done_share=reach.done_share, change=change.value, change_low=change.low,
        change_high=change.high, caveats=reach.caveats,
    )  # fmt: skip


def _in_money(candidate: Candidate, effect: Effect, reach: Reach, priced: Priced, cost: "Cost | None") -> Candidate:
    """With its gain, and where the cost is known its net, a year."""
    margin = priced.before_vouchers if effect.treatment in _GIVEN else priced.margin
    if margin is None:
        return candidate if cost is None else candidate.with_row(cost=cost.per_case * reach.changed)
    gain = _points(effect).times(reach.changed / 100.0).product(margin)
    earning = candidate.with_row(gain=gain.value, gain_low=gain.low, gain_high=gain.high)
    if cost is None:
        return earning
    net = gain.less(cost.per_case * reach.changed).widened(cost.half * reach.changed)
    told = earning.with_row(
        cost=cost.per_case * reach.changed, net=net.value, net_low=net.low, net_high=net.high,
        caveats=(*earning.row.caveats, *cost.caveats),
    )  # fmt: skip
    even = max(0.0, 100.0 * cost.per_case / margin.value) if margin.value > 0 else 0.0
    return Candidate(told.row, told.up, told.base_share, told.design_effect, told.weekly, even)


@dataclass(frozen=True)
class Cost:
    """What a level costs per case more than what it is compared with, and what that takes for granted.

    ``half``: of its 95 % interval, where it was estimated.
    """

    per_case: float
    caveats: tuple[Caveat, ...] = ()
    half: float = 0.0


def _cost(mart: pd.DataFrame, effect: Effect, priced: Priced, company: Company) -> Cost | None:
    if effect.treatment == SPEED:
        found = priced.promises.get(effect.level_to or "")
        return None if found is None else Cost(found)
    if effect.treatment == COMPENSATION_KIND:
        form = priced.forms.get(effect.level_to or "")
        return None if form is None else Cost(form, assumed_of_credit(mart, company))
    if effect.treatment == COMPENSATION and lacking_costs(company) is None:
        return _cost_of_share(mart, effect, company)
    if effect.population is AskedOf.AS_ASSIGNED and lacking_costs(company) is None:
        return _cost_of_arm(mart, effect, company)
    return None


def _cost_of_arm(mart: pd.DataFrame, effect: Effect, company: Company) -> Cost | None:
    """What was given more in one arm of a trial than in the other: drawn by lot, so because of the arm."""
    given = incident_costs(mart, company)["cost_expected"]
    arm = mart[TREATMENTS[effect.treatment].column].astype("object")
    there, here = (given[(arm == level) & given.notna()] for level in (effect.level_to, effect.level_from))
    if min(len(there), len(here)) < FEWEST_INCIDENTS:
        return None
    error = float((there.var() / len(there) + here.var() / len(here)) ** 0.5)
    return Cost(float(there.mean() - here.mean()), assumed_of_credit(mart, company), Z_TWO_SIDED * error)


def _cost_of_share(mart: pd.DataFrame, effect: Effect, company: Company) -> Cost | None:
    price = unit_cost(mart, company)
    loss = mean_loss(mart, effect, GROSS, company)
    try:
        share = float(effect.level_to or "") - float(effect.level_from or 0.0)
    except ValueError:
        return None
    if price.value is None or not loss > 0:
        return None
    return Cost(price.value * loss * share, price.caveats)


def _points(effect: Effect) -> Interval:
    return _interval(effect) or Interval(0.0, 0.0, 0.0)


def _interval(row: Effect | Valuation) -> Interval | None:
    if row.estimate is None or row.ci_low is None or row.ci_high is None:
        return None
    return Interval(row.estimate, row.ci_low, row.ci_high)
