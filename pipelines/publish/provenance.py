"""How a run was made: the command that makes it again, by whom, how long it took, and what it could say."""

import getpass
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.contracts.manifest import Made
from pipelines.settings.profile import SHIPPED_PROFILES, Profile


def made(
    data_dir: Path, profile: Profile, data_cut: date | None, seconds: float, effects: Iterable[Mapping[str, Any]]
) -> Made:
    """Data and profile as they were named, ``data_cut`` only where it was asked for, and verdicts of the headlines."""
    shipped = profile.folder.parent == SHIPPED_PROFILES
    return {
        "data": str(data_dir),
        "profile": profile.name if shipped else str(profile.folder),
        "data_cut": data_cut.isoformat() if data_cut else "",
        "by": _user(),
        "seconds": round(seconds, 1),
        "verdicts": verdicts(effects),
    }


def verdicts(effects: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many adjusted effects have each grade; without one, how many have each verdict."""
    adjusted = (e for e in effects if e["spec"] == "adjusted")
    return dict(sorted(Counter(e["grade"] or e["verdict"] for e in adjusted).items()))


def _user() -> str:
    """Who is logged in; empty where the machine can't say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
