"""This week: the headline in one of three moods, and what is known now, each against target and usual range."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.cells import cases
from dashboard.lookup import (
    answered,
    by_dimension,
    is_week,
    last_week,
    level_name,
    measured,
    measures_of,
    why_not,
)
from dashboard.speech import speech_of
from dashboard.words import cell, measure_label, of_100, target_cell, usual
from pipelines.contracts.catalog.counting import Standing, Waited
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import Measure, MeasureId, answered_within
from pipelines.contracts.mart import Col
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.speech import Speech

NOBODY = "none"
SILENT, WAITED, RUG = Measure.SILENT_FOR_A_WEEK_NOW, Measure.DAYS_SILENT_NOW, Measure.UNDER_THE_RUG
MOST_SILENT = 5
PROMISES: tuple[MeasureId, ...] = (Measure.STANDARD_MET, answered_within(60), answered_within(1440))
# In the order an executive asks: were they heard, who wasn't, was it fixed, did we keep our word, what did it cost.
KNOWN_NOW: tuple[MeasureId, ...] = (
    *PROMISES, RUG, SILENT, Measure.SILENT_OVER_24_HOURS, Measure.FIXED_BEFORE_DEPARTURE, Measure.COMMITMENT_KEPT,
    Measure.PROMISES_BROKEN, Measure.COMPENSATION_GIVEN_OUT, Measure.COMPENSATION_COST,
)  # fmt: skip


class Mood(StrEnum):
    """How good the headline of a page that counts is."""

    GOOD = "good"
    UNCERTAIN = "uncertain"
    EMBARRASSING = "embarrassing"


OF_STANDING: Mapping[Standing | None, Mood] = {Standing.ABOVE: Mood.GOOD, Standing.BELOW: Mood.EMBARRASSING}


@dataclass(frozen=True)
class Headline:
    """One sentence and its mood, both from the rows in ``rows``; ``beside`` is a second sentence below it.

    ``badge`` stands for the mood's own words where those would say more than the rows.
    """

    mood: Mood
    text: str
    rows: tuple[Measured, ...]
    beside: str = ""
    badge: str = ""


def headline(run: Run) -> Headline | None:
    """What an executive repeats: the silent first, else last week's promise. None when neither is known."""
    silent = measured(run, SILENT)
    row = _promised(run)
    promise = "" if row is None else _promise(row, run.profile.customers_word, speech_of(run))
    if answered(silent) and told(silent.estimate) >= 1:
        rows = (silent,) if row is None else (silent, row)
        beside = " ".join(filter(None, (_how_long_and_who_else(run), promise)))
        return Headline(Mood.EMBARRASSING, _silence(run, silent), rows, beside)
    return None if row is None else Headline(_mood(row), promise, (row,))


def _promised(run: Run) -> Measured | None:
    """Last week against the first promise that weeks can be told of, else the longer period."""
    rows = (*(last_week(run, m) for m in PROMISES), *(measured(run, m) for m in PROMISES))
    return next((r for r in rows if answered(r)), None)


def refusal(run: Run) -> str:
    """Why nobody can be seen to wait, and what to add."""
    return why_not(next((r for m in PROMISES[1:] if (r := measured(run, m))), None), speech_of(run))


def _silence(run: Run, row: Measured) -> str:
    speech = speech_of(run)
    channels = [r for r in by_dimension(measures_of(run, SILENT), Col.CHANNEL) if answered(r)]
    worst = max(channels, key=_many, default=None)
    many = round(told(row.estimate))
    text = f"{speech.count(many)} open {'case has' if many == 1 else 'cases have'} had no human answer in seven days"
    text += _beside_usual(row, speech)
    if worst is not None and _many(worst) >= 1:
        text += f"; {speech.count(round(_many(worst)))} of them by {level_name(worst)}"
    return f"{text}. Owner: {row.owner or NOBODY}."


def _many(row: Measured) -> float:
    return told(row.estimate)


def _how_long_and_who_else(run: Run) -> str:
    """How long the silent have waited, and how many cases ended unheard; "" where neither is told."""
    speech = speech_of(run)
    half, longest = (measured(run, WAITED, level=level) for level in Waited)
    unheard = measured(run, Measure.CLOSED_UNHEARD)
    said = []
    if answered(half) and answered(longest):
        days, most = (speech.count(round(_many(r))) for r in (half, longest))
        said.append(f"Half of them have waited {days} days or longer, the longest {most}.")
    if answered(unheard) and unheard.estimate:
        said.append(f"Another {speech.count(round(unheard.estimate))} cases were closed unheard since records began.")
    return " ".join(said)


def _beside_usual(row: Measured, speech: Speech) -> str:
    """Where a count lies beside its usual range; "" where none is known."""
    low, high = row.usual_low, row.usual_high
    if low is None or high is None:
        return ""
    many = told(row.estimate)
    where = "below" if many < low else "above" if many > high else "within"
    return f", {where} the usual {speech.span(low, high)}"


def _mood(row: Measured) -> Mood:
    """Good where the interval is clear of the target, or the value no lower than usual where nothing was targeted."""
    if row.target is not None:
        return OF_STANDING.get(row.standing, Mood.UNCERTAIN)
    if row.usual_low is None:
        return Mood.UNCERTAIN
    return Mood.GOOD if told(row.estimate) >= row.usual_low else Mood.EMBARRASSING


def _promise(row: Measured, who: str, speech: Speech) -> str:
    deed = measure_label(row.measure).replace("Answered by", "heard from")
    beside = [f"target {of_100(row.target, speech)}"] if row.target is not None else []
    if row.usual_low is not None:
        beside.append(f"usual {of_100(row.usual_low, speech)}–{of_100(row.usual_high, speech)}")
    limits = f"{of_100(row.ci_low, speech)} to {of_100(row.ci_high, speech)}" if row.ci_low is not None else ""
    brackets = "; ".join(filter(None, (limits, ", ".join(beside))))
    days = speech.days_between(row.period)
    when = f"In the week of {days}," if is_week(row) else f"From {days.replace(' – ', ' to ')},"
    text = f"{when} {of_100(row.estimate, speech)} of 100 {who} {deed}" + (f" ({brackets})." if brackets else ".")
    if row.target is not None and row.standing is Standing.UNCLEAR:
        many = f"that week's {cases(row.n, speech)}" if is_week(row) else cases(row.n, speech)
        return f"{text} From {many} cases alone we can't say yet whether that meets the target."
    return text


def known_now(run: Run) -> list[dict[str, str]]:
    """One line per thing known at the data cut, as shown: last week where weeks can be told, else the longer period."""
    speech = speech_of(run)
    return [
        {
            "": measure_label(row.measure),
            "Known now": cell(row, speech),
            "Target": target_cell(row.measure, row.target, speech),
            "Usual": usual(row, speech),
            "Cases": cases(row.n, speech),
            "Counted over": period_words(row, speech),
            "Owner": row.owner or NOBODY,
        }
        for row in known_rows(run)
    ]


def known_rows(run: Run) -> tuple[Measured, ...]:
    """The rows of everything known at the data cut."""
    found = (_latest(run, measure) for measure in KNOWN_NOW)
    unknown = (Verdict.NOT_ESTIMABLE, Verdict.NOT_IMPLEMENTED)
    return tuple(row for row in found if row is not None and row.verdict not in unknown)


def known_notes(run: Run) -> tuple[str, ...]:
    """What two of the lines count, where they are shown: they are no remainder of those answered within a day."""
    rug, silent = _latest(run, RUG), _latest(run, Measure.SILENT_OVER_24_HOURS)
    notes = []
    if answered(rug) and rug.within_days:
        notes.append(f"Never answered: by no person within {speech_of(run).decimal(rug.within_days)} days.")
    if answered(silent):
        notes.append(
            "Left silent: at any time until the case ended, so a case answered within a day can be left silent later; "
            "the two don't add up to 100."
        )
    return tuple(notes)


def _latest(run: Run, measure: MeasureId) -> Measured | None:
    """Last week's row where it holds enough cases to show, else that of the longest period."""
    week = last_week(run, measure)
    return week if answered(week) else measured(run, measure)


def silent_where(run: Run) -> list[dict[str, str]]:
    """All open cases that lie silent, then by channel and by site, as shown: five of each and the others together.

    Each part adds up to the whole. Empty where nobody is silent.
    """
    whole = measured(run, SILENT)
    if not answered(whole) or not whole.estimate:
        return []
    found = [_silent_line(run, "Everywhere", whole.estimate, whole.n, "")]
    for dimension, word in ((Col.CHANNEL, "Channel"), (Col.SITE_ID, "Site")):
        rows = [r for r in by_dimension(measures_of(run, SILENT), dimension) if answered(r) and r.estimate]
        rows.sort(key=lambda r: (-_many(r), r.segment))
        shown = rows[:MOST_SILENT]
        found += [_silent_line(run, f"{word} {level_name(r)}", _many(r), r.n, r.segment) for r in shown]
        rest = whole.estimate - sum(_many(r) for r in shown)
        if shown and rest:
            others = (whole.n or 0) - sum(r.n or 0 for r in shown)
            found.append(_silent_line(run, f"Other {word.lower()}s, or none on record", rest, others, None))
    return found


def _silent_line(run: Run, where: str, silent: float, still_open: int | None, segment: str | None) -> dict[str, str]:
    """One line; ``segment`` is None where no row says how long its cases have waited."""
    speech = speech_of(run)
    waited = {
        level: None if segment is None else measured(run, WAITED, segment=segment, level=level) for level in Waited
    }
    return {
        "Where": where,
        "Silent for a week": speech.count(round(silent)),
        "Open": cases(still_open, speech),
        **{f"Days so far, {level}": cell(row, speech) for level, row in waited.items()},
    }


def unknown_now(run: Run) -> list[dict[str, str]]:
    """One line per reason why something isn't known now, as shown."""
    return [
        {"Not known": "; ".join(map(measure_label, measures)), "Why, and what to add": reason}
        for measures, reason in not_known(run)
    ]


def not_known(run: Run) -> list[tuple[list[MeasureId], str]]:
    """What isn't known now, by the reason why, with what to add."""
    speech = speech_of(run)
    reasons: dict[str, list[MeasureId]] = {}
    for measure in KNOWN_NOW:
        row = measured(run, measure)
        if row is not None and row.verdict is Verdict.NOT_ESTIMABLE:
            reasons.setdefault(why_not(row, speech), []).append(measure)
    return [(measures, reason) for reason, measures in reasons.items()]


def period_words(row: Measured, speech: Speech) -> str:
    """Over which days a row counts."""
    if row.period:
        return speech.days_between(row.period)
    return "at the data cut" if row.verdict is Verdict.COUNTED else "all of the data"
