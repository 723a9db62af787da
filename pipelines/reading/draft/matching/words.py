"""Names of columns and files as words, and how near a name comes to a phrase."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_SAME = dict.fromkeys(("nr", "no", "num", "number", "nummer", "numero", "key", "code"), "id")
_FILLERS = frozenset(
    {"de", "del", "du", "des", "der", "die", "das", "do", "da", "of", "the", "la", "le", "el", "l", "d"}
)


@cache
def tokens(name: str) -> tuple[str, ...]:
    """Lower-case words without accents and articles: ``createdAt``, ``Created at`` and ``CREATED_AT`` are the same.

    ``ö`` and ``oe`` are the same too; so are the words for "number" and "id".
    """
    decomposed = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", plain)
    words = [re.sub("([aou])e", r"\1", word) for word in re.findall(r"[^\W_]+", spaced.lower())]
    telling = [word for word in words if word not in _FILLERS] or words
    return tuple(_SAME.get(word, word) for word in telling)


def word_set(block: str) -> frozenset[str]:
    """Words listed with blanks between them, as ``tokens`` writes them."""
    return frozenset(token for word in block.split() for token in tokens(word))


# Words that say little by themselves: as a phrase they count only when they are the whole name.
_VAGUE = word_set("""
    id date at name type status state from total value paid price note data time issue product source order art
    tipo typ public land client user contact reason event start end fin bon fixed opened closed created loss
    cause role
""")
# Words that make another thing of the one beside them: "updated at" is not "created at".
_ALTERING = word_set("""
    updated update modified last due assigned assignee assignment agent submitter staff employee by estimated
    cancelled canceled refunded first reply response shipped delivered seller vendor product item unit tax taxes
    shipping discount count quantity group business mitarbeiter bearbeiter geaendert geandert letzte faellig steuer
    versand rabatt status name actualizado ultima envio descuento impuesto atualizado modifie derniere next
    previous reopens
""")


def name_score(name: str, phrases: Iterable[str]) -> float:
    """How well the best phrase fits a name: 1 for the same words, at least 0.5 when the name says more, else 0."""
    words = tokens(name)
    return max((_fit(words, tokens(phrase)) for phrase in phrases), default=0.0)


def _fit(words: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    if "".join(words) == "".join(phrase):
        return 1.0
    if not phrase or (len(phrase) == 1 and phrase[0] in _VAGUE):
        return 0.0
    for i in range(len(words) - len(phrase) + 1):
        if words[i : i + len(phrase)] == phrase and not _ALTERING & {*words[:i], *words[i + len(phrase) :]}:
            return 0.5 + 0.4 * len(phrase) / len(words)
    return 0.0
