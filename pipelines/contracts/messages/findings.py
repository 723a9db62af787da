"""Reasons of findings: the doubt that would overturn one, and why a question has no answer."""

from pipelines.contracts.message import Reason


class DrawnCasesOnly(Reason):
    """What was drawn by lot holds for the cases that were drawn."""


class SomethingUnrecorded(Reason):
    """Something that nobody records may differ between the cases compared."""


class WorksWithoutPaying(Reason):
    """One of two choices is better than the other, and isn't shown to pay by itself."""
