"""What stands behind a card: the sentence, the change per 100, what these data could have shown, what it rests on."""

import streamlit as st

from dashboard.cells import cases
from dashboard.said import literal, small
from dashboard.show import more, overturn
from dashboard.speech import speech_of
from pipelines.contracts.ledger.codes import Question
from pipelines.contracts.ledger.finding import Finding
from pipelines.publish.store import Run
from words import findings as say
from words.effects import population_words
from words.speech import Speech

PAGES = {
    Question.TRIAL: "trust", Question.HOW_FAST: "speed", Question.HOW_MUCH: "compensation",
    Question.WHICH_FORM: "compensation", Question.WHAT_ELSE: "five_actions", Question.FOR_WHOM: "policy",
    Question.FASTER_OR_MORE: "speed_and_compensation", Question.NEXT_SUM: "policy",
    Question.WHAT_THEY_TELL: "word_of_mouth", Question.OUR_PLAN: "incidents",
}  # fmt: skip


def evidence(run: Run, row: Finding) -> None:
    """The lines behind a card, and where the rows themselves stand."""
    speech = speech_of(run)
    st.markdown(literal(say.headline(row, speech)))
    small(*filter(None, lines(row, speech)))
    effect = next((e for e in run.effects if row.effect_id and e.effect_id == row.effect_id), None)
    if effect is not None:
        overturn(run, effect)
    more(speech.text("place.evidence.all"), PAGES[row.question], run)


def lines(row: Finding, speech: Speech) -> tuple[str, ...]:
    """Each line from the row alone."""
    whom = population_words(row.whom, speech)
    counted = speech.text("place.evidence.cases", n=cases(row.n, speech), whom=whom) if row.n and whom else ""
    owner = speech.text("place.owner", owner=row.owner) if row.owner else ""
    return (
        say.effect_line(row, speech), counted, speech.all(row.reasons) or say.doubt(row, speech),
        say.smallest(row, speech), say.test_line(row, speech), speech.all(row.caveats), owner,
    )  # fmt: skip
