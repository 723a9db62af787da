"""Charts and tables as every page shows them: the finding, the thing, where it comes from, its rows to take away."""

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard import states
from dashboard.cache import cached_chart
from dashboard.cells import Fact, letter
from dashboard.effects import Aim, Question, headline_row, specifications
from dashboard.exports.csv import csv_bytes
from dashboard.figures.drawn import ChartId
from dashboard.figures.narrow import narrowed
from dashboard.lookup import NOT_ASKED
from dashboard.notes import note_line
from dashboard.return_rates import DIFFER, RETURNS, reconciled
from dashboard.said import finding, literal, say, small, title
from dashboard.speech import speech_of
from dashboard.tables import NO_OWNERS, Lines, folded, html_table, legend, shape_of, without_owners
from dashboard.trust import checks_of
from dashboard.week import Headline
from pipelines.contracts.catalog.estimation import TreatmentId
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import Published
from pipelines.publish import journal
from pipelines.publish.store import Run, local_store
from words.doubts import weighed
from words.effects import beside, definition, grade_meaning, headline
from words.lineage import read_as_incidents, rests_on
from words.speech import Speech

PLOTLY = {"displayModeBar": False, "responsive": True}


def chart(chart_id: ChartId, run: Run, question: Question, height_pixels: int | None = None) -> bool:
    """One chart under its finding; nothing at all, and False, where the run holds no answer for it.

    ``height_pixels`` is that of a taller chart beside it, if there is one.
    """
    speech = speech_of(run)
    drawn = None if question is None else cached_chart(chart_id, run, question, st.context.theme.type)
    if drawn is None:
        return False
    finding(drawn.title)
    small(drawn.subtitle)
    figure, height = (narrowed(drawn.figure), None) if on_phone() else (drawn.figure, height_pixels)
    st.plotly_chart(figure, theme=None, key=chart_id, config=PLOTLY, alt=drawn.alt, height=height or "content")
    small(*drawn.caveats, " · ".join(filter(None, (drawn.source, f"data to {speech.day(run.data_cut)}"))))
    notes = tuple(note_line(e, speech) for e in journal.notes(local_store(), run.run_id, chart_id))
    for line in notes:
        st.text(line)
    csv_button(drawn.rows, chart_id, run, (drawn.title, drawn.subtitle, drawn.source, *drawn.caveats, *notes))
    return True


def side_by_side(run: Run, charts: Sequence[tuple[ChartId, Question, str, str]]) -> None:
    """Charts in two columns, each as (chart, question, words of its link, page); those without rows are left out."""
    theme = st.context.theme.type
    drawable = [(c, drawn.figure) for c in charts if c[1] and (drawn := cached_chart(c[0], run, c[1], theme))]
    for pair in (drawable[i : i + 2] for i in range(0, len(drawable), 2)):
        tallest = max(figure.layout.height for _, figure in pair)
        for column, ((chart_id, aim, words, page), _) in zip(st.columns(2, gap="large"), pair, strict=False):
            with column:
                chart(chart_id, run, aim, tallest)
                more(words, page, run)


def on_phone() -> bool:
    """Whether the reader's browser calls itself a phone's."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def more(label: str, page: str, run: Run, heading: str = "", **chosen: str) -> None:
    """A link to another page of the same run with what is chosen there, or to the part of it under ``heading``."""
    if not heading:
        st.page_link(f"dashboard/app_pages/{page}.py", label=label, query_params={"run": run.run_id, **chosen})
        return
    address = f"{page}?{urlencode({'run': run.run_id})}#{anchor_of(heading)}"
    st.html(f'<p class="amends-more"><a href="{escape(address)}" target="_self">{escape(label)}</a></p>')


def anchor_of(heading: str) -> str:
    """What an address calls a part of a page: ``What if …`` is ``what-if``."""
    return "-".join(re.findall(r"[a-z0-9]+", heading.lower()))


def section(heading: str, caption: str = "") -> None:
    """A part of a page: its heading, and one sentence on what is counted where that needs saying."""
    st.header(literal(heading), anchor=anchor_of(heading))
    if caption:
        small(caption)


def mood(said: Headline, speech: Speech) -> None:
    """The headline of a page that counts, and its mood as a word and a colour."""
    title(said.text)
    st.html(f'<p class="amends-mood mood-{said.mood}">{escape(said.badge or speech.label(said.mood))}</p>')
    if said.beside:
        say(said.beside)


def strip(facts: Sequence[Fact]) -> None:
    """Figures in large type side by side, each with what it says below."""
    cells = (f"<div><dt>{escape(f.value)}</dt><dd>{escape(f.says)}</dd></div>" for f in facts)
    st.html(f'<dl class="amends-facts">{"".join(cells)}</dl>')


def table(rows: Lines, caption: str, speech: Speech, *numeric: str) -> None:
    """A table in the page's own type; ``caption`` is read out, columns named in ``numeric`` are set right.

    A long one shows its first rows and keeps the rest folded; a column of owners that names nobody says why.
    """
    shown = without_owners(rows)
    first, rest = folded(shown)
    shape = shape_of(shown, frozenset(numeric))
    st.html(html_table(first, caption, frozenset(numeric), shape))
    if rest:
        with st.expander(f"{speech.count(len(rest))} more"):
            st.html(html_table(rest, f"{caption}, continued", frozenset(numeric), shape))
    if below := [line for line in (legend(shown, speech), NO_OWNERS if shown is not rows else "") if line]:
        small(*below)


def table_or(why: str, rows: Lines, caption: str, speech: Speech, *numeric: str) -> None:
    """A table; where it has no row, the sentence that says why and what to add."""
    if rows:
        table(rows, caption, speech, *numeric)
    else:
        say(why)


def csv_button(rows: Sequence[Published], name: str, run: Run, caveats: Sequence[str]) -> None:
    """A quiet button that hands over the rows with run, data cut and caveats on top."""
    facts = (*run_facts(run), *caveats)
    st.download_button(
        "Data (CSV)",
        data=lambda: csv_bytes(rows, facts, speech_of(run)),
        file_name=f"amends_{run.run_id}_{name}.csv",
        mime="text/csv",
        key=f"csv_{name}",
        on_click="ignore",
        type="tertiary",
    )


def run_facts(run: Run) -> tuple[str, ...]:
    """What a file must say of where it came from."""
    simulated = ("Simulated data, no real customers.",) if run.profile.simulated else ()
    return (f"Amends run {run.run_id}", run.profile.title, f"Data to {speech_of(run).day(run.data_cut)}", *simulated)


def lead(run: Run, aim: Aim | None, asked: str) -> Effect | None:
    """The headline of a page and how sure it is, both from one row, which is returned.

    Without an estimate: why this data can't say ``asked``, and None.
    """
    speech = speech_of(run)
    row = headline_row(run, aim) if aim else None
    if row is None or row.estimate is None:
        states.not_estimable(asked, refusal(run, aim))
        return None
    title(headline(row, speech), definition(row, speech))
    st.html(grade_badge(row.grade, speech))
    made_of = rests_on(row, checks_of(run, row), run.manifest.incidents, speech)
    small(*filter(None, (beside(row, speech), made_of, read_as_incidents(run.quality, speech))))
    if row.outcome in RETURNS and row.baseline_estimate is not None:
        other_rates(run)
    return row


def other_rates(run: Run) -> None:
    """A link to where all return rates are told apart; nothing where this run doesn't."""
    if reconciled(run):
        more(DIFFER, "returns", run, DIFFER)


def overturn(run: Run, row: Effect) -> None:
    """What the headline stands on, and what would overturn it: one sentence per check."""
    found = weighed(row, checks_of(run, row), specifications(run, row), speech_of(run))
    for heading, style, lines in (
        ("What it stands on", "amends-doubts stands", found.stands_on),
        ("What would overturn it", "amends-doubts", found.would_overturn),
    ):
        if lines:
            section(heading)
            st.html(f'<ul class="{style}">' + "".join(f"<li>{escape(text)}</li>" for text in lines) + "</ul>")


def refusal(run: Run, aim: Aim | None) -> str:
    """Why a question has no answer on this data, and what to add."""
    row = headline_row(run, aim) if aim else None
    return speech_of(run).all(row.reasons) if row and row.reasons else NOT_ASKED


def refusal_of(run: Run, treatment: TreatmentId) -> str:
    """Why nothing of a treatment could be estimated, and what to add."""
    reasons = next((r.reasons for r in run.effects if r.treatment == treatment and r.reasons), ())
    return speech_of(run).all(reasons) or NOT_ASKED


def badge_of(grade: Grade | None, speech: Speech) -> None:
    """How sure a sentence is that comes from a row of this grade."""
    st.html(grade_badge(grade, speech))


def grade_badge(grade: Grade | None, speech: Speech) -> str:
    """The letter of the grade and what it means in plain words, as HTML."""
    mark = letter(grade)
    style = f"grade-{grade or 'none'}"
    meaning = escape(grade_meaning(grade, speech))
    return f'<p class="amends-grade {escape(style)}"><b>{escape(mark)}</b><span>{meaning}</span></p>'
