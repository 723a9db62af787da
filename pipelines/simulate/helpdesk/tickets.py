"""Tickets of the help desk: the incidents, the problems behind mass events, follow-ups, and tasks for promises."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.simulate.helpdesk.mess import cents, synced, written
from pipelines.simulate.helpdesk.people import requesters
from pipelines.simulate.world import BRANDS, SITES

PRIORITIES = {"nuisance": "low", "disruption": "normal", "stay_spoiled": "high", "safety_or_cancelled": "urgent"}
VIA = {
    "desk": "api", "phone": "voice", "email": "email", "app": "mobile_sdk", "survey_web": "web",
    "reviews_social": "any_channel", "travel_agent": "ticket_sharing",
}  # fmt: skip
FAULT_WORDS = {"company": "ours", "customer": "guest", "third_party": "supplier", "unclear": "open question"}
NOTICED = {"customer": "guest", "company": "staff", "third_party": "partner"}
FIRST_GROUP, FIRST_BRAND, FIRST_PROBLEM, FIRST_FOLLOW_UP, FIRST_TASK = 3_001, 41, 900_001, 1_000_001, 2_000_001
_YES_NO = {True: "Yes", False: "No"}


def tickets(tables: dict[str, pd.DataFrame], rng: np.random.Generator) -> pd.DataFrame:
    """One row per ticket of any type (some synced twice, with the status they had then)."""
    incidents = tables["incidents"]
    problems = _problems(incidents)
    parts = [_incidents(incidents, problems), problems, _follow_ups(incidents), _tasks(tables["promises"])]
    frame = pd.concat(parts, ignore_index=True)
    times = ["created_at", "due_at", "custom_occurred_at", "custom_arrival", "custom_departure"]
    frame = frame.assign(**{c: written(frame[c], rng) for c in times}).fillna("")
    return synced(frame, rng)


def _incidents(incidents: pd.DataFrame, problems: pd.DataFrame) -> pd.DataFrame:
    problem = problems.set_index("external_id")["id"]
    closed, solved = incidents["closed_at"].notna(), incidents["resolved_at"].notna()
    return pd.DataFrame({
        "id": incidents["incident_id"],
        "type": "incident",
        "status": np.where(closed, "closed", np.where(solved, "solved", "open")),
        "subject": "Complaint " + incidents["incident_id"],
        "created_at": incidents["opened_at"],
        "requester_id": requesters(incidents),
        "via_channel": incidents["channel"].map(VIA),
        "priority": incidents["severity"].map(PRIORITIES),
        "problem_id": incidents["event_id"].map(problem),
        "group_id": _position(incidents["site_id"], SITES, FIRST_GROUP),
        "brand_id": _position(incidents["brand"], BRANDS, FIRST_BRAND),
        "custom_failure_type": "fail_" + incidents["category"],
        "custom_root_cause": incidents["root_cause"],
        "custom_loss_cents": cents(incidents["loss_amount"]),
        "custom_fault": incidents["fault"].map(FAULT_WORDS),
        "custom_noticed_by": incidents["detected_by"].map(NOTICED),
        "custom_occurred_at": incidents["occurred_at"],
        "custom_arrival": incidents["service_start"],
        "custom_departure": incidents["service_end"],
        "custom_nights": incidents["x_nights"].astype("str"),
        "custom_fixed": incidents["fixed_for_customer"].map(_YES_NO),
        "custom_guest_told": incidents["fix_communicated"].map(_YES_NO),
    })  # fmt: skip


def _position(names: pd.Series, among: Sequence[str], first: int) -> pd.Series:
    return names.map({name: str(first + i) for i, name in enumerate(among)})


def _problems(incidents: pd.DataFrame) -> pd.DataFrame:
    first = incidents.dropna(subset="event_id").groupby("event_id", sort=True)["opened_at"].min()
    return pd.DataFrame({
        "id": (np.arange(len(first)) + FIRST_PROBLEM).astype(str),
        "type": "problem",
        "status": "closed",
        "external_id": first.index.astype("str"),
        "created_at": first.to_numpy(),
    })  # fmt: skip


def _follow_ups(incidents: pd.DataFrame) -> pd.DataFrame:
    again = incidents.dropna(subset="reopened_at")
    return pd.DataFrame({
        "id": (np.arange(len(again)) + FIRST_FOLLOW_UP).astype(str),
        "type": "question",
        "status": "closed",
        "created_at": again["reopened_at"].to_numpy(),
        "via_followup_source_id": again["incident_id"].to_numpy(),
    })  # fmt: skip


def _tasks(promises: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "id": task_ids(promises),
        "type": "task",
        "status": np.where(promises["kept_at"].notna(), "solved", "open"),
        "created_at": promises["promised_at"],
        "due_at": promises["due_at"],
        "via_followup_source_id": promises["incident_id"],
    })  # fmt: skip


def task_ids(promises: pd.DataFrame) -> pd.Series:
    """The id of the task that stands for each promise."""
    return pd.Series((np.arange(len(promises)) + FIRST_TASK).astype(str), index=promises.index)


def groups(rng: np.random.Generator) -> pd.DataFrame:
    """One row per house."""
    return synced(pd.DataFrame({"id": [str(FIRST_GROUP + i) for i in range(len(SITES))], "name": SITES}), rng)


def brands(rng: np.random.Generator) -> pd.DataFrame:
    """One row per brand."""
    return synced(pd.DataFrame({"id": [str(FIRST_BRAND + i) for i in range(len(BRANDS))], "name": BRANDS}), rng)


def tags(incidents: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One row per ticket and tag."""
    marked = {
        "public_complaint": incidents["public_complaint"],
        "publicised_by_us": incidents["company_publicised"],
        "test_usual": incidents["assignment"].eq("usual"),
        "test_credit_offer": incidents["assignment"].eq("credit_offer"),
        "newsletter": pd.Series(rng.random(len(incidents)) < 0.1),
    }
    rows = [pd.DataFrame({"ticket_id": incidents["incident_id"][chosen], "tag": tag}) for tag, chosen in marked.items()]
    return synced(pd.concat(rows, ignore_index=True), rng)


def field_history(tables: dict[str, pd.DataFrame], rng: np.random.Generator) -> pd.DataFrame:
    """One row per change of a field: status, risk of leaving, review of the cause, goodwill given in kind."""
    incidents, promises = tables["incidents"], tables["promises"]
    ids = incidents["incident_id"]
    parts = [
        _changes(ids, "status", incidents["resolved_at"], "solved"),
        _changes(ids, "status", incidents["closed_at"], "closed"),
        _changes(ids, "custom_churn_risk", incidents["threatened_to_leave_at"], "true"),
        _changes(ids, "custom_cause_review", incidents["cause_reviewed_at"], "done"),
        _changes(task_ids(promises), "status", promises["kept_at"], "solved"),
        _goodwill(tables["compensations"]),
    ]
    frame = pd.concat(parts, ignore_index=True)
    return synced(frame.assign(updated=written(frame["updated"], rng)).fillna(""), rng)


def _changes(ticket: pd.Series, field: str, at: pd.Series, value: str) -> pd.DataFrame:
    there = at.notna()
    return pd.DataFrame({"ticket_id": ticket[there], "field_name": field, "updated": at[there], "value": value})


def _goodwill(compensations: pd.DataFrame) -> pd.DataFrame:
    """What the shop never sees, noted as ``kind:cents``."""
    given = compensations[compensations["kind"].isin(["free_item", "upgrade", "gesture"])]
    return pd.DataFrame({
        "ticket_id": given["incident_id"],
        "field_name": "custom_goodwill",
        "updated": given["issued_at"],
        "value": given["kind"] + ":" + cents(given["face_amount"]),
        "user_id": given["issued_by"],
    })  # fmt: skip
