"""The survey tool: people by e-mail, and their answers to "would you recommend us"."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.simulate.helpdesk.mess import synced, typed_by_hand, written
from pipelines.simulate.helpdesk.people import emails
from pipelines.simulate.tables.values import numbered
from pipelines.simulate.tables.voices import WordOfMouth
from pipelines.simulate.world.codes import Voice
from pipelines.simulate.world.records import take

FIRST_PERSON, FIRST_RESPONSE = 300_000_000, 310_000_001


@dataclass(frozen=True)
class Delighted:
    """The survey tool's tables as they land, one field each."""

    person: pd.DataFrame
    response: pd.DataFrame


def delighted(word_of_mouth: WordOfMouth, rng: np.random.Generator) -> Delighted:
    """Who was asked and answered; an answer after a complaint names its ticket."""
    answers = take(word_of_mouth, (word_of_mouth.kind == Voice.NPS.label).to_numpy())
    number = answers.customer_id.fillna(answers.incident_id)
    person_id = (FIRST_PERSON + number.astype("int64")).astype("str")
    people = pd.DataFrame({"id": person_id, "email": typed_by_hand(emails(number), rng)})
    ticket = '{"ticket": "' + answers.incident_id + '"}'
    response = pd.DataFrame(
        {
            "id": numbered(np.arange(len(number)), FIRST_RESPONSE),
            "person_id": person_id,
            "created_at": written(answers.posted_at, rng),
            "score": answers.score.astype("str"),
            "comment": "",
            "response_person_properties": ticket.fillna("{}"),
        }
    )
    return Delighted(synced(people[~person_id.duplicated()], rng), synced(response, rng))
