"""When a policy is proposed: its grade, its lower limit, its cost, and its turn in the fixed order of plans."""

from offered import graded, offered

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.messages.counted import NoConclusion
from pipelines.contracts.messages.plans import Advice, NothingBetter, OffersDearerThanValued, OutOfTurn
from pipelines.models.fit.interval import interval
from pipelines.policy.learnt.joint_question import ask_joint
from pipelines.policy.plans.budget_table import budget_table, doubt_of
from pipelines.policy.plans.grades import grades_of


def test_a_policy_is_proposed_when_clear_graded_and_in_turn():
    found = interval(2.2, 1.0, 500.0)
    assert doubt_of(True, Grade.B, found, 0.0, True) is None
    assert doubt_of(True, Grade.B, found, 0.0, False) == OutOfTurn(Advice.KEEP_AND_TEST)
    assert doubt_of(True, Grade.B, found, 1.0, True) == OffersDearerThanValued(Advice.KEEP_AND_TEST)
    assert doubt_of(True, Grade.D, found, 0.0, True) == NoConclusion()
    assert doubt_of(False, Grade.B, found, 0.0, True) == NothingBetter()


def test_after_a_plan_that_failed_none_is_proposed_by_luck():
    """Budgets in one order; the plan within the standard is a question by itself; plans that change nothing aren't."""
    proposals = late = 0
    for seed in (20, 25, 39):
        world = offered(1_500, seed, brands=2)
        joint = ask_joint(world.mart, world.company)
        found = budget_table(world.mart, joint, grades_of(joint, graded("B")), world.company)
        asked = [row for row in found.policies if row.policy != "within_standard" and row.changed_share]
        proposed = [row.verdict == "published" for row in asked]
        assert proposed == sorted(proposed, reverse=True)
        proposals += sum(proposed)
        late += sum(any(isinstance(r, OutOfTurn) for r in row.reasons) for row in asked)
    assert proposals
    assert late
