"""Not yet won back: how many cases are closed in the books and lost or open in fact, and what they are worth."""

from dashboard.cells import NOTHING, cases, share_with_limits
from dashboard.lookup import answered, measured, why_not
from dashboard.speech import speech_of
from dashboard.week import Headline, Mood
from dashboard.words import cell
from pipelines.contracts.catalog.counting import Clock
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.speech import Speech

LOST, RETURN_OPEN = Measure.CLOSED_NOT_RESTORED, Measure.CLOSED_NO_ORDER_HORIZON_OPEN
TO_FOLLOW_UP = "To follow up"
# Together all closed cases.
PARTS: dict[Measure, tuple[Measure, str]] = {
    Measure.CLOSED_KNOWN_NOT_RESTORED: (
        Measure.CLOSED_KNOWN_NOT_RESTORED_SHARE,
        "Their score or their orders say they are not won back",
    ),
    Measure.CLOSED_NO_ORDER_HORIZON_PAST: (
        Measure.CLOSED_NO_ORDER_HORIZON_PAST_SHARE,
        "No new order in {days} days, and no score tells",
    ),
    Measure.CLOSED_NO_ORDER_HORIZON_OPEN: (
        Measure.CLOSED_NO_ORDER_HORIZON_OPEN_SHARE,
        "No new order yet, but the {days} days aren't up, and no score tells",
    ),
    Measure.CLOSED_RETURN_UNKNOWN: (
        Measure.CLOSED_RETURN_UNKNOWN_SHARE,
        "Nobody can tell: the customer isn't on file",
    ),
    Measure.CLOSED_ORDERED_AGAIN: (
        Measure.CLOSED_ORDERED_AGAIN_SHARE,
        "Ordered again, but no score tells whether they are as happy as before",
    ),
    Measure.CLOSED_RESTORED: (
        Measure.CLOSED_RESTORED_SHARE,
        "Won back: as happy as before, and buying again",
    ),
}


def stake_headline(run: Run) -> Headline | None:
    """How many closed cases are lost as far as is known, and what those customers spent in the year before.

    What isn't known is never called lost. None when closing isn't known.
    """
    speech = speech_of(run)
    open_cases, value = measured(run, LOST), measured(run, Measure.VALUE_AT_STAKE)
    if not answered(open_cases):
        return None
    lost = measured(run, Measure.CLOSED_KNOWN_NOT_RESTORED)
    waiting = measured(run, Measure.CLOSED_WITHOUT_NEW_ORDER)
    many, closed = _many(open_cases, speech), cases(open_cases.n, speech)
    rows: tuple[Measured, ...] = (open_cases,)
    if answered(lost) and answered(waiting):
        text = (
            f"Of {closed} closed cases, "
            f"{_many(lost, speech)} are known not to be won back "
            f"and {_many(waiting, speech)} show no new order yet{_still_open(run)}"
        )
        rows = (lost, waiting)
    else:
        text = f"{many} of {closed} closed cases aren't known to be won back"
    if answered(value):
        who, spent = run.profile.customers_word, speech.money(told(value.estimate))
        text += f"; their {who}, each counted once, spent {spent} in the year before"
        rows = (*rows, value)
    if not open_cases.estimate:
        return Headline(Mood.GOOD, f"{text}.", rows)
    return Headline(Mood.UNCERTAIN, f"{text}.", rows, badge=TO_FOLLOW_UP)


def _many(row: Measured, speech: Speech) -> str:
    return speech.count(round(told(row.estimate)))


def _still_open(run: Run) -> str:
    """How many of those without an order still have time; "" where it isn't told."""
    row = measured(run, RETURN_OPEN)
    if not answered(row):
        return ""
    return f" ({_many(row, speech_of(run))} of them within {row.within_days:.0f} days of the failure)"


def stake_table(run: Run) -> list[dict[str, str]]:
    """What became of the closed cases, one line each, as shown; they add up to all closed cases."""
    speech = speech_of(run)
    return [
        {
            "Closed, and …": label.format(days=f"{row.within_days:.0f}" if row.within_days else ""),
            "Cases": _many(row, speech),
            "Of closed cases": _share(measured(run, share), speech),
        }
        for measure, (share, label) in PARTS.items()
        if answered(row := measured(run, measure)) and row.estimate
    ]


def _share(row: Measured | None, speech: Speech) -> str:
    if row is None or row.estimate is None:
        return NOTHING
    return share_with_limits(row.estimate, row.ci_low, row.ci_high, speech)


def beside_won_back(run: Run) -> str:
    """How the share of those won back on This week differs from these counts; "" where it isn't known."""
    speech = speech_of(run)
    row = measured(run, Measure.RESTORED)
    if not answered(row) or row.clock is not Clock.MATURED:
        return ""
    return (
        f"This week's {cell(row, speech)} won back is a share of fewer: "
        f"{cases(row.n, speech)} {speech.maybe(row.population)}, of "
        f"{speech.days_between(row.period)}. Here every closed case counts, with or without a score, whatever its age."
    )


def stake_refusal(run: Run) -> str:
    """Why it isn't known, and what to add."""
    return why_not(measured(run, LOST), speech_of(run))
