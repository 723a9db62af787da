"""Two runs held against each other: each change with what it is owed to, what came and went, how reading drifted."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from amends.answer import Answer
from amends.runs.running import company_speech
from amends.runs.substituting import Lacking, Places, between
from pipelines.contracts.messages.doing import Progress
from pipelines.contracts.tables.effect import Effect
from pipelines.publish import journal
from pipelines.publish.compare.change import Change, Drift, Part, Share, changed_parts, changes, drifted, newly_failed
from pipelines.publish.compare.pairs import headlines
from pipelines.publish.store import Run, Store
from words.cautions import caution
from words.changes import digits, noun
from words.conventions import MINUS
from words.effects import deed
from words.rounding import rounded
from words.speech import Speech

PARTS = {Part.DATA: "cli.compare.data", Part.CONFIGURATION: "cli.compare.configuration", Part.CODE: "cli.compare.code"}
LACKING = {
    Lacking.DATA: "cli.compare.no_data",
    Lacking.PROFILE: "cli.compare.no_profile",
    Lacking.CODE: "cli.compare.no_code",
    Lacking.KEY: "cli.compare.no_key",
    Lacking.RUN: "cli.compare.no_run",
}
NAMED = 10


@dataclass(frozen=True)
class Moved:
    """One effect in both runs: ``shares`` add up to ``by``."""

    effect_id: str
    before: float | None
    after: float | None
    by: float
    shares: Sequence[Share]
    exceeds_noise: bool
    grade_before: str
    grade_after: str


@dataclass(frozen=True)
class Compared:
    """Two runs: what differs, whether that could be told apart, and what moved, came and went."""

    before: str
    after: str
    parts: Sequence[Part]
    together: Lacking | None
    moved: Sequence[Moved]
    new: Sequence[str]
    gone: Sequence[str]
    drift: Sequence[Drift]


def compared(store: Store, first: str, second: str, places: Places, progress: Progress, *, everything: bool) -> Answer:
    """Hold the later of two runs against the earlier. Raises the store's errors."""
    before, after = sorted((store.run(first), store.run(second)), key=lambda run: run.manifest.sequence)
    parts = changed_parts(before.manifest, after.manifest)
    found = between(before.manifest, after.manifest, parts, places, journal.decisions(store), progress)
    together = found if isinstance(found, Lacking) else None
    past, now = headlines(before.effects), headlines(after.effects)
    moved = changes(past, now, parts, () if isinstance(found, Lacking) else found)
    new = [row for name, row in now.items() if name not in past]
    gone = [row for name, row in past.items() if name not in now]
    drift = drifted(before.quality, after.quality)
    speech = company_speech(after.profile.currency, after.profile.customers_word)
    lines = [
        *_head(before, after, parts, together, speech),
        *_moved(moved, speech, everything=everything),
        *_named("cli.compare.new", new, speech, everything=everything),
        *_named("cli.compare.gone", gone, speech, everything=everything),
        *_reading(before, after, drift, speech),
    ]
    data = Compared(
        before.run_id, after.run_id, parts, together, [_plain(change) for change in moved],
        [row.effect_id for row in new], [row.effect_id for row in gone], drift,
    )  # fmt: skip
    return Answer("\n".join(lines), data)


def _head(before: Run, after: Run, parts: Sequence[Part], together: Lacking | None, speech: Speech) -> list[str]:
    named = speech.listed([speech.text(PARTS[part]) for part in parts])
    head = speech.text("cli.compare.head", after=after.run_id, before=before.run_id)
    if not parts:
        return [head, speech.text("cli.compare.nothing")]
    if together:
        return [head, speech.text("cli.compare.together", parts=named, why=speech.text(LACKING[together]))]
    return [head, speech.text("cli.compare.only" if len(parts) == 1 else "cli.compare.split", parts=named)]


def _moved(moved: Sequence[Change], speech: Speech, *, everything: bool) -> list[str]:
    """What moved beyond its noise first, then what changed its grade; all else is counted."""
    beyond = [change for change in moved if change.exceeds_noise]
    regraded = [c for c in moved if not c.exceeds_noise and c.before.grade != c.after.grade]
    rest = [c for c in moved if not c.exceeds_noise and c.before.grade == c.after.grade]
    lines = [speech.text("cli.compare.beyond", beyond=speech.count(len(beyond)), of=speech.count(len(moved)))]
    lines += [_line(change, speech) for change in beyond]
    if regraded:
        lines.append(speech.text("cli.compare.regraded", regraded=speech.count(len(regraded))))
        lines += [_line(change, speech) for change in (regraded if everything else regraded[:NAMED])]
        if len(regraded) > NAMED and not everything:
            lines.append(speech.text("cli.compare.more", more=speech.count(len(regraded) - NAMED)))
    if everything:
        return [*lines, speech.text("cli.compare.within"), *(_line(change, speech) for change in rest)]
    return [*lines, speech.text("cli.compare.rest", rest=speech.count(len(rest)))] if rest else lines


def _line(change: Change, speech: Speech) -> str:
    """A change whose shares, as they are rounded, add up to the change as it is rounded."""
    row = change.after
    places = digits(row)
    points = [float(rounded(point, places)) for point in change.points]
    shares = [
        speech.text("cli.compare.share", part=_parts(share, speech), by=_signed(b - a, places, speech))
        for share, (a, b) in zip(change.shares, pairwise(points), strict=True)
    ]
    was, is_now = (str(r.grade or "–") for r in (change.before, row))
    return speech.text(
        "cli.compare.line",
        what=deed(row, speech),
        noun=noun(row, speech),
        before=speech.decimal(points[0], places),
        now=speech.decimal(points[-1], places),
        by=_signed(points[-1] - points[0], places, speech),
        shares=", ".join(shares),
        grade=was if was == is_now else speech.text("cli.compare.grades", before=was, now=is_now),
    )


def _parts(share: Share, speech: Speech) -> str:
    return speech.listed([speech.text(PARTS[part]) for part in share.parts]) or speech.text("cli.compare.unexplained")


def _signed(value: float, places: int, speech: Speech) -> str:
    text = speech.decimal(value, places)
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def _named(code: str, rows: Sequence[Effect], speech: Speech, *, everything: bool) -> list[str]:
    if not rows:
        return []
    told = rows if everything else rows[:NAMED]
    lines = [speech.text(code, rows=speech.count(len(rows)))]
    lines += [speech.text("cli.compare.effect", what=deed(row, speech), noun=noun(row, speech)) for row in told]
    more = len(rows) - len(told)
    return [*lines, *([speech.text("cli.compare.more", more=speech.count(more))] if more else [])]


def _reading(before: Run, after: Run, drift: Sequence[Drift], speech: Speech) -> list[str]:
    lines = [
        speech.text("cli.compare.drift", table=d.table, before=speech.percent(d.before), now=speech.percent(d.after))
        for d in drift
    ]
    failed = newly_failed(before.diagnostics, after.diagnostics)
    lines += [speech.text("cli.compare.failed", caution=caution(row, speech)) for row in failed[:NAMED]]
    return lines


def _plain(change: Change) -> Moved:
    before, after = change.before, change.after
    return Moved(
        after.effect_id, before.estimate, after.estimate, change.by, change.shares, change.exceeds_noise,
        str(before.grade or ""), str(after.grade or ""),
    )  # fmt: skip
