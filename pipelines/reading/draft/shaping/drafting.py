"""Files of other shapes than cases in a draft: what stands in for the incidents, and what their tables leave to it."""

from collections.abc import Mapping, Sequence

from pipelines.contracts.message import Remark
from pipelines.contracts.shapes import Role, Shape, Step
from pipelines.contracts.sources import TABLES, Incidents
from pipelines.engine import Engine
from pipelines.reading.draft.guess import Draft, Guess, Sampled
from pipelines.reading.draft.matching.match import Match, match_columns
from pipelines.reading.draft.matching.tables import Cast
from pipelines.reading.draft.notes import (
    FeaturesApart,
    RowsPerCase,
    ShapeFound,
    StepsNotKnown,
    TouchesAreStates,
    WhomItFailed,
)
from pipelines.reading.draft.shaping.found import FoundShape
from pipelines.reading.draft.shaping.logs import find_log
from pipelines.reading.draft.shaping.subjects import find_experiment, find_snapshot
from pipelines.reading.draft.why import Looks, Named, NamedAnd, ValuesRepeat, Way

# What the shape of a log gives itself.
_GIVEN = {
    Incidents.incident_id, Incidents.opened_at, Incidents.resolved_at, Incidents.closed_at, Incidents.reopened_at,
    Incidents.response_known,
}  # fmt: skip


def shape_of(engine: Engine, samples: Sequence[Sampled], parts: Mapping[str, Cast]) -> FoundShape | None:
    """The file that holds the incidents in a shape of its own: the log among them, else the one of subjects.

    Where another file holds cases, that file is the incidents.
    """
    cases = parts.get(Incidents.NAME)
    logs = (find_log(engine, s) for s in samples if cases is None or s.spec.alias == cases.file.spec.alias)
    if log := next(filter(None, logs), None):
        return log
    if cases is not None and any(m.column == Incidents.opened_at for m in cases.matches):
        return None
    subjects = (find_experiment(s) or find_snapshot(engine, s) for s in samples)
    return next(filter(None, subjects), None)


def log_parts(parts: Mapping[str, Cast], shape: FoundShape, file: Sampled) -> dict[str, Cast]:
    """The parts, where a log is the incidents: known by its case, opened when its first row says."""
    matches = tuple(
        m
        for m in match_columns(TABLES[Incidents.NAME], file)
        if m.column not in _GIVEN and m.export not in set(shape.columns.values()) - {shape.columns.get(Role.CUSTOMER)}
    )
    case, opened = shape.columns[Role.CASE], shape.columns.get(Role.OPENED, shape.columns[Role.MOMENT])
    looks = ValuesRepeat(1 - file.by_name[case].distinct / file.by_name[case].filled)
    own = tuple(
        Match(column, export, 0.9, NamedAnd(Named.SO, looks))
        for column, export in ((Incidents.incident_id, case), (Incidents.opened_at, opened))
    )
    others = {t: part for t, part in parts.items() if part.file.spec.alias != shape.alias}
    return {Incidents.NAME: Cast(Incidents.NAME, file, (*own, *matches), 9.0), **others}


def log_draft(draft: Draft, shape: FoundShape) -> Draft:
    """A draft whose incidents come out of a log: what the shape gives is left to it."""
    guesses = tuple(g for g in draft.guesses if g.file != shape.alias or _is_attribute(draft, shape, g))
    path = draft.samples[shape.alias].spec.path
    return draft.changed(
        guesses=guesses,
        latest=None,
        link=None,
        without_unit=None,
        left=tuple(rows for rows in draft.left if rows.file != shape.alias),
        shapes=(shape,),
        unmapped=_unmapped(draft, shape),
        notes=(*(n for n in draft.notes if n != RowsPerCase(path)), *_notes(draft, shape)),
    )


def _is_attribute(draft: Draft, shape: FoundShape, guess: Guess) -> bool:
    """A column of the cases that stands on their rows as it is; moments and amounts in words of their own don't."""
    sample = draft.samples[guess.file]
    plain = guess.way is Way.AS_IT_IS and guess.export not in sample.clocks
    taken = guess.column in _GIVEN or (guess.column == Incidents.customer_id and Role.CUSTOMER in shape.columns)
    marked = bool(guess.export) and sample.by_name[guess.export].amounts.marked
    return guess.table == Incidents.NAME and plain and not taken and not marked


def subjects_draft(bare: Draft, shape: FoundShape) -> Draft:
    """A draft whose incidents are subjects of a snapshot or an experiment."""
    notes = (*bare.notes, *_notes(bare, shape))
    return bare.changed(shapes=(shape,), notes=notes)


def _notes(draft: Draft, shape: FoundShape) -> list[Remark]:
    path = draft.samples[shape.alias].spec.path
    notes: list[Remark] = [ShapeFound(path, shape.shape)]
    touches = tuple(label for label, step in shape.steps.items() if step is Step.TOUCH)
    if touches:
        notes.append(TouchesAreStates(path, touches))
    if shape.unknown:
        column = shape.columns.get(Role.STATE) or shape.columns[Role.EVENT]
        notes.append(StepsNotKnown(path, column, shape.unknown))
    if shape.shape is Shape.SNAPSHOT:
        notes.append(WhomItFailed(path, shape.columns[Role.FAILURE]))
    if shape.left_apart:
        notes.append(FeaturesApart(path, shape.left_apart))
    return notes


def _unmapped(draft: Draft, shape: FoundShape) -> dict[str, tuple[tuple[str, Looks], ...]]:
    taken = {*shape.columns.values()}
    return {
        alias: tuple(pair for pair in pairs if alias != shape.alias or pair[0] not in taken)
        for alias, pairs in draft.unmapped.items()
    }
