"""The ledger: one answer a question, called, owned and ranked, proofs first. Every page and file speaks from it."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from pipelines.contracts.catalog.estimation import TreatmentId
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Measure, entry
from pipelines.contracts.catalog.treatments import TREATMENTS
from pipelines.contracts.ledger.codes import Aspect, Call, Question
from pipelines.contracts.ledger.finding import KEY, Finding
from pipelines.contracts.ledger.questions import QUESTIONS
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.policy import Policy
from pipelines.contracts.tables.scenario import ScenarioCell, ScenarioFactor
from pipelines.contracts.tables.valuation import Valuation
from pipelines.policy.company import Company
from pipelines.policy.ledger.candidate import Candidate
from pipelines.policy.ledger.from_effects import of_effects
from pipelines.policy.ledger.from_plans import Scenarios, faster_or_more, for_whom, how_much, next_hundred_thousand
from pipelines.policy.ledger.verdict import called
from pipelines.policy.plans.scenario import factors_of

CALLS = tuple(Call)


def findings_of(
    mart: pd.DataFrame, effects: Sequence[Effect], valuations: Sequence[Valuation], measures: Sequence[Measured],
    policies: Sequence[Policy], cells: Sequence[ScenarioCell], factors: Sequence[ScenarioFactor], company: Company,
) -> tuple[Finding, ...]:  # fmt: skip
    """The findings of a run in the order of their rank; of two answers to one question the better known one."""
    year = next((m.estimate for m in measures if m.measure is Measure.INCIDENTS_A_YEAR), None)
    scenarios = Scenarios(cells, factors_of(factors, len(cells)), year)
    against_today = [c for c in how_much(scenarios) if c.row.grade is not None and c.row.grade is not Grade.D]
    candidates = [
        *(c for c in of_effects(mart, effects, valuations, company) if not _replaced(c, against_today)),
        *against_today,
        *for_whom(policies, scenarios),
        *faster_or_more(scenarios),
        *next_hundred_thousand(scenarios),
    ]
    rows = one_each([_owned(c.row, company) for c in called(candidates)])
    return ranked([*rows, *told_to_others(rows)])


def one_each(rows: Sequence[Finding]) -> list[Finding]:
    """One row a key, the better known: a question that is answered twice is answered by the better answer alone."""
    best: dict[tuple[object, ...], Finding] = {}
    for row in sorted(rows, key=_within):
        best.setdefault(key_of(row), row)
    return [row for row in rows if best[key_of(row)] is row]


def key_of(row: Finding) -> tuple[object, ...]:
    """What makes a finding the only answer to what it is asked."""
    return tuple(getattr(row, name) for name in KEY)


def _replaced(candidate: Candidate, against_today: Sequence[Candidate]) -> bool:
    """Whether a gain over giving nothing gives way to one over today: that is what is decided about."""
    row = candidate.row
    return bool(against_today) and row.question is Question.HOW_MUCH and row.aspect is Aspect.DEEDS


def told_to_others(rows: Sequence[Finding]) -> list[Finding]:
    """Of each action the best known answer on what customers say, as the answer to what they tell others."""
    said = [r for r in rows if r.aspect is Aspect.WORDS]
    best = {action: min((r for r in said if r.action == action), key=_within) for action in {r.action for r in said}}
    return [replace(row, question=Question.WHAT_THEY_TELL) for _, row in sorted(best.items(), key=lambda b: str(b[0]))]


def _owned(row: Finding, company: Company) -> Finding:
    """With the owner of the target that its question is about, where the company named one."""
    wanted = QUESTIONS[row.question].owned_by
    owner = next(
        (t.owner for t in company.targets if t.owner and (t.measure in wanted or entry(t.measure) in wanted)), None
    )
    return replace(row, owner=owner)


def ranked(rows: Sequence[Finding]) -> tuple[Finding, ...]:
    """Rows with rank and place, in that order: proofs, then what to do, drop, test; the largest sure sum first."""
    speaking = {q: min((r for r in rows if r.question is q), key=_within) for q in {r.question for r in rows}}
    order = sorted(speaking, key=lambda q: (_across(speaking[q]), list(Question).index(q)))
    placed: list[Finding] = []
    for rank, question in enumerate(order, start=1):
        deeds = sorted((r for r in rows if r.question is question and r.aspect is Aspect.DEEDS), key=_within)
        places = {(r.action, r.level, r.plan): place for place, r in enumerate(deeds, start=1)}
        said = sorted((r for r in rows if r.question is question and r.aspect is Aspect.WORDS), key=_within)
        free = len(deeds) + 1 if deeds else 1
        placed.extend(replace(r, rank=rank, place=places[r.action, r.level, r.plan]) for r in deeds)
        for j, r in enumerate(said):
            place = places.get((r.action, r.level, r.plan), free + j)
            placed.append(replace(r, rank=rank, place=place))
    return tuple(sorted(placed, key=lambda r: (r.rank, r.aspect, r.place)))


def _within(row: Finding) -> tuple[object, ...]:
    """Deeds before words, the best grade first, then as across questions; where nothing is told, what leads."""
    told = row.call is not Call.CANT_TELL
    leads = row.level == _headline(row.action)
    grade = row.grade or Grade.D
    return (row.aspect, grade, row.grade is None, told or not leads, _across(row), row.action or "", row.level)


def _headline(action: TreatmentId | None) -> str | None:
    found = None if action is None else TREATMENTS.get(action)
    return None if found is None else found.headline


def _across(row: Finding) -> tuple[float, ...]:
    """Proofs first, then by call, then by the lower limit of the money, else of the outcome a year."""
    proof = row.drawn and row.grade is Grade.A
    return (not proof, CALLS.index(row.call), row.net_low is None, -_lower(row))


def _lower(row: Finding) -> float:
    """What following the call surely brings; what is left undone saves its loss."""
    money = row.net_low is not None and row.net_high is not None
    low, high = (row.net_low, row.net_high) if money else (row.change_low, row.change_high)
    if low is None or high is None:
        return float("-inf")
    return -high if row.call is Call.DONT else low
