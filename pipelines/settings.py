"""A profile's declarations and the machine's settings, frozen. Source: ``source.toml`` and the environment."""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.errors import SourceError

SHIPPED_PROFILES = Path(__file__).resolve().parent.parent / "profiles"


@dataclass(frozen=True)
class Rate:
    """One unit of ``currency`` is worth ``rate`` units of the reporting currency from ``since`` on."""

    currency: str
    since: date
    rate: float


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


@dataclass(frozen=True)
class Profile:
    """Everything a company declares about its data that no column says.

    ``document`` keeps the parsed TOML for the readers (files, tables); the named fields are what the rest of the
    pipeline uses. Times of day are read in ``time_zone``; amounts end in ``currency``.
    """

    name: str
    title: str
    folder: Path
    document: Mapping[str, Any] = field(repr=False, compare=False)
    simulated: bool = False
    note: str = ""
    customers_word: str = "customers"
    currency: str = "EUR"
    time_zone: str = "UTC"
    data_cut: date | None = None
    severity_order: tuple[str, ...] = ()
    horizons_days: tuple[int, ...] = (90, 365)
    response_cap_days: float = 14.0
    margin_rate: float | None = None
    retention: Literal["transactional", "contractual", "flag", "none"] = "transactional"
    sampled_by: Literal["customer", "order", "incident"] = "customer"
    randomised: str = ""
    randomised_unit: str = ""
    rates: tuple[Rate, ...] = ()
    targets: tuple[Target, ...] = ()
    outcomes: tuple[DeclaredOutcome, ...] = ()
    covariates: tuple[tuple[str, Literal["number", "label"]], ...] = ()
    id_key_file: str = ""

    @property
    def response_cap_minutes(self) -> float:
        """Where speed is capped: unanswered at the cap is a level of its own."""
        return self.response_cap_days * 1440.0


_PLAIN = {
    "title", "simulated", "note", "customers_word", "currency", "time_zone", "data_cut", "severity_order",
    "horizons_days", "response_cap_days", "margin_rate", "retention", "sampled_by", "randomised", "randomised_unit",
    "id_key_file",
}  # fmt: skip


_CHOICES = {
    "retention": ("transactional", "contractual", "flag", "none"),
    "sampled_by": ("customer", "order", "incident"),
    "randomised": ("", "assignment"),
}
_WANTED: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "simulated": ("true or false", lambda v: isinstance(v, bool)),
    "data_cut": ("a date such as 2026-10-31, without quotes", lambda v: type(v) is date),
    "severity_order": ('a list such as ["low", "high"]', lambda v: _is_list_of(v, str)),
    "horizons_days": ("whole days above 0 in a list, such as [90, 365]", lambda v: _is_list_of(v, int) and min(v) > 0),
    "response_cap_days": ("a number of days above 0", lambda v: _is_number(v) and v > 0),
    "margin_rate": ("a share between 0 and 1, such as 0.35", lambda v: _is_number(v) and 0 <= v <= 1),
}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_list_of(value: Any, kind: type) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(type(item) is kind for item in value)


def _check_declared(declared: Mapping[str, Any], path: Path) -> None:
    """Each key of ``[profile]`` holds what it can mean; else the key, what it wants and no Python."""
    for key, value in declared.items():
        wanted, holds = _WANTED.get(key, ("a text in quotes", lambda v: isinstance(v, str)))
        if not holds(value):
            raise SourceError(f"{path}: {key} must be {wanted}.")
        if key in _CHOICES and value not in _CHOICES[key]:
            choices = ", ".join(repr(choice) for choice in _CHOICES[key])
            raise SourceError(f"{path}: {key} must be one of {choices}.")


def profile_folder(name_or_folder: str) -> Path:
    """A folder with ``source.toml``, or the name of a shipped profile."""
    for folder in (Path(name_or_folder), SHIPPED_PROFILES / name_or_folder):
        if (folder / "source.toml").is_file():
            return folder
    raise SourceError(
        f"{name_or_folder}: no such profile; shipped are {', '.join(shipped_profiles())}. "
        "Name one of them, or a folder with a source.toml (draft one with `amends init`)."
    )


def shipped_profiles() -> list[str]:
    """Names of the profiles that come with Amends."""
    return sorted(p.parent.name for p in SHIPPED_PROFILES.glob("*/source.toml"))


def load_profile(name_or_folder: str) -> Profile:
    """Read and check ``source.toml``; unknown keys and impossible values are errors that name the file."""
    folder = profile_folder(name_or_folder)
    path = folder / "source.toml"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: not readable as TOML: {error}. Correct the file.") from error
    declared = document.get("profile", {})
    unknown = sorted(set(declared) - _PLAIN)
    if unknown:
        raise SourceError(
            f"{path}: [profile] has unknown keys {', '.join(unknown)}; known are {', '.join(sorted(_PLAIN))}."
        )
    _check_declared(declared, path)
    try:
        profile = _profile(folder, document, declared)
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(f"{path}: {error!s}. See profiles/sample/source.toml for the form.") from error
    _check(profile, path)
    return profile


def _profile(folder: Path, document: Mapping[str, Any], declared: Mapping[str, Any]) -> Profile:
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in declared.items()}
    return Profile(
        **{"title": folder.name, **plain},
        name=folder.resolve().name,
        folder=folder,
        document=document,
        rates=tuple(Rate(r["currency"], r["since"], float(r["rate"])) for r in document.get("rates", [])),
        targets=tuple(Target(t["measure"], float(t["value"]), t.get("owner", "")) for t in document.get("targets", [])),
        outcomes=tuple(DeclaredOutcome(**o) for o in document.get("declared_outcomes", [])),
        covariates=tuple((c["name"], c["kind"]) for c in document.get("covariates", [])),
    )


def _check(profile: Profile, path: Path) -> None:
    try:
        ZoneInfo(profile.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SourceError(
            f"{path}: time_zone {profile.time_zone!r} is not an IANA name such as Europe/Paris."
        ) from error
    bad = [n for n, _ in profile.covariates if not n.startswith("x_")]
    if bad:
        raise SourceError(f"{path}: covariates must start with x_; found {', '.join(bad)}.")


def cut_instant(day: date) -> datetime:
    """The data cut as an instant: the end of that day, UTC (exclusive)."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def published_folder(given: str | None) -> Path:
    """The published folder: the option, else ``AMENDS_PUBLISHED``, else ``published/``."""
    return Path(given or os.environ.get("AMENDS_PUBLISHED") or "published")


@dataclass(frozen=True)
class EngineSettings:
    """Limits of the join engine. ``memory_limit`` is what DuckDB may hold before it spills to a temporary folder."""

    threads: int = 2
    memory_limit: str = "2GB"

    @staticmethod
    def from_environment() -> "EngineSettings":
        """``AMENDS_THREADS`` and ``AMENDS_MEMORY_LIMIT``, else two threads (or fewer cores) and 2 GB."""
        return EngineSettings(
            threads=int(os.environ.get("AMENDS_THREADS") or min(2, os.cpu_count() or 1)),
            memory_limit=os.environ.get("AMENDS_MEMORY_LIMIT") or "2GB",
        )
