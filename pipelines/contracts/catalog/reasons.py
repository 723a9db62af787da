"""Reasons that rows of several tables give."""

from pipelines.contracts.message import Count, Reason


class NoConclusion(Reason):
    """Graded D: nothing follows from the number beside it."""


class TooFewToShow(Reason):
    """A cell of fewer than ``n`` cases, hidden so that nobody is told apart."""

    n: Count
