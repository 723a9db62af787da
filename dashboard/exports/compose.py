"""Put a review together from one run: the charts that were chosen, what they say, and the tables around them."""

from collections.abc import Sequence

from dashboard.effects import Aim, headline_row, specifications
from dashboard.exports.advice import advice
from dashboard.exports.around import tables_of
from dashboard.exports.choice import Choice, exportable
from dashboard.exports.from_plotly import plate_of
from dashboard.exports.levels import levels_table
from dashboard.exports.listing import listing_of
from dashboard.exports.provenance import definitions, facts
from dashboard.exports.review import Finding, Review
from dashboard.exports.since import since_last_review
from dashboard.exports.spoken import spoken_row
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import LIGHT
from dashboard.formats import day
from dashboard.notes import note_line
from dashboard.refusals import refused_questions
from dashboard.speech import speech_of
from dashboard.trust import checks_of
from pipelines.contracts.catalog.doing import MakingChart, Progress
from pipelines.contracts.doubts import doubts
from pipelines.contracts.wording import badge, definition, headline, sentence
from pipelines.publish.journal import Entry, Note
from pipelines.publish.store import Run

UNKNOWN = "This data can't say what answering faster would change"
TRUST_CHARTS = ("specification_ladder", "balance")
READ_WITH = "Read the other charts with this in mind: it says how far to trust them."


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
    wanted = choice.charts or exportable()
    findings = []
    for number, chart in enumerate(wanted, start=1):
        progress(MakingChart(number, len(wanted), chart))
        if (finding := _finding(run, choice, chart, notes)) is not None:
            findings.append(finding)
    aim = choice.leading(run)
    row = headline_row(run, aim) if aim else None
    told = row if row is not None and row.estimate is not None else None
    who, currency = run.profile.customers_word, run.profile.currency
    return Review(
        run_id=run.run_id,
        title=run.profile.title,
        name=name,
        data_cut=day(run.data_cut),
        simulated=run.profile.simulated,
        filters=choice.words(run),
        facts=facts(run, choice.words(run)),
        lead=headline(told, who, currency) if told else UNKNOWN,
        lead_grade=(row.grade or "") if row else "",
        lead_words=badge(told) if told else (row["reason"] or "") if row else "",
        findings=tuple(findings),
        tables=tables_of(run, row),
        doubts=tuple(doubts(row, checks_of(run, row), specifications(run, row), who)) if row else (),
        since=since_last_review(run, earlier) if earlier else (),
        notes=tuple(note_line(n) for n in notes if not n.said.chart),
        unanswered=listing_of(refused_questions(run.effects)),
        definitions=definitions(findings),
        speech=speech_of(run),
    )


def _finding(run: Run, choice: Choice, chart: str, notes: Sequence[Entry[Note]]) -> Finding | None:
    question = choice.question(run, chart)
    drawn = CHARTS[chart].draw(run, question, LIGHT) if question is not None else None
    if drawn is None:
        return None
    who, currency = run.profile.customers_word, run.profile.currency
    row = spoken_row(run, question, chart, drawn.rows) if isinstance(question, Aim) else None
    leads = row is not None and chart not in TRUST_CHARTS
    return Finding(
        id=chart,
        headline=drawn.title,
        subtitle=drawn.subtitle,
        statement=sentence(row, who, currency) if leads and row else "",
        todo=advice(row) if leads and row else READ_WITH if chart in TRUST_CHARTS else "",
        grade=(row.grade or "") if row else "",
        grade_words=badge(row) if row else "",
        caveats=drawn.caveats,
        source=" · ".join(filter(None, (drawn.source, f"data to {day(run.data_cut)}", f"run {run.run_id}"))),
        definition=definition(row, who) if row else drawn.subtitle,
        alt=drawn.alt,
        plate=plate_of(drawn.figure),
        drawn=drawn,
        rows=drawn.rows,
        levels=listing_of(levels_table(CHARTS[chart].table, drawn.rows, who)),
        notes=tuple(note_line(n) for n in notes if n.said.chart == chart),
    )
