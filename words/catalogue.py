"""Templates of everything said, by language: one gettext file per domain, its msgids the codes of what is said.

A template holds placeholders ``{name}`` and nothing more; :mod:`words.speech` fills them. Files are read when the first
message of their domain is asked for, so that the command line doesn't read what only pages say.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

from words.pseudo import PSEUDO, pseudo

FOLDER = Path(__file__).parent
SOURCE = "en"
LABELS = "labels"
# First part of a code → the file that holds it. Whatever is not here is a label of a code or of a registry's entry.
DOMAINS: Mapping[str, str] = {
    "reason": "reasons",
    "caveat": "reasons",
    "population": "reasons",
    "step": "reasons",
    "promised": "reasons",
    "fault": "faults",
    "cli": "cli",
    "doing": "cli",
    "alert": "cli",
    "remark": "draft",
    "mail": "mail",
    "finding": "findings",
    "ledger": "ledger",
    "place": "places",
    "said": "said",
    "term": "glossary",
    "meaning": "glossary",
}


class MissingMessageError(KeyError):
    """A code that a catalogue doesn't hold, or a template and its values that don't fit."""


@dataclass(frozen=True)
class Template:
    """What is said, in as many forms as the language has plurals for it: one where it counts nothing."""

    code: str
    forms: tuple[str, ...]

    @property
    def placeholders(self) -> frozenset[str]:
        """Names that any of the forms fills in."""
        return frozenset(name for form in self.forms for name in placeholders(form))

    def filled(self, values: Mapping[str, str], form: int = 0) -> str:
        """The text. Raises :class:`MissingMessageError` for a placeholder without a value."""
        try:
            return self.forms[form if len(self.forms) > 1 else 0].format_map(values)
        except (KeyError, IndexError) as error:
            raise MissingMessageError(f"{self.code} wants {error}, given {', '.join(values) or 'nothing'}") from error


def placeholders(form: str) -> Iterator[str]:
    """Names in braces, in order. Raises ``ValueError`` for anything in braces that is not a plain name."""
    for _, name, spec, conversion in Formatter().parse(form):
        if name is None:
            continue
        if spec or conversion or not name.isidentifier():
            raise ValueError(f"only {{name}} may stand in braces: {form!r}")
        yield name


@cache
def languages() -> tuple[str, ...]:
    """Languages that have a folder of catalogues."""
    return tuple(sorted({path.parent.name for path in FOLDER.glob("*/*.po")}))


def domain_of(code: str) -> str:
    """The file that holds a code."""
    return DOMAINS.get(code.partition(".")[0], LABELS)


def template(language: str, code: str) -> Template:
    """What a language says for a code. Raises :class:`MissingMessageError` where it says nothing."""
    found = entries(language, domain_of(code)).get(code)
    if found is None:
        raise MissingMessageError(f"words/{language}/{domain_of(code)}.po has no {code!r}")
    return found


def holds(language: str, code: str) -> bool:
    """Whether a language says anything for a code."""
    return code in entries(language, domain_of(code))


@cache
def entries(language: str, domain: str) -> Mapping[str, Template]:
    """Every template of one file, by code."""
    if language == PSEUDO:
        return {code: Template(code, tuple(map(pseudo, t.forms))) for code, t in entries(SOURCE, domain).items()}
    path = FOLDER / language / f"{domain}.po"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as file:
        catalog = read_po(file, abort_invalid=True)
    return {
        code: Template(code, message.string if isinstance(message.string, tuple) else (str(message.string),))
        for message in catalog
        if message.id and (code := message.id if isinstance(message.id, str) else message.id[0])
    }


@cache
def plural_rule(language: str) -> Callable[[int], int]:
    """Which form a language takes for a number: from the head of its labels."""
    with (FOLDER / (SOURCE if language == PSEUDO else language) / f"{LABELS}.po").open(encoding="utf-8") as file:
        return c2py(read_po(file).plural_expr)
