"""Ticket comments: what was done, put into canned English sentences that a word list can read again."""

import numpy as np
import pandas as pd

from pipelines.simulate.helpdesk.mess import synced, written
from pipelines.simulate.helpdesk.people import BOT, SHARED_DESK, names, requesters

SENTENCES: dict[str, tuple[str, str]] = {
    "acknowledge": ("Thank you for telling us about this.", "We have received your message."),
    "apologise": ("We are truly sorry for what happened.", "Please accept our apologies."),
    "empathise": ("I can imagine how upsetting this must have been.", "I understand how disappointing that was."),
    "own": ("This was our mistake.", "We take full responsibility for it."),
    "explain": ("The reason was a fault we should have noticed earlier.", "It happened because a check was skipped."),
    "commit": ("I promise that we will change how we check this.", "We will make sure this cannot happen again."),
    "offer": ("We would like to offer you something in return.", "Please allow us a gesture of goodwill."),
    "resolve": ("Your case is now resolved.", "Everything is settled on our side."),
    "update": ("A quick update: we are still working on it.", "Just to keep you posted, this is in hand."),
    "escalate": ("I have passed this on to my manager.", "This now lies with the duty manager."),
}
UNCODED = ("Spoke to the guest at the counter, see log.", "Called back.")
COMPLAINTS = (
    "Sorry to bother you, but something went wrong with our stay.",
    "I promise you, we will not come back if this is your answer.",
    "Nobody has told us the reason yet.",
)
TEMPLATE_MARK = "[macro 118]"
_SPOKEN = ["incident_id", "contacted_at", "actor", "agent_id", "copy"]


def comments(tables: dict[str, pd.DataFrame], rng: np.random.Generator) -> pd.DataFrame:
    """One row per comment: all actions of one contact in one text; internal notes among them, some synced twice."""
    spoken = _contacts(tables["interactions"])
    incidents = tables["incidents"].set_index("incident_id")
    guest = pd.Series(requesters(tables["incidents"]).to_numpy(), index=incidents.index)[spoken["incident_id"]]
    staff = spoken["agent_id"].mask(spoken["agent_id"] == "", SHARED_DESK).mask(spoken["actor"] == "bot", BOT)
    number = incidents["customer_id"].reindex(spoken["incident_id"]).reset_index(drop=True).fillna("0")
    frame = pd.DataFrame({
        "id": (np.arange(len(spoken)) + 400_000_001).astype(str),
        "ticket_id": spoken["incident_id"],
        "user_id": staff.where(spoken["actor"] != "customer", guest.to_numpy()),
        "created": spoken["contacted_at"],
        "body": _bodies(spoken, names(number)["first_name"], rng),
        "public": "true",
        "tweet": spoken["public"].map({True: "true", False: "false"}),
        "facebook_comment": "false",
        "voice_comment": "false",
    })  # fmt: skip
    everything = pd.concat([frame, _notes(frame, rng)], ignore_index=True)
    return synced(everything.assign(created=written(everything["created"], rng)), rng)


def _contacts(interactions: pd.DataFrame) -> pd.DataFrame:
    """One row per contact with its actions as one text; a contact recorded twice stays two."""
    rows = interactions.assign(agent_id=interactions["agent_id"].fillna(""), action=interactions["action"].fillna(""))
    keys = ["incident_id", "contacted_at", "actor", "agent_id"]
    rows = rows.assign(copy=rows.groupby([*keys, "action"], sort=False).cumcount())
    grouped = rows.groupby(_SPOKEN, sort=False, as_index=False)
    return grouped.agg(actions=("action", " ".join), personal=("personal", "first"), public=("public", "first"))


def _bodies(spoken: pd.DataFrame, first_name: pd.Series, rng: np.random.Generator) -> pd.Series:
    variant = (rng.random(len(spoken)) < 0.4).astype(int)
    line = rng.integers(0, len(COMPLAINTS), len(spoken))
    said = [
        COMPLAINTS[c] if actor == "customer" else " ".join(SENTENCES[a][v] for a in actions.split()) or UNCODED[v]
        for actor, actions, v, c in zip(spoken["actor"], spoken["actions"], variant, line, strict=True)
    ]
    body = "Dear " + first_name + ",\n" + pd.Series(said, dtype="str")
    canned = spoken["actor"].eq("agent") & ~spoken["personal"].fillna(value=False).astype(bool)
    return body.where(~canned, body + "\n" + TEMPLATE_MARK).mask(
        spoken["actor"] == "customer", pd.Series(said, dtype="str")
    )


def _notes(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Internal notes, which are no contact: a few of them written before anybody answered."""
    chosen = frame[rng.random(len(frame)) < 0.03]
    return chosen.assign(
        id="9" + chosen["id"],
        user_id=SHARED_DESK,
        created=chosen["created"] + pd.Timedelta(seconds=30),
        body="Internal: guest is upset and wants us to say sorry. Please accept our apologies for the noise.",
        public="false",
    )
