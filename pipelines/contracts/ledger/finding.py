"""Findings: the ledger from which every headline, card, slide, mail and next step is drawn."""

from dataclasses import dataclass

from pipelines.contracts.catalog.estimation import AskedOf, OutcomeId, TreatmentId
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.plans import Plan
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.ledger.codes import Aspect, Call, Decides, Question
from pipelines.contracts.message import Caveat, Reason
from pipelines.contracts.tables.row import Published

# A second row of one key would be a second answer to one question.
KEY = ("question", "aspect", "action", "level", "plan", "whom")


@dataclass(frozen=True, slots=True)
class Finding(Published):
    """One answer to one question: what ``level`` of an ``action`` changes against ``rather``, for ``whom``.

    ``rank``: of its question, the most useful first; ``place``: within the question, 1 speaks for it. ``estimate`` as
    in effects: points per 100 where ``unit`` says so; ``change…`` are cases a year with the outcome, ``gain…`` margin a
    year before cost, ``cost…`` and ``net…`` money a year, all over ``cases_a_year``: cases a year that it would change.
    A null ``cost`` isn't declared. ``q_value``: chance that it is one of the false ones among all that is told.
    ``smallest_gain``: the smallest change, in ``unit``, that these data would have shown four times in five.
    ``test_…``: the test that could decide it, per arm. ``drawn``: by lot. ``done_share``: how often it is done today.
    """

    TABLE = "findings"

    question: Question
    aspect: Aspect
    rank: int
    place: int
    action: TreatmentId | None = None
    level: str = ""
    rather: str = ""
    plan: Plan | None = None
    whom: AskedOf | None = None
    outcome: OutcomeId | None = None
    horizon_days: int | None = None
    unit: Unit | str | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    n: int | None = None
    cases_a_year: float | None = None
    done_share: float | None = None
    change: float | None = None
    change_low: float | None = None
    change_high: float | None = None
    gain: float | None = None
    gain_low: float | None = None
    gain_high: float | None = None
    cost: float | None = None
    net: float | None = None
    net_low: float | None = None
    net_high: float | None = None
    drawn: bool = False
    grade: Grade | None = None
    p_value: float | None = None
    q_value: float | None = None
    call: Call = Call.CANT_TELL
    decides: Decides = Decides.NOTHING
    owner: str | None = None
    doubt: Reason | None = None
    smallest_gain: float | None = None
    test_per_arm: int | None = None
    test_points: float | None = None
    test_weeks: float | None = None
    effect_id: str | None = None
    caveats: tuple[Caveat, ...] = ()
    reasons: tuple[Reason, ...] = ()
