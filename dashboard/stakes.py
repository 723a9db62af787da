"""Not yet won back: how many cases are closed in the books and lost or open in fact, and what they are worth."""

from dashboard.decisions import answered, decided, why_not
from dashboard.speech import speech_of
from dashboard.week import Headline, Mood
from dashboard.words import cell
from pipelines.publish.store import Row, Run
from words.speech import Speech

LOST, VALUE = "closed_not_restored", "value_at_stake"
RETURN_OPEN, RETURN_PAST = "closed_no_order_horizon_open", "closed_no_order_horizon_past"
TO_FOLLOW_UP = "To follow up"
# Together all closed cases.
PARTS = {
    "closed_known_not_restored": "Their score or their orders say they are not won back",
    RETURN_PAST: "No new order in {days} days, and no score tells",
    RETURN_OPEN: "No new order yet, but the {days} days aren't up, and no score tells",
    "closed_return_unknown": "Nobody can tell: the customer isn't on file",
    "closed_ordered_again": "Ordered again, but no score tells whether they are as happy as before",
    "closed_restored": "Won back: as happy as before, and buying again",
}


def stake_headline(run: Run) -> Headline | None:
    """How many closed cases are lost as far as is known, and what those customers spent in the year before.

    What isn't known is never called lost. None when closing isn't known.
    """
    speech = speech_of(run)
    open_cases, value = decided(run, LOST), decided(run, VALUE)
    if open_cases is None or not answered(open_cases):
        return None
    lost, waiting = (decided(run, measure) for measure in ("closed_known_not_restored", "closed_without_new_order"))
    rows: tuple[Row, ...] = (open_cases,)
    if lost and waiting and answered(lost) and answered(waiting):
        text = (
            f"Of {speech.count(open_cases.n)} closed cases, "
            f"{speech.count(round(lost.estimate))} are known not to be won back "
            f"and {speech.count(round(waiting.estimate))} show no new order yet{_still_open(run)}"
        )
        rows = (lost, waiting)
    else:
        unsure = f"{speech.count(round(open_cases.estimate))} of {speech.count(open_cases.n)}"
        text = f"{unsure} closed cases aren't known to be won back"
    if value is not None and answered(value):
        who, spent = run.profile.customers_word, speech.money(value.estimate)
        text += f"; their {who}, each counted once, spent {spent} in the year before"
        rows = (*rows, value)
    if not open_cases.estimate:
        return Headline(Mood.GOOD, f"{text}.", rows)
    return Headline(Mood.UNCERTAIN, f"{text}.", rows, badge=TO_FOLLOW_UP)


def _still_open(run: Run) -> str:
    """How many of those without an order still have time; "" where it isn't told."""
    row = decided(run, RETURN_OPEN)
    if row is None or not answered(row):
        return ""
    return f" ({speech_of(run).count(round(row.estimate))} of them within {row.within_days:.0f} days of the failure)"


def stake_table(run: Run) -> list[dict[str, str]]:
    """What became of the closed cases, one line each, as shown; they add up to all closed cases."""
    speech = speech_of(run)
    return [
        {
            "Closed, and …": label.format(days=f"{row.within_days:.0f}" if row.within_days else ""),
            "Cases": speech.count(round(row.estimate)),
            "Of closed cases": _share(decided(run, f"{measure}_share"), speech),
        }
        for measure, label in PARTS.items()
        if (row := decided(run, measure)) is not None and answered(row) and row.estimate
    ]


def _share(row: Row | None, speech: Speech) -> str:
    if row is None or row.estimate is None:
        return "–"
    limits = "" if row.ci_low is None else f" ({speech.span(100 * row.ci_low, 100 * row.ci_high)})"
    return f"{speech.percent(row.estimate)}{limits}"


def beside_won_back(run: Run) -> str:
    """How the share of those won back on This week differs from these counts; "" where it isn't known."""
    speech = speech_of(run)
    row = decided(run, "restored")
    if row is None or not answered(row) or row.clock != "matured":
        return ""
    return (
        f"This week's {cell(row, speech)} won back is a share of fewer: "
        f"{speech.count(row.n)} {speech.maybe(row.population)}, of "
        f"{speech.days_between(row.period)}. Here every closed case counts, with or without a score, whatever its age."
    )


def stake_refusal(run: Run) -> str:
    """Why it isn't known, and what to add."""
    return why_not(decided(run, LOST))
