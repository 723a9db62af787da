"""Root causes and the front line as tables: how often each cause comes, and what staff solve within their limits."""

from collections.abc import Iterable

from dashboard.cells import NOTHING, cases, graded, share_cell
from dashboard.filters import View, cells_of
from dashboard.lookup import answered, by_dimension, contrasted, contrasts_of, level_name, measures_of, why_not
from dashboard.speech import speech_of
from dashboard.words import cell
from pipelines.contracts.catalog.counting import FixSide
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Change, Measure
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.segments import level_words
from words.speech import Speech

RATE, PER_UNITS = Measure.OCCASIONS_PER_10000_UNITS, 10_000
ISSUER = "issuer_role"
FRONT_LINE = {
    Measure.RESOLVED_AT_FIRST_CONTACT: "Solved at the first contact",
    Measure.ESCALATED: "Passed up",
    Measure.WITHIN_AUTHORITY: "Spent within the giver's limit",
    Measure.THREATENED: "Threatened to leave",
    Measure.REOPENED: "Opened again",
    Measure.CAUSE_REVIEWED: "Cause looked into",
}


def cause_table(run: Run) -> tuple[list[dict[str, str]], str]:
    """One line per root cause, as shown, the most frequent first; else why there is none."""
    speech = speech_of(run)
    asked = measures_of(run, RATE)
    rows = [r for r in asked if answered(r)]
    if not rows:
        return [], why_not(asked[0] if asked else None, speech)
    found = {(r.segment, r.level): r for r in rows}
    overall = sorted((r for r in rows if not r.level), key=lambda r: -told(r.estimate))
    return [
        {
            "Root cause": level_name(r).capitalize(),
            f"Per {speech.count(PER_UNITS)}": _rate(r, speech),
            "Before its fix": _rate(found.get((r.segment, FixSide.BEFORE)), speech),
            "After its fix": _rate(found.get((r.segment, FixSide.AFTER)), speech),
            "Occasions": cases(r.n, speech),
            "Owner": r.owner or "none",
        }
        for r in overall
    ], ""


def fixes_sentence(run: Run) -> str:
    """How many causes have a fix that can be judged, which of them failed, and who owns them; "" where none has."""
    speech = speech_of(run)
    judged = [r for r in contrasts_of(run, Change.RATE_AFTER_FIX) if answered(r)]
    if not judged:
        return ""
    causes = {r.segment for r in measures_of(run, RATE) if answered(r)} | {r.segment for r in judged}
    worse = [level_name(r) for r in judged if (r.ci_low or 0) > 1]
    failed = f"failed, for the cause came more often: {', '.join(worse)}" if worse else "is known to have failed"
    owners = sorted({r.owner for r in judged if r.owner})
    owned = f"Owners: {', '.join(owners)}." if owners else "Who owns a cause isn't recorded."
    fixes = (
        f"A fix that can be judged is on record for {speech.count(len(judged))} "
        f"of {speech.count(len(causes))} root causes"
    )
    return f"{fixes}; {'these' if worse else 'none'} {failed}. {owned}"


def _rate(row: Measured | None, speech: Speech) -> str:
    if row is None or row.estimate is None:
        return NOTHING
    return f"{speech.decimal(row.estimate, 2)} ({speech.span(told(row.ci_low), told(row.ci_high), 2)})"


def front_line_table(measures: Iterable[Measured], view: View, speech: Speech) -> list[dict[str, str]]:
    """What the front line does, everyone first, then per segment of the view, as shown."""
    cells = cells_of(measures)
    known = [name for name in FRONT_LINE if (name, "") in cells]
    return [
        {
            "": level_words(segment) or "Everyone",
            **{FRONT_LINE[name]: share_cell(cells.get((name, segment)), speech) for name in known},
        }
        for segment in (("", *view.segments) if known else ())
    ]


def limits_table(run: Run) -> list[dict[str, str]]:
    """Who gave compensation within their limit, as shown."""
    speech = speech_of(run)
    return [
        {"Given by": level_name(r).capitalize(), "Within the limit": cell(r, speech), "Cases": cases(r.n, speech)}
        for r in by_dimension(measures_of(run, Measure.WITHIN_AUTHORITY), ISSUER)
        if answered(r)
    ]


def empowerment_sentence(run: Run) -> str:
    """What solving it at the first contact goes with; empty where it wasn't looked at."""
    speech = speech_of(run)
    row = contrasted(run, Change.SETTLED_AND_RETURNED)
    if row is None or row.estimate is None:
        return ""
    low, high = told(row.ci_low), told(row.ci_high)
    size = f"{speech.signed(row.estimate, 1)} returning {run.profile.customers_word} per 100"
    change = f"{size} ({speech.span(low, high, 1)}){graded(row.grade)}"
    clear = row.grade is not Grade.D and not low <= 0 <= high
    verb = "goes with" if clear else "shows no clear change:"
    return f"Solving it at the first contact {verb} {change}, after adjustment."
