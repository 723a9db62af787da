"""Why return rates differ from page to page: every rate on one table, with whom it counts and whom it leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.cells import cases
from dashboard.effects import headline_row, leading_aim
from dashboard.figures.returning import return_rows
from dashboard.lookup import answered, measures_of
from dashboard.returning import came_back_untouched
from dashboard.speech import speech_of
from pipelines.contracts.catalog.counting import ReturnStep
from pipelines.contracts.catalog.estimation import Series
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.outcomes import RETAINED, RETURNED
from pipelines.contracts.catalog.treatments import COMPENSATION
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.speech import DAY_MINUTES, Speech

RATE = Measure.RETURN_RATE
RETURNS = (RETURNED, RETAINED)
WHERE: Mapping[str, str] = {
    ReturnStep.FOLLOWED: "Speed, Trust: with today's answering times",
    ReturnStep.ANSWERED: "Five actions; forms of compensation: whom they compare",
    ReturnStep.PRICED: "Compensation: whom it compares",
    ReturnStep.WINDOW: "This week: did they come back?",
    ReturnStep.ON_FILE: "Return: how many have come back",
}
ROOT = "all incidents"
DIFFER = "Why return rates differ from page to page"
NO_LIMITS = "no interval of its own"


def reconciled(run: Run) -> bool:
    """Whether this run tells its return rates apart."""
    return any(answered(row) for row in measures_of(run, RATE))


def rate_table(run: Run) -> list[dict[str, str]]:
    """One line per published rate of coming back within the main horizon, as shown; left out + kept = the line named.

    Counted rates first, then what is estimated from them, then customers who never met a failure.
    """
    speech = speech_of(run)
    counted = [row for row in measures_of(run, RATE) if answered(row)]
    numbered = {row.level: place for place, row in enumerate(counted, start=1)}
    lines = [
        _line(
            speech.maybe(row.population),
            _rate_of(row),
            _left_out(run, row, numbered),
            WHERE.get(row.level, ""),
            speech,
            str(place),
        )
        for place, row in enumerate(counted, start=1)
    ]
    found = (_curve(run, numbered), _nothing_given(run, numbered), _never_failed(run))
    return [*lines, *(line for line in found if line)]


@dataclass(frozen=True)
class Rate:
    """A share of cases with its limits, where it has any, and how many cases it was told of."""

    share: float
    n: int | None
    low: float | None = None
    high: float | None = None


def _rate_of(row: Measured) -> Rate:
    return Rate(row.estimate or 0.0, row.n, row.ci_low, row.ci_high)


def _line(who: str, rate: Rate, left_out: str, where: str, speech: Speech, place: str = "") -> dict[str, str]:
    return {
        "Line": place,
        "Who is counted": f"{who[:1].upper()}{who[1:]}",
        "Came back": _came_back(rate, speech),
        "Cases": cases(rate.n, speech),
        "Left out": left_out,
        "Shown on": where,
    }


def _came_back(rate: Rate, speech: Speech) -> str:
    if rate.low is None or rate.high is None:
        return f"{speech.percent(rate.share, 1)}, {NO_LIMITS}"
    return f"{speech.percent(rate.share, 1)} ({speech.span(100 * rate.low, 100 * rate.high, 1)})"


def _left_out(run: Run, row: Measured, numbered: dict[str, int]) -> str:
    """Who goes, how many, and of how many: the counts of one step."""
    speech = speech_of(run)
    gone = [r for r in measures_of(run, Measure.LEFT_OUT) if r.level == row.level and answered(r)]
    parent = numbered.get(ReturnStep(row.level).before)
    if not gone:
        return "nobody" + (f" of line {parent}" if parent else "")
    words = "; ".join(f"{speech.count(round(told(r.estimate)))} {speech.maybe(r.population)}" for r in gone)
    return f"{words}. Of {cases(gone[0].n, speech)}, {f'line {parent}' if parent else ROOT}"


def _curve(run: Run, numbered: dict[str, int]) -> dict[str, str] | None:
    """The end of the curve of returns, where a run drew one."""
    speech = speech_of(run)
    row, points = return_rows(run)
    ends = [p for p in points if p.series is Series.TODAY]
    if row is None or not ends:
        return None
    end = max(ends, key=lambda p: p.x)
    low, high = (None if limit is None else limit / 100 for limit in (end.ci_low, end.ci_high))
    before = _counted(run, ReturnStep.ON_FILE)
    gone = 0 if before is None else told(before.n) - told(row.n_incidents)
    first = speech.duration(min(p.x for p in ends) * DAY_MINUTES)
    said = f"{speech.count(gone)} followed for less than {first}. Of line {numbered.get(ReturnStep.ON_FILE, '')}"
    return _line(
        "estimated: a curve over time, young cases for as long as they were followed",
        Rate((end.estimate or 0.0) / 100, row.n_incidents, low, high),
        said if gone > 0 else "", "Return: the curve", speech,
    )  # fmt: skip


def _nothing_given(run: Run, numbered: dict[str, int]) -> dict[str, str] | None:
    """What the comparison of compensation starts from: the same cases, had none of them been given anything."""
    aim = leading_aim(run, COMPENSATION)
    row = headline_row(run, aim) if aim else None
    if row is None or row.baseline_estimate is None or row.outcome not in RETURNS:
        return None
    same = _counted(run, ReturnStep.PRICED)
    whom = f"nobody of line {numbered[ReturnStep.PRICED]}" if same is not None and same.n == row.n_incidents else ""
    return _line(
        "estimated: if nothing had been given to them",
        Rate(row.baseline_estimate / 100, row.n_incidents),
        whom, "Compensation: with nothing given", speech_of(run),
    )  # fmt: skip


def _counted(run: Run, step: ReturnStep) -> Measured | None:
    return next((r for r in measures_of(run, RATE) if r.level == step and answered(r)), None)


def _never_failed(run: Run) -> dict[str, str] | None:
    """Customers whom nothing befell, at matching dates."""
    days = next((r.within_days for r in measures_of(run, RATE) if answered(r)), None)
    row = None if days is None else came_back_untouched(run, round(days))
    if row is None or row.estimate is None:
        return None
    return _line(
        "customers who never met a failure",
        _rate_of(row),
        "everyone with an incident",
        "This week, Return",
        speech_of(run),
    )
