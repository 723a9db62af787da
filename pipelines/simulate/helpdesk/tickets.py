"""Tickets of the help desk: the incidents, the problems behind mass events, follow-ups, and tasks for promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pandas as pd

from pipelines.simulate.helpdesk.mess import cents, synced, written
from pipelines.simulate.helpdesk.people import requesters
from pipelines.simulate.helpdesk.vocabulary import VOCABULARY
from pipelines.simulate.tables.canonical import Tables
from pipelines.simulate.tables.compensations import Compensations
from pipelines.simulate.tables.incidents import Incidents, Promises
from pipelines.simulate.tables.values import Texts, Times, numbered, same, times
from pipelines.simulate.world.calendar import NEVER
from pipelines.simulate.world.codes import Arm, Code, Form
from pipelines.simulate.world.group import BRANDS, SITES
from pipelines.simulate.world.records import end_to_end, take

FIRST_GROUP, FIRST_BRAND, FIRST_PROBLEM, FIRST_FOLLOW_UP, FIRST_TASK = 3_001, 41, 900_001, 1_000_001, 2_000_001
Known = TypeVar("Known", bound=Code)
_YES_NO = {True: "Yes", False: "No"}


@dataclass(frozen=True)
class Tickets:
    """One row per ticket of any type."""

    id: Texts
    type: Texts
    status: Texts
    subject: Texts
    created_at: Times
    requester_id: Texts
    via_channel: Texts
    priority: Texts
    problem_id: Texts
    group_id: Texts
    brand_id: Texts
    custom_failure_type: Texts
    custom_root_cause: Texts
    custom_loss_cents: Texts
    custom_fault: Texts
    custom_noticed_by: Texts
    custom_occurred_at: Times
    custom_arrival: Times
    custom_departure: Times
    custom_nights: Texts
    custom_fixed: Texts
    custom_guest_told: Texts
    external_id: Texts
    via_followup_source_id: Texts
    due_at: Times


@dataclass(frozen=True)
class Changes:
    """One row per change of a ticket's field."""

    ticket_id: Texts
    field_name: Texts
    updated: Times
    value: Texts
    user_id: Texts


def tickets(tables: Tables, rng: np.random.Generator) -> pd.DataFrame:
    """One row per ticket of any type (some synced twice, with the status they had then)."""
    problems = _problems(tables.incidents)
    parts = [_incidents(tables.incidents, problems), problems, _follow_ups(tables.incidents), _tasks(tables.promises)]
    found = end_to_end(parts)
    frame = pd.DataFrame(vars(found)).assign(
        created_at=written(found.created_at, rng),
        due_at=written(found.due_at, rng),
        custom_occurred_at=written(found.custom_occurred_at, rng),
        custom_arrival=written(found.custom_arrival, rng),
        custom_departure=written(found.custom_departure, rng),
    )
    return synced(frame, rng)


def _incidents(incidents: Incidents, problems: Tickets) -> Tickets:
    closed, solved = incidents.closed_at.notna(), incidents.resolved_at.notna()
    n = len(closed)
    return Tickets(
        id=incidents.incident_id,
        type=same("incident", n),
        status=pd.Series(np.where(closed, "closed", np.where(solved, "solved", "open")), dtype="str"),
        subject="Complaint " + incidents.incident_id,
        created_at=incidents.opened_at,
        requester_id=requesters(incidents),
        via_channel=incidents.channel.map(VOCABULARY.via),
        priority=_called(incidents.severity, VOCABULARY.priority),
        problem_id=incidents.event_id.map(pd.Series(problems.id.to_numpy(), index=problems.external_id)),
        group_id=_position(incidents.site_id, SITES, FIRST_GROUP),
        brand_id=_position(incidents.brand, BRANDS, FIRST_BRAND),
        custom_failure_type="fail_" + incidents.category,
        custom_root_cause=incidents.root_cause,
        custom_loss_cents=cents(incidents.loss_amount),
        custom_fault=_called(incidents.fault, VOCABULARY.fault),
        custom_noticed_by=_called(incidents.detected_by, VOCABULARY.noticed_by),
        custom_occurred_at=incidents.occurred_at,
        custom_arrival=incidents.service_start,
        custom_departure=incidents.service_end,
        custom_nights=incidents.x_nights.astype("str"),
        custom_fixed=incidents.fixed_for_customer.map(_YES_NO),
        custom_guest_told=incidents.fix_communicated.map(_YES_NO),
        external_id=same("", n),
        via_followup_source_id=same("", n),
        due_at=_never(n),
    )


def _called(words: Texts, by_code: Mapping[Known, str]) -> Texts:
    return words.map({code.label: word for code, word in by_code.items()})


def _position(found: Texts, among: Sequence[str], first: int) -> Texts:
    return found.map({name: str(first + i) for i, name in enumerate(among)})


def _never(n: int) -> Times:
    return times(np.full(n, NEVER))


def _other(kind: str, ids: Texts) -> Tickets:
    """Closed tickets of which nothing else is known."""
    n = len(ids)
    blank, never = same("", n), _never(n)
    return Tickets(
        id=ids,
        type=same(kind, n),
        status=same("closed", n),
        subject=blank,
        created_at=never,
        requester_id=blank,
        via_channel=blank,
        priority=blank,
        problem_id=blank,
        group_id=blank,
        brand_id=blank,
        custom_failure_type=blank,
        custom_root_cause=blank,
        custom_loss_cents=blank,
        custom_fault=blank,
        custom_noticed_by=blank,
        custom_occurred_at=never,
        custom_arrival=never,
        custom_departure=never,
        custom_nights=blank,
        custom_fixed=blank,
        custom_guest_told=blank,
        external_id=blank,
        via_followup_source_id=blank,
        due_at=never,
    )


def _problems(incidents: Incidents) -> Tickets:
    """One per mass event, opened with its first incident."""
    first = incidents.opened_at.groupby(incidents.event_id, sort=True).min()
    found = _other("problem", numbered(np.arange(len(first)), FIRST_PROBLEM))
    return replace(found, external_id=pd.Series(first.index.astype("str")), created_at=first.reset_index(drop=True))


def _follow_ups(incidents: Incidents) -> Tickets:
    again = take(incidents, incidents.reopened_at.notna().to_numpy())
    found = _other("question", numbered(np.arange(len(again.reopened_at)), FIRST_FOLLOW_UP))
    return replace(found, created_at=again.reopened_at, via_followup_source_id=again.incident_id)


def _tasks(promises: Promises) -> Tickets:
    return replace(
        _other("task", task_ids(promises)),
        status=pd.Series(np.where(promises.kept_at.notna(), "solved", "open"), dtype="str"),
        created_at=promises.promised_at,
        due_at=promises.due_at,
        via_followup_source_id=promises.incident_id,
    )


def task_ids(promises: Promises) -> Texts:
    """The id of the task that stands for each promise."""
    return numbered(np.arange(len(promises.incident_id)), FIRST_TASK)


def groups(rng: np.random.Generator) -> pd.DataFrame:
    """One row per house."""
    return synced(pd.DataFrame({"id": numbered(np.arange(len(SITES)), FIRST_GROUP), "name": SITES}), rng)


def brands(rng: np.random.Generator) -> pd.DataFrame:
    """One row per brand."""
    return synced(pd.DataFrame({"id": numbered(np.arange(len(BRANDS)), FIRST_BRAND), "name": BRANDS}), rng)


def tags(incidents: Incidents, rng: np.random.Generator) -> pd.DataFrame:
    """One row per ticket and tag."""
    marked = {
        "public_complaint": incidents.public_complaint,
        "publicised_by_us": incidents.company_publicised,
        "test_usual": incidents.assignment.eq(Arm.USUAL.label),
        "test_credit_offer": incidents.assignment.eq(Arm.CREDIT_OFFER.label),
        "newsletter": pd.Series(rng.random(len(incidents.incident_id)) < 0.1),
    }
    rows = [pd.DataFrame({"ticket_id": incidents.incident_id[chosen], "tag": tag}) for tag, chosen in marked.items()]
    return synced(pd.concat(rows, ignore_index=True), rng)


def field_history(tables: Tables, rng: np.random.Generator) -> pd.DataFrame:
    """One row per change of a field: status, risk of leaving, review of the cause, goodwill given in kind."""
    incidents, promises = tables.incidents, tables.promises
    ids = incidents.incident_id
    parts = [
        _changes(ids, "status", incidents.resolved_at, "solved"),
        _changes(ids, "status", incidents.closed_at, "closed"),
        _changes(ids, "custom_churn_risk", incidents.threatened_to_leave_at, "true"),
        _changes(ids, "custom_cause_review", incidents.cause_reviewed_at, "done"),
        _changes(task_ids(promises), "status", promises.kept_at, "solved"),
        _goodwill(tables.compensations),
    ]
    found = end_to_end(parts)
    return synced(pd.DataFrame(vars(found)).assign(updated=written(found.updated, rng)), rng)


def _changes(ticket: Texts, field: str, at: Times, value: str) -> Changes:
    n = len(ticket)
    everywhere = Changes(ticket, same(field, n), at, same(value, n), same("", n))
    return take(everywhere, at.notna().to_numpy())


def _goodwill(compensations: Compensations) -> Changes:
    """What the shop never sees, noted as ``kind:cents``."""
    in_kind = [form.label for form in (Form.FREE_ITEM, Form.UPGRADE, Form.GESTURE)]
    given = take(compensations, compensations.kind.isin(in_kind).to_numpy())
    return Changes(
        ticket_id=given.incident_id,
        field_name=same("custom_goodwill", len(given.kind)),
        updated=given.issued_at,
        value=given.kind + ":" + cents(given.face_amount),
        user_id=given.issued_by,
    )
