"""What the company declared and what the exports make known: targets, owners, horizons, margin, matches."""

from dashboard.decisions import answered, rows_of
from dashboard.labels import label_words
from dashboard.speech import speech_of
from dashboard.words import cell, measure_label, target_cell
from pipelines.publish.store import Run

NO_TARGET = "No target is declared. Add [[targets]] (measure, value, owner) to the profile."
NO_MARGIN = "No margin is known, so nothing is turned into money earned. Set margin_rate, or map margin in orders."
NO_CAUTION = "The checks of the exports found nothing to warn of."
MARGINS = {
    "margin_of_returning_customer": "A returning customer's margin",
    "margin_per_incident": "Margin per incident, those who never return included",
}


def target_table(run: Run) -> list[dict[str, str]]:
    """One line per declared target, as shown."""
    return [
        {
            "Target": measure_label(target.measure),
            "Value": target_cell(target.measure, target.value, speech_of(run)),
            "Owner": target.owner or "none",
        }
        for target in run.profile.targets
    ]


def margin_table(run: Run) -> list[dict[str, str]]:
    """What customers earn within each horizon, as shown."""
    speech = speech_of(run)
    return [
        {
            "": label,
            "Within": f"{r.within_days:.0f} days",
            "Margin": cell(r, speech),
            "Cases": speech.count(r.n),
        }
        for measure, label in MARGINS.items()
        for r in rows_of(run, measure)
        if answered(r)
    ]


def match_table(run: Run) -> list[dict[str, str]]:
    """How many incidents lead to a customer, per channel, the fewest on top, as shown."""
    speech = speech_of(run)
    rows = [(d.value, d) for d in run.diagnostics if d.check == "match_rate" and d.value is not None]
    return [
        {
            "Channel": label_words(r.subject or "all"),
            "Matched to a customer": speech.percent(value),
            "At least": "–" if r.threshold is None else speech.percent(r.threshold),
        }
        for value, r in sorted(rows, key=lambda one: one[0])
    ]


def known_table(run: Run) -> list[dict[str, str]]:
    """In how many incidents each thing is known, the rarest on top, as shown."""
    speech = speech_of(run)
    total = run.manifest.rows.get("incident_mart", 0)
    rows = [m for m in run.descriptive if m.segment == "" and m.period == "" and m.n is not None]
    return [
        {
            "Measure": measure_label(m.measure),
            "Known in": speech.count(m.n),
            "Of all incidents": speech.percent(min(m.n / total, 1.0)) if total else "–",
        }
        for m in sorted(rows, key=lambda m: (m.n, m.measure))
    ]
