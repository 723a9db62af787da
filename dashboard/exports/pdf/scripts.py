"""Which scripts a text is written in, and whether this machine has a face for them."""

import unicodedata
from collections.abc import Iterable
from functools import cache

import typst

# The face that ships with the product draws these; for others a face of the machine is taken where one is found.
SHIPPED = ("LATIN", "GREEK", "CYRILLIC")
FACES = {
    "HANGUL": ("Noto Sans CJK KR", "Noto Sans KR", "Noto Serif CJK KR", "NanumGothic", "Malgun Gothic",
               "Apple SD Gothic Neo"),
    "CJK": ("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Serif CJK SC", "Microsoft YaHei", "PingFang SC"),
    "HIRAGANA": ("Noto Sans CJK JP", "Noto Serif CJK JP", "Yu Gothic", "Hiragino Sans"),
    "KATAKANA": ("Noto Sans CJK JP", "Noto Serif CJK JP", "Yu Gothic", "Hiragino Sans"),
    "HEBREW": ("Noto Sans Hebrew", "DejaVu Sans", "Arial Hebrew", "Arial"),
    "ARABIC": ("Noto Sans Arabic", "Noto Naskh Arabic", "DejaVu Sans", "Geeza Pro", "Arial"),
    "DEVANAGARI": ("Noto Sans Devanagari", "Nirmala UI", "Mangal"),
    "THAI": ("Noto Sans Thai", "Leelawadee UI", "Thonburi"),
}  # fmt: skip


def scripts_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Scripts of the letters in the texts beyond those of the shipped face, in order of appearance."""
    letters = dict.fromkeys(c for text in texts for c in text if c > "\u02ff" and c.isalpha())
    names = dict.fromkeys(unicodedata.name(c, "UNKNOWN").split(" ")[0].split("-")[0] for c in letters)
    return tuple(name for name in names if name not in SHIPPED)


def faces_for(scripts: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Faces of this machine for the scripts, and the scripts that none was found for."""
    faces: list[str] = []
    missing = []
    for script in scripts:
        found = [face for face in FACES.get(script, ()) if face.lower() in _installed()]
        faces += found[:1]
        if not found:
            missing.append(script.capitalize())
    return tuple(dict.fromkeys(faces)), tuple(missing)


@cache
def _installed() -> frozenset[str]:
    """Families on this machine, in lower case; looked for once."""
    return frozenset(font.family.lower() for font in typst.Fonts().fonts())
