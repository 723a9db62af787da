"""What a draft finds out about the shape of a file: everything that ``[shape.…]`` will say of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.contracts.catalog.vocabulary import Actor
from pipelines.contracts.shapes import Role, Shape, Step


@dataclass(frozen=True)
class OwnOutcome:
    """An outcome of an experiment that the profile has to declare: id, its column, and what it is."""

    id: str
    column: str
    amount: bool
    higher_is_better: bool


@dataclass(frozen=True)
class FoundShape:
    """The shape of one file. ``features``: covariate → column and whether it is a number.

    ``unknown``: states that no list knows. ``values``: outcome → value → canonical value.
    """

    alias: str
    shape: Shape
    columns: Mapping[Role, str]
    steps: Mapping[str, Step] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    actors: Mapping[str, Actor] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own: tuple[OwnOutcome, ...] = ()
    features: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    left_apart: tuple[str, ...] = ()
