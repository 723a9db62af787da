"""The data cut: the day up to which the exports tell what happened."""

from datetime import UTC, date, datetime

from pipelines.engine import Engine
from pipelines.errors import ContractError
from pipelines.settings import cut_instant

# The moment each row tells of; a row whose moment lies after the cut isn't known yet.
MOMENTS = {
    "incidents": "opened_at",
    "interactions": "contacted_at",
    "compensations": "issued_at",
    "orders": "ordered_at",
    "subscriptions": "active_from",
    "customers": "joined_at",
    "word_of_mouth": "posted_at",
    "promises": "promised_at",
}
_TELLING = ("incidents", "interactions", "orders")


def latest_day(engine: Engine, today: date) -> date:
    """The last day on which an incident, a contact or an order is recorded, days after today left out."""
    moments = " UNION ALL ".join(
        f"SELECT max({MOMENTS[t]}) AS moment FROM {t} WHERE {MOMENTS[t]} < $1" for t in _TELLING
    )
    latest = engine.value(f"SELECT max(moment) FROM ({moments})", [cut_instant(today).replace(tzinfo=None)])
    if latest is None:
        raise ContractError("incidents: no incident was opened up to today. Correct the time format in source.toml.")
    return datetime.date(latest)


def today_utc() -> date:
    """Today, in UTC."""
    return datetime.now(UTC).date()
