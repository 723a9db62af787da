"""The survey tool: people by e-mail, and their answers to "would you recommend us"."""

import numpy as np
import pandas as pd

from pipelines.simulate.helpdesk.mess import synced, typed_by_hand, written
from pipelines.simulate.helpdesk.people import emails

FIRST_PERSON, FIRST_RESPONSE = 300_000_000, 310_000_001


def survey_tables(word_of_mouth: pd.DataFrame, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """``person`` and ``response``; an answer after a complaint names its ticket."""
    answers = word_of_mouth[word_of_mouth["kind"] == "nps"].reset_index(drop=True)
    number = answers["customer_id"].fillna(answers["incident_id"])
    person_id = (FIRST_PERSON + number.astype("int64")).astype("str")
    people = pd.DataFrame({"id": person_id, "email": typed_by_hand(emails(number), rng)}).drop_duplicates("id")
    ticket = '{"ticket": "' + answers["incident_id"] + '"}'
    response = pd.DataFrame({
        "id": (np.arange(len(answers)) + FIRST_RESPONSE).astype(str),
        "person_id": person_id,
        "created_at": written(answers["posted_at"], rng),
        "score": answers["score"].astype("str"),
        "comment": "",
        "response_person_properties": ticket.fillna("{}"),
    })  # fmt: skip
    return {"person": synced(people, rng), "response": synced(response, rng)}
