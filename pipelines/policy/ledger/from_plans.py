"""What published plans and scenarios answer: how much against today, for whom, faster or more, and the next sum."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.contracts.answers import Answer, NextSum, Spending
from pipelines.contracts.catalog.estimation import AskedOf, At, OutcomeId
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.plans import Plan, Winner
from pipelines.contracts.catalog.thresholds import NEXT_SUM_A_YEAR
from pipelines.contracts.catalog.treatments import COMPENSATION, SPEED, SPEED_AND_COMPENSATION
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.ledger.codes import Aspect, Question
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.counted import NoConclusion
from pipelines.contracts.messages.findings import WorksWithoutPaying
from pipelines.contracts.messages.plans import DifferenceHoldsZero, NeverTriedBoth, SpeedUnpriced
from pipelines.contracts.tables.policy import Policy
from pipelines.contracts.tables.row import told
from pipelines.contracts.tables.scenario import ScenarioCell
from pipelines.policy.ledger.candidate import Candidate, Interval
from pipelines.policy.plans.next_sum import best_known_pair, next_sum
from pipelines.policy.plans.scenario import Factors, Request, answer, asked_cells, choices, compare

_PLANS = (Plan.BEST, Plan.WITHIN_STANDARD)


@dataclass(frozen=True)
class Scenarios:
    """The published cells, how they move together, and the incidents a year that they speak of."""

    cells: Sequence[ScenarioCell]
    factors: Factors
    a_year: float | None

    @property
    def are_there(self) -> bool:
        """Whether anything can be reckoned from them."""
        return bool(asked_cells(self.cells)) and bool(self.a_year)

    @property
    def lacking(self) -> tuple[Reason, ...]:
        """Why there are none."""
        return self.cells[0].reasons if self.cells else ()


def how_much(scenarios: Scenarios) -> Iterator[Candidate]:
    """Every share that was asked about, given to everybody, against today; giving nothing is no answer to how much."""
    if not scenarios.are_there:
        return
    for share in choices(scenarios.cells).shares:
        found = answer(scenarios.cells, scenarios.factors, Request(share=share))
        if found.gain is not None and share > 0:
            row = _row(Question.HOW_MUCH, scenarios, action=COMPENSATION, level=f"{share:g}", rather=At.TODAY)
            yield Candidate(_answered(row, found, scenarios))


def for_whom(policies: Sequence[Policy], scenarios: Scenarios) -> Iterator[Candidate]:
    """Offers by segment under the plans that aren't budgets; only a published one may be acted on."""
    for policy in policies:
        if policy.policy not in _PLANS:
            continue
        row = Finding(
            Question.FOR_WHOM,
            Aspect.DEEDS,
            0,
            0,
            action=COMPENSATION,
            plan=policy.policy,
            whom=AskedOf.ANSWERED,
            rather=At.TODAY,
            outcome=_outcome(policy.outcome),
            horizon_days=policy.horizon_days,
            unit=Unit.PER_100_CUSTOMERS,
            estimate=policy.gain,
            ci_low=policy.gain_low,
            ci_high=policy.gain_high,
            n=policy.n,
            grade=policy.grade,
            effect_id=policy.effect_id,
            test_per_arm=policy.test_per_arm,
            test_points=policy.test_points,
            test_weeks=policy.test_weeks,
            caveats=policy.caveats,
            reasons=policy.reasons,
        )
        if policy.value is not None and scenarios.a_year:
            per_case = Interval(policy.value, told(policy.value_low), told(policy.value_high))
            row = _in_a_year(row, per_case, (policy.cost or 0.0) - (policy.cost_today or 0.0), scenarios.a_year)
        yield Candidate(row, may_act=policy.verdict is Verdict.PUBLISHED)


def faster_or_more(scenarios: Scenarios) -> Iterator[Candidate]:
    """What the better of a promise and a larger offer nets more than the other, where both were done often enough."""
    row = _row(Question.FASTER_OR_MORE, scenarios, action=SPEED_AND_COMPENSATION)
    if not scenarios.are_there:
        yield Candidate(replace(row, reasons=scenarios.lacking))
        return
    cells = scenarios.cells
    pair = best_known_pair(asked_cells(cells))
    if pair is None:
        yield Candidate(replace(row, reasons=(NeverTriedBoth(),)))
        return
    sooner, larger = pair
    found = compare(cells, scenarios.factors, sooner, larger)
    priced = any(c.price_per_hour is not None for c in asked_cells(cells))
    size = sum(c.n or 0 for c in asked_cells(cells) if c.segment in (sooner.segments or ()) and _is_today(c))
    part = size / sum(c.n or 0 for c in asked_cells(cells) if _is_today(c))
    alone = {w: answer(cells, scenarios.factors, r) for w, r in ((Winner.FASTER, sooner), (Winner.MORE, larger))}
    compared = _answered(row, found, replace(scenarios, a_year=part * (scenarios.a_year or 0.0)))
    yield _won(compared, sooner, larger, alone, priced=priced)


def _is_today(cell: ScenarioCell) -> bool:
    return cell.minutes is None and cell.share is None


def _won(row: Finding, sooner: Request, larger: Request, alone: dict[Winner, Answer], *, priced: bool) -> Candidate:
    """The comparison told from the side that wins, so that its net is above zero; it must pay by itself too."""
    minutes, share = f"{sooner.minutes:g}", f"{larger.share:g}"
    more = row.net_high is not None and row.net_high < 0
    winner = Winner.MORE if more else Winner.FASTER
    sided = replace(_turned(row), action=COMPENSATION, level=share, rather=minutes) if more else replace(
        row, action=SPEED, level=minutes, rather=share
    )  # fmt: skip
    if sided.grade is Grade.D:
        return Candidate(replace(sided, reasons=(NoConclusion(),)), may_act=False)
    if winner is Winner.FASTER and not priced:
        return Candidate(_unpriced(sided), may_act=False)
    clear = sided.net_low is not None and sided.net_low > 0
    pays = (alone[winner].value_low or 0.0) > 0
    why: tuple[Reason, ...] = () if clear and pays else (WorksWithoutPaying() if clear else DifferenceHoldsZero(),)
    return Candidate(replace(sided, reasons=why), may_act=clear and pays)


def _unpriced(row: Finding) -> Finding:
    """Without the price of an hour, what people net more is known only for hours that cost nothing: no sum is told."""
    return replace(row, gain=None, gain_low=None, gain_high=None, cost=None, net=None, net_low=None, net_high=None,
                   estimate=None, ci_low=None, ci_high=None, reasons=(SpeedUnpriced(),))  # fmt: skip


def _turned(row: Finding) -> Finding:
    """The same difference seen from the other side."""
    return replace(
        row, estimate=_minus(row.estimate), ci_low=_minus(row.ci_high), ci_high=_minus(row.ci_low),
        change=_minus(row.change), change_low=_minus(row.change_high), change_high=_minus(row.change_low),
        gain=_minus(row.gain), gain_low=_minus(row.gain_high), gain_high=_minus(row.gain_low), cost=_minus(row.cost),
        net=_minus(row.net), net_low=_minus(row.net_high), net_high=_minus(row.net_low),
    )  # fmt: skip


def _minus(value: float | None) -> float | None:
    return None if value is None else -value


def next_hundred_thousand(scenarios: Scenarios) -> Iterator[Candidate]:
    """The next sum of money a year spent on faster answers, or on larger offers."""
    row = _row(Question.NEXT_SUM, scenarios, action=SPEED_AND_COMPENSATION)
    if not scenarios.are_there:
        yield Candidate(replace(row, reasons=scenarios.lacking))
        return
    found = next_sum(scenarios.cells, scenarios.factors, NEXT_SUM_A_YEAR, scenarios.a_year or 0.0)
    sides = {Winner.FASTER: found.faster, Winner.MORE: found.more}
    row = replace(row, n=found.n or None, grade=found.grade, caveats=found.caveats, reasons=found.reasons)
    if found.net is None or found.faster is None or found.more is None:
        yield Candidate(row, may_act=False)
        return
    yield _spent(row, found, sides)


def _spent(row: Finding, found: NextSum, sides: dict[Winner, Spending | None]) -> Candidate:
    net = found.net
    if net is None:
        return Candidate(row, may_act=False)
    whole = replace(row, net=net.value, net_low=net.low, net_high=net.high)
    winner = found.winner or Winner.FASTER
    side, other = sides[winner], sides[Winner.MORE if winner is Winner.FASTER else Winner.FASTER]
    if winner is Winner.MORE:
        whole = _turned(whole)
    if side is None or other is None:
        return Candidate(whole, may_act=False)
    action = SPEED if winner is Winner.FASTER else COMPENSATION
    sided = replace(whole, action=action, level=_level(side), rather=_level(other), cost=side.spent)
    pays = side.net is not None and side.net.low > 0
    clear = found.winner is not None
    reasons = sided.reasons if not clear or pays else (*sided.reasons, WorksWithoutPaying())
    return Candidate(replace(sided, reasons=reasons), may_act=clear and pays)


def _level(side: Spending) -> str:
    return f"{side.minutes:g}" if side.minutes is not None else f"{side.share or 0.0:g}"


def _row(question: Question, scenarios: Scenarios, **cells: object) -> Finding:
    first = next(iter(asked_cells(scenarios.cells)), None)
    return Finding(
        question, Aspect.DEEDS, 0, 0, whom=AskedOf.ANSWERED, outcome=_outcome(first.outcome if first else None),
        horizon_days=first.horizon_days if first else None, unit=Unit.PER_100_CUSTOMERS,
        **cells,  # type: ignore[arg-type]
    )  # fmt: skip


def _outcome(id_: str | None) -> OutcomeId | None:
    return None if id_ is None else OutcomeId(id_)


def _answered(row: Finding, found: Answer, scenarios: Scenarios) -> Finding:
    if found.value is None or found.gain is None or scenarios.a_year is None:
        return replace(row, n=found.n, reasons=(*found.reasons, NoConclusion()))
    numbered = replace(
        row, estimate=found.gain, ci_low=found.low, ci_high=found.high, n=found.n, grade=found.grade,
        caveats=found.caveats, reasons=found.reasons,
    )  # fmt: skip
    per_case = Interval(found.value, told(found.value_low), told(found.value_high))
    return _in_a_year(numbered, per_case, found.cost or 0.0, scenarios.a_year)


def _in_a_year(row: Finding, per_case: Interval, cost: float, a_year: float) -> Finding:
    """A year of what is known per case: ``per_case`` is net of ``cost``, which is a constant."""
    net, gain = per_case.times(a_year), per_case.less(-cost).times(a_year)
    points = None if row.estimate is None else Interval(row.estimate, told(row.ci_low), told(row.ci_high))
    change = None if points is None else points.times(a_year / 100.0)
    return replace(
        row, cases_a_year=a_year, gain=gain.value, gain_low=gain.low, gain_high=gain.high, cost=cost * a_year,
        net=net.value, net_low=net.low, net_high=net.high, change=None if change is None else change.value,
        change_low=None if change is None else change.low, change_high=None if change is None else change.high,
    )  # fmt: skip
