"""From a folder of exports to a draft: look, cast, link, derive, and say what was left out."""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from pathlib import Path

from pipelines.contracts.message import Remark
from pipelines.contracts.sources import TABLES, Compensations, Incidents, Orders, WordOfMouth
from pipelines.engine import Engine, open_sealed
from pipelines.errors import SourceError
from pipelines.reading.draft.faults import FolderIsEmpty, NothingReadable
from pipelines.reading.draft.guess import Draft, Guess, OrderLink, Sampled
from pipelines.reading.draft.lexicon import names
from pipelines.reading.draft.looking.currency import guess_currency
from pipelines.reading.draft.looking.files import find_files
from pipelines.reading.draft.looking.sample import sample_files
from pipelines.reading.draft.looking.series import left_apart
from pipelines.reading.draft.matching.hidden_tables import derive_tables
from pipelines.reading.draft.matching.links import link_parts
from pipelines.reading.draft.matching.match import confidence, way_of
from pipelines.reading.draft.matching.readings import order_of
from pipelines.reading.draft.matching.repeats import cases_of_changes, settle_repeats
from pipelines.reading.draft.matching.states import rows_left, without_visibility
from pipelines.reading.draft.matching.tables import MOST_STARS, Cast, cast_files, reviews_as_incidents
from pipelines.reading.draft.matching.words import name_score
from pipelines.reading.draft.notes import AndNoted, LastRowHolds, RowsLeftOut, RowsPerCase
from pipelines.reading.draft.remarks import dropped, messages, no_incidents, poor_reviews, shipped, with_unmapped
from pipelines.reading.draft.why import AreOrders, Confidence, KindInNames, NamedSoDates, NoColumnSays, Way


def make_draft(data_dir: Path, folder: Path) -> Draft:
    """Guess a profile from the files of a folder, for the profile folder; writes nothing.

    Raises ``SourceError`` when no file can be read, or none looks like incidents.
    """
    found = find_files(data_dir)
    with open_sealed() as engine:
        samples, refused = sample_files(engine, data_dir, found.specs)
        notes: list[Remark] = [*found.notes, *refused]
        if not samples:
            raise SourceError(NothingReadable(data_dir, reduce(AndNoted, notes)) if notes else FolderIsEmpty(data_dir))
        return _draft(engine, data_dir, folder, samples, notes)


def _draft(engine: Engine, data_dir: Path, folder: Path, samples: Sequence[Sampled], notes: Sequence[Remark]) -> Draft:
    parts, stars = reviews_as_incidents(cast_files(samples))
    if Incidents.NAME not in parts:
        raise SourceError(no_incidents(data_dir, samples, parts, notes))
    linked = link_parts(engine, parts)
    cases, latest = cases_of_changes(engine, linked.parts)
    settled = settle_repeats(engine, cases)
    left = rows_left(engine, settled.parts)
    kept = without_visibility(settled.parts, left)
    draft = Draft(
        folder=folder,
        title=data_dir.resolve().name,
        guesses=_guesses(kept, linked.link),
        samples={s.spec.alias: s for s in samples},
        unmapped={},
        notes=(
            *notes,
            *shipped(data_dir),
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
    )
    return with_unmapped(_with_currency(_with_derived(draft, kept)))


def _guesses(parts: Mapping[str, Cast], link: OrderLink | None) -> tuple[Guess, ...]:
    guesses = [g for part in parts.values() for g in (*_mapped(part), *_kind(part), *_cancelled(part))]
    if link:
        why = AreOrders(link.share, link.incident_column)
        guesses.append(
            Guess(Incidents.NAME, Incidents.customer_id, link.orders, link.customer_column, Confidence.MEDIUM, why)
        )
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
            confidence(m.score),
            m.why,
            way=way_of(part.table, m.column, part.file.by_name[m.export]),
        )
        for m in matches
    ]


def _kind(part: Cast) -> list[Guess]:
    """What a file holds when no column says it: from its name, else from its scores."""
    kind = TABLES[part.table].by_name.get(Compensations.kind)
    if kind is None or any(m.column == Compensations.kind for m in part.matches):
        return []
    words = f"{part.file.spec.path} {' '.join(m.export for m in part.matches)}"
    named = next((a for a in kind.allowed if name_score(words, (a.replace("_", " "), f"{a}s"))), "")
    constant = named or ("monetary_unspecified" if part.table == Compensations.NAME else _by_scores(part))
    sure, why = (Confidence.MEDIUM, KindInNames()) if named else (Confidence.LOW, NoColumnSays())
    return [Guess(part.table, Compensations.kind, part.file.spec.alias, "", sure, why, constant=constant)]


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
        Guess(
            Orders.NAME, Orders.status, alias, t.name, Confidence.HIGH, NamedSoDates(), way=Way.CANCELLED_WHERE_FILLED
        )
        for t in ends[:1]
    ]


def _with_derived(draft: Draft, parts: Mapping[str, Cast]) -> Draft:
    incidents = parts[Incidents.NAME]
    opened = next(incidents.file.by_name[m.export] for m in incidents.matches if m.column == Incidents.opened_at)
    readable = order_of(draft, incidents.file.spec.alias, opened) is not None
    made = [*parts, *([WordOfMouth.NAME] if draft.stars else [])]
    derived = derive_tables(incidents, made, opened_known=readable)
    return draft.changed(guesses=(*draft.guesses, *derived.guesses), notes=(*draft.notes, *derived.notes))


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
            Confidence.MEDIUM,
            currency.why,
            constant=currency.code,
        )
        for t in without
        if not any(g.column == Incidents.currency for g in draft.of_table(t))
    ]
    return draft.changed(guesses=(*draft.guesses, *constants))


def _has_money(guesses: Iterable[Guess]) -> bool:
    return any(TABLES[g.table].by_name[g.column].kind == "money" for g in guesses)
