"""Kinds of compensation in words, and which of them the data doesn't hold: computed from the rows ``kind_given``."""

from collections.abc import Sequence
from typing import Any

from pipelines.contracts.numerals import local_count
from pipelines.contracts.vocabulary import FORMS

Row = Any

KIND_GIVEN = "kind_given"
KINDS = {
    "refund": "money back", "credit": "credit", "points": "points", "voucher": "vouchers", "gift_card": "gift cards",
    "upgrade": "upgrades", "free_item": "something for free", "discount": "discounts", "gesture": "a manager's call",
    "monetary_unspecified": "money, not said how", "non_monetary": "something in kind, not said what",
}  # fmt: skip


def kinds_of(form: str, rows: Sequence[Row]) -> str:
    """What a form was given as, most often first: "points (1,079), credit (963)"; "" where it never was."""
    return _seen([r for r in rows if r["level"] in FORMS.get(form, ())])


def seen_sentence(rows: Sequence[Row]) -> str:
    """Every kind the data holds, for where none of them can be judged; "" where it holds none."""
    seen = _seen(rows)
    return f"Given so far, in incidents: {seen}." if seen else ""


def unseen_sentence(rows: Sequence[Row]) -> str:
    """Which kinds were never given as compensation; why, where no kind is known; "" where all were."""
    if reason := next((r["reason"] for r in rows if not r["level"] and r["reason"]), ""):
        return str(reason)
    unseen = _unseen(rows)
    return f"Not in this data as a compensation: {_listed([KINDS[k] for k in unseen], 'and')}." if unseen else ""


def mapping_sentence(rows: Sequence[Row]) -> str:
    """How to have the kinds judged that are not in the data; "" where there is none."""
    unseen = _unseen(rows)
    if not unseen:
        return ""
    values = _listed([f'"{kind}"' for kind in unseen], "or")
    which = "it" if len(unseen) == 1 else "them"
    return f"To have {which} judged, map kind {values} in compensations."


def _unseen(rows: Sequence[Row]) -> list[str]:
    return [str(r["level"]) for r in rows if r["level"] and r["verdict"] == "not_estimable"]


def _seen(rows: Sequence[Row]) -> str:
    seen = [r for r in rows if r["verdict"] in ("counted", "suppressed")]
    seen.sort(key=lambda r: (-(r["estimate"] or 0.0), str(r["level"])))
    return ", ".join(_given(r) for r in seen)


def _given(row: Row) -> str:
    words = KINDS[str(row["level"])]
    return f"{words} (too few)" if row["estimate"] is None else f"{words} ({local_count(round(row['estimate']))})"


def _listed(words: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))
