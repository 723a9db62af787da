"""What can't be true between tables: contacts of no incident, answers before the question."""

from collections.abc import Collection, Mapping

from pipelines.contracts.catalog import thresholds
from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.catalog.company import BlankAnswer, SampledBy
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.sources import (
    TABLES,
    Customers,
    Incidents,
    Interactions,
    Orders,
    Outcomes,
    Subscriptions,
    WordOfMouth,
)
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.engine import Engine
from pipelines.reading.files.quoting import name
from pipelines.reading.tables.ledger import set_aside
from pipelines.reading.tables.warnings import counted, warning
from pipelines.settings.profile import Profile

Supplied = Mapping[str, Collection[str]]

# A csat score has no scale of its own.
SCALES = {"nps": (0, 10, RowReason.OFF_THE_NPS_SCALE), "review": (1, 5, RowReason.OFF_THE_STARS_SCALE)}


def set_aside_impossible(engine: Engine, profile: Profile, supplied: Supplied) -> list[Diagnostic]:
    """Quarantine what can't be: rows of unknown incidents, answers before the question, scores off their scale."""
    for table in supplied:
        if table != Incidents.NAME and Incidents.incident_id in TABLES[table].by_name:
            unknown = "incident_id IS NOT NULL AND incident_id NOT IN (SELECT incident_id FROM incidents)"
            set_aside(engine, table, unknown, Incidents.incident_id, RowReason.NO_SUCH_INCIDENT)
    if Subscriptions.active_until in supplied.get(Subscriptions.NAME, ()):
        set_aside(
            engine,
            Subscriptions.NAME,
            "active_until < active_from",
            Subscriptions.active_until,
            RowReason.ENDS_BEFORE_IT_BEGINS,
        )
    if Outcomes.followed_until in supplied.get(Outcomes.NAME, ()):
        early = "followed_until < (SELECT i.opened_at FROM incidents AS i WHERE i.incident_id = outcomes.incident_id)"
        set_aside(engine, Outcomes.NAME, early, Outcomes.followed_until, RowReason.FOLLOWED_UNTIL_BEFORE_OPENING)
    for kind, (lowest, highest, reason) in SCALES.items():
        if WordOfMouth.score in supplied.get(WordOfMouth.NAME, ()):
            off = f"kind = '{kind}' AND score NOT BETWEEN {lowest} AND {highest}"
            set_aside(engine, WordOfMouth.NAME, off, WordOfMouth.score, reason)
    if Interactions.NAME not in supplied:
        return []
    return [*_early_answers(engine), *_closed_unheard(engine, profile)]


def _early_answers(engine: Engine) -> list[Diagnostic]:
    """Only who noticed the failure first can speak of it before the customer does; to the second.

    A case whose only answers are set aside was answered, nobody knows when: it must not pass for unanswered.
    """
    earlier = "date_trunc('second', contacted_at) < date_trunc('second', i.opened_at)"
    early = f"SELECT 1 FROM incidents i WHERE i.incident_id = interactions.incident_id AND {earlier}"
    answer = f"actor <> 'customer' AND EXISTS ({early} AND coalesce(i.detected_by, '') <> 'company')"
    engine.run(
        "UPDATE incidents SET response_known = FALSE "
        f"WHERE incident_id IN (SELECT incident_id FROM interactions WHERE {answer}) "
        f"AND incident_id NOT IN (SELECT incident_id FROM interactions WHERE actor = 'agent' AND NOT ({answer}))"
    )
    set_aside(engine, Interactions.NAME, answer, Interactions.contacted_at, RowReason.ANSWERED_BEFORE_OPENING)
    proactive = engine.value(f"SELECT count(*) FROM interactions WHERE actor <> 'customer' AND EXISTS ({early})")
    return [warning(Check.CONTACTED_BEFORE_COMPLAINT, Interactions.NAME, proactive)] if proactive else []


def _closed_unheard(engine: Engine, profile: Profile) -> list[Diagnostic]:
    """Where a blank answer may only not have been recorded: closed cases without one count as not known."""
    if profile.closed_without_contact is BlankAnswer.UNANSWERED:
        return []
    unheard = (
        "(closed_at IS NOT NULL OR resolved_at IS NOT NULL) AND coalesce(response_known, TRUE) "
        "AND incident_id NOT IN (SELECT incident_id FROM interactions WHERE actor = 'agent')"
    )
    rows = engine.value(f"SELECT count(*) FROM incidents WHERE {unheard}")
    engine.run(f"UPDATE incidents SET response_known = FALSE WHERE {unheard}")
    return counted(Check.CLOSED_WITHOUT_CONTACT, Incidents.NAME, rows)


def oddities(engine: Engine, profile: Profile, supplied: Supplied) -> list[Diagnostic]:
    """Warnings about rows that are kept: late joiners, early resolutions, unranked severities, sampled orders."""
    return [
        *_orders_before_customer(engine, supplied),
        *_before_opening(engine, supplied),
        *_unranked(engine, profile, supplied),
        *_sampling(engine, profile, supplied),
    ]


def _orders_before_customer(engine: Engine, supplied: Supplied) -> list[Diagnostic]:
    if Orders.NAME not in supplied or Customers.joined_at not in supplied.get(Customers.NAME, ()):
        return []
    sql = "SELECT count(*) FROM orders JOIN customers USING (customer_id) WHERE ordered_at < joined_at"
    return counted(Check.ORDERED_BEFORE_JOINING, Orders.NAME, engine.value(sql))


def _before_opening(engine: Engine, supplied: Supplied) -> list[Diagnostic]:
    columns = sorted({Incidents.resolved_at, Incidents.closed_at} & set(supplied[Incidents.NAME]))
    rows = {c: engine.value(f"SELECT count(*) FROM incidents WHERE {name(c)} < opened_at") for c in columns}
    return [row for column, n in rows.items() for row in counted(Check.BEFORE_OPENING, f"incidents.{column}", n)]


def _unranked(engine: Engine, profile: Profile, supplied: Supplied) -> list[Diagnostic]:
    if Incidents.severity not in supplied[Incidents.NAME] or not profile.severity_order:
        return []
    sql = "SELECT count(*) FROM incidents WHERE severity IS NOT NULL AND NOT list_contains($1, severity)"
    return counted(Check.SEVERITY_WITHOUT_RANK, "incidents.severity", engine.value(sql, [list(profile.severity_order)]))


def _sampling(engine: Engine, profile: Profile, supplied: Supplied) -> list[Diagnostic]:
    """Share of customers with several orders: next to none when orders, not customers, were sampled."""
    if Orders.NAME not in supplied:
        return []
    customers, repeating = engine.rows(
        "SELECT count(*), count(*) FILTER (WHERE n > 1) FROM (SELECT count(*) AS n FROM orders GROUP BY customer_id)"
    )[0]
    share = repeating / customers if customers else 0.0
    by_order = profile.sampled_by is SampledBy.ORDER or (
        customers >= thresholds.FEWEST_CUSTOMERS_OF_SHARES and share < thresholds.LEAST_REPEAT_SHARE
    )
    return [warning(Check.SAMPLED_BY_ORDER, Orders.NAME, share, passed=not by_order)]
