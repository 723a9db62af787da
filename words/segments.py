"""Segments in words: families and levels that every profile has, and the company's own labels as a reader says them."""

import re

from words.speech import PLAIN, Speech

_CROSSING = re.compile(r";(?=\w+=)")


def parts_of(segment: str) -> list[str]:
    """``severity=high;value=low`` → its two parts; a one-way segment is its only part."""
    return _CROSSING.split(segment)


def label_words(label: str) -> str:
    """A label of an export in the company's own words, an underscore as a space: ``very_high`` → ``very high``."""
    return label.replace("_", " ")


def family_words(family: str, speech: Speech = PLAIN) -> str:
    """By what incidents are split: ``value`` → ``customer value``; two that are crossed by both."""
    return " × ".join(speech.label(f"segment_family.{one}", label_words(one)) for one in family.split(" × "))


def level_words(segment: str, between: str = ", ", speech: Speech = PLAIN) -> str:
    """Levels alone: ``channel=web_form`` → ``web form``, ``severity=high;brand=alba`` → ``high, alba``."""
    return between.join(_own(part, speech) or label_words(part.partition("=")[2]) for part in parts_of(segment))


def segment_words(segment: str, speech: Speech = PLAIN) -> str:
    """Families with their levels: ``severity=very_high;site=a`` → ``severity: very high, site: a``; words stay."""
    return ", ".join(_own(part, speech) or _with_family(part, speech) for part in parts_of(segment))


def _own(part: str, speech: Speech) -> str:
    """A part whose level says nothing without its family, such as ``mass=single``; "" for all others."""
    return speech.label(f"segment_part.{part.replace('=', '.', 1)}", "")


def _with_family(part: str, speech: Speech) -> str:
    family, is_part, level = part.partition("=")
    return f"{family_words(family, speech)}: {label_words(level)}" if is_part else part
