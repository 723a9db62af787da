"""A profile's declarations and the machine's settings, frozen. Source: ``source.toml`` and the environment."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.contracts.manifest import DeclaredOutcome, Target
from pipelines.contracts.numerals import DEFAULT
from pipelines.contracts.targets import AMOUNTS, COUNTS, share_measures
from pipelines.errors import SourceError
from pipelines.settings.checks import check_entries, check_profile
from pipelines.settings.names import check_known

SHIPPED_PROFILES = Path(__file__).resolve().parents[2] / "profiles"


@dataclass(frozen=True)
class Rate:
    """One unit of ``currency`` is worth ``rate`` units of the reporting currency from ``since`` on."""

    currency: str
    since: date
    rate: float


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
    locale: str = DEFAULT
    time_zone: str = "UTC"
    data_cut: date | None = None
    severity_order: tuple[str, ...] = ()
    horizons_days: tuple[int, ...] = (90, 365)
    response_cap_days: float = 14.0
    margin_rate: float | None = None
    handling_cost_per_contact: float | None = None
    speed_cost_per_hour: float | None = None
    retention: Literal["transactional", "contractual", "flag", "none"] = "transactional"
    sampled_by: Literal["customer", "order", "incident"] = "customer"
    closed_without_contact: Literal["unanswered", "unknown"] = "unanswered"
    randomised: str = ""
    randomised_unit: str = ""
    rates: tuple[Rate, ...] = ()
    targets: tuple[Target, ...] = ()
    outcomes: tuple[DeclaredOutcome, ...] = ()
    covariates: tuple[tuple[str, Literal["number", "label"]], ...] = ()
    crossed_segments: tuple[tuple[str, str], ...] = ()
    id_key_file: str = ""

    @property
    def response_cap_minutes(self) -> float:
        """Where speed is capped: unanswered at the cap is a level of its own."""
        return self.response_cap_days * 1440.0


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
    check_profile(document.get("profile", {}), path)
    check_entries(document, path)
    profile = _profile(folder, document)
    _check_zone(profile, path)
    for position, target in enumerate(profile.targets, start=1):
        _check_target(target, profile, f"{path}: [[targets]] {position}")
    return profile


def _profile(folder: Path, document: Mapping[str, Any]) -> Profile:
    declared = document.get("profile", {})
    plain = {k: _frozen(v) for k, v in declared.items()}
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


def _frozen(value: Any) -> Any:
    """A list of TOML, and the lists in it, as tuples."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _check_zone(profile: Profile, path: Path) -> None:
    try:
        ZoneInfo(profile.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SourceError(
            f"{path}: time_zone {profile.time_zone!r} is not an IANA name such as Europe/Paris."
        ) from error


def _check_target(target: Target, profile: Profile, where: str) -> None:
    """The measure is one that rows are made of, and the value on its scale."""
    shares = share_measures(profile.horizons_days, profile.retention)
    check_known([target.measure], (*shares, *COUNTS, *AMOUNTS), where, "measure")
    if target.measure in shares and not 0 <= target.value <= 1:
        fix = f": write {target.value / 100:.2f} for {target.value:g} %" if 1 < target.value <= 100 else ""
        raise SourceError(f"{where}: value of {target.measure} must be a share from 0 to 1{fix}.")
    if target.value < 0:
        scale = "an amount of the reporting currency" if target.measure in AMOUNTS else "a count"
        raise SourceError(f"{where}: value of {target.measure} must be {scale}, 0 or more.")


def cut_instant(day: date) -> datetime:
    """The data cut as an instant: the end of that day, UTC (exclusive)."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


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
