"""What a command says at its end: lines for people, and the same facts as one JSON value for machines."""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.contracts.message import Message, encode


@dataclass(frozen=True)
class Answer:
    """``text`` for people; ``data`` for ``--json``: a frozen dataclass, a list of them, or a mapping.

    ``code``: how the command ends, 0 done or 2 where it found something to mend.
    """

    text: str
    data: object
    code: int = 0


def as_json(data: object) -> str:
    """One line of JSON; dataclasses become objects under the names of their fields."""
    return json.dumps(data, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        return json.loads(encode((value,)) or "[null]")[0]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path | Decimal):
        return str(value)
    raise TypeError(f"no JSON for {value!r}")
