"""The worklist: cases closed whose customer is not won back, or open ones that nobody has answered for a week."""

import csv
import io
import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq

from amends.targets import check_file
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.worklist import NEEDED, SILENT_DAYS, next_step, standard_offer, won_back
from pipelines.errors import PublishError, SourceError
from pipelines.publish.store import Store
from pipelines.reading.contacts import read_contacts
from pipelines.settings.profile import load_profile

Result = dict[str, Any]
Row = Mapping[str, Any]

COLUMNS = ("incident_id", "opened", "site", "category", "severity", "closed", "value_at_stake", "currency",
           "what_was_done", "answered_in_time", "standard_offer", "next_step", "won_back")  # fmt: skip
_READ = [*dict.fromkeys((
    "incident_id", "opened_at", "closed_hours", "site_id", "category", "severity", "earlier_spend_365d",
    "closed", "restored", "days_to_return", "customer_on_file", "explanation_given", "compensation_kind", *NEEDED,
))]  # fmt: skip
# A spreadsheet takes a cell that begins so for a formula, or moves it to the next one.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_GIVEN = {"cash": "money back", "future_credit": "credit for later", "in_kind": "something in kind",
          "gesture": "a gesture", "mixed": "several things"}  # fmt: skip


def write_worklist(
    store: Store, to: Path, contacts_from: tuple[str | None, str | None] | None, *, silent: bool = False
) -> Result:
    """Write the current run's worklist as CSV, one row per case; value at stake is the spend in the 365 days before.

    ``contacts_from``: folder of the exports and profile, to join the profile's contact columns on the case number, here
    and nowhere else. ``silent``: instead the open cases nobody has answered for a week, the oldest first. Raises
    ``SourceError`` for a file that can't or mustn't be written.
    """
    check_file(store.published, to)
    manifest = store.manifest(store.current_id())
    known = _cases(store.folder(manifest.run_id))
    if silent:
        cases = sorted(filter(_is_silent, known), key=_longest_silent_first)
    else:
        cases = sorted((case for case in known if case["closed"] and _is_lost(case)), key=_most_valuable_first)
    names, contacts = _contacts(contacts_from, [case["incident_id"] for case in cases])
    blank = ("",) * len(names)
    rows = [(*_cells(case, manifest), *contacts.get(case["incident_id"], blank)) for case in cases]
    _write(to, _csv((*COLUMNS, *names), rows), private=bool(names))
    what = "open cases without an answer for a week" if silent else "cases closed but not won back"
    text = f"{len(rows):,} {what}, from run {manifest.run_id}: {to}"
    if names:
        text += "\nIt names people: keep it where only those who call them can read it, and delete it afterwards."
    data = {"file": str(to), "cases": len(rows), "run_id": manifest.run_id, "with_contacts": bool(names)}
    return {"data": data, "text": text}


def _cases(run: Path) -> list[Row]:
    path = run / "incident_mart.parquet"
    if missing := sorted(set(_READ) - set(pq.read_schema(path).names)):
        raise PublishError(
            f"{run.name}: made by an earlier version, without {', '.join(missing)}. Run again: `amends run`."
        )
    cases: list[Row] = pq.read_table(path, columns=_READ).to_pylist()
    if cases and all(case["closed"] is None for case in cases):
        raise SourceError(
            f"{run.name}: the exports don't say which cases are resolved or closed. Map resolved_at or closed_at in "
            "source.toml and run again."
        )
    return cases


def _is_lost(case: Row) -> bool:
    """Not restored; where no score tells, a case without a new order."""
    if case["restored"] is not None:
        return not case["restored"]
    return case["days_to_return"] is None


def _is_silent(case: Row) -> bool:
    """Open at the data cut for a week or more, and no person has answered."""
    waits = case["response_status"] is not None and case["first_contact_minutes"] is None
    return waits and not case["closed"] and (case["follow_up_days"] or 0.0) >= SILENT_DAYS


def _longest_silent_first(case: Row) -> tuple[float, str]:
    return -case["follow_up_days"], case["incident_id"]


def _most_valuable_first(case: Row) -> tuple[Decimal, str]:
    return -(case["earlier_spend_365d"] or Decimal(0)), case["incident_id"]


def _cells(case: Row, manifest: Manifest) -> tuple[str, ...]:
    opened: datetime = case["opened_at"]
    closed = None if case["closed_hours"] is None else opened + timedelta(hours=case["closed_hours"])
    spend, currency = case["earlier_spend_365d"], manifest.profile.currency
    zone = ZoneInfo(manifest.profile.time_zone)
    return (
        case["incident_id"],
        opened.astimezone(zone).date().isoformat(),
        case["site_id"] or "",
        case["category"] or "",
        case["severity"] or "",
        "" if closed is None else closed.astimezone(zone).date().isoformat(),
        "" if spend is None else f"{spend:.2f}",
        "" if spend is None else currency,
        _done(case, currency),
        {True: "yes", False: "no", None: ""}[case["standard_met"]],
        standard_offer(case, currency),
        next_step(case, currency),
        won_back(case),
    )


def _done(case: Row, currency: str) -> str:
    """What the company did, in words; what the exports don't record is left out."""
    steps = [_answer(case)]
    steps += ["apologised"] if case["apology_given"] else []
    steps += ["explained"] if case["explanation_given"] else []
    steps += [_given(case, currency)] if case["compensation_given"] else []
    steps += ["repaired"] if case["fixed_for_customer"] else []
    return "; ".join(step for step in steps if step) or "nothing recorded"


def _answer(case: Row) -> str:
    minutes = case["first_contact_minutes"]
    if minutes is None:
        return "never answered" if case["response_status"] == "unanswered" else ""
    return f"answered after {minutes:.0f} min" if minutes < 120 else f"answered after {minutes / 60:.0f} h"


def _given(case: Row, currency: str) -> str:
    what = _GIVEN.get(case["compensation_kind"], "compensation")
    amount = case["compensation_amount"]
    return f"gave {what}, {amount:.2f} {currency}" if amount else f"gave {what}"


def _contacts(
    source: tuple[str | None, str | None] | None, incidents: Sequence[str]
) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    if source is None:
        return (), {}
    data, profile = source
    if not data or not profile:
        raise SourceError("--with-contacts needs the exports too. Add --data DIR and --profile NAME_OR_DIR.")
    if not Path(data).is_dir():
        raise SourceError(f"{data}: no such folder. Name the folder that holds the exports with --data.")
    return read_contacts(Path(data), load_profile(profile), incidents, lambda step: None)


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([[_harmless(cell) for cell in row] for row in (header, *rows)])
    return text.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _write(to: Path, text: str, *, private: bool) -> None:
    """Write for Excel (UTF-8 with its mark); a list that names people is readable by its owner only."""
    try:
        to.unlink(missing_ok=True)
        with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644), "wb") as file:
            file.write(text.encode("utf-8-sig"))
    except OSError as error:
        raise SourceError(f"{to}: can't be written ({error.strerror}). Name another file with --to.") from error
