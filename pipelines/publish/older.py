"""Runs of schemas 1 to 3 as today's rows: numbers, grades and codes as they were, texts that have no code as texts.

Then sentences stood where messages stand now, one table ``decisions`` held what four tables hold, and units were told
with their currency. A row whose codes nobody knows any more is left out and counted.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pipelines.contracts.messages.every  # noqa: F401 - every code that a text may stand for
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.estimation import AskedOf, q_family
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.message import Caveat, Message, Population, Promised, Reason, Step, declared, parameters, snake
from pipelines.contracts.messages.earlier import (
    EarlierCaveat,
    EarlierPopulation,
    EarlierPromise,
    EarlierReason,
    EarlierStep,
    RowsLeftOut,
    TablesNotKept,
    WrittenEarlier,
)
from pipelines.contracts.messages.populations import AskedOfEffect
from pipelines.contracts.segments import NEVER_FAILED
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.event import EventMeasure
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.plain import built
from pipelines.contracts.tables.row import (
    Published,
    codes,
    columns,
    defaults,
    is_many,
    is_open,
    member_of,
    messages,
)
from pipelines.contracts.tables.valuation import Valuation

R = TypeVar("R", bound=Published)
Cells = dict[str, Any]

# The first schema whose rows hold codes and messages: runs of it and after are read as today's.
CODED = 4
# Today's column → what it was called, in the order in which it was renamed.
RENAMED = {"reasons": ("reason",), "caveats": ("assumption",), "answered_in_time": ("standard_met",)}
DECISIONS = "decisions"
SPLIT: tuple[type[Published], ...] = (Measured, Contrasted, Valuation, DecisionReview)
EARLIER: Mapping[type[Message], Callable[[str], Message]] = {
    Reason: EarlierReason,
    Caveat: EarlierCaveat,
    Population: EarlierPopulation,
    Step: EarlierStep,
    Promised: EarlierPromise,
}
# How the parts of the old table are told apart: by part, else by how the measure's name begins.
_VALUED = ("cost_of_", "margin_", "marginal_", "spent_", "compensation_spent", "faster", "more", "form", "best_form")
_CONTRASTED = ("rate_", "commitment_effect", "resolved_at_first_contact_effect")
_UNKNOWN = object()
_BOUND = re.compile(r"bound_(?P<multiple>[\d.]+)x")


@dataclass(frozen=True)
class Read:
    """The tables of an older run by name, and what that run can't say."""

    tables: Mapping[str, tuple[Published, ...]]
    provisos: tuple[Caveat, ...]


def read(
    folder: Path, manifest: Manifest, wanted: Iterable[type[Published]], stored: Callable[[Path], list[Cells]]
) -> Read:
    """The wanted tables of the run in ``folder``, whose files ``stored`` reads. Raises what that raises."""
    tables: dict[str, tuple[Published, ...]] = {}
    provisos: list[Caveat] = [WrittenEarlier(str(manifest.schema_version))]
    lacking = []
    for row in wanted:
        files = [name for name in _files_of(row) if name in manifest.rows]
        if not files:
            lacking.append(row.TABLE)
        kept = [cells for name in files for cells in stored(folder / f"{name}.parquet") if _is_of(row, name, cells)]
        tables[row.TABLE] = _rows(row, [_adapted(row, cells) for cells in kept], manifest.profile.currency)
        if left := len(kept) - len(tables[row.TABLE]):
            provisos.append(RowsLeftOut(left, row.TABLE))
    return Read(tables, (*provisos, *_not_kept(lacking)))


def never_had(manifest: Manifest, wanted: Iterable[str]) -> tuple[Caveat, ...]:
    """What a run can't say for want of tables that came after it; its other rows are today's."""
    return _not_kept([name for name in wanted if name not in manifest.rows])


def _not_kept(tables: Sequence[str]) -> tuple[Caveat, ...]:
    return (TablesNotKept(tuple(tables)),) if tables else ()


def row_of(row: type[R], cells: Mapping[str, Any]) -> R:
    """One row from the cells that an older journal holds. Raises ``ValueError`` for a code that nobody knows."""
    for found in _rows(row, [_adapted(row, dict(cells))], ""):
        return found
    raise ValueError(f"no row of {row.TABLE}")


def _files_of(row: type[Published]) -> tuple[str, ...]:
    """The tables that rows stood in then."""
    if row is Measured:
        return row.TABLE, DECISIONS
    return (DECISIONS,) if row in SPLIT else (row.TABLE,)


def _is_of(row: type[Published], name: str, cells: Cells) -> bool:
    return name != DECISIONS or _table_of(cells) is row


def _table_of(cells: Cells) -> type[Published]:
    """Which of the four tables a row of ``decisions`` belongs to."""
    part, measure = cells["part"], cells["measure"]
    if part == "decided":
        return DecisionReview
    if part == "paradox" or measure.startswith(_CONTRASTED):
        return Contrasted
    return Valuation if part in ("money", "front_line", "choice") and measure.startswith(_VALUED) else Measured


def _adapted(row: type[Published], cells: Cells) -> Cells:
    """Cells under today's names, where one became two or two one."""
    if row is Measured:
        cells = {**cells, "segment": NEVER_FAILED} if cells.get("population") == "never-failed customers" else cells
        return {"topic": cells.get("part") or Topic.DESCRIPTIVE, "verdict": _counted(cells), **cells}
    if row is DecisionReview:
        named = str(cells.get("segment") or "").removeprefix("decision=")
        return {**cells, "segment": "", "decision": int(named) if named.isdigit() else None}
    if row is EventMeasure:
        return {**cells, "level": _known()["dose_step"].get(str(cells.get("level")), cells.get("level"))}
    if row is Effect:
        return {**cells, "family": _family(cells.get("family"))}
    return _checked(cells) if row is Diagnostic else cells


def _counted(cells: Cells) -> str:
    """What descriptive rows didn't say: whether they were hidden."""
    return "suppressed" if cells.get("suppressed") else "estimated"


def _family(text: str | None) -> str | None:
    """Effects judged together: "actions on returned" and "speed by severity × value" then."""
    if text is None:
        return None
    group, _, asked = text.replace(" by ", " on ").partition(" on ")
    return q_family(group, asked.replace(" × ", "*"))


def _checked(cells: Cells) -> Cells:
    """A check: bounds had their multiple in the name, and verdicts were a letter, a sentence or the check itself."""
    subject = str(cells["subject"]).replace(" × ", "*")
    found = {**cells, "subject": _known()["subject"].get(subject, subject)}
    if bound := _BOUND.fullmatch(str(cells["check"])):
        found |= {"check": "hidden_cause", "multiple": float(bound["multiple"])}
    verdict = str(cells["verdict"])
    if verdict in ("A", "B", "C", "D"):
        found |= {"grade": verdict, "verdict": "passed" if verdict <= "B" else "failed"}
    elif verdict in ("ok", cells["check"]):
        found["verdict"] = "passed" if cells["passed"] else "failed"
    elif " " in verdict and verdict not in _known()["check_verdict"]:
        found["reason"] = verdict
    return found


def _rows(row: type[R], stored: Sequence[Cells], currency: str) -> tuple[R, ...]:
    """Every row of which each cell is known. A column that some rows lack is taken to be empty in these."""
    present = {name for cells in stored for name in cells}
    made: dict[str, list[Any]] = {}
    for name, hint in columns(row).items():
        found = next((old for old in (name, *RENAMED.get(name, ())) if old in present), None)
        if found is not None or name not in defaults(row):
            told, otherwise = _told(hint, currency), defaults(row).get(name)
            made[name] = [told(cells[found]) if found in cells else otherwise for cells in stored]
    whole = (values for values in zip(*made.values(), strict=True) if _UNKNOWN not in values)
    return tuple(built(row, dict(zip(made, values, strict=True))) for values in whole)


def _told(hint: Any, currency: str) -> Callable[[Any], Any]:
    """How a column's cells are read, each text once; a code that nobody knows is marked as such."""
    family, catalogues = messages(hint), codes(hint)
    if family is None and not catalogues:
        return lambda value: value
    known: dict[Any, Any] = {None: () if is_many(hint) else None, "": () if is_many(hint) else None}

    def told(value: Any) -> Any:
        if value not in known and family is not None:
            said = _said(family, value)
            known[value] = (said,) if is_many(hint) else said
        elif value not in known and catalogues:
            found = (_code(catalogue, value, currency) for catalogue in catalogues)
            otherwise = value if is_open(hint) else _UNKNOWN
            known[value] = next((code for code in found if code is not None), otherwise)
        return known[value]

    return told


def _said(family: type[Message], text: str) -> Message:
    """What a text said, by its code where one is known; the cases that an effect was asked of stood as their code."""
    if family is Population and text in tuple(AskedOf):
        return AskedOfEffect(AskedOf(text))
    for pattern, message, given in _patterns(family):  # type: ignore[arg-type]
        if found := pattern.fullmatch(text):
            told = {name: _parameter(parameters(message)[name][0], value) for name, value in found.groupdict().items()}
            said: Message = message(**given, **told)
            return said
    return EARLIER[family](text)


def _parameter(type_: Any, text: str) -> Any:
    """A number, a label, or the message that another one is about."""
    return _said(type_, text) if issubclass(type_, Message) else type_(text)


@cache
def _patterns(family: Any) -> tuple[tuple[re.Pattern[str], Any, Mapping[str, Any]], ...]:
    """Templates of texts, with ``{names}`` for parameters, and what they say."""
    messages_of = {message.CODE: message for message in declared(family)}
    found = []
    for template, code in _known().get(family.FAMILY, {}).items():
        given = {"code": code} if isinstance(code, str) else dict(code)
        message = messages_of[f"{family.FAMILY}.{given.pop('code')}"]
        typed = {name: _parameter(parameters(message)[name][0], value) for name, value in given.items()}
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template))
        found.append((re.compile(pattern), message, typed))
    return tuple(found)


def _code(catalogue: type[StrEnum], text: str, currency: str) -> StrEnum | None:
    """The code of a text in one catalogue; None where it has none."""
    plain = re.sub(rf"^{currency}(?= |$)", "money", text) if currency else text
    known = _known().get(snake(catalogue.__name__), {})
    begun = next((code for start, code in known.items() if start.endswith("*") and plain.startswith(start[:-1])), None)
    return member_of(catalogue, str(known.get(plain, begun or plain.replace(" ", "_"))))


@cache
def _known() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
