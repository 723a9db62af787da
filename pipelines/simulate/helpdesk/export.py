"""Write the company as its systems would export it: one gzipped CSV per warehouse table."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.simulate.company import Simulated
from pipelines.simulate.helpdesk.comments import comments
from pipelines.simulate.helpdesk.people import users
from pipelines.simulate.helpdesk.shop import Shopify, shopify
from pipelines.simulate.helpdesk.surveys import Delighted, delighted
from pipelines.simulate.helpdesk.tickets import brands, field_history, groups, tags, tickets
from pipelines.simulate.tables.canonical import Tables
from pipelines.simulate.tables.values import write_csv
from pipelines.simulate.truth import write_truth
from pipelines.simulate.world.randomness import stream


@dataclass(frozen=True)
class Zendesk:
    """The help desk's tables as they land, one field each."""

    ticket: pd.DataFrame
    ticket_comment: pd.DataFrame
    ticket_tag: pd.DataFrame
    ticket_field_history: pd.DataFrame
    user: pd.DataFrame
    group: pd.DataFrame
    brand: pd.DataFrame


@dataclass(frozen=True)
class Warehouse:
    """The systems, one field each."""

    zendesk: Zendesk
    shopify: Shopify
    delighted: Delighted

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Every table with its name in the warehouse."""
        for system, landed in vars(self).items():
            yield from ((f"{system}_{name}", frame) for name, frame in vars(landed).items())


def write_helpdesk_export(simulated: Simulated, folder: Path) -> None:
    """Write ``zendesk_<table>.csv.gz``, ``shopify_<table>.csv.gz`` and ``delighted_<table>.csv.gz``, and the truth."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in _warehouse(simulated.tables, stream(simulated.seed, "helpdesk export")).tables():
        write_csv(frame, folder / f"{name}.csv.gz")
    write_truth(simulated.truth, folder)


def _warehouse(tables: Tables, rng: np.random.Generator) -> Warehouse:
    return Warehouse(_zendesk(tables, rng), shopify(tables, rng), delighted(tables.word_of_mouth, rng))


def _zendesk(tables: Tables, rng: np.random.Generator) -> Zendesk:
    return Zendesk(
        ticket=tickets(tables, rng),
        ticket_comment=comments(tables, rng),
        ticket_tag=tags(tables.incidents, rng),
        ticket_field_history=field_history(tables, rng),
        user=users(tables.incidents, rng),
        group=groups(rng),
        brand=brands(rng),
    )
