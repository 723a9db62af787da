"""The glossary: what each word of the product means. GLOSSARY.md says the same; a test holds the two together."""

from words.catalogue import SOURCE, entries
from words.speech import Speech

TERM, MEANING = "term.", "meaning."


def glossary(speech: Speech) -> tuple[tuple[str, str], ...]:
    """Every word with its one meaning, in the order of GLOSSARY.md."""
    names = [code.removeprefix(TERM) for code in entries(SOURCE, "glossary") if code.startswith(TERM)]
    return tuple((speech.text(TERM + name), speech.text(MEANING + name)) for name in names)
