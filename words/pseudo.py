"""A language nobody speaks: every letter accented, every text longer. What stays plain English was never translated."""

import re

# The name CLDR gives to accented English.
PSEUDO = "en-XA"
_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçđéƒğħíĵķłɱñóþɋřšŧúṽŵẋýžÁƁÇĐÉƑĞĦÍĴĶŁṀÑÓÞɊŘŠŦÚṼŴẊÝŽ",
)


def pseudo(form: str) -> str:
    """A template in the pseudo-language: placeholders as they are, letters accented, a third longer, in brackets."""
    said = "".join(
        part if _PLACEHOLDER.fullmatch(part) else part.translate(_ACCENTS) for part in _PLACEHOLDER.split(form)
    )
    return f"⟦{said}{'·' * (len(form) // 3)}⟧"
