"""Segments by their code: a dimension and one of its levels, as the exports call it."""

from pipelines.contracts.mart import Col

EVERYONE = ""
NEVER_FAILED = "population=never_failed"


def segment(dimension: str, level: object) -> str:
    """``severity=grave``, ``mass_event=true``."""
    return f"{dimension}={str(level).lower() if isinstance(level, bool) else level}"


# What sites are held against: their cases together, mass incidents left out as they are for each site.
SINGLE = segment(Col.MASS_EVENT, False)
