"""Runs between two others: the earlier with the data, then the configuration of the later put in, where all is at hand.

At hand means by digest: a folder whose files have the hashes that a manifest names, a profile and a checkout that have
its hash. Each run between is made in a folder of its own, is held against these digests too, and goes when it is read.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipelines.contracts.decided import Decision
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.message import Count, Doing
from pipelines.contracts.messages.doing import Progress
from pipelines.contracts.tables.effect import Effect
from pipelines.errors import PipelineUserError
from pipelines.publish.compare.change import Part
from pipelines.publish.compare.pairs import headlines
from pipelines.publish.provenance import code_version, is_key_of, profile_hash
from pipelines.publish.stamp import digest
from pipelines.publish.store import StoreError, local_store
from pipelines.reading.tables.privacy import VARIABLE, load_id_key
from pipelines.settings.load import load_profile

HERE = Path(__file__).resolve().parents[2]


class Lacking(StrEnum):
    """What isn't at hand, so that parts can't be told apart."""

    DATA = "data"
    PROFILE = "profile"
    KEY = "key"
    CODE = "code"
    RUN = "run"


class PuttingIn(Doing):
    """A run is made between two others."""

    number: Count
    runs: Count


@dataclass(frozen=True)
class Places:
    """Where to look for what a run was made of, beside where the run says itself."""

    data: tuple[Path, ...] = ()
    profiles: tuple[str, ...] = ()
    code: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Recipe:
    """What one run between is made of: whose data, whose configuration, whose code."""

    data: Manifest
    configuration: Manifest
    code: Manifest


def recipes(before: Manifest, after: Manifest, parts: Sequence[Part]) -> tuple[Recipe, ...]:
    """The runs between: after each part but the last was put in."""
    found = []
    for number in range(1, len(parts)):
        put_in = set(parts[:number])
        found.append(Recipe(*(after if part in put_in else before for part in Part)))
    return tuple(found)


def between(
    before: Manifest,
    after: Manifest,
    parts: Sequence[Part],
    places: Places,
    decisions: Sequence[Decision],
    progress: Progress,
) -> tuple[Mapping[str, Effect], ...] | Lacking:
    """The effects of the runs between, by id; what is lacking where they can't be made.

    ``decisions``: those remembered by now, which tell whether the key of ids is that of a run.
    """
    wanted = recipes(before, after, parts)
    ready = []
    for recipe in wanted:
        found = _at_hand(recipe, places, decisions)
        if isinstance(found, Lacking):
            return found
        ready.append((recipe, *found))
    made = []
    for number, (recipe, data, profile, code) in enumerate(ready, start=1):
        progress(PuttingIn(number, len(ready)))
        effects = _made(recipe, data, profile, code)
        if effects is None:
            return Lacking.RUN
        made.append(effects)
    return tuple(made)


def _at_hand(recipe: Recipe, places: Places, decisions: Sequence[Decision]) -> tuple[Path, str, Path] | Lacking:
    data = next((f for f in _folders(recipe.data, places) if _holds(f, recipe.data.inputs)), None)
    if data is None:
        return Lacking.DATA
    profile = next((p for p in _profiles(recipe.configuration, places) if _is(p, recipe.configuration)), None)
    if profile is None:
        return Lacking.PROFILE
    if not all(_has_key(manifest, profile, decisions) for manifest in (recipe.data, recipe.configuration)):
        return Lacking.KEY
    code = next((c for c in (HERE, *places.code) if code_version(c / "pipelines") == recipe.code.code_version), None)
    return Lacking.CODE if code is None else (data, profile, code)


def _folders(manifest: Manifest, places: Places) -> Iterable[Path]:
    return (*((Path(manifest.made.data),) if manifest.made else ()), *places.data)


def _holds(folder: Path, inputs: Mapping[str, str]) -> bool:
    try:
        return bool(inputs) and all(digest(folder / name) == known for name, known in inputs.items())
    except (OSError, ValueError):
        return False


def _profiles(manifest: Manifest, places: Places) -> Iterable[str]:
    return (*((manifest.made.profile,) if manifest.made else ()), *places.profiles)


def _is(profile: str, manifest: Manifest) -> bool:
    try:
        return profile_hash(load_profile(profile).folder) == manifest.profile_hash
    except (PipelineUserError, OSError):
        return False


def _has_key(manifest: Manifest, profile: str, decisions: Sequence[Decision]) -> bool:
    """Whether ids are hashed now as they were for a run: another key draws others who never failed."""
    return is_key_of(manifest, load_id_key(load_profile(profile), lambda step: None), decisions)


def _made(recipe: Recipe, data: Path, profile: str, code: Path) -> Mapping[str, Effect] | None:
    """The effects of one run between; none where it couldn't be made, or wasn't made of what was meant."""
    loaded = load_profile(profile)
    cut = recipe.data.made.data_cut if recipe.data.made else None
    environment = os.environ | {"PYTHONPATH": str(code), VARIABLE: load_id_key(loaded, lambda step: None).decode()}
    with tempfile.TemporaryDirectory(prefix="amends-compare-") as folder:
        words = ["run", "--data", str(data.resolve()), "--profile", _named(profile), "--published", folder, "--quiet"]
        command = [sys.executable, "-m", "amends.cli", *words, *(["--data-cut", cut.isoformat()] if cut else [])]
        ended = subprocess.run(command, cwd=code, env=environment, check=False, capture_output=True)
        if ended.returncode:
            return None
        try:
            run = local_store(Path(folder)).current()
        except StoreError:
            return None
    m = run.manifest
    of_data = (dict(m.inputs), m.data_cut) == (dict(recipe.data.inputs), recipe.data.data_cut)
    of_profile = m.profile_hash == recipe.configuration.profile_hash
    as_meant = of_data and of_profile and m.code_version == recipe.code.code_version
    return headlines(run.effects) if as_meant else None


def _named(profile: str) -> str:
    """A profile as it is named from another working folder."""
    return str(Path(profile).resolve()) if Path(profile).is_dir() else profile
