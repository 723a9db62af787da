"""Write the company as its systems would export it: one gzipped CSV per warehouse table."""

from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.simulate.helpdesk.comments import comments
from pipelines.simulate.helpdesk.people import users
from pipelines.simulate.helpdesk.shop import customer_tables, order_tables, payout_tables
from pipelines.simulate.helpdesk.surveys import survey_tables
from pipelines.simulate.helpdesk.tickets import brands, field_history, groups, tags, tickets
from pipelines.simulate.randomness import stream
from pipelines.simulate.sample import write_csv, write_truth
from pipelines.simulate.simulated import Simulated


def write_helpdesk_export(simulated: Simulated, folder: Path) -> None:
    """Write ``zendesk_<table>.csv.gz``, ``shopify_<table>.csv.gz`` and ``delighted_<table>.csv.gz``, and the truth."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = stream(simulated.seed, "helpdesk export")
    for name, frame in _frames(simulated.tables, rng).items():
        write_csv(frame, folder / f"{name}.csv.gz")
    write_truth(simulated.truth, folder)


def _frames(tables: dict[str, pd.DataFrame], rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    incidents = tables["incidents"]
    zendesk = {
        "ticket": tickets(tables, rng),
        "ticket_comment": comments(tables, rng),
        "ticket_tag": tags(incidents, rng),
        "ticket_field_history": field_history(tables, rng),
        "user": users(incidents, rng),
        "group": groups(rng),
        "brand": brands(rng),
    }
    shopify = {
        **customer_tables(tables["customers"], rng),
        **order_tables(tables["orders"], rng),
        **payout_tables(tables["compensations"], rng),
    }
    delighted = survey_tables(tables["word_of_mouth"], rng)
    systems = {"zendesk": zendesk, "shopify": shopify, "delighted": delighted}
    return {f"{system}_{name}": frame for system, tables in systems.items() for name, frame in tables.items()}
