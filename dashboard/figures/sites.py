"""Sites against target with their case mix held equal: the worst five and the best five."""

from dashboard.decisions import answered, by_segment, decided, level_name
from dashboard.figures.dots import Axis, Dot, Reference, dots
from dashboard.figures.drawn import Drawn
from dashboard.figures.theme import Palette, Role
from dashboard.formats import count, days_between, percent, span
from dashboard.store import Row, Run
from dashboard.words import measure_label

SHOWN = 5
MEASURES = (
    "answered_within_60_minutes", "standard_met", "answered_within_1440_minutes", "fixed_before_departure",
    "silent_over_24_hours", "commitment_kept", "within_authority",
)  # fmt: skip
FRONT_LINE = ("resolved_at_first_contact", "escalated", "handed_on")
FEWER_IS_BETTER = ("escalated", "handed_on", "silent_over_24_hours")
SINGLE = "mass_event=false"
MIX = "Case mix held equal: severity, channel and type of failure. Single incidents; mass incidents left out."
DRAWN_IN = "A site with few cases says little by itself, so its figure is moved towards the average."


def site_measures(run: Run, among: tuple[str, ...] = MEASURES) -> tuple[str, ...]:
    """Measures that tell at least one site, those with a declared target first."""
    able = [m for m in among if any(answered(r) for r in by_segment(run, m, "site_id"))]
    return tuple(sorted(able, key=lambda m: (decided(run, m) or {}).get("target") is None))


def sites_chart(run: Run, measure: str, colours: Palette) -> Drawn | None:
    """One share per site, the worst on top, with its interval, the target and the number of cases."""
    rows = by_segment(run, measure, "site_id")
    fewer = measure in FEWER_IS_BETTER
    told = sorted((r for r in rows if answered(r)), key=lambda r: float(r["estimate"]), reverse=fewer)
    if not told:
        return None
    shown = told if len(told) <= 2 * SHOWN else [*told[:SHOWN], *told[-SHOWN:]]
    reference = _reference(run, measure)
    lines = [_dot(r, fewer) for r in shown]
    label = measure_label(measure)
    title = _title(told, reference, label, fewer)
    hidden = len(rows) - len(told)
    few = f"Too few cases to show: {count(hidden)} of {count(len(rows))} sites."
    caveats = (
        MIX,
        DRAWN_IN,
        *([few] if hidden else []),
    )
    return Drawn(
        title,
        f"{label}, worst and best of {count(len(told))} sites, 95 % interval, {days_between(told[0]['period'])}",
        dots(lines, Axis("share of incidents"), colours, reference=reference),
        tuple(told),
        f"{count(sum(r['n'] for r in told))} incidents",
        f"{title}. {'; '.join(f'{d.label} {d.reading}' for d in lines)}.",
        caveats,
    )


def _reference(run: Run, measure: str) -> Reference | None:
    row = decided(run, measure, segment=SINGLE) or decided(run, measure)
    if row is None:
        return None
    if row["target"] is not None:
        return Reference(row["target"], f"target {percent(row['target'])}")
    return Reference(row["estimate"], f"all {percent(row['estimate'])}") if answered(row) else None


def _dot(row: Row, fewer: bool) -> Dot:
    roles: dict[str, Role] = (
        {"above": "fourth", "below": "adjusted"} if fewer else {"below": "fourth", "above": "adjusted"}
    )
    limits = f" ({span(100 * row['ci_low'], 100 * row['ci_high'])})" if row["ci_low"] is not None else ""
    reading = f"{percent(row['estimate'])}{limits} n {count(row['n'])}"
    role = roles.get(row["standing"] or "", "quiet")
    return Dot(level_name(row), row["estimate"], row["ci_low"], row["ci_high"], reading, role=role)


def _title(told: list[Row], reference: Reference | None, label: str, fewer: bool) -> str:
    bar = reference.word.replace("target", "the target of").replace("all", "the average of") if reference else ""
    side, word, most = ("above", "over", "highest") if fewer else ("below", "under", "lowest")
    worse = [level_name(r) for r in told if r["standing"] == side]
    if worse:
        names = ", ".join(worse[:SHOWN]) + (f" and {len(worse) - SHOWN} more" if len(worse) > SHOWN else "")
        return f"Clearly {word} {bar}: {names}" if bar else f"Clearly {most}: {names}"
    return f"No site is clearly {word} {bar}" if bar else f"No site stands out: {label.lower()}"
