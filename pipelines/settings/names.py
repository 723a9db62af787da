"""Names that a user wrote or an export holds: checked against what is known, and shown without giving data away."""

import difflib
import re
from collections.abc import Collection, Sequence

from pipelines.errors import SourceError

SHOWN_NAMES = 40
_LIKE_DATA = re.compile(r"@|\d{4}|.{60}")


def check_known(names: Collection[str], known: Collection[str], where: str, noun: str) -> None:
    """Raise ``SourceError`` for the first name that isn't known, with the nearest one that is."""
    for name in names:
        if name not in known:
            raise SourceError(f"{where} unknown {noun} {name!r}. {suggestion(name, known)}")


def suggestion(name: str, known: Collection[str]) -> str:
    """``Did you mean 'x'?`` for the nearest known name, else what is known."""
    by_lower = {k.lower(): k for k in known}
    near = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return f"Did you mean {by_lower[near[0]]!r}?" if near else f"Known: {shown(sorted(known))}."


def shown(names: Sequence[str]) -> str:
    """Column names for a message; what looks like data (an export without a header) is left out."""
    safe = ["…" if _LIKE_DATA.search(name) else name for name in names[:SHOWN_NAMES]]
    rest = f" and {len(names) - SHOWN_NAMES:,} more" if len(names) > SHOWN_NAMES else ""
    return ", ".join(safe) + rest
