"""Segments by their code: a dimension and one of its levels, as the exports call it."""

EVERYONE = ""
NEVER_FAILED = "population=never_failed"


def segment(dimension: str, level: object) -> str:
    """``severity=grave``, ``mass_event=true``."""
    return f"{dimension}={str(level).lower() if isinstance(level, bool) else level}"
