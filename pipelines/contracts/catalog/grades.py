"""How far a number may be believed, and whether there is one."""

from enum import StrEnum


class Grade(StrEnum):
    """How far an effect may be believed; the alphabet is the order, so the larger of two is the worse."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Verdict(StrEnum):
    """Whether a row holds a number, and what kind of number.

    ``counted``: a plain count or sum at the data cut, so without an interval. ``suppressed``: too few cases to show.
    ``published``: a policy whose held-out value is clearly above zero. ``experiment``: it isn't, or nothing may be
    concluded from it: don't roll it out, test it.
    """

    ESTIMATED = "estimated"
    COUNTED = "counted"
    SUPPRESSED = "suppressed"
    NOT_ESTIMABLE = "not_estimable"
    NOT_IMPLEMENTED = "not_implemented"
    PUBLISHED = "published"
    EXPERIMENT = "experiment"


class Component(StrEnum):
    """What a grade is decided on; the worst of them is the grade."""

    DESIGN = "design"
    BALANCE = "balance"
    EFFECTIVE_SAMPLE = "effective_sample"
    DEGREES_OF_FREEDOM = "degrees_of_freedom"
    ROBUSTNESS = "robustness"
    NEGATIVE_CONTROL = "negative_control"
    ESTIMATOR_SPREAD = "estimator_spread"
    CIRCUMSTANCES = "circumstances"
