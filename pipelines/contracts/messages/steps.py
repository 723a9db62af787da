"""What to do next in one case, and what its standard promises it."""

from pipelines.contracts.catalog.vocabulary import OneKind
from pipelines.contracts.message import Label, Promised, Share, Step, Sum


class OfKind(Promised):
    """Something of one kind, its size left open."""

    kind: OneKind


class ShareOfLoss(Promised):
    """A share of a loss that isn't known."""

    kind: OneKind
    share: Share


class ShareWorth(Promised):
    """A share of the loss, and what it comes to."""

    kind: OneKind
    share: Share
    amount: Sum


class RestOfShare(Promised):
    """What is left to give until the share is reached."""

    amount: Sum
    share: Share


class Answer(Step):
    """No person has answered."""


class Repair(Step):
    """It wasn't repaired, and still can be."""


class Give(Step):
    """The standard promises something that wasn't given."""

    offer: Promised


class GiveApproved(Step):
    """The same, where somebody has to approve it."""

    offer: Promised
    approver: Label


class Apologise(Step):
    """No person has apologised."""


class DecideWithoutStandard(Step):
    """No standard covers the case."""


class DecideWithoutSeverity(Step):
    """No standard can be found for the case."""


class Call(Step):
    """All that the standard asks for was done."""


class CallAfterLateAnswer(Step):
    """All was done, the answer after the promised time."""
