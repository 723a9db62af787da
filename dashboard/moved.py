"""What moved between two runs of one profile: their effects side by side, and what went into each."""

from collections.abc import Iterator

from dashboard.cells import graded
from dashboard.speech import speech_of
from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import told
from pipelines.publish.compare.change import changed_parts
from pipelines.publish.store import Run
from words.changes import is_per_100, noun, number
from words.conventions import MINUS
from words.effects import deed
from words.speech import Speech

NAMED = 5
Pair = tuple[Effect, Effect]


def moved_table(run: Run, before: Run) -> list[dict[str, str]]:
    """One line per effect on everyone that reads differently now, the largest moves for their error on top."""
    speech = speech_of(run)
    pairs = sorted((p for p in _pairs(run, before) if reads_differently(*p, speech=speech)), key=_size, reverse=True)
    return [
        {
            "What is done": deed(now, speech),
            "Changes": noun(now, speech),
            "Before": reading(past, speech),
            "Now": reading(now, speech),
            "Moved by": _signed(told(now.estimate) - told(past.estimate), now, speech),
        }
        for past, now in pairs
    ]


def moved_sentence(run: Run, before: Run) -> str:
    """How many effects both runs hold, how many read differently, and how many came or went."""
    speech = speech_of(run)
    pairs = list(_pairs(run, before))
    moved = [pair for pair in pairs if reads_differently(*pair, speech=speech)]
    far, regraded = sum(apart(*p) for p in moved), sum(p.grade != n.grade for p, n in moved)
    mine, theirs = _effects(run), _effects(before)
    text = f"Of {speech.count(len(pairs))} effects in both runs, {speech.count(len(moved))} read differently"
    text += f": {speech.count(far)} by more than both intervals, {speech.count(regraded)} in grade." if moved else "."
    return (
        f"{text} {speech.count(len(mine.keys() - theirs))} are new, "
        f"{speech.count(len(theirs.keys() - mine))} no longer estimated."
    )


def what_changed(run: Run, before: Run) -> str:
    """What went into the two runs: days, files, profile and version."""
    speech = speech_of(run)
    mine, theirs = run.manifest, before.manifest
    names = mine.inputs.keys() | theirs.inputs.keys()
    files = sorted(name for name in names if mine.inputs.get(name) != theirs.inputs.get(name))
    more = f" and {speech.count(len(files) - NAMED)} more" if len(files) > NAMED else ""
    parts = [
        f"files: {', '.join(files[:NAMED])}{more}" if files else "",
        f"data to {speech.day(run.data_cut)}, was {speech.day(before.data_cut)}"
        if run.data_cut != before.data_cut
        else "",
        "the profile" if mine.profile_hash != theirs.profile_hash else "",
        "the version of Amends" if mine.code_version != theirs.code_version else "",
        "decisions to judge" if mine.settings_hash != theirs.settings_hash and run.data_cut == before.data_cut else "",
    ]
    return f"Changed in between: {'; '.join(filter(None, parts)) or 'nothing'}."


def compare_command(run: Run, before: Run) -> str:
    """The command that shares each change out, where more than one thing changed; else nothing."""
    first, second = sorted((run.manifest, before.manifest), key=lambda m: m.sequence)
    several = len(changed_parts(first, second)) > 1
    return f"amends compare {first.run_id} {second.run_id}" if several else ""


def reading(row: Effect, speech: Speech) -> str:
    """An effect in one cell: ``−3 per 100 (−5 to −1), grade C``."""
    unit = " per 100" if is_per_100(row) else ""
    return (
        f"{number(told(row.estimate), row, speech)}{unit} ({number(told(row.ci_low), row, speech)} "
        f"to {number(told(row.ci_high), row, speech)}){graded(row.grade)}"
    )


def reads_differently(past: Effect, now: Effect, speech: Speech) -> bool:
    """Whether a reader sees another number, interval or grade."""
    return reading(past, speech) != reading(now, speech)


def apart(past: Effect, now: Effect) -> bool:
    """Whether the two intervals have nothing in common."""
    return told(now.ci_low) > told(past.ci_high) or told(now.ci_high) < told(past.ci_low)


def _effects(run: Run) -> dict[str, Effect]:
    rows = (r for r in run.effects if r.spec is Spec.ADJUSTED and not r.segment)
    return {r.effect_id: r for r in rows if r.estimate is not None and r.ci_low is not None}


def _pairs(run: Run, before: Run) -> Iterator[Pair]:
    past = _effects(before)
    return ((past[name], row) for name, row in _effects(run).items() if name in past)


def _size(pair: Pair) -> float:
    past, now = pair
    error = max(past.std_error or 0.0, now.std_error or 0.0)
    return abs(told(now.estimate) - told(past.estimate)) / error if error > 0 else 0.0


def _signed(change: float, row: Effect, speech: Speech) -> str:
    text = number(change, row, speech)
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"
