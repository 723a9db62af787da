"""What the checks of the exports found, in words: diagnostics rows that belong to no effect."""

from pipelines.contracts.tables.diagnostic import Diagnostic
from words.speech import Speech


def check_words(check: str, speech: Speech) -> str:
    """What a check of the exports counts; a profile's own checks are named by their code."""
    return speech.label(f"check.{check}", speech.capital(check.replace("_", " ")))


def subject_words(subject: str, speech: Speech) -> str:
    """What a check looked at: a code of ours by its label, else what the company calls it."""
    return speech.label(f"subject.{subject}", subject)


def consequence(row: Diagnostic, speech: Speech) -> str:
    """What a failed check would mean, what to do, and what it holds down; empty where it holds down nothing."""
    if row.touches is None:
        return speech.all(row.reasons)
    held = speech.text("finding.caution.held", touch=speech.label(row.touches))
    return " ".join(filter(None, (speech.all(row.reasons), held)))


def caution(row: Diagnostic, speech: Speech) -> str:
    """One line for one check that didn't pass: what, where, how much."""
    check, found = check_words(row.check, speech), _measured(row, speech)
    if row.subject:
        return speech.text("finding.caution.at", check=check, subject=subject_words(row.subject, speech), found=found)
    return speech.text("finding.caution", check=check, found=found)


def _measured(row: Diagnostic, speech: Speech) -> str:
    value, unit = row.value, row.unit or ""
    if value is None:
        return speech.text("finding.caution.not_known")
    if unit.startswith("share"):
        return speech.percent(value)
    size = speech.decimal(value, 0 if float(value).is_integer() else 2)
    words = speech.label(f"unit.{unit}", unit) if unit else ""
    return speech.text("finding.caution.counted", number=size, unit=words) if words else size
