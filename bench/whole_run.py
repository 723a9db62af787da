"""Whole runs of simulated companies, growth with their size, and against an earlier version in the same turn.

`python bench/whole_run.py [INCIDENTS …] [--against CHECKOUT]`. Every run is a process of its own, from exports to a
published run. CHECKOUT is a work tree of an earlier version (`git worktree add ../first COMMIT`), which simulates and
reads a company of its own of the same size and seed with this environment's packages. Processor seconds count, for
wall seconds depend on who else computes.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (8_000, 50_000)
SEED = "20260101"
GIB = 1024.0 * 1024.0


@dataclass(frozen=True)
class Cost:
    """What one process took, from start to exit."""

    wall_seconds: float
    cpu_seconds: float
    peak_gib: float


def amends(checkout: Path, *arguments: str) -> Cost:
    """One command of a checkout in a fresh process."""
    started = time.perf_counter()
    command = [sys.executable, "-c", "import sys; from amends.cli import main; sys.exit(main())", *arguments]
    process = subprocess.Popen(
        command, cwd=checkout, env=os.environ | {"PYTHONPATH": str(checkout)}, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} in {checkout} failed with code {process.returncode}")
    return Cost(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / GIB)


def whole_run(checkout: Path, incidents: int) -> Cost:
    """A run of a company that the checkout simulates."""
    with tempfile.TemporaryDirectory() as name:
        exports, published = Path(name) / "exports", Path(name) / "published"
        amends(checkout, "simulate", "--out", str(exports), "--incidents", str(incidents), "--seed", SEED)
        sample = ("--profile", "sample", "--published", str(published))
        return amends(checkout, "run", "--data", str(exports), *sample)


def told(label: str, incidents: int, cost: Cost) -> None:
    """One line."""
    took = f"{cost.wall_seconds:7.1f} s wall {cost.cpu_seconds:7.1f} s CPU {cost.peak_gib:6.2f} GiB"
    print(f"{label:8} {incidents:>9,} incidents {took}", flush=True)


def main() -> None:
    """Print costs, ratios and growth."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("incidents", nargs="*", type=int, default=SIZES)
    parser.add_argument("--against", type=Path)
    given = parser.parse_args()
    costs: dict[int, Cost] = {}
    for incidents in given.incidents:
        costs[incidents] = whole_run(ROOT, incidents)
        told("this", incidents, costs[incidents])
        if given.against:
            earlier = whole_run(given.against.resolve(), incidents)
            told("earlier", incidents, earlier)
            print(f"this ÷ earlier {costs[incidents].cpu_seconds / earlier.cpu_seconds:.2f} of its CPU")
    for small, large in pairwise(sorted(costs)):
        grown = costs[large].cpu_seconds / costs[small].cpu_seconds
        print(f"{large / small:.1f} times the incidents: {grown:.1f} times the CPU")


if __name__ == "__main__":
    main()
