"""Export: choose charts and formats, and take the review away as files that look as if an analyst had made them."""

from pathlib import Path

import streamlit as st

from dashboard.cache import cached_run
from dashboard.effects import horizons, outcomes
from dashboard.exports.choice import Choice, chart_label, exportable
from dashboard.exports.jobs import Exporter, ExportFailedError, Job
from dashboard.exports.manifest import PICTURES, Format
from dashboard.exports.pack import Asked
from dashboard.exports.pictures import NO_BROWSER, browser
from dashboard.exports.since import since_last_review
from dashboard.frame import open_run
from dashboard.notes import note_line, review_before
from dashboard.said import literal, small
from dashboard.show import section
from dashboard.speech import speech_of
from dashboard.words import outcome_label
from pipelines.contracts.catalog.estimation import OutcomeId
from pipelines.contracts.catalog.treatments import SPEED
from pipelines.publish import journal
from pipelines.publish.store import Run, StoreError, local_store

FORMATS = {
    Format.PPTX: "Deck (PPTX)",
    Format.PDF: "Brief (PDF)",
    Format.XLSX: "Workbook (XLSX)",
    Format.CSV: "Data (CSV)",
    Format.PNG: "Pictures (PNG)",
    Format.SVG: "Drawings (SVG)",
}
JOB, POLL_SECONDS = "export_job", 0.7
KILOBYTE = 1024


@st.cache_resource(show_spinner=False)
def exporter() -> Exporter:
    """One for all readers of this server."""
    return Exporter()


def chosen(run: Run) -> Asked:
    """What the reader wants, from the controls of the page."""
    speech = speech_of(run)

    def named(outcome: OutcomeId) -> str:
        return outcome_label(outcome, speech)

    formats = st.pills(
        "As", list(FORMATS), selection_mode="multi", default=list(Asked().formats), format_func=FORMATS.__getitem__,
        key="as", bind="query-params",
    )  # fmt: skip
    charts = st.multiselect(
        "Charts", exportable(), format_func=lambda chart: chart_label(chart, speech_of(run)), key="charts",
        placeholder="Every chart with an answer", bind="query-params",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outcome = st.selectbox(
            "What it changes", outcomes(run.effects, SPEED), index=None, format_func=named, width=260,
            placeholder="The leading outcome", key="pack_outcome", bind="query-params",
        )  # fmt: skip
        days = horizons(run.effects, SPEED, outcome) if outcome else ()
        within = st.segmented_control("Within", days, format_func=lambda d: f"{d} days", key="days") if days else None
        ratio = st.segmented_control("Slides", ["16:9", "4:3"], default="16:9", required=True, key="ratio")
        paper = st.segmented_control("Paper", ["A4", "Letter"], default="A4", required=True, key="paper")
    choice = Choice(tuple(charts), outcome, within)
    return Asked(
        tuple(formats), choice, "4:3" if ratio == "4:3" else "16:9", "us-letter" if paper == "Letter" else "a4"
    )


def begin(published: Path, run_id: str, asked: Asked) -> None:
    """Start the export; a new one takes the place of the last."""
    st.session_state[JOB] = exporter().start(published, run_id, asked)


@st.fragment(run_every=POLL_SECONDS)
def under_way(job: Job) -> None:
    """What the export is doing; when it is done, the whole page is shown anew."""
    if job.done:
        st.rerun()
    st.markdown(f"Making the pack: {job.step} …")


def finished(job: Job) -> None:
    """The pack to take away, or why there is none and what to do."""
    try:
        pack = job.pack()
    except ExportFailedError as error:
        st.error(f"**No pack was made.** {literal(str(error))}", icon=":material/error:")
        st.caption("Your choice is kept: change it and make the pack again. Nothing half-made is left behind.")
        return
    size = speech.count(max(1, len(pack.content) // KILOBYTE))
    st.download_button(
        f"Take the pack ({len(pack.manifest.files)} files, {size} kB)", pack.content, pack.name, "application/zip",
        key="take", on_click="ignore", type="primary",
    )  # fmt: skip
    lines = [f"`{file.name}`" for file in pack.manifest.files if "/" not in file.name]
    folders = {file.name.partition("/")[0] for file in pack.manifest.files if "/" in file.name}
    st.caption(" · ".join((*lines, *(f"`{folder}/`" for folder in sorted(folders)), "`manifest.json`")))
    for remark in pack.manifest.remarks:
        small(remark)
    if left := pack.manifest.left_out:
        st.caption(f"Without an estimate, so left out: {', '.join(chart_label(c, speech) for c in left)}.")


run = open_run("Export")
speech = speech_of(run)
store = local_store()
st.title("Take it to the review", anchor=False)
st.markdown(
    "Files made from the rows on screen: the same numbers, with run, data cut, filters, cases, grade and caveats."
)
asked = chosen(run)
if set(PICTURES) & set(asked.formats) and browser() is None:
    st.caption(NO_BROWSER)
st.button(
    "Make the pack",
    on_click=begin,
    args=(store.published, run.run_id, asked),
    disabled=not asked.formats,
    type="primary",
)
if not asked.formats:
    st.caption("Choose at least one kind of file.")
if (job := st.session_state.get(JOB)) is not None:
    if job.done:
        finished(job)
    else:
        under_way(job)

section("Named reviews and notes", "They stand on the cover and beside the charts, in the app and in every file.")
name = journal.names(store).get(run.run_id, "")
notes = journal.notes(store, run.run_id)
st.markdown(
    f"This run is **{literal(name)}**."
    if name
    else "This run has no name yet. Name it, and later packs say what changed:"
)
if not name:
    st.code(f'amends pin {run.run_id} --label "Q3 review"', language=None, wrap_lines=True)
for note in notes:
    st.text(f"{chart_label(note.said.chart, speech) + ', ' if note.said.chart else ''}{note_line(note, speech)}")
if before := review_before(store, run.run_id, run.manifest.sequence):
    try:
        lines = since_last_review(run, (before.label, cached_run(store, before.run_id)))
    except StoreError:
        lines = (f"Run {before.run_id} can't be read any more, so nothing is compared with it.",)
    st.markdown(f"Since **{literal(before.label)}**:")
    st.text("\n".join(lines))
st.markdown("A note to a chart, or without `--chart` to the whole run:")
note_command = f'amends note {run.run_id} --chart speed_ladder --text "Week 40 holds the storm."'
st.code(note_command, language=None, wrap_lines=True)
