"""From a folder of exports to a draft: look, cast, link, derive, and say what was left out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from pipelines.contracts.catalog.company import Asked
from pipelines.contracts.message import Remark
from pipelines.contracts.shapes import Shape
from pipelines.contracts.sources import TABLES, Compensations, Incidents, Orders, WordOfMouth
from pipelines.engine import Engine, open_sealed
from pipelines.reading.databases.database import Database
from pipelines.reading.draft.asking.answers import CENTS, DECIMALS, NOTHING_SAID, Answers, signature
from pipelines.reading.draft.faults import FolderIsEmpty, NothingFailed, NothingReadable
from pipelines.reading.draft.guess import Draft, Guess, Lacking, OrderLink, Rivals, Sampled
from pipelines.reading.draft.lexicon import names
from pipelines.reading.draft.looking.currency import guess_currency
from pipelines.reading.draft.looking.files import find_files
from pipelines.reading.draft.looking.sample import sample_files
from pipelines.reading.draft.looking.series import left_apart
from pipelines.reading.draft.matching.hidden_tables import derive_tables
from pipelines.reading.draft.matching.links import link_parts, shares_keys
from pipelines.reading.draft.matching.match import Match, fits, way_of
from pipelines.reading.draft.matching.readings import order_of, said_of
from pipelines.reading.draft.matching.repeats import cases_of_changes, settle_repeats
from pipelines.reading.draft.matching.states import rows_left, without_visibility
from pipelines.reading.draft.matching.systems import recognise
from pipelines.reading.draft.matching.tables import (
    MOST_STARS,
    Cast,
    cast_files,
    nearly,
    reviews_as_incidents,
    rivals_of,
)
from pipelines.reading.draft.matching.words import name_score
from pipelines.reading.draft.notes import (
    AndNoted,
    AnswerFitsNothing,
    LastRowHolds,
    RecognisedAs,
    RowsLeftOut,
    RowsPerCase,
)
from pipelines.reading.draft.remarks import dropped, messages, no_incidents, poor_reviews, shipped, with_unmapped
from pipelines.reading.draft.shaping.drafting import log_draft, log_parts, shape_of, subjects_draft
from pipelines.reading.draft.shaping.subjects import without_failure
from pipelines.reading.draft.why import AreOrders, KindInNames, NamedSoDates, NoColumnSays, Way
from pipelines.reading.files.exports import Data


@dataclass(frozen=True)
class Looked:
    """A folder as looked at, in an engine that holds its rows while questions are asked."""

    engine: Engine
    data: Data
    samples: tuple[Sampled, ...]
    notes: tuple[Remark, ...]


@contextmanager
def look_at(data: Data) -> Iterator[Looked]:
    """Look at every file of a folder. Raises ``SourceError`` when it is no folder, or holds far too many files."""
    found = find_files(data)
    with open_sealed() as engine:
        samples, refused = sample_files(engine, data, found.specs)
        yield Looked(engine, data, tuple(samples), (*found.notes, *refused))


def make_draft(data: Data, folder: Path, said: Answers = NOTHING_SAID) -> Draft:
    """Guess a profile from the files of a folder, for the profile folder; writes nothing.

    What can't be drafted at all is a draft too: it says why, and asks.
    """
    with look_at(data) as looked:
        return draft_of(looked, folder, said)


def draft_of(looked: Looked, folder: Path, said: Answers) -> Draft:
    """The draft that the files and what somebody answered make."""
    samples = [_with_decimal(sample, said) for sample in looked.samples]
    bare = Draft(
        folder=folder,
        title=title_of(looked.data),
        guesses=(),
        samples={s.spec.alias: s for s in samples},
        unmapped={},
        notes=(*looked.notes, *shipped(looked.data), *_fit_nothing(samples, said)),
        said=said,
    )
    if not samples:
        notes = looked.notes
        named = str(looked.data)
        nothing = NothingReadable(named, reduce(AndNoted, notes)) if notes else FolderIsEmpty(named)
        return bare.changed(stopped=nothing, rivals=(Rivals(Incidents.NAME, ()),))
    chosen = _chosen(samples, said)
    parts, stars = reviews_as_incidents(cast_files(samples, chosen, _columns_said(samples, said)))
    shape = shape_of(looked.engine, samples, parts) if Incidents.NAME not in chosen else None
    if shape and shape.shape is not Shape.EVENTS:
        return subjects_draft(bare, shape)
    if shape:
        log = log_parts(parts, shape, bare.samples[shape.alias])
        return log_draft(_drafted(looked.engine, bare, log, ""), shape)
    if Incidents.NAME not in parts:
        flags = [NothingFailed(s.spec.path, flag) for s in samples if (flag := without_failure(s))]
        why = no_incidents(looked.data, samples, parts, looked.notes)
        if not flags and (near := nearly(samples, parts, Incidents.NAME)):
            return with_unmapped(bare.changed(stopped=why, lacking=(_lacked(Incidents.NAME, *near),)))
        rivals = (Rivals(Incidents.NAME, _with_days(samples)),)
        return with_unmapped(bare.changed(stopped=flags[0] if flags else why, rivals=rivals))
    if lacking := _lacking(parts[Incidents.NAME]):
        why = no_incidents(looked.data, samples, parts, looked.notes)
        return with_unmapped(bare.changed(stopped=why, lacking=(lacking,)))
    drafted = _drafted(looked.engine, bare, parts, stars)
    return drafted.changed(rivals=_rivals(looked.engine, samples, parts, chosen))


def title_of(data: Data) -> str:
    """What a company is called for now: as its folder, or its database."""
    return data.title if isinstance(data, Database) else data.resolve().name


def _with_decimal(sample: Sampled, said: Answers) -> Sampled:
    """Which sign begins the decimals, where somebody said so of a column."""
    for column in sample.columns:
        told = said.one(Asked.DECIMAL_SIGN, column.name, sample.spec.path, signature(sample.by_name))
        if told and column.amounts.unsettled:
            point = (told == DECIMALS) == (column.amounts.unsettled == ".")
            return replace(sample, spec=replace(sample.spec, decimal="." if point else ","))
    return sample


def _fit_nothing(samples: Sequence[Sampled], said: Answers) -> list[Remark]:
    """Answers given for a file that isn't there, nor another with its columns."""
    paths, headers = {s.spec.path for s in samples}, {signature(s.by_name) for s in samples}
    return [
        AnswerFitsNothing(s.file, s.about) for s in said.said if s.file not in ("", *paths) and s.header not in headers
    ]


def _chosen(samples: Sequence[Sampled], said: Answers) -> dict[str, str]:
    """Canonical table → alias of the file that somebody said it is: by name, else by its columns."""
    found: dict[str, str] = {}
    for table in TABLES:
        for told in said.every(Asked.WHICH_FILE, table):
            alike = [s for s in samples if told.header in ("", signature(s.by_name))]
            named = [s.spec.alias for s in alike if s.spec.path in told.answer]
            only = [s.spec.alias for s in alike if told.header] if len(alike) == 1 else []
            if table not in found and (named or only):
                found[table] = (named or only)[0]
    return found


def _columns_said(samples: Sequence[Sampled], said: Answers) -> dict[tuple[str, str], dict[str, str]]:
    """Table and file → canonical column → the column of the export that somebody said it is."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for sample in samples:
        for table, contract in TABLES.items():
            for column in contract.by_name:
                about = f"{table}.{column}"
                if told := said.one(Asked.WHICH_COLUMN, about, sample.spec.path, signature(sample.by_name)):
                    found.setdefault((table, sample.spec.alias), {})[column] = told
    return found


def _with_days(samples: Sequence[Sampled]) -> tuple[str, ...]:
    """Files that hold moments, as cases do."""
    return tuple(s.spec.alias for s in samples if any(t.dates.share > 0.8 or t.since_1970 for t in s.columns))


def _lacking(incidents: Cast) -> Lacking | None:
    """A file that somebody said holds the cases, where no column shows when they were opened."""
    if any(m.column == Incidents.opened_at for m in incidents.matches):
        return None
    return _lacked(Incidents.NAME, incidents.file, Incidents.opened_at)


def _lacked(table: str, file: Sampled, column: str) -> Lacking:
    """A column that a file needs to be a table, and the columns whose values could be it."""
    canonical = TABLES[table].by_name[column]
    possible = tuple(t.name for t in file.columns if fits(TABLES[table], canonical, t).share)
    return Lacking(table, file.spec.alias, column, possible, table)


def _rivals(
    engine: Engine, samples: Sequence[Sampled], parts: Mapping[str, Cast], chosen: Collection[str]
) -> tuple[Rivals, ...]:
    """Tables of which another file may be the right one, or another part."""
    found = []
    for table in (Incidents.NAME, Orders.NAME):
        if table in parts and table not in chosen:
            others = [r for r in rivals_of(samples, parts, table) if not shares_keys(engine, r, parts[table])]
            if others:
                aliases = (parts[table].file.spec.alias, *(r.file.spec.alias for r in others))
                found.append(Rivals(table, aliases))
    return tuple(found)


def _drafted(engine: Engine, bare: Draft, parts: Mapping[str, Cast], stars: str) -> Draft:
    incidents = parts[Incidents.NAME]
    sample = incidents.file
    about = f"{Incidents.NAME}.{Incidents.customer_id}"
    customer = bare.said.one(Asked.WHICH_COLUMN, about, sample.spec.path, signature(sample.by_name))
    linked = link_parts(engine, parts, customer)
    cases, latest = cases_of_changes(engine, linked.parts)
    settled = settle_repeats(engine, cases)
    left = rows_left(engine, settled.parts)
    kept = without_visibility(settled.parts, left)
    samples = list(bare.samples.values())
    apart = Lacking(Incidents.NAME, sample.spec.alias, Incidents.customer_id, linked.apart, Orders.NAME)
    draft = bare.changed(
        guesses=_guesses(kept, linked.link),
        notes=(
            *bare.notes,
            *(RecognisedAs(s.spec.path, known.system) for s in samples if (known := recognise(s.by_name))),
            *left_apart(samples, {part.file.spec.alias for part in settled.parts.values()}),
            *poor_reviews(parts, stars),
            *linked.notes,
            *dropped(parts, linked.parts),
            *(note for note in settled.notes if not (latest and isinstance(note, RowsPerCase))),
            *([LastRowHolds(cases[Incidents.NAME].file.spec.path, latest.changed)] if latest else []),
            *messages(settled.parts),
            *(RowsLeftOut(parts[rows.table].file.spec.path, rows.column, rows.rows, rows.texts) for rows in left),
        ),
        link=linked.link,
        orders=settled.orders,
        stars=stars,
        left=left,
        latest=latest,
        lacking=_waiting_orders(samples, settled.parts, apart),
    )
    return with_unmapped(_with_cents(_with_currency(_with_derived(draft, kept))))


def _waiting_orders(samples: Sequence[Sampled], parts: Mapping[str, Cast], apart: Lacking) -> tuple[Lacking, ...]:
    """What keeps orders waiting: customers that they don't share with the cases, or a file that lacks one column."""
    if Orders.NAME in parts:
        return (apart,) if apart.choices else ()
    near = nearly(samples, parts, Orders.NAME)
    return (_lacked(Orders.NAME, *near),) if near else ()


def _with_cents(draft: Draft) -> Draft:
    """Amounts that somebody said are cents."""
    guesses = tuple(
        replace(g, way=Way.HUNDREDTHS)
        if g.export
        and g.way is Way.AS_IT_IS
        and TABLES[g.table].by_name[g.column].kind == "money"
        and said_of(draft, Asked.HUNDREDTHS, g.file, g.export) == CENTS
        else g
        for g in draft.guesses
    )
    return draft.changed(guesses=guesses)


def _guesses(parts: Mapping[str, Cast], link: OrderLink | None) -> tuple[Guess, ...]:
    guesses = [g for part in parts.values() for g in (*_mapped(part), *_kind(part), *_cancelled(part))]
    if link:
        why = AreOrders(link.share, link.incident_column)
        guesses.append(Guess(Incidents.NAME, Incidents.customer_id, link.orders, link.customer_column, why))
    return tuple(guesses)


def _mapped(part: Cast) -> list[Guess]:
    order = list(TABLES[part.table].by_name)
    matches = sorted(part.matches, key=lambda m: order.index(m.column))
    return [
        Guess(
            part.table,
            m.column,
            part.file.spec.alias,
            m.export,
            m.why,
            way=_way(part, m),
        )
        for m in matches
    ]


def _way(part: Cast, match: Match) -> Way:
    """How a column comes out of an export: a known tool writes some amounts in hundredths."""
    traits, known = part.file.by_name[match.export], recognise(part.file.by_name)
    minor = known is not None and match.export in known.minor and traits.amounts.whole
    money = TABLES[part.table].by_name[match.column].kind == "money"
    return Way.HUNDREDTHS if minor and money else way_of(part.table, match.column, traits)


def _kind(part: Cast) -> list[Guess]:
    """What a file holds when no column says it: from its name, else from its scores."""
    kind = TABLES[part.table].by_name.get(Compensations.kind)
    if kind is None or any(m.column == Compensations.kind for m in part.matches):
        return []
    words = f"{part.file.spec.path} {' '.join(m.export for m in part.matches)}"
    named = next((a for a in kind.allowed if name_score(words, (a.replace("_", " "), f"{a}s"))), "")
    constant = named or ("monetary_unspecified" if part.table == Compensations.NAME else _by_scores(part))
    why = KindInNames() if named else NoColumnSays()
    return [Guess(part.table, Compensations.kind, part.file.spec.alias, "", why, constant=constant)]


def _by_scores(part: Cast) -> str:
    """Scores above 5 are answers to "would you recommend us", 0 to 10; others are stars."""
    highest = max(
        (part.file.by_name[m.export].amounts.largest for m in part.matches if m.column == WordOfMouth.score), default=0
    )
    return "nps" if highest > MOST_STARS else "review"


def _cancelled(part: Cast) -> list[Guess]:
    taken = {m.export for m in part.matches}
    if part.table != Orders.NAME or any(m.column == Orders.status for m in part.matches):
        return []
    ends = [
        t
        for t in part.file.columns
        if t.name not in taken and t.dates.share > 0.8 and name_score(t.name, names().cancelled_at)
    ]
    alias = part.file.spec.alias
    return [
        Guess(Orders.NAME, Orders.status, alias, t.name, NamedSoDates(), way=Way.CANCELLED_WHERE_FILLED)
        for t in ends[:1]
    ]


def _with_derived(draft: Draft, parts: Mapping[str, Cast]) -> Draft:
    incidents = parts[Incidents.NAME]
    opened = next(incidents.file.by_name[m.export] for m in incidents.matches if m.column == Incidents.opened_at)
    readable = order_of(draft, incidents.file.spec.alias, opened) is not None
    made = [*parts, *([WordOfMouth.NAME] if draft.stars else [])]
    alias = incidents.file.spec.alias
    derived = derive_tables(
        incidents, made, opened_known=readable, unit=lambda column: said_of(draft, Asked.DURATION_UNIT, alias, column)
    )
    return draft.changed(
        guesses=(*draft.guesses, *derived.guesses),
        notes=(*draft.notes, *derived.notes),
        without_unit=(alias, derived.without_unit) if derived.without_unit else None,
    )


def _with_currency(draft: Draft) -> Draft:
    """Amounts need a currency: where no column of the table says it, the one found for all."""
    currency = guess_currency(draft.guesses, draft.samples)
    without = [t for t in draft.tables() if _has_money(draft.of_table(t)) and Incidents.currency in TABLES[t].by_name]
    constants = [
        Guess(
            t,
            Incidents.currency,
            draft.of_table(t)[0].file,
            "",
            currency.why,
            constant=currency.code,
        )
        for t in without
        if not any(g.column == Incidents.currency for g in draft.of_table(t))
    ]
    return draft.changed(guesses=(*draft.guesses, *constants))


def _has_money(guesses: Iterable[Guess]) -> bool:
    return any(TABLES[g.table].by_name[g.column].kind == "money" for g in guesses)
