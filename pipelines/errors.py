"""What can go wrong with a user's input or settings. Each message says what, where and what next."""


class PipelineUserError(Exception):
    """The user's input or configuration is at fault: one line, no traceback, exit code 2."""


class SourceError(PipelineUserError):
    """A file or a profile can't be read as the tables it promises."""


class ContractError(PipelineUserError):
    """A table breaks its contract as a whole: a missing required column, too many duplicate keys, nothing left."""


class JoinError(PipelineUserError):
    """The canonical tables don't fit together into one row per incident."""


class EstimationError(PipelineUserError):
    """An estimate was asked for that its settings make impossible."""


class PublishError(PipelineUserError):
    """A run can't be written to, or read from, the published folder."""


class DecisionError(PipelineUserError):
    """A decision can't be recorded as it was given."""
