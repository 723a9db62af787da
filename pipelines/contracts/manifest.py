"""The manifest of a published run: where it came from and what it holds. One JSON object per run directory."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from pipelines.contracts.results import SCHEMA_VERSION


class ProfileFacts(TypedDict):
    """What a reader of the run must know of the profile that made it."""

    name: str
    title: str
    simulated: bool
    note: str
    customers_word: str
    currency: str
    locale: NotRequired[str]
    time_zone: str
    horizons_days: list[int]
    response_cap_days: float
    severity_order: list[str]
    retention: str
    sampled_by: str
    targets: list[dict[str, Any]]
    outcomes: list[dict[str, Any]]


class Made(TypedDict):
    """How a run was made: what was named on the command line, who ran it, how many seconds it took.

    ``verdicts``: adjusted effects by grade, those without a grade by verdict.
    """

    data: str
    profile: str
    data_cut: str
    by: str
    seconds: float
    verdicts: dict[str, int]


class Manifest(TypedDict):
    """One published run.

    ``sequence`` orders runs (a counter, never the clock); ``supplied`` says which canonical columns the exports gave;
    ``inputs`` maps each file read to its SHA-256; ``profile_hash`` and ``settings_hash`` fix what was asked of them;
    ``made`` came later, so an older run lacks it.
    """

    run_id: str
    sequence: int
    schema_version: int
    code_version: str
    created_at: str
    data_cut: str
    profile: ProfileFacts
    profile_hash: str
    settings_hash: str
    inputs: dict[str, str]
    supplied: dict[str, list[str]]
    rows: dict[str, int]
    made: NotRequired[Made]


def readable(manifest: Mapping[str, Any]) -> bool:
    """Whether this version of the dashboard understands the run: columns are only ever added, so older is fine."""
    version = manifest.get("schema_version")
    return isinstance(version, int) and 1 <= version <= SCHEMA_VERSION
