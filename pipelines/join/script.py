"""The SQL of the join, one file per noun, and how a file becomes a statement."""

from collections.abc import Mapping, Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parent

# In the order they are made; each reads only canonical tables, declarations and the nouns before it.
NOUNS = (
    "numbers", "cases", "openings", "events", "causes", "recovery_standards", "authority",
    "contacts", "observed", "responses", "silences", "actions", "promises_kept", "compensation", "recoveries",
    "placed_orders", "busy_customers", "never_failed", "subjects", "doubted",
    "usual_purchases", "busy_purchases", "purchases", "returns", "subscriptions_kept", "said", "busy_voices",
    "voices", "stories", "earlier_scores", "earlier_incidents", "histories", "peers", "restorations",
    "reported_outcomes", "bad_posts", "incident_mart", "baseline_mart",
)  # fmt: skip

# Read about once, so cheaper to run in place than to write down.
VIEWS = frozenset({"placed_orders", "purchases", "voices"})


def read(noun: str) -> str:
    """The SELECT of one noun, with its placeholders."""
    return (FOLDER / f"{noun}.sql").read_text(encoding="utf-8")


def expand(sql: str, lists: Mapping[str, Sequence[object]]) -> str:
    """Write each line that holds ``{name}`` once per value of that list, and not at all when the list is empty."""
    for name, values in lists.items():
        mark = "{" + name + "}"
        lines = sql.splitlines()
        sql = "\n".join(
            line.replace(mark, str(value)) for line in lines for value in (values if mark in line else [""])
        )
    return sql
