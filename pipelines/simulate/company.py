"""A simulated company: its canonical tables, and the true effects behind them."""

from dataclasses import dataclass
from functools import cached_property

from pipelines.simulate.cases.life import Life, live
from pipelines.simulate.tables.canonical import Tables, tables_of
from pipelines.simulate.truth import Truth, truth_of
from pipelines.simulate.world.scenario import Scenario


@dataclass(frozen=True)
class Simulated:
    """The story, what the company recorded of it, and the ``truth``, which is worked out on first use."""

    seed: int
    life: Life
    tables: Tables

    @cached_property
    def truth(self) -> Truth:
        """The true effects, in the population and in this sample."""
        return truth_of(self.life, self.seed)


def simulate(incidents: int, seed: int, scenario: Scenario | None = None) -> Simulated:
    """A hotel and cruise group with so many incidents; the same seed gives the same data on every machine."""
    life = live(scenario or Scenario.hotel_and_cruise(), incidents, seed)
    return Simulated(seed, life, tables_of(life, seed))
