"""What a draft says of everything it does not use, without showing any of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipelines.contracts.canonical import CanonicalTable
from pipelines.contracts.message import Fault, Remark
from pipelines.contracts.sources import Incidents, Interactions
from pipelines.reading.databases.database import Database
from pipelines.reading.draft.faults import NoFileOfIncidents, TakenFor, TakenForNoTable, TakenForNothing
from pipelines.reading.draft.guess import Draft, Sampled
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.tables import Cast
from pipelines.reading.draft.notes import BelongsToNobody, LeftOut, MessagesMayTell, PoorReviews, ShippedFits
from pipelines.reading.draft.why import (
    Dates,
    DifferentValues,
    Empty,
    Looks,
    Numbers,
    OneValue,
    PersonalLeftOut,
    TextLeftOut,
)
from pipelines.reading.files.exports import Data
from pipelines.settings.load import load_profile, shipped_profiles


def no_incidents(data: Data, samples: Sequence[Sampled], parts: Mapping[str, Cast], notes: Sequence[Remark]) -> Fault:
    """Why nothing can be drafted, and what each file was taken for."""
    seen = {part.file.spec.alias: CanonicalTable(table) for table, part in parts.items()}
    taken = (
        TakenFor(s.spec.path, seen[s.spec.alias]) if s.spec.alias in seen else TakenForNothing(s.spec.path)
        for s in samples
    )
    left_out = (TakenForNoTable(note.file, note.why) for note in notes if isinstance(note, LeftOut))
    return NoFileOfIncidents(str(data), (*taken, *left_out))


def shipped(data: Data) -> list[Remark]:
    """Shipped profiles that were written for exports of these very names."""
    if isinstance(data, Database):
        return []
    return [ShippedFits(name) for name in shipped_profiles() if _fits(name, data)]


def _fits(profile: str, data_dir: Path) -> bool:
    files = load_profile(profile).sources.files.values()
    return all(any(data_dir.glob(file.path)) for file in files if not file.optional)


def poor_reviews(parts: Mapping[str, Cast], stars: str) -> list[Remark]:
    """Which reviews count as incidents."""
    return [PoorReviews(parts[Incidents.NAME].file.spec.path, stars)] if stars else []


def dropped(parts: Mapping[str, Cast], kept: Mapping[str, Cast]) -> list[Remark]:
    """Files whose rows belong to nobody."""
    gone = {table: part for table, part in parts.items() if table not in kept}
    return [BelongsToNobody(part.file.spec.path, CanonicalTable(table)) for table, part in gone.items()]


def messages(parts: Mapping[str, Cast]) -> list[Remark]:
    """Messages aren't taken without being asked for; what they could tell is said."""
    contacts = parts.get(Interactions.NAME)
    texts = [t.name for t in contacts.file.columns if t.free_text and not t.personal] if contacts else []
    if not contacts or not texts or any(m.column == Interactions.action for m in contacts.matches):
        return []
    return [MessagesMayTell(contacts.file.spec.path, texts[0])]


def with_unmapped(draft: Draft) -> Draft:
    """The draft with its list of unused columns brought up to date."""
    used = {(g.file, g.export) for g in draft.guesses}
    used |= {
        (alias, s.clocks[column])
        for alias, s in draft.samples.items()
        for column in s.clocks
        if (alias, column) in used
    }
    if draft.link:
        used.add((draft.guesses[0].file, draft.link.incident_column))
    if draft.stars:
        used.add((draft.guesses[0].file, draft.stars))
    unmapped = {
        alias: tuple((t.name, looks_like(t)) for t in sample.columns if (alias, t.name) not in used)
        for alias, sample in draft.samples.items()
    }
    return draft.changed(unmapped={alias: columns for alias, columns in unmapped.items() if columns})


def looks_like(traits: Traits) -> Looks:
    """What an unused column holds, without showing any of it."""
    if not traits.filled:
        return Empty()
    if traits.personal:
        return PersonalLeftOut(traits.personal)
    if traits.free_text:
        return TextLeftOut()
    if traits.dates.share > 0.8:
        return Dates()
    if traits.labels:
        return OneValue() if len(traits.labels) == 1 else DifferentValues(len(traits.labels))
    return Numbers() if traits.amounts.share > 0.8 else DifferentValues(traits.distinct)
