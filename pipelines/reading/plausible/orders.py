"""Whether what counts as a purchase was one: states that undo an order, and refunds that stand as orders."""

from collections.abc import Collection, Mapping

from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.plausible import RefundsBesideOrders, UndoneOrdersCount
from pipelines.contracts.sources import Orders
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.engine import Engine
from pipelines.reading.draft.matching.vocabulary import counts_as_purchase
from pipelines.reading.tables.warnings import gate

# States that the join takes for no purchase.
_TAKEN_OUT = ("cancelled", "canceled")
_MOST_NAMED = 5


def order_checks(engine: Engine, supplied: Mapping[str, Collection[str]]) -> list[Diagnostic]:
    """The share of orders that were undone and count nevertheless, or whose refund is another order."""
    columns = supplied.get(Orders.NAME, ())
    orders = int(engine.value("SELECT count(*) FROM orders")) if columns else 0
    if not orders:
        return []
    undone = _undone(engine) if Orders.status in columns else {}
    refunds = int(engine.value("SELECT count(*) FROM orders WHERE amount < 0"))
    reasons: list[Reason] = [UndoneOrdersCount(tuple(undone)[:_MOST_NAMED])] if undone else []
    reasons += [RefundsBesideOrders(refunds)] if refunds else []
    share = (sum(undone.values()) + refunds) / orders
    return [gate(Check.UNDONE_ORDERS, Orders.NAME, share, *reasons)]


def _undone(engine: Engine) -> dict[str, int]:
    """State → orders in it, of those whose words say that nothing was bought, the commonest first."""
    states = engine.rows(
        "SELECT status, count(*) FROM orders WHERE amount > 0 AND status IS NOT NULL AND NOT coalesce(is_replacement, "
        "FALSE) GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return {state: n for state, n in states if state.lower() not in _TAKEN_OUT and counts_as_purchase(state) is False}
