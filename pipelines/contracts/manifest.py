"""The manifest of a published run: where it came from and what it holds. One JSON object per run directory.

It names the SHA-256 of every other file of the run, and carries a seal: the SHA-256 of all that it says itself.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from pipelines.contracts.document import DocumentError, read

# The table of the mart, one row an incident.
INCIDENT_MART = "incident_mart"
# The keys under which a manifest names the digests of the run's files, and its own.
FILES, SEAL = "files", "seal"


class ManifestError(ValueError):
    """A manifest that lacks something or holds it in another form."""


@dataclass(frozen=True)
class Target:
    """A target for a measure, and who owns it."""

    measure: str
    value: float
    owner: str


@dataclass(frozen=True)
class DeclaredOutcome:
    """An outcome the company holds itself and the catalog doesn't know."""

    id: str
    label: str
    unit: str
    kind: Literal["binary", "amount", "count", "score"]
    higher_is_better: bool


@dataclass(frozen=True, kw_only=True)
class ProfileFacts:
    """What a reader of the run must know of the profile that made it."""

    name: str
    title: str
    simulated: bool
    note: str
    customers_word: str
    currency: str
    locale: str = "en"
    time_zone: str
    horizons_days: tuple[int, ...]
    response_cap_days: float
    severity_order: tuple[str, ...]
    retention: str
    sampled_by: str
    targets: tuple[Target, ...]
    outcomes: tuple[DeclaredOutcome, ...]


@dataclass(frozen=True, kw_only=True)
class Made:
    """How a run was made: what was named on the command line, who ran it, how many seconds it took.

    ``data_cut`` only where it was asked for. ``verdicts``: adjusted effects by grade, those without a grade by verdict.
    ``rows_in`` and ``rows_kept``: of all tables together; ``checks``: those made of the exports, of which ``warnings``
    failed. Earlier versions didn't count them.
    """

    data: str
    profile: str
    data_cut: date | None
    by: str
    seconds: float
    verdicts: Mapping[str, int]
    rows_in: int | None = None
    rows_kept: int | None = None
    checks: int | None = None
    warnings: int | None = None


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a run comes from: all of its manifest that is known before it is published.

    ``supplied`` says which canonical columns the exports gave; ``inputs`` maps each file read to its SHA-256;
    ``profile_hash`` and ``settings_hash`` fix what was asked of them. Runs of earlier versions lack ``made``.
    """

    schema_version: int
    code_version: str
    created_at: datetime
    data_cut: date
    profile: ProfileFacts
    profile_hash: str
    settings_hash: str
    inputs: Mapping[str, str]
    supplied: Mapping[str, tuple[str, ...]]
    made: Made | None = None


@dataclass(frozen=True, kw_only=True)
class Manifest(Origin):
    """One published run. ``sequence`` orders runs (a counter, never the clock); ``rows`` counts those of each table.

    ``files``: file → SHA-256 as it was published; runs of earlier versions don't say. ``held_back``: published without
    becoming current, because the current run knew later days.
    """

    run_id: str
    sequence: int
    rows: Mapping[str, int]
    files: Mapping[str, str] | None = None
    held_back: bool = False

    @property
    def incidents(self) -> int:
        """Incidents of the mart: those the run knows of."""
        return self.rows.get(INCIDENT_MART, 0)


def encoded(manifest: Manifest) -> str:
    """The manifest as JSON with its seal, keys in order; what isn't known is left out."""
    known = {name: value for name, value in asdict(manifest).items() if value is not None}
    return json.dumps(sealed(known), indent=2, sort_keys=True, ensure_ascii=False, default=_written) + "\n"


def sealed(document: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON object with the seal of what it says."""
    said = {name: value for name, value in document.items() if name != SEAL}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), default=_written)
    return {**said, SEAL: hashlib.sha256(text.encode()).hexdigest()}


def is_as_sealed(document: Mapping[str, Any]) -> bool:
    """Whether a manifest says what it said when written; those of earlier versions bear neither seal nor digests."""
    return bool(sealed(document)[SEAL] == document[SEAL]) if SEAL in document else FILES not in document


def decoded(document: Mapping[str, Any]) -> Manifest:
    """The manifest of a JSON object; what a later version added is passed over. Raises :class:`ManifestError`."""
    try:
        return read(Manifest, document)
    except DocumentError as error:
        raise ManifestError(str(error)) from error


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {value!r}")
