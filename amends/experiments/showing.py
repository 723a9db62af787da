"""What was planned, what happened, and what a run says of it: one line an experiment, or all of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from amends.answer import Answer
from amends.experiments.planning import outcome_of
from pipelines.contracts.experiments.registry import Experiment, Happened, Moment, named, running
from pipelines.contracts.experiments.verdict import ArmSoFar, so_far
from pipelines.publish import journal
from pipelines.publish.store import Store
from words.changes import limits_in_words
from words.effects import sentence
from words.speech import PLAIN, Speech


@dataclass(frozen=True)
class Shown:
    """One experiment: its plan, what happened, and each arm by the run that was asked for."""

    plan: Experiment
    happened: tuple[Happened, ...]
    arms: tuple[ArmSoFar, ...]


def listed(store: Store) -> Answer:
    """Every experiment, oldest first."""
    plans = journal.experiments(store)
    if not plans:
        return Answer(PLAIN.text("cli.experiment.none"), [])
    lines = [_line(plan, journal.happened(store, plan.name)) for plan in plans]
    return Answer("\n".join(lines), list(plans))


def shown(store: Store, name: str, run_id: str) -> Answer:
    """All of one experiment, with what a run says of it."""
    plan = named(name, journal.experiments(store))
    happened, run = journal.happened(store, name), store.run(run_id)
    arms = so_far(plan, run.effects, up=outcome_of(run, plan.outcome).higher_is_better)
    speech = Speech.of(run.profile)
    out = [speech.text("cli.experiment.left_out", text=plan.left_out)] if plan.left_out else []
    lines = [
        _line(plan, happened),
        *out,
        *_since(happened, speech),
        *(line for arm in arms for line in _arm(arm, speech)),
    ]
    lines += [speech.text("cli.experiment.declare"), *_block(plan, happened)]
    return Answer("\n".join(lines), Shown(plan, happened, tuple(arms)))


def _line(plan: Experiment, happened: Sequence[Happened]) -> str:
    state = "cli.experiment.runs" if running(plan.name, happened) else "cli.experiment.waits"
    state = "cli.experiment.ended" if happened and not running(plan.name, happened) else state
    return PLAIN.text(
        "cli.experiment.line", name=plan.name, question=plan.question, owner=plan.owner, state=PLAIN.text(state)
    )


def _since(happened: Sequence[Happened], speech: Speech) -> list[str]:
    return [_moment(h, speech.day(h.day), speech) for h in happened]


def _moment(moment: Happened, day: str, speech: Speech) -> str:
    if moment.moment is Moment.STARTED:
        return speech.text("cli.experiment.moment.started", day=day)
    if moment.moment is Moment.STOPPED:
        return speech.text("cli.experiment.moment.stopped", day=day, reason=moment.note)
    if not moment.units:
        return speech.text("cli.experiment.moment.sql", day=day)
    return speech.text("cli.experiment.moment.drawn", day=day, units=moment.units, note=moment.note[:12])


def _arm(arm: ArmSoFar, speech: Speech) -> list[str]:
    lines = [speech.text("cli.experiment.comes", arm=arm.arm, comes=arm.comes)]
    if arm.row is not None:
        lines.append(f"    {sentence(arm.row, speech)}")
    if arm.at_any_look is not None:
        limits = limits_in_words(arm.at_any_look, speech)
        lines.append(speech.text("cli.experiment.at_any_look", limits=limits))
    return lines


def _block(plan: Experiment, happened: Sequence[Happened]) -> list[str]:
    """How a profile declares it, as TOML."""
    shares = ", ".join(f"{_quoted(arm)} = {share:.4g}" for arm, share in zip(plan.arms, plan.shares, strict=True))
    begun = next((h.day for h in happened if h.moment is Moment.STARTED), None)
    return [
        "[experiment]",
        f"unit = {_quoted(plan.unit)}",
        *([f"strata = [{', '.join(map(_quoted, plan.strata))}]"] if plan.strata else []),
        f"control = {_quoted(plan.arms[0])}",
        f"shares = {{ {shares} }}",
        *([f"since = {begun.isoformat()}"] if begun else []),
        f"planned_units = {plan.units}",
    ]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
