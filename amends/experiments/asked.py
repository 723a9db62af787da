"""What each action of ``amends experiment`` is asked, out of its options."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from amends.answer import Answer
from amends.experiments.assigning import assigned, begun, ended, in_sql
from amends.experiments.planning import Wanted, planned
from amends.experiments.showing import listed, shown
from amends.faults import NothingChosen
from amends.runs.shown import shown as run_shown
from pipelines.contracts.experiments.faults import SharesOfArms
from pipelines.contracts.experiments.keyed import key_of
from pipelines.contracts.messages.doing import Progress
from pipelines.errors import DecisionError, SourceError
from pipelines.publish.store import Store
from pipelines.reading.tables.privacy import load_id_key
from pipelines.settings.load import load_profile

Action = Callable[[argparse.Namespace, Store, Progress], Answer]


def _plan(options: argparse.Namespace, store: Store, progress: Progress) -> Answer:
    wanted = Wanted(
        name=options.name, question=" ".join(options.question.split()), owner=" ".join(options.owner.split()),
        arms=_list(options.arms), shares=_shares(options.shares), unit=options.unit, strata=_list(options.strata),
        outcome=options.outcome, horizon_days=options.horizon, smallest=options.smallest, cost=options.cost,
        left_out=" ".join(options.left_out.split()),
    )  # fmt: skip
    return planned(store, run_shown(store, options.run_id, progress), wanted)


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _shares(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in _list(text))
    except ValueError:
        raise DecisionError(SharesOfArms()) from None


def _assign(options: argparse.Namespace, store: Store, progress: Progress) -> Answer:
    key = key_of(load_id_key(load_profile(options.profile), progress), options.name)
    if options.sql:
        return in_sql(store, options.name, key, options.column)
    if not options.ids or not options.to:
        raise SourceError(NothingChosen("--ids, --to", ("FILE.csv",)))
    return assigned(store, options.name, key, Path(options.ids), Path(options.to), options.column)


def _start(options: argparse.Namespace, store: Store, progress: Progress) -> Answer:
    return begun(store, options.name, options.day or date.today())


def _stop(options: argparse.Namespace, store: Store, progress: Progress) -> Answer:
    return ended(store, options.name, options.day or date.today(), options.why)


def _show(options: argparse.Namespace, store: Store, progress: Progress) -> Answer:
    if options.name is None:
        return listed(store)
    return shown(store, options.name, run_shown(store, options.run_id, progress))


ACTIONS: Mapping[str, Action] = {"plan": _plan, "assign": _assign, "start": _start, "stop": _stop, "show": _show}
