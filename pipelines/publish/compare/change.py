"""What moved between two runs, and how much of it is owed to the data, to the configuration and to the code.

The declared order is data → configuration → code: the earlier run is taken, and each part that differs is put in from
the later run, one at a time. What an estimate moves at a step is that part's share; the shares add up to the change,
whatever the order, but another order may share otherwise where parts work together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import hypot

from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.catalog.thresholds import DRIFT_SHARE, NOISE_ERRORS
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.intake import RowsCounted
from pipelines.contracts.tables.row import told


class Part(StrEnum):
    """What a run is made of, in the order in which it is put in."""

    DATA = "data"
    CONFIGURATION = "configuration"
    CODE = "code"


@dataclass(frozen=True)
class Share:
    """How much an estimate moved when ``parts`` were put in: one, or several that can't be told apart."""

    parts: tuple[Part, ...]
    by: float


@dataclass(frozen=True)
class Change:
    """One effect in both runs. ``shares`` add up to ``by``; ``points``: the estimates after each step, first to last.

    ``noise``: by how much two estimates with these errors differ by chance in nineteen cases of twenty at most; runs
    that share cases differ by less.
    """

    before: Effect
    after: Effect
    shares: tuple[Share, ...]
    points: tuple[float, ...]
    noise: float

    @property
    def by(self) -> float:
        """The whole change."""
        return self.points[-1] - self.points[0]

    @property
    def exceeds_noise(self) -> bool:
        """Whether it moved by more than chance would explain."""
        return abs(self.by) > self.noise


def changed_parts(before: Manifest, after: Manifest) -> tuple[Part, ...]:
    """In what two runs differ. What was asked beside the profile, such as remembered decisions, is configuration."""
    data = dict(before.inputs) != dict(after.inputs) or before.data_cut != after.data_cut
    asked = before.settings_hash != after.settings_hash and before.data_cut == after.data_cut
    found = {
        Part.DATA: data,
        Part.CONFIGURATION: before.profile_hash != after.profile_hash or asked,
        Part.CODE: before.code_version != after.code_version,
    }
    return tuple(part for part in Part if found[part])


def changes(
    before: Mapping[str, Effect],
    after: Mapping[str, Effect],
    parts: Sequence[Part],
    between: Sequence[Mapping[str, Effect]],
) -> tuple[Change, ...]:
    """Effects of both runs, by id, what moved most for its noise first.

    ``between``: the effects after each part but the last was put in; none where they can't be told apart.
    """
    both = [name for name in after if name in before]
    found = (_change(before[name], after[name], parts, [m.get(name) for m in between]) for name in both)
    return tuple(sorted(found, key=_size, reverse=True))


def _change(before: Effect, after: Effect, parts: Sequence[Part], between: Sequence[Effect | None]) -> Change:
    passed = [None if row is None else row.estimate for row in between]
    first, last = told(before.estimate), told(after.estimate)
    noise = NOISE_ERRORS * hypot(before.std_error or 0.0, after.std_error or 0.0)
    points = (first, *(p for p in passed if p is not None), last)
    if len(points) == len(parts) + 1:
        shares = tuple(Share((part,), b - a) for part, (a, b) in zip(parts, pairwise(points), strict=True))
        return Change(before, after, shares, points, noise)
    return Change(before, after, (Share(tuple(parts), last - first),), (first, last), noise)


def _size(change: Change) -> float:
    return abs(change.by) / change.noise if change.noise else abs(change.by)


@dataclass(frozen=True)
class Drift:
    """How many rows of a table were set aside, as a share, in the earlier and the later run."""

    table: str
    before: float
    after: float


def drifted(before: Iterable[RowsCounted], after: Iterable[RowsCounted]) -> tuple[Drift, ...]:
    """Tables of both runs of which another share was set aside than before, what grew most first."""
    past, now = _set_aside(before), _set_aside(after)
    found = (Drift(table, past[table], now[table]) for table in now if table in past)
    moved = (drift for drift in found if abs(drift.after - drift.before) >= DRIFT_SHARE)
    return tuple(sorted(moved, key=lambda d: d.before - d.after))


def _set_aside(quality: Iterable[RowsCounted]) -> dict[str, float]:
    rows: dict[str, dict[RowReason, int]] = {}
    for row in quality:
        counts = rows.setdefault(row.table, {})
        counts[row.reason] = counts.get(row.reason, 0) + row.rows
    return {
        table: 1 - counts.get(RowReason.KEPT, 0) / counts[RowReason.ROWS_IN]
        for table, counts in rows.items()
        if counts.get(RowReason.ROWS_IN)
    }


def newly_failed(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Checks of the exports that don't pass in the later run, and did in the earlier or weren't made."""
    past = {(d.check, d.subject) for d in before if not d.effect_id and d.passed is False}
    return tuple(d for d in after if not d.effect_id and d.passed is False and (d.check, d.subject) not in past)
