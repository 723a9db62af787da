"""Reasons of policies, offers, scenarios, choices and decisions: why they aren't told, or how far they can be."""

from enum import StrEnum

from pipelines.contracts.catalog.vocabulary import Form
from pipelines.contracts.message import Count, Day, Name, Number, Reason, Share


class Advice(StrEnum):
    """What to do while a policy isn't published: a test is asked for only where it ends within a reasonable time."""

    KEEP_AND_TEST = "keep_and_test"
    KEEP = "keep"


class NoConclusionUntested(Reason):
    """Graded D, and a test would take too long."""


class NothingBetter(Reason):
    """Within the budget no other offers gain more."""


class NotClearlyBetter(Reason):
    """The held-out value isn't clearly above zero."""

    advice: Advice


class OffersDearerThanValued(Reason):
    """The offers shown cost more than those that were valued."""

    advice: Advice


class OutOfTurn(Reason):
    """Clear by itself, but a plan asked before it isn't."""

    advice: Advice


class ThinOffers(Reason):
    """Too few incidents got any one share."""


class ThinHalves(Reason):
    """Too few incidents to choose on one half and value on the other."""


class BelowStandard(Reason):
    """An offer below the company's own standard."""


class BelowStandardInSegments(Reason):
    """A policy whose offers lie below the company's own standard in ``n`` of ``segments``."""

    n: Count
    segments: Count


class OneSided(Reason):
    """A segment whose incidents hang together too much for halves."""


class NotValued(Reason):
    """Halves of the incidents lead to other offers."""


class TrialSizedAtBreakEven(Reason):
    """For how many more per 100 the test is sized: there the offers break even."""

    points: Number


class TrialSizedAtLeast(Reason):
    """For how many more per 100 the test is sized: the least worth a test, above where the offers break even."""

    points: Number
    break_even: Number


class Untried(Reason):
    """Outside of what was ever done often enough."""


class OneClusterSegment(Reason):
    """A segment whose incidents all hang together."""


class FreeSpeed(Reason):
    """Faster answers count as free, as their cost isn't declared."""


class PartsLeftAsTheyAre(Reason):
    """Segments outside of what was ever done often enough stay as today."""


class NothingTreatedBothWays(Reason):
    """No segment in which both sides of a choice were done often enough."""


class NeverTriedBoth(Reason):
    """No segment in which a promise and a larger offer were both done often enough."""


class OlderRun(Reason):
    """A run published before the question could be asked."""


class SpeedUnpriced(Reason):
    """People and offers can't be weighed without the price of an hour sooner."""


class DifferenceHoldsZero(Reason):
    """The interval of the difference of two choices holds zero."""


class OfferNotAheadOfFreePromise(Reason):
    """Without the price of an hour sooner only a larger offer could be told ahead, and it isn't."""


class NotShownToPay(Reason):
    """Better than the other choice, but not clearly better than today."""


class FormsOverlap(Reason):
    """The intervals of the best forms overlap."""


class NoFormPays(Reason):
    """Each form judged clearly nets less than giving nothing."""


class NoFormWins(Reason):
    """No form judged clearly nets more than giving nothing."""


class OneFormJudged(Reason):
    """There is no second form to compare with."""


class FormsNotJudged(Reason):
    """Which forms were left out of the comparison."""

    forms: tuple[Form, ...]


class NoEffectOfForms(Reason):
    """The question wasn't answered anywhere."""


class FormUnpriced(Reason):
    """What a form costs, or what it brings, isn't known."""


class KindUnseen(Reason):
    """A kind of compensation that the data doesn't hold."""

    kind: Name


class NoDecision(Reason):
    """Nothing has been decided yet."""


class NoGainNamed(Reason):
    """The decision rests on no effect."""


class CasesNotTold(Reason):
    """The mart doesn't tell the cases that the effect spoke of."""


class MaturesOn(Reason):
    """The first data cut at which the decision can be judged."""

    day: Day


class ChanceAlone(Reason):
    """The difference lies within chance."""


class EstimatedAfterwards(Reason):
    """The expected gain was estimated on data from after the decision."""


class NotCarriedOut(Reason):
    """Nothing shows that what was decided was done."""


class NotLinear(Reason):
    """Part of a dose or of a form brings nobody knows what."""


class PartOfTheWay(Reason):
    """Which share of the way was gone, so of the gain expected."""

    share: Share
