"""The list of published runs as shown."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from dashboard.formats import count, day, moment, zone
from dashboard.store import Listed
from dashboard.tables import Link


def run_list(
    listed: Iterable[Listed], names: Mapping[str, str], *, reading: str, current: str
) -> list[dict[str, object]]:
    """One line per run; runs that can't be opened stay in the list with the reason."""
    return [
        {**_line(one), "Name": names.get(one.run_id, ""), "State": _status(one, reading, current)} for one in listed
    ]


def _status(one: Listed, reading: str, current: str) -> str:
    if one.trouble:
        return one.trouble
    words = [
        w for w, true in (("current", one.run_id == current), ("you are reading it", one.run_id == reading)) if true
    ]
    return ", ".join(words)


def _line(one: Listed) -> dict[str, object]:
    if one.manifest is None:
        return {"Run": one.run_id, "Published": "–", "Data to": "–", "Company": "–", "Incidents": "–"}
    m = one.manifest
    company = m["profile"]["title"] + (" (simulated)" if m["profile"]["simulated"] else "")
    return {
        "Run": Link(one.run_id, f"run={one.run_id}"),
        "Published": moment(datetime.fromisoformat(m["created_at"]).astimezone(zone(m["profile"]["time_zone"]))),
        "Data to": day(date.fromisoformat(m["data_cut"])),
        "Company": company,
        "Incidents": count(m["rows"].get("incident_mart", 0)),
    }
