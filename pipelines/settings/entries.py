"""The lists of a profile beside ``[profile]``: one dataclass an entry, its fields the keys."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pipelines.contracts.canonical import COVARIATE_PREFIX, CanonicalTable
from pipelines.contracts.catalog.company import Asked
from pipelines.contracts.manifest import DeclaredOutcome, Target
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.lacking import WaitsForAnswer
from pipelines.settings.declared import ANY_TEXT, DAY, NUMBER, TEXT, YES_NO, code, is_number, one_of, wanted
from pipelines.settings.faults import Wants

_COVARIATE = wanted(Wants.COVARIATE, lambda v: str(v).startswith(COVARIATE_PREFIX))


# What the engine can convert by: eight digits behind the point, ten before it.
LEAST_RATE, MOST_RATE = 1e-8, 1e10
_RATE = wanted(Wants.RATE, lambda v: is_number(v) and LEAST_RATE <= v < MOST_RATE, float)


@dataclass(frozen=True)
class Rate:
    """One unit of ``currency`` is worth ``rate`` units of the reporting currency from ``since`` on."""

    currency: Annotated[str, TEXT]
    since: Annotated[date, DAY]
    rate: Annotated[float, _RATE]


@dataclass(frozen=True)
class TargetEntry:
    """A target for a measure, and who owns it."""

    measure: Annotated[str, TEXT]
    value: Annotated[float, NUMBER]
    owner: Annotated[str, ANY_TEXT] = ""

    def target(self) -> Target:
        """As a run tells of it."""
        return Target(self.measure, self.value, self.owner)


@dataclass(frozen=True)
class OutcomeEntry:
    """An outcome the company holds itself and the catalog doesn't know."""

    id: Annotated[str, TEXT]
    label: Annotated[str, TEXT]
    unit: Annotated[str, TEXT]
    kind: Annotated[Literal["binary", "amount", "count", "score"], one_of(("binary", "amount", "count", "score"))]
    higher_is_better: Annotated[bool, YES_NO]

    def outcome(self) -> DeclaredOutcome:
        """As a run tells of it."""
        return DeclaredOutcome(self.id, self.label, self.unit, self.kind, self.higher_is_better)


@dataclass(frozen=True)
class CovariateEntry:
    """A column of incidents, fixed before the first answer, that is worth adjusting for."""

    name: Annotated[str, _COVARIATE]
    kind: Annotated[Literal["number", "label"], one_of(("number", "label"))]


@dataclass(frozen=True)
class QuestionEntry:
    """A question that a draft left open: the canonical table, or its column, that waits for the answer, and where."""

    asks: Annotated[Asked, code(Asked)]
    table: Annotated[CanonicalTable, code(CanonicalTable)]
    column: Annotated[str, ANY_TEXT] = ""
    place: Annotated[str, ANY_TEXT] = ""

    @property
    def waits(self) -> str:
        """What waits, as one types it."""
        return f"{self.table}.{self.column}" if self.column else str(self.table)

    def reason(self) -> Reason:
        """Why what needs it isn't told."""
        return WaitsForAnswer(self.table, self.asks, self.place or self.waits)
