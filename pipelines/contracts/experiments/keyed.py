"""Lots that nobody can foresee and everybody can repeat: an arm from a keyed hash of a unit's id, in Python and in SQL.

The hash is SHA-256 nested with the key, h(key + h(key + message)), in hexadecimal: the text form of HMAC's
construction, which every engine that knows SHA-256 can repeat. Its first thirteen digits, as a share of 16¹³, fall into
the arm's stretch of [0, 1). The message names the experiment, so that arms of two experiments are independent.
"""

import hashlib
import hmac
from collections.abc import Sequence
from itertools import accumulate

DIGITS = 13


def key_of(company_key: bytes, experiment: str) -> str:
    """The experiment's own key, 64 digits: it can be handed on, for the company's own can't be had from it."""
    return hmac.new(company_key, f"experiment:{experiment}".encode(), hashlib.sha256).hexdigest()


def place(key: str, experiment: str, unit: str) -> float:
    """Where a unit falls in [0, 1)."""
    inner = hashlib.sha256(f"{key}{experiment}:{unit}".encode()).hexdigest()
    return float(int(hashlib.sha256(f"{key}{inner}".encode()).hexdigest()[:DIGITS], 16) / 16**DIGITS)


def arm_of(key: str, experiment: str, unit: str, arms: Sequence[str], shares: Sequence[float]) -> str:
    """The arm of a unit."""
    where = place(key, experiment, unit)
    return next((arm for arm, to in zip(arms, _edges(shares), strict=True) if where < to), arms[-1])


def _edges(shares: Sequence[float]) -> list[float]:
    total = sum(shares)
    return [round(edge / total, 9) for edge in accumulate(shares)]


def as_sql(key: str, experiment: str, column: str, arms: Sequence[str], shares: Sequence[float]) -> str:
    """An expression that gives the same arm from a text column, in DuckDB; other engines need their own SHA-256 in hex.

    Hexadecimal digits of one length are in the order of their numbers, so that texts are compared.
    """
    inner = f"sha256({_text(key + experiment + ':')} || {column})"
    hashed = f"substr(sha256({_text(key)} || {inner}), 1, {DIGITS})"
    whens = " ".join(
        f"WHEN {hashed} < {_text(format(round(edge * 16**DIGITS), f'0{DIGITS}x'))} THEN {_text(arm)}"
        for arm, edge in zip(arms[:-1], _edges(shares)[:-1], strict=True)
    )
    return f"CASE {whens} ELSE {_text(arms[-1])} END"


def _text(said: str) -> str:
    return "'" + said.replace("'", "''") + "'"
