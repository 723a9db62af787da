"""A decision as the journal remembers it: what, whose, by when, and the published effect that spoke for it.

Pure: pages and the command line make decisions here and append them with :mod:`pipelines.publish.journal`. The expected
gain, its interval, grade, outcome, horizon and population are the published row itself, never typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pipelines.contracts.mart import WORD_OF_MOUTH_WINDOW_DAYS
from pipelines.errors import DecisionError

Row = Any

LONGEST_TEXT = 200
# Incidents are gathered for this long after the due day before the first verdict.
GATHERED_DAYS = 28
CHANGE, PRACTICE = "change_since", "practice_change"
CHANCE = "Chance alone could have made the difference."
_CAN_BE_DONE = ("policy_shift", "dose", "form", "action", "two_arm", "as_assigned")
_NOT_FOR_DECISIONS = ("raw", "stopping_point")


@dataclass(frozen=True)
class Decision:
    """One decision. ``sequence``: its number in the journal, 0 before it stands there.

    ``effect`` is the row of ``effects`` it rests on, or ``None`` when none was named.
    """

    sequence: int
    what: str
    owner: str
    decided: date
    due: date
    run_id: str
    data_cut: date
    effect: Row | None = None

    @property
    def segment(self) -> str:
        """How rows of ``decisions`` name it: the text stays in the journal."""
        return f"decision={self.sequence}"

    @property
    def follow_up_days(self) -> int:
        """Days after an incident until its outcome is known."""
        days = self.effect["horizon_days"] if self.effect else None
        return WORD_OF_MOUTH_WINDOW_DAYS if days is None else int(days)

    @property
    def matures_on(self) -> date:
        """The first data cut at which it can be judged: due, four weeks of incidents, and their follow-up."""
        return max(self.due, self.decided) + timedelta(days=GATHERED_DAYS + self.follow_up_days)


def decision(
    *, what: str, owner: str, decided: date, due: date, run_id: str, data_cut: date, effect: Row | None = None
) -> Decision:
    """A decision that can stand in the journal. Raises :class:`DecisionError` saying what to correct."""
    texts = {name: " ".join(text.split()) for name, text in (("what", what), ("owner", owner))}
    for name, text in texts.items():
        if not 0 < len(text) <= LONGEST_TEXT:
            raise DecisionError(f"{name}: write 1 to {LONGEST_TEXT} characters.")
    if due < decided:
        raise DecisionError("due: lies before the day of the decision. Give a later day.")
    if effect is not None:
        _check_effect(effect)
    return Decision(0, texts["what"], texts["owner"], decided, due, run_id, data_cut, effect)


def _check_effect(effect: Row) -> None:
    if effect["verdict"] != "estimated" or effect["estimate"] is None:
        raise DecisionError("effect: this one could not be estimated. Name one with a number, or leave it out.")
    if effect["spec"] in _NOT_FOR_DECISIONS or effect["estimand"] not in _CAN_BE_DONE:
        raise DecisionError(
            "effect: it can't be followed up. Name an adjusted effect of something done, on one outcome at one horizon."
        )


def effect_of(effects: Iterable[Row], effect_id: str) -> Row:
    """The published effect with this id, or the one whose id begins so."""
    found = [row for row in effects if effect_id and str(row["effect_id"]).startswith(effect_id)]
    if len(found) != 1:
        many = "several effects begin so" if found else "no such effect in this run"
        raise DecisionError(f"effect {effect_id!r}: {many}. Take the id from effects.parquet or a page of the run.")
    return found[0]
