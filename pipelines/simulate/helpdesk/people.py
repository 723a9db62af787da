"""Names and addresses (invented), and the users of the help desk: guests, staff, shared desks and the bot."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.simulate.helpdesk.mess import synced, typed_by_hand
from pipelines.simulate.tables.incidents import Incidents
from pipelines.simulate.tables.values import AGENTS_PER_SITE, FIRST_AGENT, Texts, labels, numbered, same
from pipelines.simulate.world.codes import Role
from pipelines.simulate.world.data import document
from pipelines.simulate.world.group import SITES
from pipelines.simulate.world.records import end_to_end, take

SHARED_DESK, BOT, FIRST_REQUESTER, FIRST_STRANGER = "8000", "8001", 60_000_000, 90_000_000


@dataclass(frozen=True)
class People:
    """First and last names to draw from, and what the staff of each role call themselves."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    titles: dict[Role, str]


PEOPLE = document(__package__, "people.toml", People)


@dataclass(frozen=True)
class Names:
    """One entry per person."""

    first: Texts
    last: Texts

    @property
    def full(self) -> Texts:
        """First and last name."""
        return self.first + " " + self.last


@dataclass(frozen=True)
class Users:
    """One row per help desk user."""

    id: Texts
    custom_region: Texts
    custom_segment: Texts
    custom_loyalty: Texts
    name: Texts
    email: Texts
    role: Texts
    shared_agent: Texts
    custom_job_title: Texts
    alias: Texts


def names(number: Texts) -> Names:
    """Names of everybody with a number; the same number always has the same name."""
    n = number.to_numpy().astype(np.int64)
    first = labels(n * 7 % len(PEOPLE.first), PEOPLE.first)
    last = labels(n * 13 // 7 % len(PEOPLE.last), PEOPLE.last)
    return Names(first.set_axis(number.index), last.set_axis(number.index))


def emails(number: Texts) -> Texts:
    """One address per number."""
    name = names(number)
    return (name.first + "." + name.last + "." + number + "@example.com").str.lower()


def requesters(incidents: Incidents) -> Texts:
    """The help desk's own user id of each incident's guest: unmatched guests are strangers, one per incident."""
    known = incidents.customer_id.notna()
    stranger = FIRST_STRANGER + incidents.incident_id.astype("int64")
    return (FIRST_REQUESTER + incidents.customer_id.fillna("0").astype("int64")).where(known, stranger).astype("str")


def users(incidents: Incidents, rng: np.random.Generator) -> pd.DataFrame:
    """One row per help desk user (some synced twice)."""
    return synced(pd.DataFrame(vars(end_to_end([_guests(incidents, rng), _staff(), _machines()]))), rng)


def _guests(incidents: Incidents, rng: np.random.Generator) -> Users:
    number = incidents.customer_id.fillna(incidents.incident_id)
    first = ~requesters(incidents).duplicated().to_numpy()
    number, guests = number[first].reset_index(drop=True), take(incidents, first)
    n = len(number)
    return Users(
        id=requesters(guests),
        custom_region=guests.region,
        custom_segment=guests.segment,
        custom_loyalty=guests.loyalty_tier,
        name=names(number).full,
        email=typed_by_hand(emails(number), rng),
        role=same("end-user", n),
        shared_agent=same("false", n),
        custom_job_title=same("", n),
        alias=same("", n),
    )


def _staff() -> Users:
    n = (len(SITES) + 1) * AGENTS_PER_SITE
    number, place = numbered(np.arange(n), FIRST_AGENT), np.arange(n) % AGENTS_PER_SITE
    blank = same("", n)
    return Users(
        id=number,
        custom_region=blank,
        custom_segment=blank,
        custom_loyalty=blank,
        name=names(number).full,
        email="staff" + number + "@group.example.com",
        role=same("agent", n),
        shared_agent=same("false", n),
        custom_job_title=labels(np.where(place < len(Role), place, Role.DESK), [PEOPLE.titles[role] for role in Role]),
        alias=blank,
    )


def _machines() -> Users:
    """The shared desk and the bot."""
    blank = same("", 2)
    return Users(
        id=pd.Series([SHARED_DESK, BOT]),
        custom_region=blank,
        custom_segment=blank,
        custom_loyalty=blank,
        name=pd.Series(["Front desk", "Answer Bot"]),
        email=pd.Series(["desk@group.example.com", "bot@group.example.com"]),
        role=same("agent", 2),
        shared_agent=pd.Series(["true", "false"]),
        custom_job_title=blank,
        alias=pd.Series(["", "bot"]),
    )
