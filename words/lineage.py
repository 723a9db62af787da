"""Where the cases of an estimate come from: how many of the incidents, how many of the rows read, and the rest."""

from collections.abc import Iterable, Sequence

from pipelines.contracts.canonical import CanonicalTable
from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.catalog.treatments import FAILURE
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.intake import RowsCounted
from words.speech import Speech

_FILES = "files."


def rests_on(row: Effect, checks: Iterable[Diagnostic], incidents: int, speech: Speech) -> str:
    """How many of the run's incidents an estimate was made of, and why the others weren't; empty without a number.

    ``checks`` are those of the effect. Of the failure itself nothing is said: its cases aren't incidents alone.
    """
    if row.n_incidents is None or row.treatment == FAILURE or row.n_incidents > incidents:
        return ""
    gone = left_out(checks)
    others = incidents - row.n_incidents - sum(gone.values())
    said = [speech.text("finding.lineage.gate", n=n, gate=speech.label(f"gate.{g}", g)) for g, n in gone.items()]
    said += [speech.text("finding.lineage.others", n=others)] if others > 0 else []
    used, whole = speech.count(row.n_incidents), speech.count(incidents)
    if not said:
        return speech.text("finding.lineage.all", incidents=whole)
    return speech.text("finding.lineage.used", used=used, incidents=whole, counts=speech.listed(said))


def left_out(checks: Iterable[Diagnostic]) -> dict[str, int]:
    """Incidents left out of an effect, by the gate that they didn't pass; kinds never treated under one."""
    gone: dict[str, int] = {}
    for check in checks:
        if check.check in (Check.LEFT_OUT, Check.NEVER_TREATED) and check.value:
            gate = "never_done" if check.check == Check.NEVER_TREATED else check.subject
            gone[gate] = gone.get(gate, 0) + int(check.value)
    return gone


def read_as_incidents(quality: Sequence[RowsCounted], speech: Speech) -> str:
    """How many rows the incidents were read from, and where the others went; empty where all are incidents."""
    incidents = _rows(quality, CanonicalTable.INCIDENTS)
    files = {row.file for row in quality if row.table == CanonicalTable.INCIDENTS}
    held = {row.file: row.rows for row in quality if row.table.startswith(_FILES) and row.reason is RowReason.ROWS_IN}
    came, kept = incidents[RowReason.ROWS_IN], incidents[RowReason.KEPT]
    read = sum(held[file] for file in files) if files <= held.keys() else came
    elsewhere, aside = max(read - came, 0), came - kept
    if read == kept or not read:
        return ""
    parts = [speech.text("finding.lineage.elsewhere", n=elsewhere)] if elsewhere else []
    parts += [speech.text("finding.lineage.aside", n=aside)] if aside else []
    counts = speech.listed(parts)
    return speech.text("finding.lineage.read", kept=speech.count(kept), read=speech.count(read), counts=counts)


def _rows(quality: Iterable[RowsCounted], table: str) -> dict[RowReason, int]:
    counts = {RowReason.ROWS_IN: 0, RowReason.KEPT: 0}
    for row in quality:
        if row.table == table:
            counts[row.reason] = counts.get(row.reason, 0) + row.rows
    return counts
