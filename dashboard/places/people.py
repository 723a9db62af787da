"""People: silent cases, cases at risk and cases not won back in one list, what would still help, who has them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from dashboard.cells import NOTHING
from dashboard.places.answers import of_action
from dashboard.scope import holds
from dashboard.speech import speech_of
from dashboard.zones import zone
from pipelines.contracts.catalog.counting import NeededFor
from pipelines.contracts.ledger.codes import Aspect
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.tables.worklist import LostCase
from pipelines.contracts.worklist import Did, Standing
from pipelines.publish.store import Run
from words import findings as say
from words.segments import label_words
from words.speech import Speech

PAGE = 50
WEEK = timedelta(days=7)
YES = "yes"


class Work(StrEnum):
    """Which cases are listed, by the work on them."""

    OPEN = "open"
    UNOWNED = "unowned"
    OWNED = "owned"
    CLOSED = "closed"


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed to; an empty choice narrows nothing. ``case``: by its number alone."""

    needed_for: NeededFor | None = None
    scope: str = ""
    channel: str = ""
    severity: str = ""
    work: Work = Work.OPEN
    newly: bool = False
    case: str = ""


def cases_of(run: Run, chosen: Chosen, work: Mapping[str, Standing], today: date) -> tuple[LostCase, ...]:
    """The cases that are listed, in the order of the run: those to turn to first on top."""
    if chosen.case:
        return tuple(c for c in run.worklist if c.incident_id == chosen.case.strip())
    since = datetime.combine(run.data_cut, datetime.max.time(), zone(run.profile.time_zone)) - WEEK
    return tuple(
        c
        for c in run.worklist
        if (chosen.needed_for is None or c.needed_for is chosen.needed_for)
        and holds(chosen.scope, c)
        and (not chosen.channel or c.channel == chosen.channel)
        and (not chosen.severity or c.severity == chosen.severity)
        and (not chosen.newly or (c.since is not None and c.since > since))
        and _at(chosen.work, work.get(c.incident_id, Standing()), today)
    )


def _at(wanted: Work, standing: Standing, today: date) -> bool:
    closed = standing.is_closed(today)
    if wanted is Work.CLOSED or closed:
        return wanted is Work.CLOSED and closed
    return wanted is Work.OPEN or bool(standing.owner) is (wanted is Work.OWNED)


_COUNTED = {
    NeededFor.SILENT: "place.people.silent",
    NeededFor.AT_RISK: "place.people.at_risk",
    NeededFor.NOT_WON_BACK: "place.people.not_won_back",
}


def headline(cases: Iterable[LostCase], work: Mapping[str, Standing], today: date, speech: Speech) -> str:
    """How many are silent, at risk and not won back, and how many of the first two nobody has."""
    still = [c for c in cases if not work.get(c.incident_id, Standing()).is_closed(today)]
    kinds = {kind: [c for c in still if c.needed_for is kind] for kind in NeededFor}
    said = [speech.text(code, n=len(kinds[kind])) for kind, code in _COUNTED.items() if kinds[kind]]
    if not said:
        return speech.text("place.people.none")
    urgent = [*kinds[NeededFor.SILENT], *kinds[NeededFor.AT_RISK]]
    alone = sum(not work.get(c.incident_id, Standing()).owner for c in urgent)
    owned = speech.text("place.people.unowned", n=alone) if alone else ""
    return speech.lines(tuple(filter(None, (speech.sentence(speech.enumerated(said)), owned))))


_COLUMNS = (
    "place.people.column.case", "place.people.column.where", "place.people.column.what", "place.people.column.step",
    "place.people.column.helps", "place.people.column.stake", "place.people.column.since", "place.people.column.owner",
    "place.people.column.state",
)  # fmt: skip


def table(run: Run, cases: Sequence[LostCase], work: Mapping[str, Standing]) -> list[dict[str, object]]:
    """The cases as shown; columns by their names on screen."""
    speech = speech_of(run)
    here = zone(run.profile.time_zone)
    helps = {action: helps_of(run, action, speech) for action in {c.action for c in cases}}
    columns = [speech.text(code) for code in _COLUMNS]
    return [
        dict(zip(columns, (
            c.incident_id,
            c.site_id or NOTHING,
            what_happened(c) or NOTHING,
            speech.say(c.next_step),
            helps[c.action],
            NOTHING if c.value_at_stake is None else speech.money(c.value_at_stake),
            NOTHING if c.since is None else speech.day(c.since.astimezone(here).date()),
            work.get(c.incident_id, Standing()).owner or NOTHING,
            state(c, work.get(c.incident_id, Standing()), speech),
        ), strict=True))
        for c in cases
    ]  # fmt: skip


def what_happened(case: LostCase) -> str:
    """Kind of failure, severity and channel, as the company calls them."""
    return ", ".join(label_words(part) for part in (case.category, case.severity, case.channel) if part)


def state(case: LostCase, standing: Standing, speech: Speech) -> str:
    """What the case is on the list for, and what was done about it last."""
    why = speech.label(case.needed_for)
    return why if standing.did in (None, Did.REOPENED) else speech.label(standing.did)


def finding_of(run: Run, action: str | None) -> Finding | None:
    """What the ledger says of a next step; None where it isn't a treatment that was estimated."""
    return None if action is None else of_action(run, action, YES, Aspect.DEEDS)  # type: ignore[arg-type]


def helps_of(run: Run, action: str | None, speech: Speech) -> str:
    """The change per 100 and how sure it is, or that it can't be told."""
    row = finding_of(run, action)
    if row is None:
        return NOTHING
    return " ".join(filter(None, (say.in_short(row, speech), say.how_sure(row.grade, speech))))


def of(cases: Iterable[LostCase], name: str) -> tuple[str, ...]:
    """The levels of a column that some case has, in order."""
    return tuple(sorted({level for c in cases if (level := getattr(c, name))}))


def worth(cases: Iterable[LostCase], speech: Speech) -> str:
    """What the listed customers spent in the year before; "" where nobody knows."""
    known = [c.value_at_stake for c in cases if c.value_at_stake is not None]
    return speech.text("place.people.worth", size=speech.money(sum(known))) if known else ""
