"""What no canonical table holds, as small tables beside them: settings, what was supplied, severities, forms."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pyarrow as pa

from pipelines.contracts.catalog.company import AnswersRecorded
from pipelines.contracts.catalog.vocabulary import FORMS
from pipelines.contracts.sources import TABLES
from pipelines.engine import Engine
from pipelines.settings.profile import Profile, cut_instant

# A customer with more incidents than this takes the window form; up to it, pairs stay below 50 per order.
BUSY_INCIDENTS = 50
LAG_SAMPLE_INCIDENTS = 20_000

# More moments per incident make the comparison hardly more precise: the incidents' own noise is left.
MOMENTS_PER_INCIDENT = 3
MOMENTS_PER_CUSTOMER = 50


def declare(engine: Engine, profile: Profile, supplied: Mapping[str, frozenset[str]], data_cut: date) -> None:
    """Register ``settings``, ``supplied`` (one row each), ``severities`` and ``compensation_forms``.

    ``doubts`` is there already where exports were read.
    """
    incidents = int(engine.value("SELECT count(*) FROM incidents"))
    engine.register("settings", settings_table(profile, data_cut, incidents))
    engine.register("supplied", supplied_table(supplied))
    engine.register("severities", severities_table(profile.severity_order))
    engine.register("compensation_forms", forms_table())
    engine.run("CREATE TABLE IF NOT EXISTS doubts (about VARCHAR, incident_id VARCHAR, customer_id VARCHAR)")


def settings_table(profile: Profile, data_cut: date, incidents: int) -> pa.Table:
    """One row: the data cut (exclusive), the clock's zone, the response cap, the longest horizon, the limits.

    ``repeats_seen`` is false where orders or incidents were sampled, not customers; ``all_answers`` where the export
    holds the first answer alone.
    """
    cut = cut_instant(data_cut).replace(tzinfo=None)
    epoch = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    return pa.table(
        {
            "cut_at": pa.array([cut], pa.timestamp("us")),
            "cut_s": pa.array([int((cut - epoch).total_seconds())], pa.int64()),
            "time_zone": pa.array([profile.time_zone], pa.string()),
            "response_cap_seconds": pa.array([round(profile.response_cap_minutes * 60)], pa.int64()),
            "longest_horizon_seconds": pa.array([max(profile.horizons_days) * 86_400], pa.int64()),
            "busy_incidents": pa.array([BUSY_INCIDENTS], pa.int64()),
            "repeats_seen": pa.array([profile.sampled_by == "customer"], pa.bool_()),
            "all_answers": pa.array([profile.answers_recorded is AnswersRecorded.ALL], pa.bool_()),
            "moments_per_incident": pa.array([MOMENTS_PER_INCIDENT], pa.int64()),
            "moments_per_customer": pa.array([MOMENTS_PER_CUSTOMER], pa.int64()),
            "lag_sample_step": pa.array([1 + incidents // LAG_SAMPLE_INCIDENTS], pa.int64()),
        }
    )


def supplied_table(supplied: Mapping[str, frozenset[str]]) -> pa.Table:
    """One row: a flag ``<table>`` per canonical table and ``<table>_<column>`` per canonical column."""
    flags: dict[str, bool] = {}
    for name, table in TABLES.items():
        given = supplied.get(name, frozenset())
        flags[name] = bool(given)
        flags |= {f"{name}_{column.name}": column.name in given for column in table.columns}
    return pa.table({name: pa.array([flag], pa.bool_()) for name, flag in flags.items()})


def severities_table(order: tuple[str, ...]) -> pa.Table:
    """One row per declared severity, ranked from 1, the least."""
    return pa.table(
        {
            "severity": pa.array(order, pa.string()),
            "severity_rank": pa.array(range(1, len(order) + 1), pa.int64()),
        }
    )


def forms_table() -> pa.Table:
    """One row per kind of compensation, with its form."""
    pairs = [(kind, form) for form, kinds in FORMS.items() for kind in kinds]
    return pa.table({"kind": [kind for kind, _ in pairs], "form": [form for _, form in pairs]})
