"""One customer under several ids: brought together by the company's links; the share matched, per channel."""

from collections.abc import Collection, Mapping

from pipelines.contracts.catalog.checks import Check, Subject
from pipelines.contracts.sources import CustomerLinks, Customers, Incidents, Orders, Subscriptions, WordOfMouth
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.engine import Engine
from pipelines.reading.files.quoting import text
from pipelines.reading.tables.warnings import counted, warning

Supplied = Mapping[str, Collection[str]]

_LINKED = (Incidents.NAME, WordOfMouth.NAME)
_KNOWN = (Customers.NAME, Orders.NAME, Subscriptions.NAME)


def link_customers(engine: Engine, supplied: Supplied) -> list[Diagnostic]:
    """Replace ids of other systems by the customer's own; an id of two customers stays and is counted."""
    if not {CustomerLinks.source_id, Incidents.customer_id} <= set(supplied.get(CustomerLinks.NAME, ())):
        return []
    engine.run(
        "CREATE TABLE raw._links AS SELECT source_id, min(customer_id) AS customer_id, "
        "count(DISTINCT customer_id) AS customers FROM customer_links WHERE customer_id IS NOT NULL GROUP BY source_id"
    )
    for table in _LINKED:
        if Incidents.customer_id in supplied.get(table, ()):
            engine.run(
                f"UPDATE {table} SET customer_id = l.customer_id FROM raw._links l "
                f"WHERE {table}.customer_id = l.source_id AND l.customers = 1"
            )
    ambiguous = engine.value("SELECT count(*) FROM raw._links WHERE customers > 1")
    engine.run("DROP TABLE raw._links")
    return counted(Check.AMBIGUOUS_LINK, CustomerLinks.NAME, ambiguous)


def match_rates(engine: Engine, supplied: Supplied) -> list[Diagnostic]:
    """Per channel: the share of incidents whose customer is found among customers, orders or subscriptions."""
    known = [table for table in _KNOWN if table in supplied]
    if not known:
        return []
    union = " UNION ".join(f"SELECT customer_id FROM {table}" for table in known)
    rows = engine.rows(
        f"SELECT coalesce(channel, {text(Subject.NO_CHANNEL)}), avg(CAST(k.customer_id IS NOT NULL AS INTEGER)) "
        f"FROM incidents i LEFT JOIN ({union}) k ON i.customer_id = k.customer_id GROUP BY 1 ORDER BY 1"
    )
    return [warning(Check.MATCH_RATE, channel, share) for channel, share in rows]
