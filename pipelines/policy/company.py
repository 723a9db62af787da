"""What the decision layer may know of a company beyond its mart: declarations and a few small tables."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pandas as pd

from pipelines.contracts.decided import Decision
from pipelines.contracts.manifest import Target
from pipelines.contracts.tables.measure import Measured
from pipelines.models.facts import Facts

COMPANY_TABLES = ("fixes", "exposure", "compensations", "staff_pulse", "bad_posts")


@dataclass(frozen=True)
class Company:
    """Declarations of the profile, and the canonical tables whose grain is not the incident.

    ``data_cut`` is the last day with records. ``fixes`` (root_cause, fix_deployed_at), ``exposure`` (site_id,
    period_start, units) and ``compensations`` (incident_id, kind, face_amount, unit_cost, redeemed_at) may be empty.
    So may ``staff_pulse`` (site_id, month, may_fix_share, n), what staff say they may decide.
    ``bad_posts`` counts negative posts and reviews by day (posted_on, posts).
    ``decisions`` are those the journal remembers.
    """

    facts: Facts
    data_cut: date
    currency: str = ""
    margin_rate: float | None = None
    handling_cost_per_contact: float | None = None
    speed_cost_per_hour: float | None = None
    targets: tuple[Target, ...] = ()
    decisions: tuple[Decision, ...] = ()
    fixes: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False, compare=False)
    exposure: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False, compare=False)
    compensations: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False, compare=False)
    staff_pulse: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False, compare=False)
    bad_posts: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False, compare=False)

    @property
    def cut(self) -> pd.Timestamp:
        """The end of the data cut's day, UTC."""
        return pd.Timestamp(self.data_cut + timedelta(days=1), tz="UTC")

    def target(self, measure: str) -> Target | None:
        """The declared target of a measure."""
        return next((t for t in self.targets if t.measure == measure), None)

    def with_target(self, row: Measured) -> Measured:
        """The row with the target and owner of its measure, where one is declared."""
        found = self.target(row.measure)
        return row if found is None else replace(row, target=found.value, owner=found.owner or None)

    def days(self, first_age: float, last_age: float) -> str:
        """First and last day, ISO, of what lies from ``last_age`` (exclusive) to ``first_age`` days before the cut."""
        first = self.data_cut - timedelta(days=last_age - 1)
        return f"{first.isoformat()}/{(self.data_cut - timedelta(days=first_age)).isoformat()}"
