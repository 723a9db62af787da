"""Segments that offers may differ by: how grave the failure was and, where there is room, the declared service."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.thresholds import FEWEST_IN_OFFER_SEGMENT, MOST_OFFER_SEGMENTS, MOST_TIERS
from pipelines.contracts.mart import Col
from pipelines.contracts.segments import EVERYONE, segment
from pipelines.models.arrays import Floats, Ints

SERVICES = (Col.BRAND, Col.SEGMENT)


@dataclass(frozen=True)
class Tier:
    """Severities told together, mildest first, as the exports call them; none where severity isn't told.

    ``or_graver``: it is the gravest tier, and holds more than one.
    """

    severities: tuple[str, ...] = ()
    or_graver: bool = False

    @property
    def mildest(self) -> str:
        """The severity it begins with."""
        return self.severities[0] if self.severities else ""

    @property
    def gravest(self) -> str | None:
        """The severity it ends with, where it holds more than one."""
        return self.severities[-1] if len(self.severities) > 1 else None

    @property
    def name(self) -> str:
        """``grave``, or ``mild..grave`` of several."""
        return self.mildest if self.gravest is None else f"{self.mildest}..{self.gravest}"


@dataclass(frozen=True)
class Segments:
    """Per row the tier of severity (mildest 0, unknown −1) and the service; the tiers and the services' labels.

    ``column`` names the service's column, "" where severity alone tells segments apart. Rows without either stay as
    they are under every policy.
    """

    tier: Ints
    service: Ints
    tiers: tuple[Tier, ...]
    services: tuple[str, ...]
    column: str

    @property
    def code(self) -> Ints:
        """The segment of every row, −1 for none: services within tiers."""
        inside = (self.tier >= 0) & (self.service >= 0)
        return np.where(inside, self.tier * len(self.services) + self.service, -1)

    @property
    def names(self) -> tuple[str, ...]:
        """``severity=…;brand=…`` in the order of the codes."""
        return tuple(self._name(t, s) for t in self.tiers for s in self.services)

    def parts(self, code: int) -> tuple[int, int]:
        """Tier and service of a segment."""
        return divmod(code, len(self.services))

    def _name(self, tier: Tier, service: str) -> str:
        parts = [segment("severity", tier.name) if tier.name else "", segment(self.column, service) if service else ""]
        return ";".join(part for part in parts if part) or EVERYONE


def segments_of(mart: pd.DataFrame) -> Segments:
    """The segments of the mart's rows, by a rule that looks at sizes alone.

    Severities in their declared order, neighbours pooled until every cell holds enough; split by the first column of
    ``SERVICES`` that still leaves two tiers of severity, else not split.
    """
    for column in SERVICES:
        labels = mart[column].astype("object").where(mart[column].notna(), None)
        levels = sorted(str(x) for x in labels.dropna().unique())
        service = np.asarray(labels.map({x: i for i, x in enumerate(levels)}).fillna(-1), dtype=np.int64)
        if 2 <= len(levels) <= MOST_OFFER_SEGMENTS // 2:
            tier, tiers = _tiers(mart, service, len(levels))
            if len(tiers) >= 2:
                return Segments(tier, service, tiers, tuple(levels), column)
    one = np.zeros(len(mart), dtype=np.int64)
    tier, tiers = _tiers(mart, one, 1)
    return Segments(tier, one, tiers, ("",), "")


def _tiers(mart: pd.DataFrame, service: Ints, services: int) -> tuple[Ints, tuple[Tier, ...]]:
    """The tier of every row (−1: severity unknown) and the tiers; a single one tells no severity."""
    rank = np.asarray(mart[Col.SEVERITY_RANK].astype("float64"), dtype=np.float64)
    names = {r: str(mart[Col.SEVERITY][rank == r].iloc[0]) for r in np.unique(rank[np.isfinite(rank)])}
    pools = _pooled([[r] for r in names], rank, service, services)
    if len(pools) < 2:
        return np.zeros(len(mart), dtype=np.int64), (Tier(),)
    tier = np.full(len(mart), -1, dtype=np.int64)
    for j, pool in enumerate(pools):
        tier[np.isin(rank, pool)] = j
    last = pools[-1]
    return tier, tuple(Tier(tuple(names[r] for r in p), or_graver=p is last and len(p) > 1) for p in pools)


def _pooled(pools: list[list[float]], rank: Floats, service: Ints, services: int) -> list[list[float]]:
    """Neighbouring severities together until every cell is large enough and there are few enough of them."""
    while len(pools) > 1:
        sizes = [_smallest(service[np.isin(rank, pool)], services) for pool in pools]
        if min(sizes) >= FEWEST_IN_OFFER_SEGMENT and len(pools) <= min(MOST_TIERS, MOST_OFFER_SEGMENTS // services):
            break
        small = len(pools) - 1 - int(np.argmin(sizes[::-1]))
        at = max(small - 1, 0)
        pools = [*pools[:at], pools[at] + pools[at + 1], *pools[at + 2 :]]
    return pools


def _smallest(service: Ints, services: int) -> int:
    return int(np.bincount(service[service >= 0], minlength=services).min())
