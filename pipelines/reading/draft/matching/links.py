"""Keys that two files share, found by their values: which column names the same customer, the same incident."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipelines.contracts.message import Remark
from pipelines.contracts.sources import TABLES, Customers, Incidents, Orders, Subscriptions, WordOfMouth
from pipelines.engine import Engine
from pipelines.reading.draft.guess import OrderLink
from pipelines.reading.draft.lexicon import names
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.match import Match, fits
from pipelines.reading.draft.matching.tables import Cast
from pipelines.reading.draft.matching.words import name_score
from pipelines.reading.draft.notes import NothingShared
from pipelines.reading.draft.why import AreCustomers, AreIncidents, FoundIn, Personal, SameCustomers, YouSaidSo
from pipelines.reading.files.quoting import name
from pipelines.reading.tables.privacy import same_address

# Share of the distinct values on the left that must be found on the right.
ENOUGH = 0.1
MAX_CANDIDATES = 12
# Tables whose customers can be compared with those of incidents, the most telling first.
KEYED = (Orders.NAME, Subscriptions.NAME, Customers.NAME, WordOfMouth.NAME)

Parts = Mapping[str, Cast]


@dataclass(frozen=True)
class Linked:
    """Parts with the keys that values confirm, and the way from incidents to customers over an order number.

    ``apart``: columns of the incidents that may name customers, where none shares a value with those of the orders.
    """

    parts: Parts
    link: OrderLink | None = None
    notes: tuple[Remark, ...] = ()
    apart: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Key:
    """A column that may hold a key, and how well its name fits."""

    part: Cast
    column: str
    named: float


@dataclass(frozen=True)
class _Pair:
    left: _Key
    right: _Key
    share: float
    score: float


def link_parts(engine: Engine, parts: Parts, said: str = "") -> Linked:
    """Settle ``incident_id`` and ``customer_id`` across files by the values they share; drop tables left without.

    ``said``: the column of the incidents that somebody said names their customers.
    """
    linked = _link_incidents(engine, parts)
    anchor = next((table for table in KEYED if table in linked), None)
    if anchor is None:
        return Linked(_complete(linked))
    pair = _best(engine, linked[Incidents.NAME], linked[anchor], Incidents.customer_id)
    link = None if pair or Orders.NAME not in linked else _over_orders(engine, linked)
    notes: tuple[Remark, ...] = ()
    apart: tuple[str, ...] = ()
    if said and not pair and not link:
        linked[Incidents.NAME] = _with_customer(linked[Incidents.NAME], said)
    elif pair:
        path = linked[anchor].file.spec.path
        linked[Incidents.NAME] = _with_key(pair.left, Incidents.customer_id, pair, FoundIn(pair.share, path))
        linked[anchor] = _with_key(pair.right, Incidents.customer_id, pair, SameCustomers())
    elif link:
        linked[Incidents.NAME] = _without(linked[Incidents.NAME], Incidents.customer_id)
    else:
        here, there = linked[Incidents.NAME].file.spec.path, linked[anchor].file.spec.path
        notes = (NothingShared(here, there),)
        keys = _keys(linked[Incidents.NAME], Incidents.customer_id) if anchor == Orders.NAME else []
        apart = tuple(key.column for key in keys)
    return Linked(_complete(_link_others(engine, linked, anchor)), link, notes, apart)


def shares_keys(engine: Engine, one: Cast, other: Cast) -> bool:
    """Whether most keys of one file stand in the other too: then it tells more of the same, not of others."""
    key = TABLES[one.table].key[0]
    columns = _settled(one, key), _settled(other, key)
    if not all(columns):
        return False
    return _shared(engine, *(_Key(part, column, 1.0) for part, column in zip((one, other), columns, strict=True))) > 0.5


def _link_incidents(engine: Engine, parts: Parts) -> dict[str, Cast]:
    linked = dict(parts)
    for table in [t for t in parts if t != Incidents.NAME and Incidents.incident_id in TABLES[t].by_name]:
        pair = _best(
            engine,
            parts[table],
            parts[Incidents.NAME],
            Incidents.incident_id,
            _settled(parts[Incidents.NAME], Incidents.incident_id),
        )
        if pair:
            linked[table] = _with_key(pair.left, Incidents.incident_id, pair, AreIncidents(pair.share))
    return linked


def _link_others(engine: Engine, parts: Parts, anchor: str) -> dict[str, Cast]:
    linked = dict(parts)
    known = _settled(parts[anchor], Incidents.customer_id)
    for table in [t for t in KEYED if t in parts and t != anchor and known]:
        if pair := _best(engine, parts[table], parts[anchor], Incidents.customer_id, known):
            linked[table] = _with_key(pair.left, Incidents.customer_id, pair, AreCustomers(pair.share))
    return linked


def _over_orders(engine: Engine, parts: Parts) -> OrderLink | None:
    """Incidents name an order, and the orders name a customer."""
    orders = parts[Orders.NAME]
    order, customer = _settled(orders, Orders.order_id), _settled(orders, Incidents.customer_id)
    if not order or not customer:
        return None
    keys = [
        _Key(parts[Incidents.NAME], t.name, name_score(t.name, names().columns[Orders.NAME][Orders.order_id]))
        for t in parts[Incidents.NAME].file.columns
        if _may_be_key(t)
    ]
    right = _Key(orders, order, 1.0)
    pairs = sorted((p for key in keys if (p := _pair(engine, key, right))), key=lambda p: p.score)
    if not pairs:
        return None
    return OrderLink(pairs[-1].left.column, orders.file.spec.alias, order, customer, pairs[-1].share)


def _best(engine: Engine, left: Cast, right: Cast, column: str, settled: str = "") -> _Pair | None:
    rights = [_Key(right, settled, 1.0)] if settled else _keys(right, column)
    pairs = [p for a in _keys(left, column) for b in rights if (p := _pair(engine, a, b))]
    return max(pairs, key=lambda p: p.score, default=None)


def _keys(part: Cast, column: str) -> list[_Key]:
    table, phrases = TABLES[part.table], names().columns[part.table][column]
    keys = [
        _Key(part, t.name, name_score(t.name, phrases))
        for t in part.file.columns
        if _may_be_key(t) and fits(table, table.by_name[column], t).share
    ]
    return sorted(keys, key=lambda key: -key.named)[:MAX_CANDIDATES]


def _may_be_key(traits: Traits) -> bool:
    """Names of people and texts are no keys: two people can share a name."""
    no_words = traits.mean_words < 1.5 and traits.personal is not Personal.NAMES
    return traits.distinct >= 3 and no_words and traits.dates.share < 0.5 and traits.amounts.decimal == ""


def _pair(engine: Engine, left: _Key, right: _Key) -> _Pair | None:
    """Two columns and what they share; columns that only look alike (short numbers) need a name that fits."""
    long = min(k.part.file.by_name[k.column].mean_length for k in (left, right)) >= 5
    if not (left.named or right.named) or (not long and not (left.named and right.named)):
        return None
    share = _shared(engine, left, right)
    return _Pair(left, right, share, share * (1 + left.named + right.named)) if share >= ENOUGH else None


def _shared(engine: Engine, left: _Key, right: _Key) -> float:
    distinct = (
        f"(SELECT DISTINCT {same_address(f'trim(CAST({name(key.column)} AS VARCHAR))')} AS v "
        f"FROM {key.part.file.relation} "
        f"WHERE trim(CAST({name(key.column)} AS VARCHAR)) <> '')"
        for key in (left, right)
    )
    here, there = distinct
    found: float = engine.value(f"SELECT coalesce(avg(CAST(v IN (SELECT v FROM {there}) AS DOUBLE)), 0) FROM {here}")
    return found


def _settled(part: Cast, column: str) -> str:
    return next((m.export for m in part.matches if m.column == column), "")


def _with_key(key: _Key, column: str, pair: _Pair, why: Remark) -> Cast:
    others = tuple(m for m in key.part.matches if m.column != column and m.export != key.column)
    score = min(1.0, 0.5 + 0.3 * pair.share + 0.2 * key.named)
    return replace(key.part, matches=(Match(column, key.column, score, why), *others))


def _with_customer(part: Cast, column: str) -> Cast:
    """Incidents whose customers somebody named."""
    others = tuple(m for m in part.matches if m.export != column and m.column != Incidents.customer_id)
    return replace(part, matches=(Match(Incidents.customer_id, column, 1.0, YouSaidSo()), *others))


def _without(part: Cast, column: str) -> Cast:
    return replace(part, matches=tuple(m for m in part.matches if m.column != column))


def _complete(parts: Parts) -> dict[str, Cast]:
    """Tables that have found the key they need."""
    return {
        table: part
        for table, part in parts.items()
        if all(
            _settled(part, c.name)
            for c in TABLES[table].columns
            if c.required and c.name in (Incidents.incident_id, Incidents.customer_id)
        )
    }
