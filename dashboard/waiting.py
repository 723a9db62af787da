"""How long customers wait today: descriptive measures per channel or site, as a table. Counted, not adjusted."""

from collections.abc import Iterable

from dashboard.cells import TOO_FEW, cases, share_cell
from dashboard.filters import MONTH, Cells, View, cells_of
from pipelines.contracts.catalog.measures import Measure, answered_within
from pipelines.contracts.tables.measure import Measured
from words.segments import level_words
from words.speech import Speech

ANSWERED, MEDIAN = Measure.ANSWERED_SHARE, Measure.MEDIAN_FIRST_CONTACT_HOURS
SHOWN_MINUTES = (60, 1440)
MORE_THAN_FOLLOWED = "longer than followed"


def waiting_table(measures: Iterable[Measured], view: View, speech: Speech) -> list[dict[str, str]]:
    """Everyone first, then each segment of the view, slowest on top by the share within an hour; months in order.

    Shares carry their 95 % interval; suppressed cells say so. The median counts who still waits as waiting.
    """
    cells = cells_of(measures)
    segments = [s for s in view.segments if (ANSWERED, s) in cells]
    if view.dimension != MONTH:
        segments.sort(key=lambda s: _order(cells.get((answered_within(SHOWN_MINUTES[0]), s))))
    everyone = [_line("Everyone", "", cells, speech)] if (ANSWERED, "") in cells else []
    return everyone + [_line(level_words(s), s, cells, speech) for s in segments]


def _order(row: Measured | None) -> float:
    return row.estimate if row and row.estimate is not None else 2.0


def _line(label: str, segment: str, cells: Cells, speech: Speech) -> dict[str, str]:
    answered = cells[ANSWERED, segment]
    return {
        "": label,
        "Median wait": _median(cells.get((MEDIAN, segment)), speech),
        **{
            f"Within {speech.duration(minutes)}": share_cell(cells.get((answered_within(minutes), segment)), speech)
            for minutes in SHOWN_MINUTES
        },
        "Ever answered": share_cell(answered, speech),
        "Incidents": cases(answered.n, speech),
    }


def _median(row: Measured | None, speech: Speech) -> str:
    if row is None or row.suppressed:
        return TOO_FEW
    return MORE_THAN_FOLLOWED if row.estimate is None else speech.duration(round(row.estimate * 60))
