"""Words on a page exactly as they are: no label of an export may turn into markup, and no number leaves its unit.

Whatever comes from rows goes through here; Streamlit reads its texts as Markdown.
"""

import re

import streamlit as st

_MARKUP = re.compile(r"[\\`*_\[\]<>#$~|&]|:(?=[a-z])")
_BEFORE_PER_CENT = re.compile(r"(?<=\d) (?=%)")
NARROW_SPACE = "\u202f"


def unbroken(text: str) -> str:
    """Numbers stay on one line with their per cent sign."""
    return _BEFORE_PER_CENT.sub(NARROW_SPACE, text)


def literal(text: str) -> str:
    """Markdown that reads as ``text``, letter by letter."""
    return _MARKUP.sub(r"\\\g<0>", unbroken(text))


def title(text: str, more: str | None = None) -> None:
    """The headline of a page; ``more`` is shown on hover."""
    st.title(literal(text), anchor=False, help=None if more is None else literal(more))


def finding(text: str) -> None:
    """What a chart says, above it."""
    st.subheader(literal(text), anchor=False)


def say(text: str) -> None:
    """A paragraph."""
    st.markdown(literal(text))


def small(*lines: str) -> None:
    """Lines in small type below what they explain."""
    st.caption("  \n".join(map(literal, lines)))
