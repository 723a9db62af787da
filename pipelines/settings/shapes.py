"""One ``[shape.<file>]`` of a profile: what a row of the file is, and which columns play which part in it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.contracts.catalog.vocabulary import Actor, labels
from pipelines.contracts.shapes import DERIVED, MOMENTS, Derived, Role, Shape, Step
from pipelines.contracts.sources import ComparisonOutcomes, Interactions, Outcomes
from pipelines.errors import SourceError
from pipelines.settings.declared import check_known, frozen, is_list_of, plain_text
from pipelines.settings.faults import MustBe, Noun, Wants
from pipelines.settings.faults_of_files import FormatsMustBe, NoZone, PartMustBeKeys, ValuesMustBe
from pipelines.settings.faults_of_shapes import (
    OutcomeNotKnown,
    PartNotOfShape,
    RoleNotOfShape,
    RolesMissing,
    ShapeIsMapped,
    ShapeMustBeKeys,
    StateOrEvent,
    StepsMissing,
)

T = TypeVar("T")
ANY = "*"


@dataclass(frozen=True)
class ShapeSpec:
    """One ``[shape.<file>]``: the shape of a file that more than a map makes tables of.

    ``columns``: part → column. ``steps`` and ``actors``: value → what it is ("*": any other); ``fields``: values of
    ``field`` whose rows change the state. ``outcomes``: outcome → column; ``values`` maps their values, and those of
    ``failure`` and ``arm``.
    """

    file: str
    shape: Shape
    columns: Mapping[Role, str] = field(default_factory=dict)
    steps: Mapping[str, Step] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    formats: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    time_zones: Mapping[Role, str] = field(default_factory=dict)

    @property
    def derived(self) -> Derived:
        """What the shape needs and gives."""
        return DERIVED[self.shape]

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that are made of the file, as far as its columns go."""
        without = set[str]()
        if not self.outcomes:
            without |= {Outcomes.NAME, ComparisonOutcomes.NAME}
        if self.shape is Shape.EVENTS and not self.steps and Role.BY not in self.columns:
            without.add(Interactions.NAME)
        return tuple(table.value for table in self.derived.tables if table.value not in without)

    @property
    def has_clock(self) -> bool:
        """Whether a row is known by a moment."""
        return Role.MOMENT in self.columns

    @property
    def read_columns(self) -> frozenset[str]:
        """Every column of the file that the shape itself reads."""
        return frozenset(self.columns.values()) | frozenset(self.outcomes.values())


PARTS = ("kind", "columns", "steps", "actors", "fields", "outcomes", "values", "formats", "time_zones")
_EXAMPLE = 'kind = "events"'


def read_shape(file: str, entry: Any, files: Collection[str], outcomes: Collection[str], where: Path) -> ShapeSpec:
    """Check one entry; ``SourceError`` names the key that is wrong. ``outcomes``: every id that may be told."""
    at = f"{where}: [shape.{file}]"
    check_known([file], files, f"{where}: [shape]", Noun.FILE)
    if not isinstance(entry, Mapping) or "kind" not in entry:
        raise SourceError(ShapeMustBeKeys(at, _EXAMPLE))
    check_known(entry, PARTS, at, Noun.KEY)
    check_known([str(entry["kind"])], tuple(Shape), at, Noun.VALUE)
    shape = Shape(entry["kind"])
    if shape not in DERIVED:
        raise SourceError(ShapeIsMapped(at, shape, tuple(str(s) for s in DERIVED)))
    spec = ShapeSpec(
        file=file,
        shape=shape,
        columns=_part(entry, "columns", at, Role, lambda value, _: str(value)),
        steps={value: Step(step) for value, step in _coded(entry, "steps", at, tuple(Step)).items()},
        actors={value: Actor(actor) for value, actor in _coded(entry, "actors", at, labels(Actor)).items()},
        fields=_fields(entry, at),
        outcomes={name: str(column) for name, column in _keys(entry, "outcomes", at).items()},
        values={to: _value_map(given, f"{at[:-1]}.values.{to}]") for to, given in _keys(entry, "values", at).items()},
        formats=_part(entry, "formats", at, MOMENTS, _formats),
        time_zones=_part(entry, "time_zones", at, MOMENTS, _zone),
    )  # fmt: skip
    _check_columns(spec, at)
    _check_parts(spec, outcomes, at)
    return spec


def _keys(entry: Mapping[str, Any], part: str, at: str) -> Mapping[str, Any]:
    given = entry.get(part, {})
    if not isinstance(given, Mapping):
        raise SourceError(PartMustBeKeys(f"{at[:-1]}.{part}]"))
    return given


def _part(
    entry: Mapping[str, Any], part: str, at: str, known: Iterable[Role], read: Callable[[Any, str], T]
) -> dict[Role, T]:
    """Part of the shape → what is said of its column."""
    given, inside = _keys(entry, part, at), f"{at[:-1]}.{part}]"
    check_known(given, tuple(known), inside, Noun.KEY)
    return {Role(role): read(value, f"{inside} {role}") for role, value in given.items()}


def _coded(entry: Mapping[str, Any], part: str, at: str, choices: tuple[str, ...]) -> dict[str, str]:
    given = {value: str(to) for value, to in _keys(entry, part, at).items()}
    check_known(sorted(set(given.values())), choices, f"{at[:-1]}.{part}]", Noun.VALUE)
    return given


def _fields(entry: Mapping[str, Any], at: str) -> tuple[str, ...]:
    given = entry.get("fields", [])
    if given != [] and not is_list_of(given, str):
        raise SourceError(MustBe(f"{at} fields", Wants.LIST_OF_LABELS))
    return tuple(frozen(given))


def _value_map(given: Any, at: str) -> dict[str, str]:
    if not isinstance(given, Mapping):
        raise SourceError(ValuesMustBe(at))
    return {value: plain_text(to) for value, to in given.items()}


def _formats(value: Any, at: str) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    if not is_list_of(given, str):
        raise SourceError(FormatsMustBe(at, '"%d.%m.%Y"'))
    return tuple(frozen(given))


def _zone(value: Any, at: str) -> str:
    try:
        ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError) as error:
        inside, _, role = at.rpartition(" ")
        raise SourceError(NoZone(inside, role, str(value))) from error
    return str(value)


def _check_columns(spec: ShapeSpec, at: str) -> None:
    derived = spec.derived
    roles = (*derived.needs, *derived.may_have)
    for role in spec.columns:
        if role not in roles:
            raise SourceError(RoleNotOfShape(at, spec.shape, str(role), tuple(map(str, roles))))
    if lacking := tuple(str(role) for role in derived.needs if role not in spec.columns):
        raise SourceError(RolesMissing(at, spec.shape, lacking))
    if Role.STATE in spec.columns and Role.EVENT in spec.columns:
        raise SourceError(StateOrEvent(at))


def _check_parts(spec: ShapeSpec, outcomes: Collection[str], at: str) -> None:
    """Whatever is said has something to be said of."""
    told = [role for role in (Role.STATE, Role.EVENT) if role in spec.columns]
    if told and not spec.steps:
        raise SourceError(StepsMissing(at, str(told[0]), tuple(map(str, Step))))
    needed = [
        ("steps", spec.steps, bool(told), Role.STATE),
        ("actors", spec.actors, Role.BY in spec.columns, Role.BY),
        ("fields", spec.fields, Role.FIELD in spec.columns, Role.FIELD),
        ("columns.field", Role.FIELD in spec.columns, bool(spec.fields), "fields"),
        ("columns.before", Role.BEFORE in spec.columns, bool(told), Role.STATE),
        ("outcomes", spec.outcomes, spec.derived.has_outcomes, Shape.SNAPSHOT),
    ]
    for part, said, there, needs in needed:
        if said and not there:
            raise SourceError(PartNotOfShape(at, part, str(needs)))
    if spec.derived.has_outcomes and not spec.outcomes:
        raise SourceError(RolesMissing(at, spec.shape, ("outcomes",)))
    for outcome in spec.outcomes:
        if outcome not in outcomes:
            raise SourceError(OutcomeNotKnown(at, outcome, tuple(sorted(outcomes))))
    mapped = (*spec.outcomes, *(role for role in (Role.FAILURE, Role.ARM) if role in spec.columns))
    check_known(spec.values, mapped, f"{at[:-1]}.values]", Noun.KEY)
    for part, said in (("formats", spec.formats), ("time_zones", spec.time_zones)):
        check_known(said, spec.columns, f"{at[:-1]}.{part}]", Noun.KEY)
