"""Text under heads: a table as files show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Listing:
    """Lines of cells as shown; each line has one cell per head."""

    head: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()

    def first(self, count: int) -> "Listing":
        """As many lines from the top, under the same heads."""
        return replace(self, lines=self.lines[:count])

    def after(self, count: int) -> "Listing":
        """What is left after as many lines."""
        return replace(self, lines=self.lines[count:])


def listing_of(lines: Sequence[Mapping[str, object]]) -> Listing:
    """A table of a page, whose lines name their columns; the heads are those of the first line."""
    head = tuple(lines[0]) if lines else ()
    return Listing(head, tuple(tuple(str(line[name]) for name in head) for line in lines))
