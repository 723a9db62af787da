"""What the company declared and what the exports make known: targets, owners, horizons, margin, matches."""

from dashboard.cells import NOTHING, cases, share_or_nothing
from dashboard.lookup import answered, described, valuations_of
from dashboard.speech import speech_of
from dashboard.words import cell, measure_label, target_cell
from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.catalog.measures import Worth
from pipelines.publish.store import Run
from words.segments import label_words

NO_TARGET = "No target is declared. Add [[targets]] (measure, value, owner) to the profile."
NO_MARGIN = "No margin is known, so nothing is turned into money earned. Set margin_rate, or map margin in orders."
NO_CAUTION = "The checks of the exports found nothing to warn of."
MARGINS = {
    Worth.MARGIN_OF_RETURNING_CUSTOMER: "A returning customer's margin",
    Worth.MARGIN_PER_INCIDENT: "Margin per incident, those who never return included",
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
            "Cases": cases(r.n, speech),
        }
        for measure, label in MARGINS.items()
        for r in valuations_of(run, measure)
        if answered(r)
    ]


def match_table(run: Run) -> list[dict[str, str]]:
    """How many incidents lead to a customer, per channel, the fewest on top, as shown."""
    speech = speech_of(run)
    rows = [(d.value, d) for d in run.diagnostics if d.check == Check.MATCH_RATE and d.value is not None]
    return [
        {
            "Channel": label_words(r.subject or "all"),
            "Matched to a customer": speech.percent(value),
            "At least": share_or_nothing(r.threshold, speech),
        }
        for value, r in sorted(rows, key=lambda one: one[0])
    ]


def known_table(run: Run) -> list[dict[str, str]]:
    """In how many incidents each thing is known, the rarest on top, as shown."""
    speech = speech_of(run)
    total = run.manifest.incidents
    rows = [(m.n, m.measure) for m in described(run) if m.segment == "" and m.period == "" and m.n is not None]
    return [
        {
            "Measure": measure_label(measure),
            "Known in": speech.count(known),
            "Of all incidents": speech.percent(min(known / total, 1.0)) if total else NOTHING,
        }
        for known, measure in sorted(rows)
    ]
