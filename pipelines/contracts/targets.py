"""What a target can be set for: measures by name, and the scale of each."""

from collections.abc import Sequence

from pipelines.contracts.catalog.outcomes import SPEED_LADDER_MINUTES

SHARES = (
    "standard_met", *(f"answered_within_{minutes}_minutes" for minutes in SPEED_LADDER_MINUTES), "silent_over_24_hours",
    "under_the_rug", "fixed_before_departure", "commitment_kept", "within_authority", "resolved_at_first_contact",
    "escalated", "handed_on", "restored",
)  # fmt: skip
AMOUNTS = ("compensation_given_out", "compensation_cost")
COUNTS = ("silent_for_a_week_now", "promises_broken", "closed_not_restored")
# Of these the target is a ceiling.
FEWER_IS_BETTER = ("silent_over_24_hours", "under_the_rug", "escalated", "handed_on", *COUNTS, *AMOUNTS)
MAIN_HORIZON_DAYS = 365


def share_measures(horizons_days: Sequence[int], retention: str) -> tuple[str, ...]:
    """Measures whose target is a share from 0 to 1; who came back counts at the main horizon, a year or the longest."""
    days = MAIN_HORIZON_DAYS if MAIN_HORIZON_DAYS in horizons_days else max(horizons_days)
    return (*SHARES, f"retained_{days}d" if retention == "contractual" else f"returned_within_{days}d")
