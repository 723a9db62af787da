"""The commands and their options. One function per group of commands; a new command is one more line in ``GROUPS``.

What a command or option is for is said by its code, in ``words/en/cli.po``.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from words.speech import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[[str, str], argparse.ArgumentParser]


def parser() -> argparse.ArgumentParser:
    """The parser of ``amends``: options carry the name of theirs as ``command``."""
    top = argparse.ArgumentParser(prog="amends", description=_help("cli.help.amends"))
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help=_help("cli.help.json"))
    shared.add_argument("--quiet", action="store_true", help=_help("cli.help.quiet"))
    sub = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, about: str) -> argparse.ArgumentParser:
        text = _help(about)
        return sub.add_parser(name, help=text, description=text, parents=[shared])

    for group in GROUPS:
        group(command)
    return top


def _help(code: str) -> str:
    return PLAIN.text(code)


def _first_steps(command: Command) -> None:
    start = command("start", "cli.help.start")
    start.add_argument("exports", metavar="EXPORTS", help=_help("cli.help.exports"))
    start.add_argument("--profile", metavar="NEWDIR", help=_help("cli.help.start.profile"))
    start.add_argument("--yes", action="store_true", help=_help("cli.help.start.yes"))
    start.add_argument("--answers", metavar="FILE.toml", help=_help("cli.help.start.answers"))
    start.add_argument("--no-serve", action="store_true", help=_help("cli.help.start.no_serve"))
    _published(start)
    _port(start)

    init = command("init", "cli.help.init")
    init.add_argument("--data", required=True, metavar="DIR", help=_help("cli.help.exports"))
    init.add_argument("--profile", required=True, metavar="NEWDIR", help=_help("cli.help.init.profile"))

    command("profiles", "cli.help.profiles")


def _pipeline(command: Command) -> None:
    _source(command("validate", "cli.help.validate"))

    run = command("run", "cli.help.run")
    _source(run)
    _published(run)
    run.add_argument("--if-changed", action="store_true", help=_help("cli.help.run.if_changed"))
    run.add_argument("--even-if-older", action="store_true", help=_help("cli.help.run.even_if_older"))
    run.add_argument("--engine", choices=["duckdb"], default="duckdb", help=_help("cli.help.run.engine"))

    simulate = command("simulate", "cli.help.simulate")
    simulate.add_argument("--out", required=True, metavar="DIR")
    simulate.add_argument("--incidents", type=_count, default=8000, metavar="N")
    simulate.add_argument("--seed", type=int, default=20260101, metavar="S")
    simulate.add_argument(
        "--format",
        choices=["canonical", "helpdesk", "two-files"],
        default="canonical",
        help=_help("cli.help.simulate.format"),
    )


def _published_runs(command: Command) -> None:
    runs = command("runs", "cli.help.runs")
    runs.add_argument("run_id", nargs="?", metavar="RUN", help=_help("cli.help.runs.run"))
    _published(runs)

    compare = command("compare", "cli.help.compare")
    compare.add_argument("first", metavar="A", help=_help("cli.help.compare.run"))
    compare.add_argument("second", metavar="B", help=_help("cli.help.compare.run"))
    compare.add_argument("--data", action="append", default=[], metavar="DIR", help=_help("cli.help.compare.data"))
    compare.add_argument(
        "--profile", action="append", default=[], metavar="NAME_OR_DIR", help=_help("cli.help.compare.profile")
    )
    compare.add_argument("--code", action="append", default=[], metavar="DIR", help=_help("cli.help.compare.code"))
    compare.add_argument("--all", action="store_true", help=_help("cli.help.compare.all"))
    _published(compare)

    alert = command("alert", "cli.help.alert")
    alert.add_argument(
        "--stale-days", type=_at_least_one, default=21, metavar="N", help=_help("cli.help.alert.stale_days")
    )
    alert.add_argument("--silent-above", type=int, metavar="N", help=_help("cli.help.alert.silent_above"))
    alert.add_argument("--send", action="store_true", help=_help("cli.help.alert.send"))
    _published(alert)
    _a_run(alert)

    _kept_runs(command)
    _worklist(command)
    _decisions(command)
    _exports(command)

    serve = command("serve", "cli.help.serve")
    _published(serve)
    _port(serve)


def _kept_runs(command: Command) -> None:
    check = command("check", "cli.help.check")
    check.add_argument("--only-look", action="store_true", help=_help("cli.help.check.only_look"))
    _published(check)

    pin = command("pin", "cli.help.pin")
    pin.add_argument("run_id", metavar="RUN")
    label = pin.add_mutually_exclusive_group(required=True)
    label.add_argument("--label", help=_help("cli.help.pin.label"))
    label.add_argument("--release", action="store_const", dest="label", const="", help=_help("cli.help.pin.release"))
    _published(pin)

    prune = command("prune", "cli.help.prune")
    prune.add_argument("--keep", type=_at_least_one, required=True, metavar="N", help=_help("cli.help.prune.keep"))
    prune.add_argument("--dry-run", action="store_true", help=_help("cli.help.prune.dry_run"))
    _published(prune)


def _worklist(command: Command) -> None:
    worklist = command("worklist", "cli.help.worklist")
    _published(worklist)
    _a_run(worklist)
    worklist.add_argument("--to", required=True, metavar="FILE.csv", help=_help("cli.help.to"))
    worklist.add_argument("--silent", action="store_true", help=_help("cli.help.worklist.silent"))
    worklist.add_argument("--with-contacts", action="store_true", help=_help("cli.help.worklist.with_contacts"))
    worklist.add_argument("--data", metavar="DIR", help=_help("cli.help.worklist.data"))
    worklist.add_argument("--profile", metavar="NAME_OR_DIR", help=_help("cli.help.worklist.profile"))


def _exports(command: Command) -> None:
    export = command("export", "cli.help.export")
    _published(export)
    _a_run(export)
    export.add_argument("--pack", choices=["review"], default="review", help=_help("cli.help.export.pack"))
    export.add_argument("--format", default="pptx,pdf,xlsx", metavar="LIST", help=_help("cli.help.export.format"))
    export.add_argument("--to", required=True, metavar="FILE.zip", help=_help("cli.help.to"))
    export.add_argument("--charts", metavar="LIST", help=_help("cli.help.export.charts"))
    export.add_argument("--outcome", metavar="NAME", help=_help("cli.help.export.outcome"))
    export.add_argument("--horizon", type=int, metavar="DAYS", help=_help("cli.help.export.horizon"))
    export.add_argument("--ratio", choices=["16:9", "4:3"], default="16:9", help=_help("cli.help.export.ratio"))
    export.add_argument("--paper", choices=["a4", "letter"], default="a4", help=_help("cli.help.export.paper"))

    mail = command("mail", "cli.help.mail")
    _published(mail)
    mail.add_argument("--weekly", action="store_true", required=True, help=_help("cli.help.mail.weekly"))
    _a_run(mail)
    mail.add_argument("--to", required=True, metavar="DIR", help=_help("cli.help.mail.to"))
    mail.add_argument("--per-site", action="store_true", help=_help("cli.help.mail.per_site"))
    mail.add_argument("--recipients", metavar="FILE.csv", help=_help("cli.help.mail.recipients"))
    mail.add_argument("--send", action="store_true", help=_help("cli.help.mail.send"))
    mail.add_argument("--paper", choices=["a4", "letter"], default="a4", help=_help("cli.help.mail.paper"))

    note = command("note", "cli.help.note")
    note.add_argument("run_id", metavar="RUN")
    note.add_argument("--text", required=True, help=_help("cli.help.note.text"))
    note.add_argument("--chart", default="", metavar="ID", help=_help("cli.help.note.chart"))
    _published(note)


def _decisions(command: Command) -> None:
    decide = command("decide", "cli.help.decide")
    decide.add_argument("--what", required=True, help=_help("cli.help.decide.what"))
    decide.add_argument("--owner", required=True, help=_help("cli.help.decide.owner"))
    decide.add_argument("--due", required=True, type=_day, metavar="DATE", help=_help("cli.help.decide.due"))
    decide.add_argument("--decided", type=_day, metavar="DATE", help=_help("cli.help.decide.decided"))
    decide.add_argument("--effect", metavar="EFFECT_ID", help=_help("cli.help.decide.effect"))
    decide.add_argument("--run", dest="run_id", metavar="RUN", help=_help("cli.help.decide.run"))
    _published(decide)

    decisions = command("decisions", "cli.help.decisions")
    _published(decisions)
    _a_run(decisions)


def _experiments(command: Command) -> None:
    group = command("experiment", "cli.help.experiment").add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, about: str, *, named: bool = True) -> argparse.ArgumentParser:
        text = _help(about)
        added = group.add_parser(name, help=text, description=text)
        added.add_argument("name", metavar="NAME", nargs=None if named else "?", help=_help("cli.help.experiment.name"))
        for flag, said in (("--json", "cli.help.json"), ("--quiet", "cli.help.quiet")):
            added.add_argument(flag, action="store_true", default=argparse.SUPPRESS, help=_help(said))
        _published(added)
        return added

    plan = action("plan", "cli.help.experiment.plan")
    plan.add_argument("--question", required=True, metavar="TEXT", help=_help("cli.help.experiment.question"))
    plan.add_argument("--owner", required=True, metavar="WHO", help=_help("cli.help.experiment.owner"))
    plan.add_argument("--arms", required=True, metavar="LIST", help=_help("cli.help.experiment.arms"))
    plan.add_argument("--shares", default="", metavar="LIST", help=_help("cli.help.experiment.shares"))
    plan.add_argument("--unit", default="customer_id", metavar="COLUMN", help=_help("cli.help.experiment.unit"))
    plan.add_argument("--strata", default="", metavar="LIST", help=_help("cli.help.experiment.strata"))
    plan.add_argument("--outcome", default="returned", metavar="ID", help=_help("cli.help.experiment.outcome"))
    plan.add_argument("--horizon", type=_at_least_one, metavar="DAYS", help=_help("cli.help.experiment.horizon"))
    plan.add_argument(
        "--smallest", type=float, required=True, metavar="POINTS", help=_help("cli.help.experiment.smallest")
    )
    plan.add_argument("--cost", type=float, metavar="SUM", help=_help("cli.help.experiment.cost"))
    plan.add_argument("--left-out", default="", metavar="TEXT", help=_help("cli.help.experiment.left_out"))
    _a_run(plan)

    assign = action("assign", "cli.help.experiment.assign")
    assign.add_argument("--profile", required=True, metavar="NAME_OR_DIR", help=_help("cli.help.profile"))
    assign.add_argument("--column", default="customer_id", metavar="COLUMN", help=_help("cli.help.experiment.column"))
    assign.add_argument("--ids", metavar="FILE.csv", help=_help("cli.help.experiment.ids"))
    assign.add_argument("--to", metavar="FILE.csv", help=_help("cli.help.to"))
    assign.add_argument("--sql", action="store_true", help=_help("cli.help.experiment.sql"))

    action("start", "cli.help.experiment.start").add_argument(
        "--day", type=_day, metavar="DATE", help=_help("cli.help.experiment.day")
    )
    stop = action("stop", "cli.help.experiment.stop")
    stop.add_argument("--why", required=True, metavar="TEXT", help=_help("cli.help.experiment.why"))
    stop.add_argument("--day", type=_day, metavar="DATE", help=_help("cli.help.experiment.day"))
    _a_run(action("show", "cli.help.experiment.show", named=False))


GROUPS = (_first_steps, _pipeline, _published_runs, _experiments)


def _source(added: argparse.ArgumentParser) -> None:
    added.add_argument("--data", required=True, metavar="DIR", help=_help("cli.help.exports"))
    added.add_argument("--profile", required=True, metavar="NAME_OR_DIR", help=_help("cli.help.profile"))
    added.add_argument("--data-cut", type=_day, metavar="DATE", help=_help("cli.help.data_cut"))


def _published(added: argparse.ArgumentParser) -> None:
    added.add_argument("--published", metavar="DIR", help=_help("cli.help.published"))


def _a_run(added: argparse.ArgumentParser) -> None:
    added.add_argument("--run", dest="run_id", metavar="RUN", help=_help("cli.help.a_run"))


def _port(added: argparse.ArgumentParser) -> None:
    added.add_argument("--port", type=_port_number, default=8501, help=_help("cli.help.port"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(PLAIN.text("cli.wrong.day", text=repr(text))) from None


def _port_number(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(PLAIN.text("cli.wrong.port"))
    return int(text)


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(PLAIN.text("cli.wrong.at_least_one"))
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 100:
        raise argparse.ArgumentTypeError(PLAIN.text("cli.wrong.count"))
    return int(text)
