"""What each reading of a draft rests on: proven by values, likely by names, said by somebody, or open."""

from pipelines.contracts.canonical import Column
from pipelines.contracts.sources import TABLES, Incidents, Orders
from pipelines.reading.draft.asking.questions import Waiting
from pipelines.reading.draft.guess import Draft, Guess
from pipelines.reading.draft.looking.amounts import CODES
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.readings import order_of, traits_of, unknown_states
from pipelines.reading.draft.matching.vocabulary import severity_order, value_map
from pipelines.reading.draft.why import (
    AreCustomers,
    AreIncidents,
    AreOrders,
    AsInIncidents,
    FoundIn,
    IncidentItself,
    Proof,
    SameCustomers,
    YouSaidSo,
    YouStarted,
)

# Keys of which fewer are found elsewhere may share values by chance, or stand for a part.
MOST_FOUND = 0.5


def proof_of(draft: Draft, waits: Waiting, guess: Guess) -> Proof:
    """What a guess rests on. A name, or a known tool's name, makes a reading likely and never proves it."""
    place = draft.samples[guess.file].spec.path
    asked = any((q.file, q.about) == (place, guess.export) for q in waits.questions if guess.export)
    if asked or guess.table in waits.tables or (guess.table, guess.column) in waits.columns:
        return Proof.OPEN
    if isinstance(guess.why, YouSaidSo | YouStarted):
        return Proof.SAID
    traits = traits_of(draft, guess)
    proven = traits is not None and _is_proven(draft, guess, TABLES[guess.table].by_name[guess.column], traits)
    return Proof.PROVEN if proven else Proof.LIKELY


def _is_proven(draft: Draft, guess: Guess, column: Column, traits: Traits) -> bool:
    """Whether the values allow no other reading among the columns of the file."""
    columns = draft.samples[guess.file].columns
    match column.kind:
        case "id":
            return _is_shared(guess)
        case "time" | "date":
            moments = [t for t in columns if t.dates.share > 0.5 or t.since_1970]
            return moments == [traits] and order_of(draft, guess.file, traits) is not None
        case "money" | "number":
            amounts = [t for t in columns if t.amounts.share > 0.8 and (t.amounts.decimal or t.amounts.marked)]
            return amounts == [traits]
        case "flag" | "label":
            return _are_known(draft, guess, column, traits)
    return False


def _is_shared(guess: Guess) -> bool:
    """Whether other files hold the same keys."""
    if isinstance(guess.why, FoundIn | AreIncidents | AreCustomers | AreOrders):
        return guess.why.share >= MOST_FOUND
    return isinstance(guess.why, SameCustomers | AsInIncidents | IncidentItself)


def _are_known(draft: Draft, guess: Guess, column: Column, traits: Traits) -> bool:
    """Whether every label of a closed set means something known."""
    if not traits.labels:
        return False
    if (guess.table, guess.column) == (Orders.NAME, Orders.status):
        return not unknown_states(draft, guess)
    if column.name == Incidents.severity:
        return bool(severity_order(traits.labels))
    if column.name == Incidents.currency:
        return all(label.upper() in CODES for label in traits.labels)
    return bool(column.kind == "flag" or column.allowed) and value_map(guess.table, column, traits.labels) is not None
