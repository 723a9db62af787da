"""What somebody should hear of though they look at no page. Each is about one run."""

from pipelines.contracts.message import Alert, Count, Day, Days, Label, Name


class RunFailed(Alert):
    """A run was asked for and refused."""

    why: Label


class DataStale(Alert):
    """The current run's data ends long ago."""

    run: Name
    data_cut: Day
    days: Days


class GradesFell(Alert):
    """Effects lost a grade since the run before."""

    run: Name
    before: Name
    n: Count
    such_as: tuple[Label, ...]


class FindingsMoved(Alert):
    """Effects moved by more than chance would explain since the run before."""

    run: Name
    before: Name
    n: Count
    such_as: tuple[Label, ...]


class TooManySilent(Alert):
    """More open cases than was bearable have had no answer for a week."""

    run: Name
    n: Count
    bound: Count
