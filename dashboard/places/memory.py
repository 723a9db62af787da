"""Memory: what was decided, tried, mended, what happened and what was said of it, on one time line.

A decision worked only if a design says so: who got it was drawn, or it was rolled out step by step. Before and after
alone can't tell.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dashboard.charts.lanes import Item, Lane, Lanes
from dashboard.mass_events import event_ids, event_name
from dashboard.places.series import points
from dashboard.speech import speech_of
from dashboard.words import measure_label
from pipelines.contracts.catalog.counting import Every
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import MEASURES, Measure, MeasureId, Reviewed, answered_within
from pipelines.contracts.catalog.treatments import COMPENSATION, SPEED, TREATMENTS
from pipelines.contracts.decided import Decision
from pipelines.contracts.experiments.registry import Experiment, Happened, Moment, running
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.contracts.tables.row import told
from pipelines.publish import journal
from pipelines.publish.journal import Note
from pipelines.publish.store import Run, Store
from words.decided import carried_out, expected_in_words, outcome_so_far
from words.segments import label_words
from words.speech import Speech

YEAR, AHEAD = timedelta(days=400), timedelta(days=60)
MOST_EVENTS, LONGEST = 8, 34
_FROM_A_DESIGN = (Grade.A, Grade.B)


class Became(StrEnum):
    """What became of a decision."""

    WORKED = "worked"
    DIDNT = "didnt"
    CANT_TELL = "cant_tell"
    TOO_EARLY = "too_early"


_COUNTED = {
    Became.WORKED: "place.memory.worked",
    Became.DIDNT: "place.memory.didnt",
    Became.CANT_TELL: "place.memory.cant_tell",
    Became.TOO_EARLY: "place.memory.too_early",
}
_TONES = {Became.WORKED: "good", Became.DIDNT: "bad", Became.CANT_TELL: "plain", Became.TOO_EARLY: "open"}


def outcome_of(decision: Decision, run: Run) -> Became:
    """Worked or not only where a review of grade A or B leaves out zero; until it can be known, too early."""
    row = review_of(decision, run)
    if row is None or row.estimate is None:
        return Became.TOO_EARLY if run.data_cut < decision.matures_on and decision.effect else Became.CANT_TELL
    if row.grade not in _FROM_A_DESIGN or row.ci_low is None or row.ci_high is None:
        return Became.CANT_TELL
    hoped = 1.0 if decision.effect is None or (decision.effect.estimate or 0.0) >= 0 else -1.0
    low, high = sorted((hoped * row.ci_low, hoped * row.ci_high))
    return Became.WORKED if low > 0 else Became.DIDNT if high < 0 else Became.CANT_TELL


def review_of(decision: Decision, run: Run) -> DecisionReview | None:
    """What this run found to have changed since a decision."""
    mine = (r for r in run.decision_reviews if r.decision == decision.sequence and r.measure is Reviewed.CHANGE_SINCE)
    return next(mine, None)


@dataclass(frozen=True)
class Leading:
    """The first sign of a decision: how often it is done, the year before and in the latest four weeks."""

    measure: MeasureId
    before: float
    now: float


def leading(decision: Decision, run: Run) -> Leading | None:
    """How often what was decided is done; None where no line of this run counts it, or none reaches past the day."""
    measure = measure_of(decision)
    if measure is None:
        return None
    line = points(run, measure, Every.FOUR_WEEKS)
    before = [told(p.estimate) for p in line if p.period.partition("/")[2] < decision.due.isoformat()]
    after = [told(p.estimate) for p in line if p.period.partition("/")[0] >= decision.due.isoformat()]
    return Leading(measure, sum(before) / len(before), after[-1]) if before and after else None


def measure_of(decision: Decision) -> MeasureId | None:
    """The measure that tells how often what was decided is done."""
    effect = decision.effect
    if effect is None or effect.treatment not in TREATMENTS:
        return None
    if effect.treatment == SPEED and effect.level_to and effect.level_to.isdigit():
        return answered_within(int(effect.level_to))
    if effect.treatment == COMPENSATION:
        return Measure.COMPENSATION_SHARE
    column = TREATMENTS[effect.treatment].column
    return next((m for m in MEASURES.values() if m.column is not None and m.column == column), None)


def leading_line(decision: Decision, run: Run, speech: Speech) -> str:
    """The first sign as one sentence; "" where there is none yet."""
    found = leading(decision, run)
    if found is None:
        return ""
    before, now = (speech.percent(share) for share in (found.before, found.now))
    return speech.text("place.memory.leading", what=measure_label(found.measure), before=before, now=now)


def _first_sign(decision: Decision, run: Run, speech: Speech) -> str:
    found = leading_line(decision, run, speech) or carried_out(decision, run.decision_reviews, speech)
    return found or speech.text("place.memory.no_sign")


def headline(decisions: Sequence[Decision], run: Run, speech: Speech) -> str:
    """How many decisions there are, and what became of them."""
    if not decisions:
        return speech.text("place.memory.none")
    counted = [outcome_of(d, run) for d in decisions]
    said = [speech.text(code, n=counted.count(o)) for o, code in _COUNTED.items() if counted.count(o)]
    return speech.lines((speech.text("place.memory.decisions", n=len(decisions)),
                         speech.sentence(speech.capital(speech.enumerated(said)))))  # fmt: skip


def time_line(run: Run, store: Store, speech: Speech) -> Lanes:
    """A year and what is still to come, a lane each kind; kinds without anything are left out."""
    lanes = tuple(Lane(speech.text(name), items)
                  for name, of in LANES.items() if (items := of(run, store)))  # fmt: skip
    ends = [item.last or item.first for lane in lanes for item in lane.items]
    first = run.data_cut - YEAR
    last = max([run.data_cut + AHEAD, *ends])
    shown = tuple(Lane(lane.name, tuple(i for i in lane.items if (i.last or i.first) >= first)) for lane in lanes)
    shown = tuple(lane for lane in shown if lane.items)
    alt = speech.text("place.memory.alt", n=sum(len(lane.items) for lane in shown))
    today = speech.text("place.memory.today")
    return Lanes(shown, first, last, run.data_cut, today, _months(first, last, speech), alt)


def _months(first: date, last: date, speech: Speech) -> tuple[tuple[date, str], ...]:
    count = (last.year - first.year) * 12 + last.month - first.month
    step = max(1, round(count / 7))
    starts = [date(first.year + (first.month + i - 1) // 12, (first.month + i - 1) % 12 + 1, 1)
              for i in range(1, count + 1, step)]  # fmt: skip
    return tuple((day, speech.month(day)) for day in starts if (last - day).days > 15)


def _decided(run: Run, store: Store) -> tuple[Item, ...]:
    return tuple(
        Item(d.decided, _short(d.what), _TONES[outcome_of(d, run)], max(d.due, d.decided) if d.closed else d.matures_on)  # type: ignore[arg-type]
        for d in journal.decisions(store)
    )


def _experiments(run: Run, store: Store) -> tuple[Item, ...]:
    """From the day an experiment began until it was stopped, or until its last outcome is known."""
    return tuple(_tried(plan, journal.happened(store, plan.name), run) for plan in journal.experiments(store))


def _tried(plan: Experiment, since: Sequence[Happened], run: Run) -> Item:
    began, ended = (
        [h.day for h in since if h.moment is moment] for moment in (Moment.STARTED, Moment.STOPPED)
    )  # fmt: skip
    if not began:
        return Item(run.data_cut, _short(plan.question), "plain")
    if running(plan.name, since) or not ended:
        weeks = timedelta(weeks=plan.weeks or 0.0)
        return Item(began[0], _short(plan.question), "open", began[0] + weeks if weeks else None)
    return Item(began[0], _short(plan.question), "plain", ended[-1])


def _events(run: Run, store: Store) -> tuple[Item, ...]:
    spans = {r.event_id: r.period for r in run.events if r.event_id and r.period}
    latest = [event for event in event_ids(run) if event in spans][:MOST_EVENTS]
    return tuple(Item(date.fromisoformat((spans[e] or "")[:10]), _short(event_name(e)), "plain") for e in latest)


def _reviews(run: Run, store: Store) -> tuple[Item, ...]:
    made = {one.run_id: one.manifest.data_cut for one in store.listed() if one.manifest}
    named = [Item(made[r], _short(label), "plain") for r, label in journal.names(store).items() if r in made]
    notes = [e for e in journal.entries(store) if isinstance(e.said, Note)]
    said = [Item(made[e.said.run_id], _short(e.said.text), "plain") for e in notes
            if isinstance(e.said, Note) and e.said.run_id in made]  # fmt: skip
    return (*named, *said)


def _short(text: str) -> str:
    words = label_words(text)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


# A lane is a name in the words and what stands in it.
LANES: dict[str, Callable[[Run, Store], tuple[Item, ...]]] = {
    "place.memory.lane.decisions": _decided,
    "place.memory.lane.experiments": _experiments,
    "place.memory.lane.events": _events,
    "place.memory.lane.reviews": _reviews,
}


_COLUMNS = (
    "place.memory.column.what", "place.memory.column.owner", "place.memory.column.due", "place.memory.column.first",
    "place.memory.column.back", "place.memory.column.hoped", "place.memory.column.so",
)  # fmt: skip


def table(decisions: Sequence[Decision], run: Run) -> list[dict[str, str]]:
    """One line per decision, the latest first: who, since when, the first sign, whether people came back."""
    speech = speech_of(run)
    names = [speech.text(code) for code in _COLUMNS]
    rows = run.decision_reviews
    return [
        dict(zip(names, (
            d.what, d.owner, speech.day(d.due), _first_sign(d, run, speech),
            outcome_so_far(d, rows, speech), expected_in_words(d, speech),
            speech.text("place.memory.closed") if d.closed else speech.label(outcome_of(d, run)),
        ), strict=True))
        for d in reversed(decisions)
    ]  # fmt: skip
