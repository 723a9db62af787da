"""A simulated company: its canonical tables, and the true effects behind them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from pipelines.simulate.bookings import on_file
from pipelines.simulate.life import Life, live
from pipelines.simulate.scenario import Scenario
from pipelines.simulate.tables.comparison import comparison_subjects
from pipelines.simulate.tables.compensations import compensations, given
from pipelines.simulate.tables.contacts import interactions
from pipelines.simulate.tables.incidents import customers, incidents, promises
from pipelines.simulate.tables.orders import orders
from pipelines.simulate.tables.plan import authority_limits, exposure, fixes, staff_pulse, standards
from pipelines.simulate.tables.voices import word_of_mouth
from pipelines.simulate.timeline import timeline
from pipelines.simulate.truth import truth_of


@dataclass(frozen=True)
class Simulated:
    """``tables``: one frame per canonical table, times in UTC; ``truth`` is worked out on first use."""

    seed: int
    life: Life
    tables: dict[str, pd.DataFrame]

    @cached_property
    def truth(self) -> dict[str, Any]:
        """The true effects, in the population and in this sample; see ``truth.py``."""
        return truth_of(self.life, self.seed)


def simulate(incidents: int, seed: int, scenario: Scenario | None = None) -> Simulated:
    """A hotel and cruise group with so many incidents; the same seed gives the same data on every machine."""
    life = live(scenario or Scenario.hotel_and_cruise(), incidents, seed)
    return Simulated(seed, life, _tables(life, seed))


def _tables(life: Life, seed: int) -> dict[str, pd.DataFrame]:
    steps, file = timeline(life, seed), on_file(life, seed)
    gifts = given(life, steps, seed)
    return {
        "incidents": incidents(life, steps, seed),
        "interactions": interactions(life, steps, seed),
        "compensations": compensations(life, gifts, seed),
        "orders": orders(life, file, gifts, seed),
        "customers": customers(file),
        "word_of_mouth": word_of_mouth(life, file, seed),
        "promises": promises(life, steps, seed),
        "standards": standards(),
        "authority_limits": authority_limits(),
        "fixes": fixes(),
        "exposure": exposure(seed),
        "staff_pulse": staff_pulse(seed),
        "comparison_subjects": comparison_subjects(life, file),
    }
