"""What can go wrong with a user's input or settings: each error carries a code that says what, where and what next."""

import os

from pipelines.contracts.message import Fault, encode


class PipelineUserError(Exception):
    """The user's input or configuration is at fault: one line, no traceback, exit code 2.

    ``fault`` is what :mod:`words` turns into that line. As text the error is its code with its parameters.
    """

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault)

    def __str__(self) -> str:
        return str(encode((self.fault,)))


class SourceError(PipelineUserError):
    """A file or a profile can't be read as the tables it promises."""


class ContractError(PipelineUserError):
    """A table breaks its contract as a whole: a missing required column, too many duplicate keys, nothing left."""


class JoinError(PipelineUserError):
    """The canonical tables don't fit together into one row per incident."""


class EstimationError(PipelineUserError):
    """An estimate was asked for that its settings make impossible."""


class MachineError(PipelineUserError):
    """The machine ran out of memory or disk, or its limits can't be read."""


class PublishError(PipelineUserError):
    """A run can't be written to, or read from, the published folder."""


class DecisionError(PipelineUserError):
    """A decision can't be recorded as it was given."""


def why(error: OSError) -> str:
    """What the machine gives as its reason, in its own words."""
    return os.strerror(error.errno) if error.errno else str(error)
