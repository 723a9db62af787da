"""Not yet won back: how many cases are closed in the books and lost or open in fact, and what they are worth."""

from dashboard.decisions import answered, decided, why_not
from dashboard.formats import count, money, percent, span
from dashboard.store import Row, Run
from dashboard.week import Headline

LOST, VALUE = "closed_not_restored", "value_at_stake"
REASONS = {
    "closed_known_not_restored": "Their score or their orders say they are not won back",
    "closed_without_new_order": "No new order yet, and no score tells",
    "closed_return_unknown": "Nobody can tell: the customer isn't on file",
}


def stake_headline(run: Run) -> Headline | None:
    """How many closed cases are lost as far as is known, and what those customers spent in the year before.

    What isn't known is never called lost. None when closing isn't known.
    """
    open_cases, value = decided(run, LOST), decided(run, VALUE)
    if open_cases is None or not answered(open_cases):
        return None
    lost, waiting = (decided(run, measure) for measure in ("closed_known_not_restored", "closed_without_new_order"))
    rows: tuple[Row, ...] = (open_cases,)
    if lost and waiting and answered(lost) and answered(waiting):
        text = (
            f"Of {count(open_cases['n'])} closed cases, {count(round(lost['estimate']))} are known not to be won back "
            f"and {count(round(waiting['estimate']))} show no new order yet"
        )
        rows = (lost, waiting)
    else:
        unsure = f"{count(round(open_cases['estimate']))} of {count(open_cases['n'])}"
        text = f"{unsure} closed cases aren't known to be won back"
    if value is not None and answered(value):
        text += f"; their {run.profile['customers_word']} spent {money(value['estimate'], run.profile['currency'])}"
        text += " in the year before"
        rows = (*rows, value)
    return Headline("embarrassing" if open_cases["estimate"] else "good", f"{text}.", rows)


def stake_table(run: Run) -> list[dict[str, str]]:
    """One line per reason why a case isn't known to be won back, as shown."""
    return [
        {
            "Closed, and …": label,
            "Cases": count(round(row["estimate"])),
            "Of closed cases": _share(decided(run, f"{measure}_share")),
        }
        for measure, label in REASONS.items()
        if (row := decided(run, measure)) is not None and answered(row)
    ]


def _share(row: Row | None) -> str:
    if row is None or row["estimate"] is None:
        return "–"
    limits = "" if row["ci_low"] is None else f" ({span(100 * row['ci_low'], 100 * row['ci_high'])})"
    return f"{percent(row['estimate'])}{limits}"


def stake_refusal(run: Run) -> str:
    """Why it isn't known, and what to add."""
    return why_not(decided(run, LOST))
