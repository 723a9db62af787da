"""What the models may know of a company beyond its mart: declarations, never paths."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipelines.contracts.catalog.company import Retention, SampledBy
from pipelines.contracts.catalog.outcomes import Outcome
from pipelines.contracts.experiments.draw import Draw
from pipelines.contracts.message import Reason


@dataclass(frozen=True)
class Facts:
    """Declarations of the profile, and which canonical tables and columns it really supplies.

    ``supplied`` maps a canonical table to its supplied columns. ``randomised`` names the treatment that was drawn by
    lot ("" when none was), ``draw`` how, as far as it was said; ``covariates``
    are the declared ``x_…`` columns with their kind; ``declared_outcomes`` are the company's own;
    ``crossed_segments`` are pairs of families whose effects are also asked two-way; ``reported``: outcomes that the
    company holds itself. ``waiting``: a canonical table, or ``table.column``, that a question keeps waiting → why.
    """

    horizons_days: tuple[int, ...]
    response_cap_minutes: float
    severity_order: tuple[str, ...] = ()
    sampled_by: SampledBy = SampledBy.CUSTOMER
    randomised: str = ""
    draw: Draw | None = None
    retention: Retention = Retention.TRANSACTIONAL
    supplied: Mapping[str, frozenset[str]] = field(default_factory=dict)
    covariates: tuple[tuple[str, Literal["number", "label"]], ...] = ()
    declared_outcomes: tuple[Outcome, ...] = ()
    crossed_segments: tuple[tuple[str, str], ...] = ()
    reported: frozenset[str] = frozenset()
    waiting: Mapping[str, Reason] = field(default_factory=dict)

    def has(self, table: str, *columns: str) -> bool:
        """Whether the profile supplies the table with all these columns."""
        return table in self.supplied and set(columns) <= self.supplied[table]

    def waits(self, table: str, *columns: str) -> Reason | None:
        """The question that keeps the table, or one of these columns, waiting; None where there is none."""
        found = (self.waiting.get(at) for at in (table, *(f"{table}.{column}" for column in columns)))
        return next(filter(None, found), None)

    def reports(self, outcome: str) -> bool:
        """Whether the company holds an outcome itself, so that it needs nothing else."""
        return outcome in self.reported
