"""What a user reads when something is refused: tests compare that, not the code behind it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from pipelines.errors import PipelineUserError
from words.speech import Speech


@dataclass
class Refusal:
    """The error, and how it was said; filled once the block is left."""

    error: PipelineUserError | None = None
    said: str = ""


@contextmanager
def refused(
    error: type[PipelineUserError] | tuple[type[PipelineUserError], ...] = PipelineUserError, match: str = ""
) -> Iterator[Refusal]:
    """The block is refused with such an error, whose English matches."""
    refusal = Refusal()
    with pytest.raises(error) as caught:
        yield refusal
    refusal.error, refusal.said = caught.value, told(caught.value)
    assert re.search(match, refusal.said), f"{match!r} isn't in {refusal.said!r}"


def told(error: PipelineUserError) -> str:
    """An error as a user reads it."""
    return Speech().say(error.fault)
