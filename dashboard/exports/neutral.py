"""Text that is safe wherever it lands: no formula in a cell, no path in a file name, no control character anywhere."""

import re
import unicodedata

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
NAME_LETTERS = 60
KEPT = "\t\r\n\u200d\u200e\u200f"


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: what could be one gets a leading apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def printable(text: str) -> str:
    """Without control characters, which XML can't carry; line ends and tabs become spaces, marks of direction stay."""
    return "".join(" " if c in "\t\r\n" else c for c in text if not _is_control(c))


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "C" and letter not in KEPT


def file_name(text: str) -> str:
    """Letters, digits, dot, dash and underscore of any script; never empty, never hidden, never a folder."""
    plain = re.sub(r"[^\w.-]+", "_", unicodedata.normalize("NFC", text)).strip("._")
    return plain[:NAME_LETTERS] or "export"
