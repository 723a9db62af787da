"""Choose result rows: which outcome, which horizon, which rung. Nothing is computed here, rows are only found."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.store import Row, Rows, Run
from pipelines.contracts.catalog import OUTCOMES, Outcome

HEADLINE_LEVEL = {"speed": "60", "compensation": "0.5"}
LEADING_OUTCOMES = ("returned", "retained")
YEAR_DAYS = 365


@dataclass(frozen=True)
class Aim:
    """One question of the run: what was done, what it was to change, and by when."""

    treatment: str
    outcome: str
    horizon_days: int | None

    def asks(self, row: Row) -> bool:
        """Whether an effect row belongs to this question, over everyone it was asked about."""
        return (row["treatment"], row["outcome"], row["horizon_days"], row["segment"]) == (
            self.treatment,
            self.outcome,
            self.horizon_days,
            "",
        )

    @property
    def catalogued(self) -> Outcome:
        """The outcome's label, unit and direction."""
        return OUTCOMES[self.outcome]


def horizons(effects: Iterable[Row], treatment: str) -> tuple[int, ...]:
    """Horizons in days at which the leading outcome has an estimate, ascending."""
    asked = (r for r in effects if r["treatment"] == treatment and r["outcome"] in LEADING_OUTCOMES)
    return tuple(sorted({r["horizon_days"] for r in asked if r["horizon_days"] and r["estimate"] is not None}))


def leading_aim(run: Run, treatment: str, horizon_days: int | None = None) -> Aim | None:
    """The question behind a page's headline: coming back (or staying), at the horizon asked for.

    Without a horizon it is the longest one up to a year that has an estimate. None when it was never asked.
    """
    rows = [r for r in run.effects if r["treatment"] == treatment and r["outcome"] in LEADING_OUTCOMES]
    rows = [r for r in rows if horizon_days is None or r["horizon_days"] == horizon_days]
    if not rows:
        return None
    best = max(rows, key=_worth_leading)
    return Aim(treatment, best["outcome"], best["horizon_days"])


def _worth_leading(row: Row) -> tuple[bool, bool, int]:
    days = row["horizon_days"] or 0
    estimated = row["estimate"] is not None and row["spec"] == "adjusted"
    return (estimated, days <= YEAR_DAYS, days if days <= YEAR_DAYS else -days)


def ladder_rows(run: Run, aim: Aim, spec: str) -> Rows:
    """The rungs of one question under one specification, lowest level first."""
    rows = [r for r in run.effects if aim.asks(r) and r["spec"] == spec]
    return tuple(sorted(rows, key=lambda r: float(r["level_to"])))


def headline_row(run: Run, aim: Aim) -> Row | None:
    """The adjusted row at the level a page leads with; None when that level was not asked about."""
    wanted = HEADLINE_LEVEL[aim.treatment]
    return next((r for r in ladder_rows(run, aim, "adjusted") if r["level_to"] == wanted), None)


def curve_rows(
    run: Run, aim: Aim, *, spec: str = "adjusted", series: str = "level", band: str = "simultaneous"
) -> Rows:
    """The points of one curve in ascending x."""
    parents = {r["effect_id"] for r in ladder_rows(run, aim, spec)}
    rows = [r for r in run.curves if r["effect_id"] in parents and (r["series"], r["band"]) == (series, band)]
    return tuple(sorted(rows, key=lambda r: r["x"]))
