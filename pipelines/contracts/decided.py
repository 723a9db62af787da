"""A decision as the journal remembers it: what, whose, by when, and the published effect that spoke for it.

Pure: pages and the command line make decisions here and append them with :mod:`pipelines.publish.journal`. The expected
gain, its interval, grade, outcome, horizon and population are the published row itself, never typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipelines.contracts.catalog.estimation import Estimand, Spec
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.thresholds import GATHERED_DAYS
from pipelines.contracts.mart import WORD_OF_MOUTH_WINDOW_DAYS
from pipelines.contracts.messages.faults import (
    DecisionText,
    DueBeforeDecided,
    EffectNotEstimated,
    EffectNotFollowed,
    NoSuchEffect,
    SeveralEffects,
)
from pipelines.contracts.tables.effect import Effect
from pipelines.errors import DecisionError

LONGEST_TEXT = 200
_CAN_BE_DONE = (
    Estimand.POLICY_SHIFT, Estimand.DOSE, Estimand.FORM, Estimand.ACTION, Estimand.TWO_ARM, Estimand.AS_ASSIGNED
)  # fmt: skip
_NOT_FOR_DECISIONS = (Spec.RAW, Spec.STOPPING_POINT)


@dataclass(frozen=True)
class Decision:
    """One decision. ``sequence``: its number in the journal, 0 before it stands there.

    ``effect`` is the row of ``effects`` it rests on, or ``None`` when none was named. ``closed``: nobody follows it
    any more; ``remark`` is why. Whether it worked is for runs to say, never for who closes it.
    """

    sequence: int
    what: str
    owner: str
    decided: date
    due: date
    run_id: str
    data_cut: date
    effect: Effect | None = None
    closed: bool = False
    remark: str = ""

    @property
    def follow_up_days(self) -> int:
        """Days after an incident until its outcome is known."""
        days = self.effect.horizon_days if self.effect else None
        return WORD_OF_MOUTH_WINDOW_DAYS if days is None else days

    @property
    def matures_on(self) -> date:
        """The first data cut at which it can be judged: due, four weeks of incidents, and their follow-up."""
        return max(self.due, self.decided) + timedelta(days=GATHERED_DAYS + self.follow_up_days)


@dataclass(frozen=True)
class Revision:
    """A decision as it reads from now on; what it rests on and when it was taken never change."""

    decision: int
    run_id: str
    what: str
    owner: str
    due: date
    closed: bool = False
    remark: str = ""


def revised(taken: Decision, revision: Revision) -> Decision:
    """The decision with a revision of it."""
    return replace(
        taken, what=revision.what, owner=revision.owner, due=revision.due, closed=revision.closed,
        remark=revision.remark,
    )  # fmt: skip


def revision(
    taken: Decision, *, what: str, owner: str, due: date, closed: bool, remark: str, run_id: str
) -> Revision:  # fmt: skip
    """A revision that can stand in the journal. Raises :class:`DecisionError` saying what to correct."""
    new = decision(what=what, owner=owner, decided=taken.decided, due=due, run_id=run_id, data_cut=taken.data_cut)
    return Revision(taken.sequence, run_id, new.what, new.owner, due, closed, " ".join(remark.split())[:LONGEST_TEXT])


def decision(
    *, what: str, owner: str, decided: date, due: date, run_id: str, data_cut: date, effect: Effect | None = None
) -> Decision:
    """A decision that can stand in the journal. Raises :class:`DecisionError` saying what to correct."""
    texts = {name: " ".join(text.split()) for name, text in (("what", what), ("owner", owner))}
    for name, text in texts.items():
        if not 0 < len(text) <= LONGEST_TEXT:
            raise DecisionError(DecisionText(name, LONGEST_TEXT))
    if due < decided:
        raise DecisionError(DueBeforeDecided())
    if effect is not None:
        _check_effect(effect)
    return Decision(0, texts["what"], texts["owner"], decided, due, run_id, data_cut, effect)


def _check_effect(effect: Effect) -> None:
    if effect.verdict is not Verdict.ESTIMATED or effect.estimate is None:
        raise DecisionError(EffectNotEstimated())
    if effect.spec in _NOT_FOR_DECISIONS or effect.estimand not in _CAN_BE_DONE:
        raise DecisionError(EffectNotFollowed())


def effect_of(effects: Iterable[Effect], effect_id: str) -> Effect:
    """The published effect with this id, or the one whose id begins so."""
    found = [row for row in effects if effect_id and row.effect_id.startswith(effect_id)]
    if len(found) != 1:
        raise DecisionError(SeveralEffects(effect_id) if found else NoSuchEffect(effect_id))
    return found[0]
