"""The next sum of money a year, people or offers: what it brings spent on faster answers, and on larger offers.

Arithmetic on published cells alone, as :mod:`pipelines.policy.plans.scenario`. A sum reaches as many incidents as it
pays for, drawn at random; what no incident is left for stays unspent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from pipelines.contracts.answers import Answer, NextSum, PerYear, Spending
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.plans import Winner
from pipelines.contracts.catalog.thresholds import USUAL_PROMISE_MINUTES
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.counted import NoConclusion
from pipelines.contracts.messages.plans import DifferenceHoldsZero, NeverTriedBoth, OlderRun, SpeedUnpriced
from pipelines.contracts.tables.scenario import ScenarioCell
from pipelines.policy.plans.break_even import Lead, break_even
from pipelines.policy.plans.scenario import Factors, Request, answer, asked_cells, choices, compare


def next_sum(cells: Sequence[ScenarioCell], factors: Factors, total: float, a_year: float) -> NextSum:
    """People or offers for ``total`` a year, at ``a_year`` incidents; ValueError unless both are above 0.

    The promise and the offer compared are those with the best grade, then the widest support, then nearest to an hour
    and to what is given today. Their estimates aren't asked, though a grade weighs how well an estimate holds.
    """
    if not (total > 0 and a_year > 0):
        raise ValueError(f"{total} / {a_year}")
    asked = asked_cells(cells)
    if not asked or any(c.hours_sooner is None for c in asked):
        return _unanswered(asked, total, a_year, OlderRun())
    pair = best_known_pair(asked)
    if pair is None:
        return _unanswered(asked, total, a_year, NeverTriedBoth())
    inside = [c for c in asked if any(_is(c, r) for r in (*pair, Request(pair[0].segments)))]
    incidents = a_year * _size(inside, None) / _size(asked, None)
    found = _compared(_Pair(inside, factors, total, incidents, *pair), incidents / a_year)
    both = {c.segment for c in inside}
    return replace(found, outside=tuple(dict.fromkeys(c.segment for c in asked if c.segment not in both)))


def spendings(cells: Sequence[ScenarioCell], factors: Factors, total: float, a_year: float) -> tuple[Spending, ...]:
    """Every published promise, then every offer, that costs more than today: what the sum brings spent on it alone."""
    asked = choices(cells)
    requests = [*(Request(minutes=m) for m in asked.minutes), *(Request(share=s) for s in asked.shares)]
    found = (_spending(cells, factors, request, total, a_year) for request in requests)
    return tuple(way for way in found if way.spent is None or way.spent > 0)


def price_of(cells: Iterable[ScenarioCell]) -> float | None:
    """The declared price of one hour sooner per incident, as the cells carry it."""
    return next((c.price_per_hour for c in cells if c.price_per_hour is not None), None)


@dataclass(frozen=True)
class _Pair:
    """A promise and an offer over the segments in which both are supported, and the sum that is spent on either.

    ``cells``: these two of each segment and today's; ``incidents`` a year in these segments.
    """

    cells: Sequence[ScenarioCell]
    factors: Factors
    total: float
    incidents: float
    faster: Request
    more: Request

    @property
    def hours(self) -> float:
        """Hours sooner per incident, if all are answered within the promise."""
        return _hours(self.cells, self.faster) / sum(c.n or 0 for c in self.cells if _is(c, self.faster))

    @property
    def price_reaching_all(self) -> float:
        """The price of one hour sooner up to which the sum pays for everybody."""
        return self.total / (self.incidents * self.hours)

    def lead(self, price: float) -> Lead:
        """What people net more than offers at a price of one hour sooner: value and limits."""
        found = self.difference(price)
        return Lead(found.value or 0.0, found.value_low or 0.0, found.value_high or 0.0)

    def difference(self, price: float) -> Answer:
        """What people net more than offers, per incident, at a price of one hour sooner."""
        cells = repriced(self.cells, price)
        one, other = (
            replace(r, reached=_reached(answer(cells, self.factors, r).cost, self.total, self.incidents))
            for r in (self.faster, self.more)
        )
        return compare(cells, self.factors, one, other)


def repriced(cells: Sequence[ScenarioCell], price: float) -> list[ScenarioCell]:
    """The cells with one hour sooner at another price."""
    dearer = price - (price_of(cells) or 0.0)
    return [replace(c, cost=(c.cost or 0.0) + dearer * (c.hours_sooner or 0.0)) for c in cells]


def _compared(pair: _Pair, part: float) -> NextSum:
    """``part``: the share of all incidents asked about that lies in the segments compared."""
    cells, price = pair.cells, price_of(pair.cells)
    found, size = pair.difference(price or 0.0), pair.incidents
    faster, more = (_spending(cells, pair.factors, r, pair.total, size, part) for r in (pair.faster, pair.more))
    compared = replace(
        _unanswered(cells, pair.total, size), faster=faster if price is not None else None, more=more, price=price,
        n=found.n, grade=found.grade,
    )  # fmt: skip
    if found.grade is Grade.D:
        return replace(compared, reasons=(NoConclusion(),))
    compared = replace(compared, break_even=break_even(pair.lead, pair.price_reaching_all))
    net = _net(found, size)
    if price is None:
        return replace(compared, winner=Winner.MORE if net.high < 0 else None, reasons=(SpeedUnpriced(),))
    winner = Winner.FASTER if net.low > 0 else Winner.MORE if net.high < 0 else None
    return replace(compared, winner=winner, net=net, reasons=() if winner else (DifferenceHoldsZero(),))


def _unanswered(cells: Sequence[ScenarioCell], total: float, incidents: float, *reasons: Reason) -> NextSum:
    return NextSum(
        total=total, incidents=incidents, price=None, winner=None, faster=None, more=None, net=None, break_even=None,
        n=0, grade=None, outside=(), caveats=cells[0].caveats if cells else (), reasons=reasons,
    )  # fmt: skip


def best_known_pair(cells: Sequence[ScenarioCell]) -> tuple[Request, Request] | None:
    """The promise and the larger offer that the data can tell most about; None where no segment had both."""
    levels, found = choices(cells), []
    for minutes in levels.minutes:
        for share in levels.shares:
            inside = _inside(cells, Request(minutes=minutes)) & _inside(cells, Request(share=share))
            promise, offer = (Request(inside, minutes=minutes), Request(inside, share=share))
            if not inside or not _hours(cells, promise) > 0 or not _dearer(cells, offer):
                continue
            used = [c.grade or Grade.D for c in cells if _is(c, promise) or _is(c, offer)]
            rank = (max(used), -_size(cells, inside), abs(log(minutes / USUAL_PROMISE_MINUTES)), share)
            found.append((rank, promise, offer))
    return min(found, key=lambda f: f[0])[1:] if found else None


def _inside(cells: Sequence[ScenarioCell], request: Request) -> frozenset[str]:
    return frozenset(c.segment for c in cells if c.supported and _is(c, request))


def _is(cell: ScenarioCell, request: Request) -> bool:
    """Whether a cell is what a request sets, in one of its segments."""
    here = request.segments is None or cell.segment in request.segments
    return here and (cell.minutes, cell.share) == (request.minutes, request.share)


def _size(cells: Sequence[ScenarioCell], segments: frozenset[str] | None) -> int:
    return sum(c.n or 0 for c in cells if _is(c, Request(segments)))


def _hours(cells: Sequence[ScenarioCell], promise: Request) -> float:
    """Hours sooner of all incidents together, if all are answered within the promise."""
    return float(sum((c.n or 0) * (c.hours_sooner or 0.0) for c in cells if _is(c, promise)))


def _dearer(cells: Sequence[ScenarioCell], offer: Request) -> bool:
    """Whether an offer costs more than what is given today."""
    given, today = (
        sum((c.n or 0) * (c.cost or 0.0) for c in cells if _is(c, r)) for r in (offer, Request(segments=offer.segments))
    )
    return given > today


def _reached(cost: float | None, total: float, incidents: float) -> float:
    """The share of incidents that the sum pays for."""
    whole = (cost or 0.0) * incidents
    return 1.0 if whole <= total else total / whole


def _spending(
    cells: Sequence[ScenarioCell], factors: Factors, request: Request, total: float, a_year: float, part: float = 1.0
) -> Spending:
    """``part``: the share of all incidents asked about that ``cells`` hold."""
    size = a_year * _size(cells, request.segments) / _size(cells, None)
    whole = answer(cells, factors, request)
    reached = _reached(whole.cost, total, size)
    found = answer(cells, factors, replace(request, reached=reached))
    concluded = found.cost is not None and found.grade is not Grade.D
    covered = part * reached * _held(cells, request)
    return Spending(
        request.minutes, request.share, reached=None if found.cost is None else covered,
        spent=None if found.cost is None else size * found.cost,
        customers=_customers(found, size / 100.0) if concluded else None, net=_net(found, size) if concluded else None,
        n=found.n, n_near=found.n_near, grade=found.grade, outside=found.outside,
        reasons=(NoConclusion(),) if found.grade is Grade.D else found.reasons,
    )  # fmt: skip


def _held(cells: Sequence[ScenarioCell], request: Request) -> float:
    """The share of the incidents in ``cells`` that lie in the segments where the request is supported."""
    return _size(cells, _inside(cells, request)) / _size(cells, None)


def _customers(found: Answer, by: float) -> PerYear:
    return PerYear(*(by * (v or 0.0) for v in (found.gain, found.low, found.high)))


def _net(found: Answer, by: float) -> PerYear:
    return PerYear(*(by * (v or 0.0) for v in (found.value, found.value_low, found.value_high)))
