"""Who reads and writes, and what of the published runs they may see.

The app listens on loopback only and the command line runs on the same machine: both are its own user, who sees
everything. Every call says so all the same, so that a second reader needs no new way in.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Who acts, by name; "" for entries of a journal that didn't say."""

    name: str


@dataclass(frozen=True)
class Scope:
    """What of a folder of runs an actor may see. There is one: all of it."""

    @classmethod
    def everything(cls) -> "Scope":
        """Every run, with every table of it."""
        return cls()


UNKNOWN = Actor("")
