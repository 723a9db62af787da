"""Names and addresses (invented), and the users of the help desk: guests, staff, shared desks and the bot."""

import numpy as np
import pandas as pd

from pipelines.simulate.helpdesk.mess import synced, typed_by_hand
from pipelines.simulate.tables.compensations import ROLES
from pipelines.simulate.tables.contacts import AGENTS_PER_SITE
from pipelines.simulate.tables.values import FIRST_AGENT
from pipelines.simulate.world import SITES

FIRST_NAMES = (
    "Ana", "Bruno", "Carla", "David", "Elena", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Karin", "Lars", "Marta",
    "Nuno", "Olga", "Paul", "Rita", "Sven", "Tomas", "Vera",
)  # fmt: skip
LAST_NAMES = (
    "Almeida", "Berger", "Costa", "Dubois", "Eriksen", "Ferrari", "Garcia", "Hansen", "Ivanov", "Jansen", "Keller",
    "Lopez", "Moreau", "Nilsson", "Olsen", "Peeters", "Rossi", "Schmidt", "Torres", "Weber",
)  # fmt: skip
TITLES = ("Desk", "Ship services", "Duty manager", "General manager", "Head office")
SHARED_DESK, BOT, FIRST_REQUESTER, FIRST_STRANGER = "8000", "8001", 60_000_000, 90_000_000


def names(number: pd.Series) -> pd.DataFrame:
    """First and last name of everybody with a number; the same number always has the same name."""
    n = number.astype("int64").to_numpy()
    first = np.asarray(FIRST_NAMES, dtype=object)[n * 7 % len(FIRST_NAMES)]
    last = np.asarray(LAST_NAMES, dtype=object)[n * 13 // 7 % len(LAST_NAMES)]
    return pd.DataFrame({"first_name": first, "last_name": last}, index=number.index).astype("str")


def emails(number: pd.Series) -> pd.Series:
    """One address per number."""
    name = names(number)
    return (name["first_name"] + "." + name["last_name"] + "." + number.astype("str") + "@example.com").str.lower()


def requesters(incidents: pd.DataFrame) -> pd.Series:
    """The help desk's own user id of each incident's guest: unmatched guests are strangers, one per incident."""
    known = incidents["customer_id"].notna()
    stranger = FIRST_STRANGER + incidents["incident_id"].astype("int64")
    return (FIRST_REQUESTER + incidents["customer_id"].fillna("0").astype("int64")).where(known, stranger).astype("str")


def users(incidents: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One row per help desk user (some synced twice)."""
    return synced(pd.concat([_guests(incidents, rng), _staff(), _machines()], ignore_index=True).fillna(""), rng)


def _guests(incidents: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    who = pd.DataFrame({
        "id": requesters(incidents),
        "number": incidents["customer_id"].fillna(incidents["incident_id"]),
        "custom_region": incidents["region"],
        "custom_segment": incidents["segment"],
        "custom_loyalty": incidents["loyalty_tier"],
    }).drop_duplicates("id", ignore_index=True)  # fmt: skip
    name = names(who["number"])
    return who.drop(columns="number").assign(
        name=name["first_name"] + " " + name["last_name"],
        email=typed_by_hand(emails(who["number"]), rng),
        role="end-user",
        shared_agent="false",
    )


def _staff() -> pd.DataFrame:
    n = (len(SITES) + 1) * AGENTS_PER_SITE
    number = pd.Series(np.arange(n) + FIRST_AGENT)
    name = names(number)
    title = np.where(np.arange(n) % AGENTS_PER_SITE < len(ROLES), np.arange(n) % AGENTS_PER_SITE, 0)
    return pd.DataFrame({
        "id": number.astype("str"),
        "name": name["first_name"] + " " + name["last_name"],
        "email": "staff" + number.astype("str") + "@group.example.com",
        "role": "agent",
        "shared_agent": "false",
        "custom_job_title": np.asarray(TITLES, dtype=object)[title],
    })  # fmt: skip


def _machines() -> pd.DataFrame:
    return pd.DataFrame({
        "id": [SHARED_DESK, BOT],
        "name": ["Front desk", "Answer Bot"],
        "email": ["desk@group.example.com", "bot@group.example.com"],
        "role": ["agent", "agent"],
        "alias": ["", "bot"],
        "shared_agent": ["true", "false"],
    })  # fmt: skip
