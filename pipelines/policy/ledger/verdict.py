"""Do, don't, test or can't tell: a rule from a finding's numbers, its grade and its share of the error budget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, erfc, sqrt

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.thresholds import (
    FALSE_FINDINGS_SHARE,
    LEAST_WORTH_HAVING_POINTS,
    LONGEST_TEST_WEEKS,
    SMALLEST_TESTED_POINTS,
)
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.ledger.codes import Call, Decides
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.counted import NoConclusion
from pipelines.contracts.messages.findings import DrawnCasesOnly, SomethingUnrecorded
from pipelines.models.fit.shrinkage import benjamini_hochberg
from pipelines.policy.ledger.candidate import Candidate, Interval
from pipelines.policy.plans.experiment_size import Z_POWER, Z_TWO_SIDED, per_arm

FIRM = (Grade.A, Grade.B)


@dataclass(frozen=True)
class Deciding:
    """The number that a call is read from, above zero where it is good, and what it is."""

    interval: Interval
    by: Decides


def deciding(candidate: Candidate) -> Deciding | None:
    """Money net of cost; where its cost isn't known, before it; where no sum can be put to it, the outcome itself."""
    row = candidate.row
    if net := _of(row.net, row.net_low, row.net_high):
        return Deciding(net, Decides.MONEY)
    if (gain := _of(row.gain, row.gain_low, row.gain_high)) and row.cost is None:
        return Deciding(gain, Decides.MONEY_BEFORE_COST)
    if found := _of(row.estimate, row.ci_low, row.ci_high):
        return Deciding(found if candidate.up else found.times(-1.0), Decides.OUTCOME)
    return None


def budgeted(candidates: Sequence[Candidate]) -> list[Candidate]:
    """With the share of false findings among all that are told: questions first, then the answers of each.

    A question's p-value is that of Simes (1986) over its answers; questions are judged together by Benjamini–Hochberg,
    and so are the answers within one: a tree of two levels, headlines first (Benjamini & Bogomolov 2014).
    """
    p = {i: _p_value(c) for i, c in enumerate(candidates)}
    families: dict[tuple[str, str], list[int]] = {}
    for i, c in enumerate(candidates):
        if p[i] is not None:
            families.setdefault((c.row.question, c.row.aspect), []).append(i)
    within = {key: benjamini_hochberg([p[i] or 0.0 for i in members]) for key, members in families.items()}
    across = dict(zip(families, benjamini_hochberg([min(q) for q in within.values()]), strict=True))
    q = {
        i: max(across[key], own)
        for key, members in families.items()
        for i, own in zip(members, within[key], strict=True)
    }
    return [c.with_row(p_value=p[i], q_value=q.get(i)) for i, c in enumerate(candidates)]


def judged(candidate: Candidate) -> Candidate:
    """With its call, what decides it, the smallest gain that could have been seen, the test and the doubt."""
    tested = _tested(candidate)
    call, by = _call(tested)
    return tested.with_row(call=call, decides=by, smallest_gain=_smallest_gain(tested.row), doubt=_doubt(tested.row))


def _call(candidate: Candidate) -> tuple[Call, Decides]:
    row, found = candidate.row, deciding(candidate)
    if found is None:
        return Call.CANT_TELL, Decides.NOTHING
    if row.grade is None or row.grade is Grade.D:
        return Call.CANT_TELL, Decides.GRADE
    if row.grade not in FIRM:
        return (Call.CANT_TELL if _too_long(row) else Call.TEST), Decides.GRADE
    low, high = found.interval.low, found.interval.high
    clear = low > 0 or high < 0
    if clear and (row.q_value or 0.0) <= FALSE_FINDINGS_SHARE and candidate.may_act:
        return (Call.DO if low > 0 else Call.DONT), found.by
    if not clear and _no_difference(candidate):
        return (Call.DONT if (row.cost or 0.0) > 0 else Call.CANT_TELL), Decides.NO_DIFFERENCE
    by = Decides.ZERO if not clear else Decides.CHANCE if candidate.may_act else Decides.GRADE
    return (Call.TEST if row.test_weeks is not None and not _too_long(row) else Call.CANT_TELL), by


def _too_long(row: Finding) -> bool:
    return row.test_weeks is not None and row.test_weeks > LONGEST_TEST_WEEKS


def _no_difference(candidate: Candidate) -> bool:
    """Whether the interval excludes everything worth having, in points per 100."""
    row = candidate.row
    if row.unit != Unit.PER_100_CUSTOMERS or row.ci_low is None or row.ci_high is None:
        return False
    return (row.ci_high if candidate.up else -row.ci_low) < LEAST_WORTH_HAVING_POINTS


def _tested(candidate: Candidate) -> Candidate:
    """With the test that could decide it; a row that brings its own keeps it."""
    row = candidate.row
    if row.test_per_arm is not None or candidate.base_share is None or row.estimate is None or not candidate.weekly:
        return candidate
    points = max(abs(row.estimate), SMALLEST_TESTED_POINTS, candidate.break_even)
    size = per_arm(candidate.base_share, points, candidate.design_effect)
    weeks = float(ceil(2 * size / candidate.weekly))
    return candidate.with_row(test_per_arm=size, test_points=points, test_weeks=weeks)


def _smallest_gain(row: Finding) -> float | None:
    """The change that a two-sided test at 5 % shows four times in five, from the row's own interval."""
    if row.ci_low is None or row.ci_high is None:
        return None
    return (Z_TWO_SIDED + Z_POWER) * (row.ci_high - row.ci_low) / (2.0 * Z_TWO_SIDED)


def _doubt(row: Finding) -> Reason | None:
    """What weakens it most, as its own row says; else what its kind can't rule out."""
    if row.reasons:
        return row.reasons[0]
    if row.grade is None:
        return None
    doubts: Mapping[Grade, Reason] = {
        Grade.A: DrawnCasesOnly(), Grade.B: SomethingUnrecorded(), Grade.C: SomethingUnrecorded(),
        Grade.D: NoConclusion(),
    }  # fmt: skip
    return doubts[row.grade]


def _p_value(candidate: Candidate) -> float | None:
    """Of the number that decides: as its effect has it, else from its interval, as if normal."""
    found = deciding(candidate)
    if found is None:
        return None
    if found.by is not Decides.MONEY and candidate.row.p_value is not None:
        return candidate.row.p_value
    half = (found.interval.high - found.interval.low) / (2.0 * Z_TWO_SIDED)
    if not half > 0:
        return None
    return erfc(abs(found.interval.value) / half / sqrt(2.0))


def _of(value: float | None, low: float | None, high: float | None) -> Interval | None:
    return None if value is None or low is None or high is None else Interval(value, low, high)


def called(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Every candidate judged within one budget of errors."""
    return [judged(candidate) for candidate in budgeted(candidates)]
