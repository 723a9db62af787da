"""Where a run comes from: what it was made of, by whom and how long it took, and the command that makes it again."""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.decided import Decision
from pipelines.contracts.manifest import INCIDENT_MART, Made, Manifest, Origin, ProfileFacts
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.intake import RowsCounted
from pipelines.contracts.tables.published import SCHEMA_VERSION
from pipelines.publish import tables
from pipelines.publish.faults import StoreError
from pipelines.publish.lock import user
from pipelines.publish.older import CODED
from pipelines.publish.store import Store
from pipelines.reading.files.exports import Data
from pipelines.reading.load import Loaded
from pipelines.settings.load import SHIPPED_PROFILES
from pipelines.settings.profile import Profile

CODE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Asked:
    """What was named on the command line. ``data_cut`` only where it was asked for; ``id_key`` keys people's ids."""

    data: Data
    profile: Profile
    data_cut: date | None
    id_key: bytes


def origin(
    asked: Asked, loaded: Loaded, decisions: Sequence[Decision], rows: Mapping[str, Sequence[Any]], seconds: float
) -> Origin:
    """Everything of the manifest that is known before publishing; ``decisions`` are those that the run judges.

    ``rows``: every published table by name.
    """
    profile = asked.profile
    return Origin(
        schema_version=SCHEMA_VERSION,
        code_version=code_version(),
        created_at=datetime.now(UTC).replace(microsecond=0),
        data_cut=loaded.data_cut,
        profile=profile_facts(profile),
        profile_hash=profile_hash(profile.folder),
        settings_hash=_settings_hash(loaded.data_cut, decisions, asked.id_key),
        inputs=dict(sorted(loaded.inputs.items())),
        supplied={table: tuple(sorted(columns)) for table, columns in sorted(loaded.supplied.items())},
        made=made(asked, seconds, rows["effects"], loaded.quality, rows["diagnostics"]),
    )


def code_version(code: Path = CODE) -> str:
    """The version of Amends, with a digest of the code that makes runs."""
    return f"{version('amends')}+{_digest(_files(code, '.py', '.sql'))[:12]}"


def profile_hash(folder: Path) -> str:
    """The digest of a profile's declarations and queries."""
    return _digest(_files(folder, ".toml", ".sql"))


def repeats(
    before: Manifest, asked: Asked, inputs: Mapping[str, str], decisions: Sequence[Decision], today: date
) -> bool:
    """Whether a run over these inputs would say what the run ``before`` says.

    Where nobody names a data cut, days to come are left out of the exports: a run whose cut is the day it was made on
    may know more tomorrow.
    """
    cut_by_clock = asked.data_cut is None and before.created_at.date() <= before.data_cut < today
    return (
        not cut_by_clock
        and dict(before.inputs) == dict(inputs)
        and before.profile_hash == profile_hash(asked.profile.folder)
        and before.code_version == code_version()
        and before.settings_hash == _settings_hash(before.data_cut, decisions, asked.id_key)
    )


def is_key_of(manifest: Manifest, id_key: bytes, decisions: Sequence[Decision]) -> bool:
    """Whether a run was made with this key: its settings agree with as many of the first ``decisions`` as it judged."""
    known = (_settings_hash(manifest.data_cut, decisions[:n], id_key) for n in range(len(decisions) + 1))
    return manifest.settings_hash in known


def profile_facts(profile: Profile) -> ProfileFacts:
    """What the profile declares that a reader of the run must know."""
    return ProfileFacts(
        name=profile.name,
        title=profile.title,
        simulated=profile.simulated,
        note=profile.note,
        customers_word=profile.customers_word,
        currency=profile.currency,
        locale=profile.locale,
        time_zone=profile.time_zone,
        horizons_days=profile.horizons_days,
        response_cap_days=profile.response_cap_days,
        severity_order=profile.severity_order,
        retention=profile.retention,
        sampled_by=profile.sampled_by,
        targets=profile.targets,
        outcomes=profile.outcomes,
    )


def made(
    asked: Asked,
    seconds: float,
    effects: Iterable[Effect],
    quality: Sequence[RowsCounted] = (),
    diagnostics: Sequence[Diagnostic] = (),
) -> Made:
    """Data and profile as they were named, who asked, what came in, and what could be said."""
    of_exports = [check for check in diagnostics if not check.effect_id and check.passed is not None]
    profile = asked.profile
    return Made(
        data=str(asked.data),
        profile=profile.name if profile.folder.parent == SHIPPED_PROFILES else str(profile.folder),
        data_cut=asked.data_cut,
        by=user(),
        seconds=round(seconds, 1),
        verdicts=verdicts(effects),
        rows_in=_rows(quality, RowReason.ROWS_IN),
        rows_kept=_rows(quality, RowReason.KEPT),
        checks=len(of_exports),
        warnings=sum(not check.passed for check in of_exports),
    )


def _rows(quality: Iterable[RowsCounted], reason: RowReason) -> int:
    """Rows of every table; files that only queries read are counted as what is made of them."""
    return sum(row.rows for row in quality if row.reason is reason and not row.table.startswith("files."))


def verdicts(effects: Iterable[Effect]) -> dict[str, int]:
    """How many adjusted effects have each grade; without one, how many have each verdict."""
    adjusted = (e for e in effects if e.spec is Spec.ADJUSTED)
    return dict(sorted(Counter((e.grade or e.verdict).value for e in adjusted).items()))


def _settings_hash(data_cut: date, decisions: Sequence[Decision], id_key: bytes) -> str:
    """What was asked for beside the profile: the data cut, and the remembered decisions that the run judges.

    The key of ids counts too: another one names customers otherwise, and draws others who never failed.
    """
    key = hmac.new(id_key, b"settings of a run", hashlib.sha256).hexdigest()
    asked: dict[str, Any] = {"data_cut": data_cut.isoformat(), "engine": "duckdb", "id_key": key}
    if decisions:
        asked["decisions"] = [asdict(decision) for decision in decisions]
    return hashlib.sha256(json.dumps(asked, default=str).encode()).hexdigest()


def _files(folder: Path, *endings: str) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix in endings)


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def rows_before(store: Store, profile: str) -> tuple[RowsCounted, ...]:
    """Rows per file of the newest run of a profile; none without one that can be read."""
    for run_id in reversed(store.run_ids()):
        try:
            manifest = store.manifest(run_id)
            if manifest.profile.name == profile and manifest.schema_version >= CODED and INCIDENT_MART in manifest.rows:
                return tuple(tables.rows(store.folder(run_id), RowsCounted, whole=False))
        except StoreError:
            continue
    return ()
