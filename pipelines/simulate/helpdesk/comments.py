"""Ticket comments: what was done, put into canned English sentences that a word list can read again."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines.simulate.helpdesk.mess import synced, written
from pipelines.simulate.helpdesk.people import BOT, SHARED_DESK, names, requesters
from pipelines.simulate.tables.canonical import Tables
from pipelines.simulate.tables.contacts import Interactions
from pipelines.simulate.tables.incidents import Incidents
from pipelines.simulate.tables.values import Texts, Times, YesNo, labels, numbered, same
from pipelines.simulate.world.codes import Action, Actor
from pipelines.simulate.world.data import document
from pipelines.simulate.world.records import end_to_end, take


@dataclass(frozen=True)
class Canned:
    """The sentences of ``comments.toml``."""

    uncoded: tuple[str, str]
    complaints: tuple[str, ...]
    greeting: str
    template_mark: str
    internal_note: str
    actions: dict[Action, tuple[str, str]]


FIRST_COMMENT = 400_000_001
CANNED = document(__package__, "comments.toml", Canned)
_SENTENCES = {action.label: variants for action, variants in CANNED.actions.items()}


@dataclass(frozen=True)
class Comments:
    """One row per comment: all actions of one contact in one text, and internal notes."""

    id: Texts
    ticket_id: Texts
    user_id: Texts
    created: Times
    body: Texts
    public: Texts
    tweet: Texts
    facebook_comment: Texts
    voice_comment: Texts


@dataclass(frozen=True)
class Contacts:
    """One row per contact with the labels of its actions in one text; a contact recorded twice stays two."""

    incident_id: Texts
    contacted_at: Times
    actor: Texts
    agent_id: Texts
    actions: Texts
    personal: YesNo
    public: YesNo


def comments(tables: Tables, rng: np.random.Generator) -> pd.DataFrame:
    """One row per comment, some synced twice."""
    spoken, incidents = _contacts(tables.interactions), tables.incidents
    guest = spoken.incident_id.map(_by_incident(incidents, requesters(incidents)))
    number = spoken.incident_id.map(_by_incident(incidents, incidents.customer_id)).fillna("0")
    staff = spoken.agent_id.mask(spoken.agent_id == "", SHARED_DESK).mask(spoken.actor == Actor.BOT.label, BOT)
    n = len(guest)
    found = Comments(
        id=numbered(np.arange(n), FIRST_COMMENT),
        ticket_id=spoken.incident_id,
        user_id=staff.where(spoken.actor != Actor.CUSTOMER.label, guest),
        created=spoken.contacted_at,
        body=_bodies(spoken, names(number).first, rng),
        public=same("true", n),
        tweet=spoken.public.map({True: "true", False: "false"}),
        facebook_comment=same("false", n),
        voice_comment=same("false", n),
    )
    found = end_to_end([found, _notes(found, rng)])
    return synced(pd.DataFrame(vars(found)).assign(created=written(found.created, rng)), rng)


def _by_incident(incidents: Incidents, values: Texts) -> Texts:
    return pd.Series(values.to_numpy(), index=incidents.incident_id, dtype="str")


def _contacts(rows: Interactions) -> Contacts:
    agent, action = rows.agent_id.fillna(""), rows.action.fillna("")
    contact = [rows.incident_id, rows.contacted_at, rows.actor, agent]
    copy = action.groupby([*contact, action], sort=False).cumcount()
    together = action.groupby([*contact, copy], sort=False)
    first = take(rows, ~together.ngroup().duplicated().to_numpy())
    return Contacts(
        incident_id=first.incident_id,
        contacted_at=first.contacted_at,
        actor=first.actor,
        agent_id=first.agent_id.fillna(""),
        actions=together.agg(" ".join).reset_index(drop=True),
        personal=first.personal,
        public=first.public,
    )


def _bodies(spoken: Contacts, first_name: Texts, rng: np.random.Generator) -> Texts:
    variant = (rng.random(len(first_name)) < 0.4).astype(int)
    complaint = rng.integers(0, len(CANNED.complaints), len(first_name))
    customer, agent = spoken.actor == Actor.CUSTOMER.label, spoken.actor == Actor.AGENT.label
    answered = [
        " ".join(_SENTENCES[action][v] for action in actions.split()) or CANNED.uncoded[v]
        for actions, v in zip(spoken.actions, variant, strict=True)
    ]
    body = CANNED.greeting + " " + first_name + ",\n" + pd.Series(answered, dtype="str")
    canned = agent & ~spoken.personal.fillna(value=False).astype(bool)
    body = body.mask(canned, body + "\n" + CANNED.template_mark)
    return body.mask(customer, labels(complaint, CANNED.complaints))


def _notes(found: Comments, rng: np.random.Generator) -> Comments:
    """Internal notes, which are no contact: a few of them written before anybody answered."""
    chosen = take(found, rng.random(len(found.id)) < 0.03)
    n = len(chosen.id)
    return replace(
        chosen,
        id="9" + chosen.id,
        user_id=same(SHARED_DESK, n),
        created=chosen.created + pd.Timedelta(seconds=30),
        body=same(CANNED.internal_note, n),
        public=same("false", n),
    )
