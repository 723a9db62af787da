"""Text that is safe wherever it lands: no formula in a cell, no path in a file name, no control character anywhere."""

import re
import unicodedata

# What a spreadsheet takes for a formula, or moves to the next cell, at the start of a cell.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# The same in a part of the cell, where a spreadsheet splits the line at other signs than the comma.
_PART_STARTS = re.compile(r"""([;\t\r\n]["'\s]*)(?=[=+\-@])""")
NAME_LETTERS = 60
KEPT = "\t\r\n\u200d\u200e\u200f"


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, whatever it splits at: an apostrophe precedes what could be."""
    inside = _PART_STARTS.sub(r"\1'", text)
    begins = text.startswith(FORMULA_STARTS) or text.lstrip(" \"'\t\r\n").startswith(FORMULA_STARTS)
    return f"'{inside}" if begins else inside


def printable(text: str) -> str:
    """Without control characters, which XML can't carry; line ends and tabs become spaces, marks of direction stay."""
    return "".join(" " if c in "\t\r\n" else c for c in text if not _is_control(c))


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "C" and letter not in KEPT


def file_name(text: str) -> str:
    """Letters, digits, dot, dash and underscore of any script; never empty, never hidden, never a folder."""
    plain = re.sub(r"[^\w.-]+", "_", unicodedata.normalize("NFC", text)).strip("._")
    return plain[:NAME_LETTERS] or "export"
