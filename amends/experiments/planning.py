"""A plan: how large, how long and what is at risk, by the rates of a published run; kept in the journal."""

from dataclasses import dataclass, make_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from amends.answer import Answer
from pipelines.contracts.catalog.estimation import OutcomeId
from pipelines.contracts.catalog.measures import Worth
from pipelines.contracts.catalog.outcomes import OUTCOMES, Outcome, declared_outcome
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.experiments.draw import INCIDENT
from pipelines.contracts.experiments.faults import NoBaseRate
from pipelines.contracts.experiments.registry import Experiment, checked
from pipelines.contracts.mart import WORD_OF_MOUTH_WINDOW_DAYS, Col
from pipelines.errors import DecisionError, PublishError
from pipelines.policy.plans.trial_plan import Rates, Shortened, Shorter, Sized, shortened, sized
from pipelines.publish import journal
from pipelines.publish.store import Run, Store
from words.speech import Speech

WEEKS_BACK = 26
# Units of so many cases a quarter stay where they are, as sites do; others come and go.
STANDING_CASES = 5.0
_KNOWN_BEFORE = (str(Col.ORDERS_365D), str(Col.SEVERITY_RANK), str(Col.LOSS_AMOUNT))
_COLUMNS = {"customer": "customer_key", "customer_id": "customer_key", "site": "site_id"}


@dataclass(frozen=True)
class Wanted:
    """What is asked for, as it was typed; ``cost``: of one case in another arm than the first."""

    name: str
    question: str
    owner: str
    arms: tuple[str, ...]
    shares: tuple[float, ...]
    unit: str
    strata: tuple[str, ...]
    outcome: str
    horizon_days: int | None
    smallest: float
    cost: float | None
    left_out: str


@dataclass(frozen=True)
class Planned:
    """A plan and what would shorten it; ``share``: the outcome's today, of 1."""

    plan: Experiment
    share: float
    shorter: tuple[Shortened, ...]


def planned(store: Store, run_id: str, wanted: Wanted) -> Answer:
    """Size an experiment and keep the plan. Raises :class:`DecisionError` for what can't be planned."""
    run = store.run(run_id)
    outcome = outcome_of(run, wanted.outcome)
    days = _horizon(run, outcome, wanted.horizon_days)
    bare = Experiment(
        wanted.name, wanted.question, wanted.owner, wanted.arms, _shares(wanted), wanted.unit, wanted.strata,
        wanted.outcome, days, wanted.smallest, 0, None, None, wanted.left_out, run.run_id,
    )  # fmt: skip
    checked(bare, journal.experiments(store))
    rates, explained = _rates(store, run, outcome, days, wanted.unit)
    size = sized(rates, bare.shares, wanted.smallest)
    plan = replace(bare, units=size.units, weeks=size.weeks, at_risk=_at_risk(run, bare, size, rates, wanted.cost))
    journal.append(store, plan)
    shorter = tuple(_shorter(store, run, outcome, plan, rates, explained)) if size.too_long else ()
    return Answer("\n".join(_told(Planned(plan, rates.share, shorter), Speech.of(run.profile))), plan)


def _shares(wanted: Wanted) -> tuple[float, ...]:
    return wanted.shares or (1 / len(wanted.arms),) * len(wanted.arms)


def outcome_of(run: Run, name: str) -> Outcome:
    """A yes-or-no outcome of the catalogue or the profile's own. Raises :class:`DecisionError`."""
    own = {
        o.id: declared_outcome(o.id, o.label, o.unit, o.kind, higher_is_better=o.higher_is_better)
        for o in run.profile.outcomes
    }
    found = OUTCOMES.get(OutcomeId(name)) or own.get(name)
    if found is None or found.unit != Unit.PER_100_CUSTOMERS:
        raise DecisionError(NoBaseRate(run.run_id, name))
    return found


def _horizon(run: Run, outcome: Outcome, wanted: int | None) -> int | None:
    if not outcome.has_horizon:
        return None
    known = run.profile.horizons_days
    days = wanted or (365 if 365 in known else max(known))
    if days not in known:
        raise DecisionError(NoBaseRate(run.run_id, f"{outcome.id} {days}"))
    return days


def _rates(store: Store, run: Run, outcome: Outcome, days: int | None, unit: str) -> tuple[Rates, float]:
    """Rates of the last half-year's cases, and of all whose outcome is known."""
    column = _COLUMNS.get(unit, unit)
    wanted = [str(Col.OPENED_AT), str(outcome.column_at(days)), *([] if unit == INCIDENT else [column])]
    known = [c for c in _KNOWN_BEFORE if c not in wanted]
    try:
        rows = list(store.incidents(run.run_id, _case([*wanted, *known])))
    except PublishError as error:
        raise DecisionError(error.fault) from error
    y = np.array([_number(getattr(row, wanted[1])) for row in rows])
    inside = np.isfinite(y)
    if not inside.any() or not 0 < y[inside].mean() < 1:
        raise DecisionError(NoBaseRate(run.run_id, outcome.id))
    cut = datetime.combine(run.data_cut, datetime.min.time(), UTC) + timedelta(days=1)
    lately = np.array([_moment(row.opened_at) >= cut - timedelta(weeks=WEEKS_BACK) for row in rows])
    names = np.array([str(getattr(row, column)) for row in rows]) if unit != INCIDENT else np.arange(len(rows))
    follow = float(days or outcome.window_days or WORD_OF_MOUTH_WINDOW_DAYS)
    units = len(np.unique(names[lately]))
    cases = float(lately.sum()) / max(units, 1)
    before = np.array([[_number(getattr(row, c)) for c in known] for row in rows], dtype=float)
    rates = Rates(
        share=float(y[inside].mean()), weekly_cases=float(lately.sum()) / WEEKS_BACK, unit_cases=max(1.0, cases),
        likeness=likeness(y[inside], names[inside]) if unit != INCIDENT else 0.0, follow_up_days=follow,
        standing=units if cases > STANDING_CASES else None,
    )  # fmt: skip
    return rates, _explained(y[inside], before[inside])


def _case(columns: list[str]) -> type[Any]:
    return make_dataclass("Case", [(name, object) for name in columns])


def _number(value: object) -> float:
    return float("nan") if value is None else float(value)  # type: ignore[arg-type]


def _moment(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def likeness(y: "np.ndarray[Any, np.dtype[np.float64]]", names: "np.ndarray[Any, Any]") -> float:
    """Intraclass correlation by analysis of variance, at least 0 (Donner & Klar 2000)."""
    code = np.unique(names, return_inverse=True)[1]
    size = np.bincount(code)
    groups, n = len(size), len(y)
    if groups < 2 or n <= groups:
        return 0.0
    means = np.bincount(code, y) / size
    between = float((size * (means - y.mean()) ** 2).sum()) / (groups - 1)
    inner = float(((y - means[code]) ** 2).sum()) / (n - groups)
    usual = (n - float((size**2).sum()) / n) / (groups - 1)
    spread = between + (usual - 1) * inner
    return max(0.0, (between - inner) / spread) if spread > 0 else 0.0


def _explained(y: "np.ndarray[Any, np.dtype[np.float64]]", before: "np.ndarray[Any, np.dtype[np.float64]]") -> float:
    """The share of the outcome's variance that a line in what is known before takes away."""
    known = np.isfinite(before)
    columns = [np.where(known[:, j], before[:, j], 0.0) for j in range(before.shape[1]) if known[:, j].any()]
    logs = [np.sign(c) * np.log1p(np.abs(c)) for c in columns]
    Z = np.column_stack([np.ones(len(y)), *logs])
    rest = np.asarray(y - Z @ np.linalg.lstsq(Z, y, rcond=None)[0], dtype=float)
    taken: float = 1.0 - float(np.var(rest)) / float(np.var(y)) - Z.shape[1] / len(y)
    return max(0.0, taken)


def _at_risk(run: Run, plan: Experiment, size: Sized, rates: Rates, cost: float | None) -> float | None:
    """What the other arms cost, and lose where they are worse by the smallest effect worth having."""
    margin = next(
        (
            v.estimate
            for v in run.valuations
            if v.measure is Worth.MARGIN_OF_RETURNING_CUSTOMER and not v.segment and v.within_days == plan.horizon_days
        ),
        None,
    )
    if (cost is None and margin is None) or size.weeks is None:
        return None
    weeks = size.weeks - rates.follow_up_days / 7
    cases = size.units * rates.unit_cases if rates.standing is None else weeks * rates.weekly_cases
    loss = plan.smallest / 100 * (margin or 0.0) if plan.outcome == "returned" else 0.0
    return float(cases * (1 - plan.shares[0]) * ((cost or 0.0) + max(loss, 0.0)))


def _shorter(
    store: Store, run: Run, outcome: Outcome, plan: Experiment, rates: Rates, explained: float
) -> list[Shortened]:
    earlier = []
    for days in run.profile.horizons_days if plan.horizon_days else ():
        if days < (plan.horizon_days or 0):
            earlier.append(_rates(store, run, outcome, days, plan.unit)[0])
    alone = None if plan.unit == INCIDENT else replace(rates, unit_cases=1.0, likeness=0.0, standing=None)
    return shortened(rates, plan.shares, plan.smallest, earlier, alone, explained)


def _told(found: Planned, speech: Speech) -> list[str]:
    plan = found.plan
    lines = [
        speech.text("cli.experiment.planned", name=plan.name, question=plan.question),
        speech.text(
            "cli.experiment.size", units=plan.units, unit=plan.unit, points=speech.number(plan.smallest),
            outcome=speech.label(f"outcome.{plan.outcome}", plan.outcome), base=speech.of_100(found.share),
        ),
    ]  # fmt: skip
    if plan.weeks is None:
        lines.append(speech.text("cli.experiment.never"))
    else:
        lines.append(speech.text("cli.experiment.weeks", weeks=int(plan.weeks)))
    if plan.at_risk is not None:
        lines.append(speech.text("cli.experiment.risk", sum=speech.money(plan.at_risk)))
    elif plan.weeks is not None:
        lines.append(speech.text("cli.experiment.risk_unknown"))
    lines += [_way(short, speech) for short in found.shorter]
    return [*lines, speech.text("cli.experiment.next", name=plan.name)]


def _way(short: Shortened, speech: Speech) -> str:
    weeks = int(short.sized.weeks or 0)
    if short.how is Shorter.EARLIER_OUTCOME:
        return speech.text("cli.experiment.shorter.earlier_outcome", days=speech.days(short.by), weeks=weeks)
    if short.how is Shorter.LARGER_CONTRAST:
        return speech.text("cli.experiment.shorter.larger_contrast", points=speech.number(short.by), weeks=weeks)
    if short.how is Shorter.HELD_BEFORE:
        return speech.text("cli.experiment.shorter.held_before", share=speech.percent(short.by), weeks=weeks)
    if short.how is Shorter.EVEN_SHARES:
        return speech.text("cli.experiment.shorter.even_shares", weeks=weeks)
    return speech.text("cli.experiment.shorter.smaller_units", weeks=weeks)
