"""Lots for a list of ids, logged before anybody sees an arm; or the same lots as SQL."""

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from amends.answer import Answer
from amends.targets import check_file
from pipelines.contracts.experiments.faults import IdMissing, ListUnread, NoColumnInList
from pipelines.contracts.experiments.keyed import arm_of, as_sql
from pipelines.contracts.experiments.registry import Experiment, Happened, Moment, named, next_moment
from pipelines.errors import DecisionError, why
from pipelines.publish import journal
from pipelines.publish.store import Store
from words.speech import PLAIN


@dataclass(frozen=True)
class Drawn:
    """How many ids fell into each arm, and where they stand."""

    experiment: str
    file: Path
    arms: dict[str, int]


def assigned(store: Store, name: str, key: str, ids: Path, to: Path, column: str) -> Answer:
    """Write each id with its arm. Raises :class:`DecisionError` for a list that can't be drawn from."""
    plan = named(name, journal.experiments(store))
    check_file(store.published, to)
    units = _ids(ids, column)
    lots = [(unit, arm_of(key, name, unit, plan.arms, plan.shares)) for unit in units]
    text = _written(column, lots)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    moment = Happened(name, Moment.DRAWN, date.today(), len(units), digest, plan.run_id)
    journal.append(store, next_moment(moment, journal.happened(store, name)))
    try:
        to.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise DecisionError(ListUnread(to, why(error))) from error
    counts = {arm: sum(a == arm for _, a in lots) for arm in plan.arms}
    told = PLAIN.enumerated([PLAIN.text("cli.experiment.arm", arm=arm, n=n) for arm, n in counts.items()])
    return Answer(PLAIN.text("cli.experiment.assigned", file=str(to), counts=told), Drawn(name, to, counts))


def in_sql(store: Store, name: str, key: str, column: str) -> Answer:
    """The same lots as one expression, for a running experiment."""
    plan = named(name, journal.experiments(store))
    moment = Happened(name, Moment.DRAWN, date.today(), 0, "sql", plan.run_id)
    journal.append(store, next_moment(moment, journal.happened(store, name)))
    sql = as_sql(key, name, column, plan.arms, plan.shares)
    return Answer(sql, {"experiment": name, "sql": sql})


def begun(store: Store, name: str, day: date) -> Answer:
    """Start an experiment."""
    plan = named(name, journal.experiments(store))
    return _happens(store, plan, Happened(name, Moment.STARTED, day, 0, "", plan.run_id))


def ended(store: Store, name: str, day: date, reason: str) -> Answer:
    """Stop an experiment, and say why."""
    plan = named(name, journal.experiments(store))
    return _happens(store, plan, Happened(name, Moment.STOPPED, day, 0, " ".join(reason.split()), plan.run_id))


def _happens(store: Store, plan: Experiment, moment: Happened) -> Answer:
    entry = journal.append(store, next_moment(moment, journal.happened(store, plan.name)))
    code = "cli.experiment.started" if moment.moment is Moment.STARTED else "cli.experiment.stopped"
    return Answer(PLAIN.text(code, name=plan.name, day=PLAIN.day(moment.day)), journal.document(entry))


def _ids(path: Path, column: str) -> list[str]:
    """Ids of a list, each once, as they are written there."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DecisionError(ListUnread(path, why(error) if isinstance(error, OSError) else str(error))) from error
    if not rows or column not in rows[0]:
        raise DecisionError(NoColumnInList(path, column))
    found: dict[str, None] = {}
    for line, row in enumerate(rows, start=2):
        unit = (row[column] or "").strip()
        if not unit:
            raise DecisionError(IdMissing(path, str(line)))
        found[unit] = None
    return list(found)


def _written(column: str, lots: list[tuple[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((column, "assignment"))
    writer.writerows(lots)
    return out.getvalue()
