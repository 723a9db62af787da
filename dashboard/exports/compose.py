"""Put a review together from one run: the charts that were chosen, what they say, and the tables around them."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.effects import Aim, headline_row, specifications
from dashboard.exports.advice import advice
from dashboard.exports.around import tables_of
from dashboard.exports.choice import Choice, exportable
from dashboard.exports.from_plotly import plate_of
from dashboard.exports.levels import levels_listing
from dashboard.exports.listing import listing_of
from dashboard.exports.provenance import definitions, facts
from dashboard.exports.review import Finding, Review
from dashboard.exports.since import since_last_review
from dashboard.exports.spoken import spoken_row
from dashboard.figures.drawn import ChartId, Shape
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import LIGHT
from dashboard.notes import note_line, review_before
from dashboard.places.answers import advised, beside
from dashboard.refusals import refused_questions
from dashboard.speech import speech_of
from dashboard.trust import checks_of
from pipelines.contracts.ledger.finding import Finding as Told
from pipelines.contracts.messages.doing import MakingChart, Progress
from pipelines.contracts.tables.effect import Effect
from pipelines.publish import journal
from pipelines.publish.journal import Entry, Note, Pin
from pipelines.publish.store import Run, Store, StoreError
from words import findings as say
from words.doubts import doubts
from words.effects import badge, definition, headline, sentence
from words.speech import Speech

UNKNOWN = "This data can't say what answering faster would change"
READ_WITH = "Read the other charts with this in mind: it says how far to trust them."


def review_of(store: Store, run_id: str, choice: Choice, progress: Progress = lambda step: None) -> Review:
    """The review of a published run with what people wrote beside it. Raises the store's errors."""
    run = store.run(run_id)
    before = review_before(store, run_id, run.manifest.sequence)
    earlier, lost = _earlier(store, before) if before else (None, ())
    review = compose(
        run,
        choice,
        name=journal.names(store).get(run_id, ""),
        notes=journal.notes(store, run_id),
        earlier=earlier,
        progress=progress,
    )
    return replace(review, since=(*review.since, *lost))


def _earlier(store: Store, before: Pin) -> tuple[tuple[str, Run] | None, tuple[str, ...]]:
    """The run of an earlier review by its name; where it can't be read any more, a line that says so."""
    try:
        return (before.label, store.run(before.run_id)), ()
    except StoreError:
        return None, (f"{before.label}: run {before.run_id} can't be read any more, so nothing is compared with it.",)


def compose(
    run: Run,
    choice: Choice,
    *,
    name: str = "",
    notes: Sequence[Entry[Note]] = (),
    earlier: tuple[str, Run] | None = None,
    progress: Progress = lambda step: None,
) -> Review:
    """The review of a run under the ``name`` people gave it; ``earlier`` is the last named review, as (name, run)."""
    speech = speech_of(run)
    wanted = choice.charts or exportable()
    findings = []
    for number, chart in enumerate(wanted, start=1):
        progress(MakingChart(number, len(wanted), chart.value))
        if (finding := _finding(run, choice, chart, notes)) is not None:
            findings.append(finding)
    aim = choice.leading(run)
    row = headline_row(run, aim) if aim else None
    first = next(iter(advised(run)), None)
    told = row if row is not None and row.estimate is not None else None
    return Review(
        run_id=run.run_id,
        title=run.profile.title,
        name=name,
        data_cut=speech.day(run.data_cut),
        simulated=run.profile.simulated,
        filters=choice.words(run),
        facts=facts(run, choice.words(run)),
        lead=say.headline(first, speech) if first else headline(told, speech) if told else UNKNOWN,
        lead_grade=first.grade if first else row.grade if row else None,
        lead_words=_lead_words(first, row, speech),
        findings=tuple(findings),
        tables=tables_of(run, row),
        doubts=tuple(doubts(row, checks_of(run, row), specifications(run, row), speech)) if row else (),
        since=since_last_review(run, earlier) if earlier else (),
        notes=tuple(note_line(n, speech) for n in notes if not n.said.chart),
        unanswered=listing_of(refused_questions(run.effects, speech)),
        definitions=definitions(findings, speech),
        speech=speech_of(run),
    )


def _lead_words(first: Told | None, row: Effect | None, speech: Speech) -> str:
    """How sure the review's first sentence is, with its figure; where nothing follows, why."""
    if first is not None:
        return beside(first, speech)
    if row is None:
        return ""
    return speech.all(row.reasons) if row.estimate is None else badge(row, speech)


def _finding(run: Run, choice: Choice, chart: ChartId, notes: Sequence[Entry[Note]]) -> Finding | None:
    speech = speech_of(run)
    question = choice.question(run, chart)
    drawn = CHARTS[chart].draw(run, question, LIGHT) if question is not None else None
    if drawn is None:
        return None
    row = spoken_row(run, question, chart, drawn.rows) if isinstance(question, Aim) else None
    trust = CHARTS[chart].shape is Shape.TRUST
    return Finding(
        id=chart,
        shape=CHARTS[chart].shape,
        headline=drawn.title,
        subtitle=drawn.subtitle,
        statement=sentence(row, speech) if row and not trust else "",
        todo=READ_WITH if trust else advice(run, row, speech) if row else "",
        grade=row.grade if row else None,
        grade_words=badge(row, speech) if row else "",
        caveats=drawn.caveats,
        source=" · ".join(filter(None, (drawn.source, f"data to {speech.day(run.data_cut)}", f"run {run.run_id}"))),
        definition=definition(row, speech) if row else drawn.subtitle,
        alt=drawn.alt,
        plate=plate_of(drawn.figure, speech),
        drawn=drawn,
        rows=drawn.rows,
        levels=levels_listing(drawn.rows, speech),
        notes=tuple(note_line(n, speech) for n in notes if n.said.chart == chart),
    )
