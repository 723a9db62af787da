"""A profile out of its ``source.toml``: read once, each key by the field of its name."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pipelines.contracts.catalog.company import Drawn
from pipelines.errors import SourceError
from pipelines.settings.checks import check_profile
from pipelines.settings.declared import check_once, declared
from pipelines.settings.entries import CovariateEntry, OutcomeEntry, QuestionEntry, Rate, TargetEntry
from pipelines.settings.experiment import read_draw
from pipelines.settings.faults import EntriesMustBeBlocks, NoSuchProfile, NoToml, ProfileMustBeKeys
from pipelines.settings.profile import Profile
from pipelines.settings.sources import read_sources

SHIPPED_PROFILES = Path(__file__).resolve().parents[2] / "profiles"
T = TypeVar("T")


def profile_folder(name_or_folder: str) -> Path:
    """A folder with ``source.toml``, or the name of a shipped profile."""
    for folder in (Path(name_or_folder), SHIPPED_PROFILES / name_or_folder):
        if (folder / "source.toml").is_file():
            return folder
    raise SourceError(NoSuchProfile(name_or_folder, tuple(shipped_profiles())))


def shipped_profiles() -> list[str]:
    """Names of the profiles that come with Amends."""
    return sorted(p.parent.name for p in SHIPPED_PROFILES.glob("*/source.toml"))


def load_profile(name_or_folder: str) -> Profile:
    """Read and check ``source.toml``; unknown keys and impossible values are errors that name the file."""
    folder = profile_folder(name_or_folder)
    path = folder / "source.toml"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(NoToml(path, str(error))) from error
    profile = _profile(folder, path, document)
    check_profile(profile, path)
    return profile


def _profile(folder: Path, path: Path, document: Mapping[str, Any]) -> Profile:
    said = document.get("profile", {})
    if not isinstance(said, Mapping):
        raise SourceError(ProfileMustBeKeys(path))
    given = declared(Profile, said, f"{path}: [profile]", f"{path}: ")
    rates = _entries(document, "rates", Rate, path)
    targets = _entries(document, "targets", TargetEntry, path)
    outcomes = _entries(document, "declared_outcomes", OutcomeEntry, path)
    covariates = _entries(document, "covariates", CovariateEntry, path)
    check_once([t.measure for t in targets], f"{path}: [[targets]]")
    check_once([o.id for o in outcomes], f"{path}: [[declared_outcomes]]")
    check_once([c.name for c in covariates], f"{path}: [[covariates]]")
    pairs = tuple((c.name, c.kind) for c in covariates)
    draw = read_draw(document.get("experiment"), given, pairs, path)
    given = given if draw is None else {**given, "randomised": Drawn.ASSIGNMENT}
    return Profile(
        **{"title": folder.name, **given},
        name=folder.resolve().name,
        folder=folder,
        currency_said="currency" in given,
        rates=rates,
        targets=tuple(t.target() for t in targets),
        outcomes=tuple(o.outcome() for o in outcomes),
        covariates=pairs,
        draw=draw,
        questions=_entries(document, "questions", QuestionEntry, path),
        sources=read_sources(document, path, pairs, tuple(o.id for o in outcomes)),
    )


def _entries(document: Mapping[str, Any], name: str, declaration: type[T], path: Path) -> tuple[T, ...]:
    """One list beside ``[profile]``."""
    entries = document.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise SourceError(EntriesMustBeBlocks(path, name))
    places = [f"{path}: [[{name}]] {position}" for position, _ in enumerate(entries, start=1)]
    return tuple(
        declaration(**declared(declaration, entry, at, f"{at}: ")) for entry, at in zip(entries, places, strict=True)
    )
