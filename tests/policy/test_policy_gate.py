"""When a policy is proposed: its grade, its lower limit, its cost, and its turn in the fixed order of plans."""

from offered import graded, offered

from pipelines.models.fit.interval import interval
from pipelines.policy.learnt.budget_table import OUT_OF_TURN, doubt_of, policy_rows
from pipelines.policy.learnt.joint_question import ask_joint
from pipelines.policy.plans.grades import grades_of


def test_a_policy_is_proposed_when_clear_graded_and_in_turn():
    found = interval(2.2, 1.0, 500.0)
    assert doubt_of(True, "B", found, 0.0, True) == ""
    assert "only plan asked" in doubt_of(True, "B", found, 0.0, False)
    assert "cost less" in doubt_of(True, "B", found, 1.0, True)
    assert "No conclusion" in doubt_of(True, "D", found, 0.0, True)
    assert "gain more" in doubt_of(False, "B", found, 0.0, True)


def test_after_a_plan_that_failed_none_is_proposed_by_luck():
    """Budgets in one order; the plan within the standard is a question by itself; plans that change nothing aren't."""
    proposals = late = 0
    for seed in (20, 25, 39):
        world = offered(1_500, seed, brands=2)
        joint = ask_joint(world.mart, world.company)
        policies, _ = policy_rows(world.mart, joint, grades_of(joint, graded("B")), world.company)
        asked = [row for row in policies if row["policy"] != "within_standard" and row["changed_share"]]
        proposed = [row["verdict"] == "published" for row in asked]
        assert proposed == sorted(proposed, reverse=True)
        proposals += sum(proposed)
        late += sum(OUT_OF_TURN in (row["reason"] or "") for row in asked)
    assert proposals
    assert late
