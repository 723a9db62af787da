"""The manifest of a published run: where it came from and what it holds. One JSON object per run directory."""

import json
import types
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, asdict, dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


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


class AsMapping:
    """Facts answer by name while their readers are being moved to attributes."""

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)


@dataclass(frozen=True, kw_only=True)
class ProfileFacts(AsMapping):
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
class Made(AsMapping):
    """How a run was made: what was named on the command line, who ran it, how many seconds it took.

    ``data_cut`` only where it was asked for. ``verdicts``: adjusted effects by grade, those without a grade by verdict.
    """

    data: str
    profile: str
    data_cut: date | None
    by: str
    seconds: float
    verdicts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Origin(AsMapping):
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
    """One published run. ``sequence`` orders runs (a counter, never the clock); ``rows`` counts those of each table."""

    run_id: str
    sequence: int
    rows: Mapping[str, int]


def encoded(manifest: Manifest) -> str:
    """The manifest as JSON, keys in order; what isn't known is left out."""
    known = {name: value for name, value in asdict(manifest).items() if value is not None}
    return json.dumps(known, indent=2, sort_keys=True, ensure_ascii=False, default=_written) + "\n"


def decoded(document: Mapping[str, Any]) -> Manifest:
    """The manifest of a JSON object; what a later version added is passed over. Raises :class:`ManifestError`."""
    return _read(Manifest, document)


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {value!r}")


@cache
def _hints(kind: Hashable) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _read(kind: type[T], document: Mapping[str, Any]) -> T:
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    if not isinstance(document, dict):
        raise ManifestError(kind.__name__)
    needed = (name for name, f in known.items() if f.default is MISSING)
    if lacking := sorted(name for name in needed if name not in document):
        raise ManifestError(", ".join(lacking))
    hints: Mapping[str, Any] = _hints(kind)  # type: ignore[arg-type]
    return kind(**{name: _value(document[name], hints[name], name) for name in known if name in document})


def _value(value: Any, hint: Any, name: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return None if value in (None, "") else _value(value, inner[0], name)
    if origin is tuple and isinstance(value, list):
        return tuple(_value(item, inner[0], name) for item in value)
    if origin is Mapping and isinstance(value, dict):
        return {key: _value(item, inner[1], name) for key, item in value.items()}
    if origin is Literal and value in inner:
        return value
    if is_dataclass(hint) and isinstance(hint, type):
        return _read(hint, value)
    try:
        return _plain(value, hint)
    except (TypeError, ValueError) as error:
        raise ManifestError(name) from error


def _plain(value: Any, hint: Any) -> Any:
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    if hint is float and isinstance(value, int):
        return float(value)
    if not isinstance(hint, type) or not isinstance(value, hint):
        raise TypeError(hint)
    return value
