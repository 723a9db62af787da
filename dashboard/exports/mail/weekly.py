"""The Monday mail: *This week* on one page, for the company or for one site. Rows in, words out; no customer in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from dashboard.cells import NOTHING
from dashboard.cohort import matured, never_failed
from dashboard.exports.listing import Listing, listing_of
from dashboard.exports.provenance import facts
from dashboard.figures.sites import SITE, by_site, site_measures
from dashboard.lookup import answered, level_name, measured
from dashboard.mass_events import events_table, live_events
from dashboard.places.answers import advised
from dashboard.speech import speech_of
from dashboard.week import KNOWN_NOW, NOBODY, OF_STANDING, Mood, headline, known_rows, not_known, period_words
from dashboard.words import cell, measure_label, target_cell, usual
from pipelines.contracts.catalog.counting import Standing
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.measures import MeasureId, MeasureName
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words import findings as say
from words.speech import Speech

WORST = 5


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
class Lead:
    """What the mail says first: a sentence, its mood, and a second sentence."""

    headline: str
    mood: Mood
    beside: str


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
    segments = {r.segment for rows in (run.measures, run.contrasts, run.valuations) for r in rows}
    return tuple(sorted(s.partition("=")[2] for s in segments if s.startswith(f"{SITE}=")))


def weekly(run: Run, site: str = "") -> Weekly:
    """The mail to the company, or to one site."""
    speech, company = speech_of(run), run.profile.title
    said = _of_site(run, site, speech) if site else _of_company(run, speech)
    day = speech.day(run.data_cut)
    kicker = speech.text("mail.kicker", company=company, day=day)
    whom = speech.text("mail.everyone")
    if site:
        kicker = speech.text("mail.kicker_of_site", company=company, site=site, day=day)
        whom = speech.text("mail.of_site", site=site)
    return Weekly(
        site=site,
        subject=speech.text("mail.subject", headline=said.headline),
        kicker=kicker,
        headline=said.headline,
        mood=speech.label(said.mood),
        beside=said.beside,
        sections=_site_sections(run, site, speech) if site else _company_sections(run, speech),
        facts=(*facts(run, whom), speech.text("mail.last")),
    )


def _of_company(run: Run, speech: Speech) -> Lead:
    said = headline(run)
    if said is None:
        return Lead(speech.text("mail.nothing_known"), Mood.UNCERTAIN, speech.text("mail.add_interactions"))
    return Lead(said.text, said.mood, said.beside)


def _of_site(run: Run, site: str, speech: Speech) -> Lead:
    """The site's own share against the target, from its row; too few cases say so."""
    measure = next(iter(site_measures(run)), None)
    row = _row(run, measure, site) if measure else None
    if row is None or not answered(row):
        why = speech.all(row.reasons) if row else ""
        return Lead(speech.text("mail.site_too_few", site=site), Mood.UNCERTAIN, why)
    what, share = _inside(row.measure), cell(row, speech)
    text = speech.text("mail.site_known", site=site, measure=what, share=share)
    if row.target is not None:
        target = target_cell(row.measure, row.target, speech)
        text = speech.text("mail.site_known_against_target", site=site, measure=what, share=share, target=target)
    return Lead(text, OF_STANDING.get(row.standing, Mood.UNCERTAIN), speech.text("mail.alike"))


def _inside(measure: str) -> str:
    """A measure inside a sentence."""
    label = measure_label(measure)
    return label[:1].lower() + label[1:]


def _row(run: Run, measure: MeasureId, site: str) -> Measured | None:
    return next((r for r in by_site(run, measure) if r.segment == f"{SITE}={site}"), None)


def _to_decide(run: Run, speech: Speech) -> tuple[Section, ...]:
    """What to do, drop or test, each with its yearly figure, as on Decide."""
    items = tuple(_decided(row, speech) for row in advised(run))
    return (Section(speech.text("mail.to_decide"), "", items),) if items else ()


def _decided(row: Finding, speech: Speech) -> Item:
    found = say.figure(row, speech)
    figure = "" if found is None else speech.text("ledger.figure", large=found.large, small=found.small)
    called = speech.text("mail.called", call=say.call_name(row, speech), what=say.title(row, speech))
    return Item(called, figure, say.how_sure(row.grade, speech))


def _company_sections(run: Run, speech: Speech) -> tuple[Section, ...]:
    missing = _also((_missing(*one, speech) for one in not_known(run)), speech)
    live = listing_of(events_table(run, live_events(run)))
    return (
        *_to_decide(run, speech),
        Section(
            speech.text("mail.known_now"),
            speech.text("mail.not_known", missing=missing) if missing else "",
            tuple(_known(run, row, speech) for row in known_rows(run)),
        ),
        *_worst_sites(run, speech),
        Section(speech.text("mail.events"), "" if live.lines else speech.text("mail.no_event"), _events(live, speech)),
        Section(
            speech.text("mail.came_back"),
            speech.text("mail.came_back_note"),
            tuple(_cohort(run, row, speech) for row in matured(run)),
        ),
    )


def _missing(measures: Sequence[MeasureId], why: str, speech: Speech) -> str:
    return speech.text("mail.not_known_why", measures=_also(map(measure_label, measures), speech), why=why)


def _known(run: Run, row: Measured, speech: Speech) -> Item:
    beside = _joined(
        (
            _target(row, speech),
            _beside("mail.beside.usual", speech, usual=usual(row, speech)),
            _cases(row, speech),
            speech.text("mail.beside.counted_over", days=period_words(row, speech)),
            _owner(row, speech),
        ),
        speech,
    )
    return Item(measure_label(row.measure), cell(row, speech), beside)


def _cohort(run: Run, row: Measured, speech: Speech) -> Item:
    beside = _joined(
        (
            _beside("mail.beside.never_failed", speech, share=never_failed(run, row.measure)),
            _target(row, speech),
            _cases(row, speech),
            speech.text("mail.beside.failures_of", days=speech.days_between(row.period)),
            _owner(row, speech),
        ),
        speech,
    )
    return Item(measure_label(row.measure), cell(row, speech), beside)


def _events(live: Listing, speech: Speech) -> tuple[Item, ...]:
    """Each mass incident by its name, everything else that is known of it beside."""
    heads = live.head[1:]
    return tuple(
        Item(name, "", _joined((f"{head.lower()} {text}" for head, text in zip(heads, rest, strict=True)), speech))
        for name, *rest in live.lines
    )


def _worst_sites(run: Run, speech: Speech) -> tuple[Section, ...]:
    measure = next(iter(site_measures(run)), None)
    if measure is None:
        return ()
    rows = sorted(filter(answered, by_site(run, measure)), key=lambda r: told(r.estimate))
    items = tuple(
        Item(level_name(r), cell(r, speech), _joined((_cases(r, speech), _standing(r, speech)), speech))
        for r in rows[:WORST]
    )
    title = speech.text("mail.sites", measure=measure_label(measure).lower())
    return (Section(title, speech.text("mail.alike"), items),)


def _standing(row: Measured, speech: Speech) -> str:
    if row.target is None:
        return period_words(row, speech)
    target = speech.percent(row.target)
    if row.standing is Standing.ABOVE:
        return speech.text("mail.beside.clearly_above", target=target)
    if row.standing is Standing.BELOW:
        return speech.text("mail.beside.clearly_below", target=target)
    return speech.text("mail.beside.unclear", target=target)


def _site_sections(run: Run, site: str, speech: Speech) -> tuple[Section, ...]:
    measures = dict.fromkeys((*KNOWN_NOW, *(MeasureName(r.measure) for r in matured(run))))
    rows = ((_row(run, measure, site), measured(run, measure)) for measure in measures)
    items = tuple(
        Item(
            measure_label(row.measure),
            cell(row, speech),
            _against(row, everyone, speech),
        )
        for row, everyone in rows
        if row is not None and row.verdict not in (Verdict.NOT_ESTIMABLE, Verdict.NOT_IMPLEMENTED)
    )
    return (Section(speech.text("mail.this_site"), "" if items else speech.text("mail.site_uncounted"), items),)


def _against(row: Measured, everyone: Measured | None, speech: Speech) -> str:
    company = cell(everyone, speech) if answered(everyone) else ""
    return _joined(
        (
            speech.text("mail.beside.company", share=company) if company else "",
            _target(row, speech) if row.target is not None else "",
            "" if row.suppressed else _cases(row, speech),
            period_words(row, speech),
            _owner(row, speech),
        ),
        speech,
    )


def _target(row: Measured, speech: Speech) -> str:
    return speech.text("mail.beside.target", target=target_cell(row.measure, row.target, speech))


def _cases(row: Measured, speech: Speech) -> str:
    return "" if row.n is None else speech.text("mail.beside.cases", cases=speech.count(row.n))


def _owner(row: Measured, speech: Speech) -> str:
    return speech.text("mail.beside.owner", owner=row.owner or NOBODY)


def _beside(code: str, speech: Speech, **values: str) -> str:
    """A part of the line; "" where there is nothing to say."""
    return "" if NOTHING in values.values() else speech.text(code, **values)


def _joined(parts: Iterable[str], speech: Speech) -> str:
    said = [part for part in parts if part]
    return reduce(lambda one, other: speech.text("mail.beside.line", one=one, other=other), said) if said else ""


def _also(parts: Iterable[str], speech: Speech) -> str:
    said = list(parts)
    return reduce(lambda one, other: speech.text("mail.also", one=one, other=other), said) if said else ""
