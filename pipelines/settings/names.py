"""Names that a user wrote or an export holds: checked against what is known, and shown without giving data away."""

import difflib
import re
from collections.abc import Collection, Sequence

from pipelines.errors import SourceError
from pipelines.settings.faults import DidYouMean, KnownNames, Names, Noun, Shown, SomeNames, Suggestion, UnknownName

SHOWN_NAMES = 40
_LIKE_DATA = re.compile(r"@|\d{4}|.{60}")


def check_known(names: Collection[str], known: Collection[str], at: str, noun: Noun) -> None:
    """Raise ``SourceError`` for the first name that isn't known, with the nearest one that is."""
    for name in names:
        if name not in known:
            raise SourceError(UnknownName(at, noun, name, suggestion(name, known)))


def suggestion(name: str, known: Collection[str]) -> Suggestion:
    """The nearest known name, else what is known."""
    by_lower = {k.lower(): k for k in known}
    near = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return DidYouMean(by_lower[near[0]]) if near else KnownNames(shown(sorted(known)))


def shown(names: Sequence[str]) -> Shown:
    """Column names for a message; what looks like data (an export without a header) is left out."""
    safe = tuple("…" if _LIKE_DATA.search(name) else name for name in names[:SHOWN_NAMES])
    return SomeNames(safe, len(names) - SHOWN_NAMES) if len(names) > SHOWN_NAMES else Names(safe)
