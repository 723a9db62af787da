"""The join against pandas: the same exports, each in processes of its own, in turns within one run.

`python bench/join.py [INCIDENTS]`. DuckDB makes the whole mart of the product; pandas makes only its core (response,
silence, resolution, compensation, a year of history, returns at three horizons, repeats), so the ratios understate.
Both read Parquet and write Parquet, and the core must agree. Wall and CPU seconds include starting Python.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import join_data
import pandas as pd
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent
HORIZONS = (30, 90, 180)
CUT = date(2024, 12, 31)
CORE = (
    "first_contact_minutes", "longest_silence_hours", "resolved_hours", "compensation_amount", "orders_365d",
    "earlier_spend_365d", "earlier_incidents", "days_to_return", *(f"returned_within_{h}d" for h in HORIZONS),
    *(f"spend_{h}d" for h in HORIZONS),
)  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What one process took, from start to exit."""

    wall_seconds: float
    cpu_seconds: float
    peak_mib: float


def with_duckdb(folder: Path) -> None:
    """The product's join over the Parquet files, both marts written."""
    sys.path.insert(0, str(ROOT))
    from pipelines.contracts.canonical import SQL_TYPE
    from pipelines.contracts.sources import TABLES
    from pipelines.engine import open_engine
    from pipelines.join.build import build_marts, mart_columns, mart_table
    from pipelines.settings.profile import Profile

    profile = Profile("bench", folder, "Bench", severity_order=join_data.SEVERITIES, horizons_days=HORIZONS)
    with open_engine() as engine:
        supplied = {}
        for name, table in TABLES.items():
            file = folder / f"{name}.parquet"
            given = set(pq.read_schema(file).names) if file.exists() else set()
            held = {c.name: c.name if c.name in given else "NULL" for c in table.columns}
            columns = ", ".join(f"CAST({held[c.name]} AS {SQL_TYPE[c.kind]}) AS {c.name}" for c in table.columns)
            source = f"FROM '{file}'" if given else "WHERE FALSE"
            engine.run(f"CREATE VIEW {name} AS SELECT {columns} {source}")
            supplied |= {name: frozenset(given)} if given else {}
        build_marts(engine, profile, supplied, CUT)
        for mart, columns in mart_columns(profile).items():
            pq.write_table(mart_table(engine, mart, columns), folder / f"duckdb_{mart}.parquet", compression="zstd")


def with_pandas(folder: Path) -> None:
    """The core of the mart in pandas."""
    read = {name: pd.read_parquet(folder / f"{name}.parquet") for name in join_data.NAMES}
    cut = pd.Timestamp(CUT) + pd.Timedelta(days=1)
    mart = read["incidents"].set_index("incident_id").sort_index()
    mart = mart.join(_responses(mart, read["interactions"], cut))
    mart["resolved_hours"] = (mart.resolved_at - mart.opened_at).dt.total_seconds() / 3600
    paid = read["compensations"].groupby("incident_id").face_amount.sum()
    mart["compensation_amount"] = paid.reindex(mart.index).fillna(0.0)
    mart = mart.join(_purchases(mart, read["orders"], cut))
    by_customer = mart.groupby("customer_id").opened_at
    mart["earlier_incidents"] = by_customer.rank(method="min") - 1
    mart.to_parquet(folder / "pandas_mart.parquet", compression="zstd")


def _responses(mart: pd.DataFrame, interactions: pd.DataFrame, cut: pd.Timestamp) -> pd.DataFrame:
    human = interactions[interactions.actor == "agent"]
    human = human.merge(mart[["opened_at", "resolved_at"]], left_on="incident_id", right_index=True)
    human["seconds"] = (human.contacted_at - human.opened_at).dt.total_seconds()
    first = human.groupby("incident_id").seconds.min()
    end = ((mart.resolved_at.fillna(cut) - mart.opened_at).dt.total_seconds()).rename("end")
    human = human.merge(end, left_on="incident_id", right_index=True)
    human = human[human.seconds <= human.end].sort_values(["incident_id", "seconds"])
    gap = human.seconds - human.groupby("incident_id").seconds.shift(fill_value=0.0)
    widest = gap.groupby(human.incident_id).max()
    tail = end - human.groupby("incident_id").seconds.max().reindex(end.index).fillna(0.0)
    silence = pd.concat([widest.reindex(end.index).fillna(0.0), tail], axis=1).max(axis=1)
    measures = {"first_contact_minutes": first / 60, "longest_silence_hours": silence / 3600}
    return pd.DataFrame(measures, index=mart.index)


def _purchases(mart: pd.DataFrame, orders: pd.DataFrame, cut: pd.Timestamp) -> pd.DataFrame:
    orders = orders[(orders.ordered_at < cut)]
    on_file = mart.reset_index()[["incident_id", "customer_id", "opened_at"]].merge(orders, on="customer_id")
    on_file["days"] = (on_file.ordered_at - on_file.opened_at).dt.total_seconds() / 86_400
    known = on_file[on_file.days <= 0].incident_id.unique()
    pairs = on_file[(on_file.status != "cancelled") & (on_file.amount > 0)]
    age = (cut - mart.opened_at).dt.total_seconds() / 86_400
    out = pd.DataFrame(index=mart.index)
    filed = out.index.isin(known)
    past = pairs[(pairs.days < 0) & (pairs.days >= -365)].groupby("incident_id").amount
    out["orders_365d"] = past.size().reindex(out.index).fillna(0).where(filed)
    out["earlier_spend_365d"] = past.sum().reindex(out.index).fillna(0.0).where(filed)
    later = pairs[pairs.days > 0]
    out["days_to_return"] = later.groupby("incident_id").days.min().reindex(out.index).where(filed)
    for h in HORIZONS:
        spend = later[later.days <= h].groupby("incident_id").amount.sum().reindex(out.index)
        seen = filed & (age > h)
        out[f"returned_within_{h}d"] = spend.notna().astype(float).where(seen)
        out[f"spend_{h}d"] = spend.fillna(0.0).where(seen)
    return out


def run(side: str, folder: Path) -> Cost:
    """One side in a fresh process."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, __file__, "--side", side, "--folder", str(folder)])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{side} failed with code {process.returncode}")
    return Cost(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def check_agreement(folder: Path) -> None:
    """Count, sum and missing values of every core column must be the same on both sides."""
    ours = pd.read_parquet(folder / "duckdb_incident_mart.parquet", columns=list(CORE)).astype(float)
    theirs = pd.read_parquet(folder / "pandas_mart.parquet", columns=list(CORE)).astype(float)
    pd.testing.assert_frame_equal(ours, theirs.reset_index(drop=True), rtol=1e-9, atol=1e-6)


def middle(costs: list[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*(statistics.median(getattr(c, f) for c in costs) for f in ("wall_seconds", "cpu_seconds", "peak_mib")))


def compare(incidents: int, rounds: int) -> None:
    """Run both sides in turns and print medians and ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        join_data.write(folder, incidents)
        costs: dict[str, list[Cost]] = {"duckdb": [], "pandas": []}
        for _ in range(rounds):
            for side, measured in costs.items():
                measured.append(run(side, folder))
        check_agreement(folder)
    ours, theirs = middle(costs["duckdb"]), middle(costs["pandas"])
    print(f"{incidents:,} incidents, median of {rounds} rounds, whole processes")
    for label, cost in (("DuckDB, whole mart", ours), ("pandas, core only", theirs)):
        print(f"{label:20} {cost.wall_seconds:7.1f} s wall {cost.cpu_seconds:7.1f} s CPU {cost.peak_mib:8.0f} MiB")
    print(
        f"pandas ÷ DuckDB      {theirs.wall_seconds / ours.wall_seconds:7.2f}   wall "
        f"{theirs.cpu_seconds / ours.cpu_seconds:7.2f}   CPU {theirs.peak_mib / ours.peak_mib:8.2f} memory"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("incidents", nargs="?", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--side", choices=["duckdb", "pandas"])
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.side:
        {"duckdb": with_duckdb, "pandas": with_pandas}[given.side](given.folder)
    else:
        compare(given.incidents, given.rounds)
