"""The Monday mail: *This week* on one page, for the company or for one site. Rows in, words out; no customer in it."""

from dataclasses import dataclass

from dashboard.cohort import cohort_table, matured
from dashboard.decisions import answered, by_segment, decided, level_name
from dashboard.exports.provenance import facts
from dashboard.figures.sites import site_measures
from dashboard.mass_events import events_table, live_events
from dashboard.speech import speech_of
from dashboard.week import KNOWN_NOW, NOBODY, Mood, headline, known_now, period_words, unknown_now
from dashboard.words import cell, measure_label, target_cell
from pipelines.publish.store import Row, Run
from words.speech import Speech

SITE = "site_id"
WORST = 5
COHORT = ("Never failed", "Target", "Cases", "Failures of", "Owner")
ALIKE = "Severity, channel and type of failure are held equal between sites; few cases are moved towards the average."
PLAIN_OF_MOOD: dict[Mood, str] = {
    "good": "On target", "uncertain": "Cannot say yet", "embarrassing": "Needs someone today",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One line of the mail: what, how much with its limits, and what stands beside it."""

    label: str
    value: str
    beside: str


@dataclass(frozen=True)
class Section:
    """A part of the mail; without items its ``note`` says why."""

    title: str
    note: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Weekly:
    """One mail. ``site`` is empty for the whole company."""

    site: str
    subject: str
    kicker: str
    headline: str
    mood: str
    beside: str
    sections: tuple[Section, ...]
    facts: tuple[str, ...]


def sites_of(run: Run) -> tuple[str, ...]:
    """Every site that the run counts anything for, in order of name."""
    rows = (r for r in run.decisions if r.segment.startswith(f"{SITE}="))
    return tuple(sorted({str(r.segment).partition("=")[2] for r in rows}))


def weekly(run: Run, site: str = "") -> Weekly:
    """The mail to the company, or to one site."""
    said, mood, beside = _of_site(run, site) if site else _of_company(run)
    where = f" · {site}" if site else ""
    sections = _site_sections(run, site) if site else _company_sections(run)
    return Weekly(
        site=site,
        subject=f"This week: {said}",
        kicker=f"{run.profile['title']}{where} · data to {speech_of(run).day(run.data_cut)}",
        headline=said,
        mood=mood,
        beside=beside,
        sections=sections,
        facts=facts(run, f"site {site}" if site else "everyone"),
    )


def _of_company(run: Run) -> tuple[str, str, str]:
    said = headline(run)
    if said is None:
        return "These exports don't say who was answered when.", PLAIN_OF_MOOD["uncertain"], "Add interactions."
    return said.text, PLAIN_OF_MOOD[said.mood], said.beside


def _of_site(run: Run, site: str) -> tuple[str, str, str]:
    """The site's own share against the target, from its row; too few cases say so."""
    speech = speech_of(run)
    measure = next(iter(site_measures(run)), "")
    row = _row(run, measure, site)
    if row is None or not answered(row):
        few = (row["reason"] or "") if row else ""
        return f"{site}: too few cases to judge last half-year's answers.", PLAIN_OF_MOOD["uncertain"], few
    label = measure_label(measure)
    target = f"; target {target_cell(measure, row.target, speech)}" if row.target is not None else ""
    moods: dict[str, Mood] = {"above": "good", "below": "embarrassing"}
    mood = PLAIN_OF_MOOD[moods.get(row.standing or "", "uncertain")]
    return f"{site}: {label[0].lower()}{label[1:]} {cell(row, speech)}{target}.", mood, ALIKE


def _row(run: Run, measure: str, site: str) -> Row | None:
    return next((r for r in run.decisions if (r.measure, r.segment) == (measure, f"{SITE}={site}")), None)


def _company_sections(run: Run) -> tuple[Section, ...]:
    known = tuple(
        Item(line[""], line["Known now"], _beside(line, "Target", "Usual", "Cases", "Counted over", "Owner"))
        for line in known_now(run)
    )
    missing = "; ".join(f"{line['Not known']}: {line['Why, and what to add']}" for line in unknown_now(run))
    live = events_table(run, live_events(run))
    cohort = tuple(Item(line[""], line["After a failure"], _beside(line, *COHORT)) for line in cohort_table(run))
    return (
        Section("Known now", missing and f"Not known: {missing}", known),
        *_worst_sites(run),
        Section("Live mass incidents", "" if live else "None opened in the last four weeks.", tuple(map(_event, live))),
        Section("Did they come back?", "Failures long enough ago to tell; never last week's.", cohort),
    )


def _event(line: dict[str, str]) -> Item:
    name, *rest = line.items()
    return Item(name[1], "", " · ".join(f"{k.lower()} {v}" for k, v in rest))


def _beside(line: dict[str, str], *columns: str) -> str:
    return " · ".join(f"{column.lower()} {line[column]}" for column in columns if line.get(column, "–") != "–")


def _worst_sites(run: Run) -> tuple[Section, ...]:
    speech = speech_of(run)
    measure = next(iter(site_measures(run)), None)
    if measure is None:
        return ()
    told = sorted((r for r in by_segment(run, measure, SITE) if answered(r)), key=lambda r: float(r.estimate))
    items = tuple(
        Item(level_name(r), cell(r, speech), f"cases {speech.count(r.n)} · {_standing(r, speech)}")
        for r in told[:WORST]
    )
    return (Section(f"Sites: {measure_label(measure).lower()}, lowest first", ALIKE, items),)


def _standing(row: Row, speech: Speech) -> str:
    words = {"above": "clearly above", "below": "clearly below", "unclear": "can't be told from"}
    if row.target is None:
        return period_words(row, speech)
    return f"{words.get(row.standing or 'unclear', '')} the target of {speech.percent(row.target)}"


def _site_sections(run: Run, site: str) -> tuple[Section, ...]:
    speech = speech_of(run)
    measures = dict.fromkeys((*KNOWN_NOW, *(r.measure for r in matured(run))))
    rows = [(m, _row(run, m, site), decided(run, m)) for m in measures]
    items = tuple(
        Item(
            measure_label(m),
            cell(row, speech),
            _against(row, everyone, speech),
        )
        for m, row, everyone in rows
        if row is not None and row.verdict not in ("not_estimable", "not_implemented")
    )
    note = "" if items else "Nothing is counted for this site yet: too few cases, or site_id isn't mapped."
    return (Section("This site", note, items),)


def _against(row: Row, everyone: Row | None, speech: Speech) -> str:
    parts = [
        f"company {cell(everyone, speech)}" if everyone is not None and answered(everyone) else "",
        f"target {target_cell(row.measure, row.target, speech)}" if row.target is not None else "",
        f"cases {speech.count(row.n)}" if row.n is not None and not row.suppressed else "",
        period_words(row, speech),
        f"owner {row.owner or NOBODY}",
    ]
    return " · ".join(filter(None, parts))
