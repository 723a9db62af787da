"""Sentences on policies, offers and scenarios, each from one row. Pure: text and numbers can't disagree.

The verb follows the grade: A acts, B is estimated to, C goes with, after adjustment, D concludes nothing. An interval
that holds zero says that it can't be told, whatever the grade.
"""

from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.thresholds import TESTABLE_WEEKS
from pipelines.contracts.messages.plans import BelowStandardInSegments
from pipelines.contracts.tables.policy import Offer, Policy
from pipelines.contracts.tables.scenario import ScenarioCell
from words.changes import told
from words.speech import Speech

YEAR_WEEKS = 52
_BRINGS = {Grade.A: "finding.policy.brings", Grade.B: "finding.policy.estimated", Grade.C: "finding.policy.associated"}
_MORE = {Grade.A: "finding.returns.more", Grade.B: "finding.returns.more_b", Grade.C: "finding.returns.more_c"}
_FEWER = {Grade.A: "finding.returns.fewer", Grade.B: "finding.returns.fewer_b", Grade.C: "finding.returns.fewer_c"}
_NEXT_PAYS = {Grade.A: "finding.next_1.pays", Grade.B: "finding.next_1.pays_b", Grade.C: "finding.next_1.pays_c"}
_NEXT_LOSES = {Grade.A: "finding.next_1.loses", Grade.B: "finding.next_1.loses_b", Grade.C: "finding.next_1.loses_c"}


def policy_headline(row: Policy, speech: Speech) -> str:
    """The shortest true statement about a policy."""
    if row.verdict is Verdict.NOT_ESTIMABLE:
        return speech.text("finding.policy.not_known")
    plan = plan_name(row, speech)
    if row.verdict is Verdict.EXPERIMENT or row.grade not in _BRINGS:
        return speech.text(_unproven(row), plan=plan)
    size, limits = speech.exactly(told(row.value)), _limits(row.value_low, row.value_high, speech)
    return speech.text(_BRINGS[row.grade], plan=plan, size=size, limits=limits)


def _unproven(row: Policy) -> str:
    if not row.changed_share:
        return "finding.policy.nothing_better"
    if row.grade is Grade.D:
        return "finding.policy.no_conclusion_too_long" if too_long(row) else "finding.policy.no_conclusion"
    return "finding.policy.not_clearly_better_too_long" if too_long(row) else "finding.policy.not_clearly_better"


def policy_sentence(row: Policy, speech: Speech) -> str:
    """The headline with what is spent, what happens to returns, how sure it is, and what would overturn it."""
    if row.verdict is Verdict.NOT_ESTIMABLE:
        return speech.lines((speech.sentence(policy_headline(row, speech)), speech.all(row.reasons)))
    return speech.lines(
        (
            standard_caution(row, speech),
            speech.sentence(policy_headline(row, speech)),
            _spending(row, speech),
            _returns(row, speech) if row.changed_share else "",
            speech.all(r for r in row.reasons if not isinstance(r, BelowStandardInSegments)),
            experiment_sentence(row, speech),
            speech.all(row.caveats),
        )
    )


def standard_caution(row: Policy, speech: Speech) -> str:
    """That a policy gives less than the company's own standard, and how often; "" where it doesn't."""
    return speech.all(r for r in row.reasons if isinstance(r, BelowStandardInSegments))


def plan_name(row: Policy, speech: Speech) -> str:
    """What the policy is called: "Spending 50 % of today's money where it does most"."""
    if row.budget_ratio is None:
        return speech.label(row.policy)
    if row.budget_ratio == 1:
        return speech.text("finding.plan.todays_money")
    return speech.text("finding.plan.budget", share=speech.percent(row.budget_ratio, 0))


def experiment_sentence(row: Policy, speech: Speech) -> str:
    """The experiment that would settle it, from the row's own numbers; "" where none is asked for.

    Where incidents come too slowly for it, what would shorten it.
    """
    if row.test_per_arm is None:
        return ""
    arm, points = row.test_per_arm, speech.decimal(told(row.test_points), 1)
    if row.test_weeks is not None and too_long(row):
        years = speech.decimal(row.test_weeks / YEAR_WEEKS)
        return speech.text("finding.test.too_long", years=years, arm=arm, points=points)
    unit = "" if row.test_unit is None else speech.label(row.test_unit)
    if row.test_weeks is None:
        return speech.text("finding.test.by_lot", unit=unit, arm=arm, points=points)
    weeks = speech.decimal(row.test_weeks)
    return speech.text("finding.test.by_lot_in_weeks", unit=unit, arm=arm, points=points, weeks=weeks)


def too_long(row: Policy) -> bool:
    """Whether a policy's test takes longer than any company would wait."""
    return row.test_weeks is not None and row.test_weeks > TESTABLE_WEEKS


def not_proposed(row: Policy, speech: Speech) -> str:
    """That what a plan would give isn't a proposal, as it isn't clearly worth it; "" where it is one."""
    if row.verdict is not Verdict.EXPERIMENT or not row.changed_share:
        return ""
    if row.grade is Grade.D:
        return speech.text("finding.not_proposed.no_conclusion")
    clear = told(row.value_low) > 0
    return speech.text("finding.not_proposed.not_in_its_turn" if clear else "finding.not_proposed.not_clear")


def next_return_sentence(row: Policy, speech: Speech) -> str:
    """What the next 1 of money returns: the marginal return towards the next larger budget."""
    if row.next_return is None:
        return ""
    low, high = told(row.next_return_low), told(row.next_return_high)
    if row.grade is Grade.D or row.grade is None:
        return speech.text("finding.next_1.no_conclusion")
    if low <= 1.0 <= high:
        return speech.text("finding.next_1.cannot_say", low=speech.decimal(low, 2), high=speech.decimal(high, 2))
    code = (_NEXT_PAYS if low > 1.0 else _NEXT_LOSES)[row.grade]
    return speech.text(code, size=speech.decimal(row.next_return, 2), limits=_limits(low, high, speech))


def offer_phrase(row: Offer, speech: Speech) -> str:
    """What one segment is offered: "nothing", "as today", "25 % of the loss"."""
    if row.share is None:
        return speech.text("finding.offer.as_today")
    if row.share == 0:
        return speech.text("finding.offer.nothing")
    return speech.text("finding.offer.share", share=speech.percent(row.share, 0))


def whom(row: Offer | ScenarioCell, speech: Speech) -> str:
    """The cases of a segment by the company's own words: "stay spoiled or graver, Alba", else "everyone"."""
    named = (_severities(row, speech), _label(row.service))
    return speech.enumerated([name for name in named if name]) or speech.text("finding.tier.everyone")


def _severities(row: Offer | ScenarioCell, speech: Speech) -> str:
    mildest = _label(row.severity)
    if row.severity_to is None:
        return mildest
    if row.or_graver:
        return speech.text("finding.tier.or_graver", mildest=mildest)
    return speech.text("finding.tier.to", mildest=mildest, gravest=_label(row.severity_to))


def _label(label: str | None) -> str:
    return (label or "").replace("_", " ")


def _spending(row: Policy, speech: Speech) -> str:
    cost, less = told(row.cost), told(row.cost_today) - told(row.cost)
    if abs(less) < 0.005:
        return speech.text("finding.spending.as_today", cost=speech.exactly(cost))
    code = "finding.spending.less" if less > 0 else "finding.spending.more"
    return speech.text(code, size=speech.exactly(abs(less)), cost=speech.exactly(cost))


def _returns(row: Policy, speech: Speech) -> str:
    if row.grade is Grade.D or row.grade is None:
        return ""
    low, high = told(row.gain_low), told(row.gain_high)
    if low <= 0 <= high:
        return speech.text("finding.returns.cannot_say", low=speech.decimal(low, 1), high=speech.decimal(high, 1))
    gain, sizes = told(row.gain), sorted((abs(low), abs(high)))
    code = (_MORE if gain > 0 else _FEWER)[row.grade]
    return speech.text(code, size=speech.decimal(abs(gain), 1), limits=speech.span(sizes[0], sizes[1], 1))


def _limits(low: float | None, high: float | None, speech: Speech) -> str:
    return speech.span(told(low), told(high), 2)
