"""What can be wrong with ``[shape.<file>]`` of a profile."""

from pipelines.contracts.message import Fault, Name
from pipelines.contracts.shapes import Shape


class ShapeMustBeKeys(Fault):
    """A shape is something else than a table of keys."""

    at: Name
    example: Name


class ShapeIsMapped(Fault):
    """A shape is declared that its tables tell already."""

    at: Name
    shape: Shape
    declared: tuple[Name, ...]


class RolesMissing(Fault):
    """A shape lacks columns that it can't do without."""

    at: Name
    shape: Shape
    roles: tuple[Name, ...]


class RoleNotOfShape(Fault):
    """A column plays a part that the shape doesn't have."""

    at: Name
    shape: Shape
    role: Name
    roles: tuple[Name, ...]


class PartNotOfShape(Fault):
    """A part of a shape that says nothing there, as it stands."""

    at: Name
    part: Name
    needs: Name


class StateOrEvent(Fault):
    """A log both of states and of events."""

    at: Name


class StepsMissing(Fault):
    """A column of states or events, and nothing says what they are to a case."""

    at: Name
    role: Name
    steps: tuple[Name, ...]


class ShapeChangesNothing(Fault):
    """Every table that a shape gives is taken from elsewhere."""

    at: Name
    tables: tuple[Name, ...]


class OutcomeNotKnown(Fault):
    """An outcome of a shape that neither the catalogue nor the profile knows."""

    at: Name
    outcome: Name
    known: tuple[Name, ...]
