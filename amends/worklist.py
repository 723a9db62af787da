"""The worklist: cases closed whose customer is not won back, or open ones that nobody has answered for a week."""

import csv
import io
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from amends.answer import Answer
from amends.faults import ContactsNeedExports, FileNotWritten, NoEndRecorded
from amends.targets import check_file
from dashboard.exports.neutral import harmless
from pipelines.contracts.catalog.estimation import TreatmentId
from pipelines.contracts.catalog.thresholds import SILENT_DAYS
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.messages.faults import NoExportsFolder
from pipelines.contracts.worklist import Case, dropped_by, next_step, standard_offer, won_back
from pipelines.errors import SourceError
from pipelines.publish.store import Store
from pipelines.reading.contacts import read_contacts
from pipelines.reading.databases.opening import opened
from pipelines.settings.load import load_profile
from words.speech import Speech

COLUMNS = ("incident_id", "opened", "site", "category", "severity", "closed", "value_at_stake", "currency",
           "what_was_done", "answered_in_time", "standard_offer", "next_step", "won_back")  # fmt: skip

_GIVEN = {
    "cash": "cli.worklist.given.cash",
    "future_credit": "cli.worklist.given.future_credit",
    "in_kind": "cli.worklist.given.in_kind",
    "gesture": "cli.worklist.given.gesture",
    "mixed": "cli.worklist.given.mixed",
}


@dataclass(frozen=True, kw_only=True)
class ListedCase(Case):
    """One incident as the mart knows it: what decides its next step, and what else a worklist tells of."""

    incident_id: str
    opened_at: datetime
    closed_hours: float | None
    closed: bool | None
    site_id: str | None
    category: str | None
    earlier_spend_365d: Decimal | None
    days_to_return: float | None
    explanation_given: bool | None
    compensation_kind: str | None

    @property
    def is_lost(self) -> bool:
        """Closed and not restored; where no score tells, closed without a new order."""
        return bool(self.closed) and (self.days_to_return is None if self.restored is None else not self.restored)

    @property
    def is_silent(self) -> bool:
        """Open at the data cut for a week or more, and no person has answered."""
        unheard = self.response_status is not None and self.first_contact_minutes is None
        return unheard and not self.closed and (self.follow_up_days or 0.0) >= SILENT_DAYS


@dataclass(frozen=True)
class Listed:
    """The file written: how many cases of which run, and whether it names people."""

    file: Path
    cases: int
    run_id: str
    with_contacts: bool


def write_worklist(
    store: Store,
    to: Path,
    contacts_from: tuple[str | None, str | None] | None,
    *,
    run_id: str | None = None,
    silent: bool = False,
) -> Answer:
    """Write the worklist of a run (unsaid: the one shown) as CSV, one row per case; value at stake is the spend in the
    365 days before.

    ``contacts_from``: folder of the exports and profile, to join the profile's contact columns on the case number, here
    and nowhere else. ``silent``: instead the open cases nobody has answered for a week, the oldest first. Raises
    ``SourceError`` for a file that can't or mustn't be written.
    """
    check_file(store.published, to)
    manifest = store.manifest(run_id or store.current_id())
    speech = Speech(currency=manifest.profile.currency, customers_word=manifest.profile.customers_word)
    if silent:
        cases = sorted(_cases(store, manifest, lambda case: case.is_silent), key=_longest_silent_first)
    else:
        cases = sorted(_cases(store, manifest, lambda case: case.is_lost), key=_most_valuable_first)
    names, contacts = _contacts(contacts_from, [case.incident_id for case in cases])
    blank = ("",) * len(names)
    dropped = dropped_by(store.run(manifest.run_id).findings)
    rows = [(*_cells(case, manifest, speech, dropped), *contacts.get(case.incident_id, blank)) for case in cases]
    _write(to, _csv((*COLUMNS, *names), rows), private=bool(names))
    code = "cli.worklist.silent" if silent else "cli.worklist.lost"
    lines = [speech.text(code, n=len(rows), run=manifest.run_id, file=str(to))]
    lines += [speech.text("cli.worklist.names_people")] if names else []
    return Answer("\n".join(lines), Listed(to, len(rows), manifest.run_id, bool(names)))


def _cases(store: Store, manifest: Manifest, wanted: Callable[[ListedCase], bool]) -> list[ListedCase]:
    """The cases wanted, of a mart that is never held whole. Raises ``SourceError`` where no case has an end."""
    found, seen, ends = [], False, False
    for case in store.incidents(manifest.run_id, ListedCase):
        seen, ends = True, ends or case.closed is not None
        if wanted(case):
            found.append(case)
    if seen and not ends:
        raise SourceError(NoEndRecorded(manifest.run_id))
    return found


def _longest_silent_first(case: ListedCase) -> tuple[float, str]:
    return -(case.follow_up_days or 0.0), case.incident_id


def _most_valuable_first(case: ListedCase) -> tuple[Decimal, str]:
    return -(case.earlier_spend_365d or Decimal(0)), case.incident_id


def _cells(case: ListedCase, manifest: Manifest, speech: Speech, dropped: frozenset[TreatmentId]) -> tuple[str, ...]:
    closed = None if case.closed_hours is None else case.opened_at + timedelta(hours=case.closed_hours)
    spend, currency = case.earlier_spend_365d, manifest.profile.currency
    zone, promised = ZoneInfo(manifest.profile.time_zone), standard_offer(case)
    return (
        case.incident_id,
        case.opened_at.astimezone(zone).date().isoformat(),
        case.site_id or "",
        case.category or "",
        case.severity or "",
        "" if closed is None else closed.astimezone(zone).date().isoformat(),
        "" if spend is None else f"{spend:.2f}",
        "" if spend is None else currency,
        _done(case, speech),
        _yes_or_no(case.standard_met, speech),
        "" if promised is None else speech.say(promised),
        speech.say(next_step(case, dropped)),
        speech.label(won_back(case)),
    )


def _yes_or_no(known: bool | None, speech: Speech) -> str:
    if known is None:
        return ""
    return speech.text("cli.worklist.yes") if known else speech.text("cli.worklist.no")


def _done(case: ListedCase, speech: Speech) -> str:
    """What the company did, in words; what the exports don't record is left out."""
    steps = (
        _answer(case, speech),
        speech.text("cli.worklist.apologised") if case.apology_given else "",
        speech.text("cli.worklist.explained") if case.explanation_given else "",
        _given(case, speech) if case.compensation_given else "",
        speech.text("cli.worklist.repaired") if case.fixed_for_customer else "",
    )
    return "; ".join(filter(None, steps)) or speech.text("cli.worklist.nothing_recorded")


def _answer(case: ListedCase, speech: Speech) -> str:
    minutes = case.first_contact_minutes
    if minutes is None:
        return speech.text("cli.worklist.never_answered") if case.response_status == "unanswered" else ""
    if minutes < 120:
        return speech.text("cli.worklist.answered_minutes", minutes=f"{minutes:.0f}")
    return speech.text("cli.worklist.answered_hours", hours=f"{minutes / 60:.0f}")


def _given(case: ListedCase, speech: Speech) -> str:
    what = speech.text(_GIVEN.get(case.compensation_kind or "", "cli.worklist.given.something"))
    if not case.compensation_amount:
        return speech.text("cli.worklist.gave", what=what)
    return speech.text("cli.worklist.gave_amount", what=what, amount=f"{case.compensation_amount:.2f}")


def _contacts(
    source: tuple[str | None, str | None] | None, incidents: Sequence[str]
) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    if source is None:
        return (), {}
    data, profile = source
    if not data or not profile:
        raise SourceError(ContactsNeedExports())
    with opened(data) as exports:
        if isinstance(exports, Path) and not exports.is_dir():
            raise SourceError(NoExportsFolder(exports))
        return read_contacts(exports, load_profile(profile), incidents, lambda step: None)


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([[harmless(cell) for cell in row] for row in (header, *rows)])
    return text.getvalue()


def _write(to: Path, text: str, *, private: bool) -> None:
    """Write for Excel (UTF-8 with its mark); a list that names people is readable by its owner only."""
    try:
        to.unlink(missing_ok=True)
        with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644), "wb") as file:
            file.write(text.encode("utf-8-sig"))
    except OSError as error:
        raise SourceError(FileNotWritten(to, str(error.strerror))) from error
