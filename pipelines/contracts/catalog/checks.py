"""What is looked at before a number is believed: one entry a check, from which rows, limits and grades derive.

A new check is an entry here, the function that makes its value, and its words (``check.<id>``). A profile's own checks
of its exports (``checks.sql``) stand beside these under their own codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipelines.contracts.catalog import thresholds
from pipelines.contracts.catalog.estimation import Stage
from pipelines.contracts.catalog.grades import Component
from pipelines.contracts.catalog.units import Unit


class Check(StrEnum):
    """Every shipped check. ``hidden_cause`` is tried at several multiples of the strongest known one."""

    # Of an effect: who and what it rests on.
    LEFT_OUT = "left_out"
    NEVER_TREATED = "never_treated"
    KEPT_IN = "kept_in"
    MISSING_SHARE = "missing_share"
    MISSING_SHARE_TREATED = "missing_share_treated"
    MISSING_SHARE_UNTREATED = "missing_share_untreated"
    NOT_HELD = "not_held"
    DRAWN_LIKE_INCIDENTS = "drawn_like_incidents"
    # Of an effect: whether those compared are alike, and what else could explain it.
    DF = "df"
    WITHOUT_THREATENED = "without_threatened"
    LANDMARK_AT_CAP = "landmark_at_cap"
    CUSTOMER_TRAITS = "customer_traits"
    REVERSAL = "reversal"
    ESTIMATOR_SPREAD = "estimator_spread"
    OVERLAP = "overlap"
    EFFECTIVE_SHARE = "effective_share"
    BALANCE = "balance"
    ROBUSTNESS_VALUE = "robustness_value"
    HIDDEN_CAUSE = "hidden_cause"
    E_VALUE = "e_value"
    NEGATIVE_CONTROL = "negative_control"
    NEGATIVE_CONTROL_P = "negative_control_p"
    NEGATIVE_CONTROL_SHARE = "negative_control_share"
    NEGATIVE_CONTROL_POWER = "negative_control_power"
    PLACEBO_EXPOSURE = "placebo_exposure"
    PLACEBO_EXPOSURE_P = "placebo_exposure_p"
    CONTROLS_ACROSS = "controls_across"
    CONTROLS_WITHIN = "controls_within"
    CONTROLS_POWER_ACROSS = "controls_power_across"
    CONTROLS_POWER_WITHIN = "controls_power_within"
    INTERACTION = "interaction"
    # Of a trial: whether lots were drawn as declared, and whether what was drawn suffices.
    DRAW = "draw"
    LEAST_CHANCE = "least_chance"
    FIRST_STAGE = "first_stage"
    TRIAL_POWER = "trial_power"
    # Of an effect: what non-response and blanks may hide.
    RESPONSE_RATE = "response_rate"
    TIPPING_POINT = "tipping_point"
    BOUND = "bound"
    VARIANCE_DUE_TO_BLANKS = "variance_due_to_blanks"
    TIPPING_SHIFT = "tipping_shift"
    TIPPING_LEVEL = "tipping_level"
    # Of an effect: the components of its grade.
    GRADE_DESIGN = "grade_design"
    GRADE_BALANCE = "grade_balance"
    GRADE_EFFECTIVE_SAMPLE = "grade_effective_sample"
    GRADE_DEGREES_OF_FREEDOM = "grade_degrees_of_freedom"
    GRADE_ROBUSTNESS = "grade_robustness"
    GRADE_NEGATIVE_CONTROL = "grade_negative_control"
    GRADE_ESTIMATOR_SPREAD = "grade_estimator_spread"
    GRADE_CIRCUMSTANCES = "grade_circumstances"
    # Of the exports.
    AMBIGUOUS_LINK = "ambiguous_link"
    BEFORE_OPENING = "before_opening"
    CLOCK_PUT_BACK = "clock_put_back"
    CLOSED_WITHOUT_CONTACT = "closed_without_contact"
    CONTACTED_BEFORE_COMPLAINT = "contacted_before_complaint"
    EXACT_DUPLICATES = "exact_duplicates"
    LONELY_DATA_CUT = "lonely_data_cut"
    LONG_LABELS = "long_labels"
    MATCH_RATE = "match_rate"
    NOT_YET_AT_THE_DATA_CUT = "not_yet_at_the_data_cut"
    ORDERED_BEFORE_JOINING = "ordered_before_joining"
    RARE_LABELS = "rare_labels"
    SAMPLED_BY_ORDER = "sampled_by_order"
    SET_ASIDE_SHARE = "set_aside_share"
    SEVERITY_WITHOUT_RANK = "severity_without_rank"
    UNREADABLE_CELLS = "unreadable_cells"
    # Of the exports: whether they can be true at all. A failed one holds down what rests on it.
    ONE_CUSTOMER_SHARE = "one_customer_share"
    ONE_MOMENT_SHARE = "one_moment_share"
    DAYS_WITHOUT_CLOCK = "days_without_clock"
    FULL_HOURS_ALONE = "full_hours_alone"
    MONTHS_WITHOUT_ROWS = "months_without_rows"
    ROWS_SINCE_LAST_RUN = "rows_since_last_run"
    EARLY_ANSWERS = "early_answers"
    UNDONE_ORDERS = "undone_orders"
    CONSTANT_OUTCOME = "constant_outcome"
    OUTCOME_BY_LABEL = "outcome_by_label"
    OUTCOME_BY_TREATMENT = "outcome_by_treatment"
    FAILING_HELPS = "failing_helps"


class Touch(StrEnum):
    """What rests on a part of the exports, and is graded no better than D where that part can't be believed.

    ``outcome``: the one that the check's row names as its subject; ``itself``: the effect that was checked.
    """

    ANSWERS = "answers"
    RETURNS = "returns"
    FAILURE = "failure"
    EVERYTHING = "everything"
    OUTCOME = "outcome"
    ITSELF = "itself"


class CheckVerdict(StrEnum):
    """What a check found. ``shown`` and ``counted`` values pass and fail nothing."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SHOWN = "shown"
    COUNTED = "counted"
    ABSENT = "absent"
    NOT_CHECKED = "not_checked"
    DIFFERS = "differs"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    CLEAN = "clean"
    ASSOCIATED = "associated"
    NEVER_KNOWN = "never_known"
    OWN_LEVEL = "own_level"
    POOLED = "pooled"
    DETERMINED = "determined"
    CHANGES_CONCLUSION = "changes_conclusion"
    HOLDS = "holds"


class Subject(StrEnum):
    """What a check looks at, where it is no covariate, column, gate or segment."""

    LARGEST = "largest"
    POINT = "point"
    LIMIT = "limit"
    LOW = "low"
    HIGH = "high"
    RAW = "raw"
    SILENT = "the_silent"
    NEXT_CUSTOMERS_TREATMENT = "next_customers_treatment"
    NO_CHANNEL = "no_channel"
    TOGETHER = "together"
    SAME_SITE_NEAR = "same_site_near"
    SAME_SITE_AROUND = "same_site_around"
    SAME_SITE_SPELL = "same_site_spell"
    OTHER_SITES_SAME_DAY = "other_sites_same_day"
    SAME_SITE_NEXT_WEEK = "same_site_next_week"
    SAME_AGENT_AROUND = "same_agent_around"


class LimitSide(StrEnum):
    """On which side of its limit a value passes."""

    BELOW = "below"
    AT_MOST = "at_most"
    ABOVE = "above"
    AT_LEAST = "at_least"


@dataclass(frozen=True)
class Limit:
    """A threshold and the side of it that passes."""

    threshold: float
    side: LimitSide

    def holds(self, value: float) -> bool:
        """Whether a value passes."""
        if self.side is LimitSide.BELOW:
            return value < self.threshold
        if self.side is LimitSide.AT_MOST:
            return value <= self.threshold
        return value > self.threshold if self.side is LimitSide.ABOVE else value >= self.threshold


@dataclass(frozen=True)
class Looked:
    """One check. ``limit`` None: it is decided otherwise, or only shown.

    ``component``: the part of the grade that it decides, or the part that it is; None: it gates nothing.
    ``in_effects_unit``: its values are in the unit of the effect. ``touches``: what it holds down at D when it fails.
    """

    unit: Unit | None = None
    limit: Limit | None = None
    stage: Stage = Stage.AFTER
    component: Component | None = None
    in_effects_unit: bool = False
    touches: Touch | None = None


def _below(threshold: float) -> Limit:
    return Limit(threshold, LimitSide.BELOW)


def _above(threshold: float) -> Limit:
    return Limit(threshold, LimitSide.ABOVE)


def _at_most(threshold: float) -> Limit:
    return Limit(threshold, LimitSide.AT_MOST)


def _at_least(threshold: float) -> Limit:
    return Limit(threshold, LimitSide.AT_LEAST)


_BEFORE = Stage.BEFORE
CHECKS: Mapping[Check, Looked] = {
    Check.LEFT_OUT: Looked(Unit.INCIDENTS, stage=_BEFORE),
    Check.NEVER_TREATED: Looked(Unit.INCIDENTS, stage=_BEFORE),
    Check.KEPT_IN: Looked(Unit.INCIDENTS, stage=_BEFORE),
    Check.MISSING_SHARE: Looked(Unit.SHARE, stage=_BEFORE),
    Check.MISSING_SHARE_TREATED: Looked(Unit.SHARE, stage=_BEFORE),
    Check.MISSING_SHARE_UNTREATED: Looked(Unit.SHARE, stage=_BEFORE),
    Check.NOT_HELD: Looked(stage=_BEFORE),
    Check.DRAWN_LIKE_INCIDENTS: Looked(
        Unit.STANDARDISED_DIFFERENCE, _at_most(thresholds.MOST_UNLIKENESS), _BEFORE, Component.DESIGN
    ),
    Check.DF: Looked(Unit.DEGREES_OF_FREEDOM, _at_least(thresholds.LEAST_DF), component=Component.DEGREES_OF_FREEDOM),
    Check.WITHOUT_THREATENED: Looked(component=Component.DESIGN, in_effects_unit=True),
    Check.LANDMARK_AT_CAP: Looked(component=Component.DESIGN, in_effects_unit=True),
    Check.CUSTOMER_TRAITS: Looked(component=Component.DESIGN, in_effects_unit=True),
    Check.REVERSAL: Looked(),
    Check.ESTIMATOR_SPREAD: Looked(
        Unit.STANDARD_ERRORS, _below(thresholds.MOST_SPREAD_ERRORS), component=Component.ESTIMATOR_SPREAD
    ),
    Check.OVERLAP: Looked(
        Unit.SHARE_MOVED_OUTSIDE, _at_most(thresholds.MOST_OUTSIDE_SHARE), component=Component.DESIGN
    ),
    Check.EFFECTIVE_SHARE: Looked(
        Unit.SHARE_OF_THE_WEIGHTED_CASES, _above(thresholds.LEAST_EFFECTIVE_SHARE),
        component=Component.EFFECTIVE_SAMPLE,
    ),
    Check.BALANCE: Looked(
        Unit.STANDARDISED_DIFFERENCE, _below(thresholds.MOST_IMBALANCE), component=Component.BALANCE
    ),
    Check.ROBUSTNESS_VALUE: Looked(Unit.PARTIAL_R2),
    Check.HIDDEN_CAUSE: Looked(Unit.SHARE_OF_THE_ESTIMATE_LEFT, _above(0.0), component=Component.ROBUSTNESS),
    Check.E_VALUE: Looked(Unit.RISK_RATIO),
    Check.NEGATIVE_CONTROL: Looked(Unit.STANDARD_DEVIATIONS, component=Component.NEGATIVE_CONTROL),
    Check.NEGATIVE_CONTROL_P: Looked(
        Unit.P_VALUE, _above(thresholds.CONTROL_P), component=Component.NEGATIVE_CONTROL
    ),
    Check.NEGATIVE_CONTROL_SHARE: Looked(
        Unit.SHARE_OF_THE_EFFECT, _at_most(thresholds.MOST_CONTROL_SHARE), component=Component.NEGATIVE_CONTROL
    ),
    Check.NEGATIVE_CONTROL_POWER: Looked(
        Unit.CHANCE, _at_least(thresholds.LEAST_CONTROL_POWER), component=Component.NEGATIVE_CONTROL
    ),
    Check.PLACEBO_EXPOSURE: Looked(in_effects_unit=True),
    Check.PLACEBO_EXPOSURE_P: Looked(Unit.P_VALUE, _above(thresholds.PLACEBO_P)),
    Check.CONTROLS_ACROSS: Looked(
        Unit.P_VALUE, _at_least(thresholds.CONTROLS_LEVEL), component=Component.CIRCUMSTANCES
    ),
    Check.CONTROLS_WITHIN: Looked(
        Unit.P_VALUE, _at_least(thresholds.CONTROLS_LEVEL), component=Component.CIRCUMSTANCES
    ),
    Check.CONTROLS_POWER_ACROSS: Looked(
        Unit.CHANCE, _at_least(thresholds.LEAST_CONTROLS_POWER), component=Component.CIRCUMSTANCES
    ),
    Check.CONTROLS_POWER_WITHIN: Looked(Unit.CHANCE),
    Check.INTERACTION: Looked(Unit.P_VALUE, _below(thresholds.INTERACTION_P)),
    Check.DRAW: Looked(
        Unit.P_VALUE, _at_least(thresholds.DRAW_LEVEL), _BEFORE, component=Component.DESIGN
    ),
    Check.LEAST_CHANCE: Looked(
        Unit.P_VALUE, _at_most(thresholds.MOST_LEAST_CHANCE), component=Component.DEGREES_OF_FREEDOM
    ),
    Check.FIRST_STAGE: Looked(Unit.RATIO, _at_least(thresholds.LEAST_FIRST_STAGE_F)),
    Check.TRIAL_POWER: Looked(Unit.CHANCE, _at_least(thresholds.LEAST_TRIAL_POWER)),
    Check.RESPONSE_RATE: Looked(Unit.SHARE_OF_THOSE_ASKED),
    Check.TIPPING_POINT: Looked(in_effects_unit=True),
    Check.BOUND: Looked(in_effects_unit=True),
    Check.VARIANCE_DUE_TO_BLANKS: Looked(Unit.SHARE_OF_THE_VARIANCE),
    Check.TIPPING_SHIFT: Looked(Unit.STANDARD_DEVIATIONS),
    Check.TIPPING_LEVEL: Looked(Unit.LEVELS),
    Check.GRADE_DESIGN: Looked(component=Component.DESIGN),
    Check.GRADE_BALANCE: Looked(component=Component.BALANCE),
    Check.GRADE_EFFECTIVE_SAMPLE: Looked(component=Component.EFFECTIVE_SAMPLE),
    Check.GRADE_DEGREES_OF_FREEDOM: Looked(component=Component.DEGREES_OF_FREEDOM),
    Check.GRADE_ROBUSTNESS: Looked(component=Component.ROBUSTNESS),
    Check.GRADE_NEGATIVE_CONTROL: Looked(component=Component.NEGATIVE_CONTROL),
    Check.GRADE_ESTIMATOR_SPREAD: Looked(component=Component.ESTIMATOR_SPREAD),
    Check.GRADE_CIRCUMSTANCES: Looked(component=Component.CIRCUMSTANCES),
    Check.AMBIGUOUS_LINK: Looked(Unit.ROWS, _at_most(0.0), _BEFORE),
    Check.BEFORE_OPENING: Looked(Unit.ROWS, _at_most(0.0), _BEFORE),
    Check.CLOCK_PUT_BACK: Looked(Unit.ROWS, _at_most(0.0), _BEFORE),
    Check.CLOSED_WITHOUT_CONTACT: Looked(Unit.ROWS, _at_most(0.0), _BEFORE),
    Check.CONTACTED_BEFORE_COMPLAINT: Looked(Unit.ROWS, stage=_BEFORE),
    Check.EXACT_DUPLICATES: Looked(Unit.ROWS, _at_most(0.0), _BEFORE),
    Check.LONELY_DATA_CUT: Looked(Unit.DAYS, _at_most(thresholds.MOST_LONELY_DAYS), _BEFORE),
    Check.LONG_LABELS: Looked(Unit.ROWS, _at_most(0.0), _BEFORE),
    Check.MATCH_RATE: Looked(Unit.SHARE_OF_INCIDENTS, _at_least(thresholds.LEAST_MATCHED_SHARE), _BEFORE),
    Check.NOT_YET_AT_THE_DATA_CUT: Looked(Unit.ROWS, _at_most(0.0), _BEFORE),
    Check.ORDERED_BEFORE_JOINING: Looked(Unit.ROWS, _at_most(0.0), _BEFORE),
    Check.RARE_LABELS: Looked(Unit.ROWS, _at_most(0.0), _BEFORE),
    Check.SAMPLED_BY_ORDER: Looked(Unit.SHARE_OF_CUSTOMERS, _at_least(thresholds.LEAST_REPEAT_SHARE), _BEFORE),
    Check.SET_ASIDE_SHARE: Looked(Unit.SHARE_OF_ROWS, _at_most(thresholds.MOST_SET_ASIDE_SHARE), _BEFORE),
    Check.SEVERITY_WITHOUT_RANK: Looked(Unit.ROWS, _at_most(0.0), _BEFORE),
    Check.UNREADABLE_CELLS: Looked(Unit.ROWS, _at_most(0.0), _BEFORE),
    Check.ONE_CUSTOMER_SHARE: Looked(
        Unit.SHARE_OF_ROWS, _at_most(thresholds.MOST_OF_ONE_CUSTOMER), _BEFORE, touches=Touch.EVERYTHING
    ),
    Check.ONE_MOMENT_SHARE: Looked(
        Unit.SHARE_OF_ROWS, _at_most(thresholds.MOST_AT_ONE_MOMENT), _BEFORE, touches=Touch.EVERYTHING
    ),
    Check.DAYS_WITHOUT_CLOCK: Looked(
        Unit.SHARE_OF_ROWS, _below(thresholds.ALL_BUT_A_FEW), _BEFORE, touches=Touch.ANSWERS
    ),
    Check.FULL_HOURS_ALONE: Looked(
        Unit.SHARE_OF_ROWS, _below(thresholds.ALL_BUT_A_FEW), _BEFORE, touches=Touch.ANSWERS
    ),
    Check.MONTHS_WITHOUT_ROWS: Looked(Unit.MONTHS, _at_most(0.0), _BEFORE, touches=Touch.EVERYTHING),
    Check.ROWS_SINCE_LAST_RUN: Looked(
        Unit.SHARE_OF_ROWS, _at_least(thresholds.LEAST_OF_LAST_RUN), _BEFORE, touches=Touch.EVERYTHING
    ),
    Check.EARLY_ANSWERS: Looked(
        Unit.SHARE_OF_ROWS, _at_most(thresholds.MOST_EARLY_ANSWERS), _BEFORE, touches=Touch.ANSWERS
    ),
    Check.UNDONE_ORDERS: Looked(
        Unit.SHARE_OF_ROWS, _at_most(thresholds.MOST_UNDONE_ORDERS), _BEFORE, touches=Touch.RETURNS
    ),
    Check.CONSTANT_OUTCOME: Looked(Unit.SHARE_OF_INCIDENTS, stage=_BEFORE, touches=Touch.OUTCOME),
    Check.OUTCOME_BY_LABEL: Looked(
        Unit.DIFFERENCE_IN_SHARE, _below(thresholds.NEARLY_A_FUNCTION), _BEFORE, touches=Touch.OUTCOME
    ),
    Check.OUTCOME_BY_TREATMENT: Looked(
        Unit.DIFFERENCE_IN_SHARE, _below(thresholds.NEARLY_A_FUNCTION), _BEFORE, touches=Touch.ITSELF
    ),
    Check.FAILING_HELPS: Looked(touches=Touch.ITSELF),
}  # fmt: skip


def passes(check: Check, value: float) -> bool:
    """Whether a value is on the right side of the check's limit; of a check without one, always."""
    limit = CHECKS[check].limit
    return limit is None or bool(limit.holds(value))


# The row that holds a component's letter.
COMPONENT_CHECK: Mapping[Component, Check] = {component: Check(f"grade_{component}") for component in Component}
