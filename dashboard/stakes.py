"""Not yet won back: how many cases are closed in the books and lost in fact, and what they are worth."""

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
    """How many closed cases are not won back and what they spent in the year before; None when closing isn't known."""
    lost, value = decided(run, LOST), decided(run, VALUE)
    if lost is None or not answered(lost):
        return None
    text = f"{count(round(lost['estimate']))} of {count(lost['n'])} closed cases are not won back"
    rows: tuple[Row, ...] = (lost,)
    if value is not None and answered(value):
        text += f"; those {run.profile['customers_word']} spent {money(value['estimate'], run.profile['currency'])}"
        text += " in the year before"
        rows = (lost, value)
    return Headline("embarrassing" if lost["estimate"] else "good", f"{text}.", rows)


def stake_table(run: Run) -> list[dict[str, str]]:
    """One line per reason to count a case as not won back, as shown; the lines add up to the headline."""
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
