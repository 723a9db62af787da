"""Reasons of valuations: why a sum isn't known, and what weakens one that is."""

from pipelines.contracts.message import Count, Hours, Number, Reason, Share


class NeverPriced(Reason):
    """Nothing given has a cost, or all of it cost nothing."""


class NobodyReturned(Reason):
    """What a returning customer earns has no case to be told from."""


class NoKnownLoss(Reason):
    """No case of an effect has a known loss above 0."""


class NoEffectOfSpeedOnSpend(Reason):
    """The question wasn't answered anywhere."""


class NoEffectOfCompensationOnSpend(Reason):
    """The question wasn't answered anywhere."""


class NoEffectOfSilence(Reason):
    """The question wasn't answered anywhere."""


class FewerThanTwoSteps(Reason):
    """The next step needs two shares of the loss with an effect on spend."""


class NoRecoveryComparison(Reason):
    """Recovered and unrecovered customers have no never-failed ones beside them."""


class NoNeverFailed(Reason):
    """There is nobody whom nothing failed."""


class SpeedPricedForAllOnly(Reason):
    """Delay has no price by severity."""


class NobodyWaitedLonger(Reason):
    """No incident waited beyond the promise."""


class PromiseCostsNothing(Reason):
    """No hour is to be bought for this promise."""


class RecoveringCostNothing(Reason):
    """Neither compensation nor contacts have cost anything so far."""


class CountsCompensationAndContacts(Reason):
    """What the cost of recovering holds."""


class CountsCompensationAlone(Reason):
    """What the cost of recovering holds, as contacts have no declared cost."""


class IndependentEffects(Reason):
    """How the interval of a difference of two effects was taken."""


class HoursOfUnanswered(Reason):
    """What part of the hours beyond a promise are those of customers never answered."""

    share: Share


class CostSpreadOverSilence(Reason):
    """How much longer silent cases waited, over which the cost of silence is spread evenly."""

    hours: Hours


class SilentWaitsUnknown(Reason):
    """Too few silent cases, or others, to tell how much longer they waited."""


class NoSeverityHasOwnEffect(Reason):
    """No severity has an effect of compensation on coming back."""


class SeverityHasNoOwnEffect(Reason):
    """This severity has no effect of compensation on coming back."""


class NoEffectNearUsualShare(Reason):
    """No effect within so many points of the share of the loss that is usually given."""

    points: Number


class GainHoldsItsCost(Reason):
    """A gain is shown, but its interval holds what it costs."""


class SeveritiesLeftOut(Reason):
    """A sum without the severities that have no effect near their usual share."""


class NoSeverityStandsThere(Reason):
    """A sum over no severity at all."""


class NoStoppingPoint(Reason):
    """No share was estimated from which more adds nothing."""


class FewCustomersReturned(Reason):
    """Fewer than ``n`` customers with a known loss came back."""

    n: Count
