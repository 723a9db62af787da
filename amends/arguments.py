"""The commands and their options. One function per group of commands; a new command is one more line in ``GROUPS``."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from amends import commands

Command = Callable[[str, Any, str], argparse.ArgumentParser]


def parser() -> argparse.ArgumentParser:
    """The parser of ``amends``: options carry the function to run as ``command``."""
    top = argparse.ArgumentParser(
        prog="amends", description="What a company's answers to its failures buy it in returning customers."
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="print one JSON object for machines")
    shared.add_argument("--quiet", action="store_true", help="no progress lines")
    sub = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, function: Any, text: str) -> argparse.ArgumentParser:
        added = sub.add_parser(name, help=text, description=text, parents=[shared])
        added.set_defaults(command=function)
        return added

    for group in GROUPS:
        group(command)
    return top


def _first_steps(command: Command) -> None:
    start = command("start", commands.start, "draft a profile for a folder of exports, run it, open the dashboard")
    start.add_argument("exports", metavar="EXPORTS", help="folder with the exported files")
    start.add_argument("--profile", metavar="NEWDIR", help="where the profile goes (default: EXPORTS-profile)")
    start.add_argument("--yes", action="store_true", help="accept every guess without asking")
    start.add_argument("--no-serve", action="store_true", help="publish the run and stop there")
    _published(start)
    _port(start)

    init = command("init", commands.init, "draft a profile from the files of a folder")
    init.add_argument("--data", required=True, metavar="DIR", help="folder with the exported files")
    init.add_argument("--profile", required=True, metavar="NEWDIR", help="folder to write the profile into")

    command("profiles", commands.profiles, "list the profiles that come with Amends")


def _pipeline(command: Command) -> None:
    _source(command("validate", commands.validate, "read, map and check the exports; publish nothing"))

    run = command("run", commands.run, "run the pipeline and publish the result")
    _source(run)
    _published(run)
    run.add_argument("--engine", choices=["duckdb"], default="duckdb", help="join engine")

    simulate = command("simulate", commands.simulate, "write a simulated company with known effects")
    simulate.add_argument("--out", required=True, metavar="DIR")
    simulate.add_argument("--incidents", type=_count, default=8000, metavar="N")
    simulate.add_argument("--seed", type=int, default=20260101, metavar="S")
    simulate.add_argument(
        "--format", choices=["canonical", "helpdesk"], default="canonical",
        help="canonical tables (--profile sample) or help desk and shop tables (--profile zendesk_shopify)",
    )  # fmt: skip


def _published_runs(command: Command) -> None:
    _published(command("runs", commands.runs, "list the published runs"))

    pin = command("pin", commands.pin, "give a published run a name that stays")
    pin.add_argument("run_id", metavar="RUN")
    pin.add_argument("--label", required=True, help='for example "Q3 review"')
    _published(pin)

    worklist = command("worklist", commands.worklist, "cases closed but not won back, by case number")
    _published(worklist)
    worklist.add_argument("--to", required=True, metavar="FILE.csv", help="file to write")
    worklist.add_argument("--silent", action="store_true", help="open cases unheard for a week instead, oldest first")
    worklist.add_argument("--with-contacts", action="store_true", help="join contacts back from the export")
    worklist.add_argument("--data", metavar="DIR", help="folder with the exports (with --with-contacts)")
    worklist.add_argument("--profile", metavar="NAME_OR_DIR", help="profile (with --with-contacts)")

    _decisions(command)
    _exports(command)

    serve = command("serve", commands.serve, "open the dashboard on this machine")
    _published(serve)
    _port(serve)


def _exports(command: Command) -> None:
    export = command("export", commands.export, "write a run as deck, brief, workbook and pictures, in one zip")
    _published(export)
    export.add_argument("--run", dest="run_id", metavar="RUN", help="the run (default: the current one)")
    export.add_argument("--pack", choices=["review"], default="review", help="what to put together")
    export.add_argument("--format", default="pptx,pdf,xlsx", metavar="LIST", help="of pptx, pdf, xlsx, png, svg, csv")
    export.add_argument("--to", required=True, metavar="FILE.zip", help="file to write")
    export.add_argument("--charts", metavar="LIST", help="chart ids (default: every one with an estimate)")
    export.add_argument("--outcome", metavar="NAME", help="the outcome the charts are about (default: the leading one)")
    export.add_argument("--horizon", type=int, metavar="DAYS", help="within how many days (default: up to a year)")
    export.add_argument("--ratio", choices=["16:9", "4:3"], default="16:9", help="of the deck's slides")
    export.add_argument("--paper", choices=["a4", "letter"], default="a4", help="of the brief")

    mail = command("mail", commands.mail, "write the Monday mail as files, per site too, and send it if asked")
    _published(mail)
    mail.add_argument("--weekly", action="store_true", required=True, help="what is known this week")
    mail.add_argument("--run", dest="run_id", metavar="RUN", help="the run (default: the current one)")
    mail.add_argument("--to", required=True, metavar="DIR", help="existing folder for the files")
    mail.add_argument("--per-site", action="store_true", help="one mail for each site too")
    mail.add_argument("--recipients", metavar="FILE.csv", help="columns site (empty: the company) and address")
    mail.add_argument("--send", action="store_true", help="hand them to the server that AMENDS_SMTP_… names")
    mail.add_argument("--paper", choices=["a4", "letter"], default="a4", help="of the PDF")

    note = command("note", commands.note, "add a dated note to a chart of a run, or to the whole run")
    note.add_argument("run_id", metavar="RUN")
    note.add_argument("--text", required=True, help="what readers should know; shown in the app and in every export")
    note.add_argument("--chart", default="", metavar="ID", help="the chart it is about (default: the whole run)")
    _published(note)


def _decisions(command: Command) -> None:
    decide = command("decide", commands.decide, "remember a decision, with the gain that a published effect promises")
    decide.add_argument("--what", required=True, help='for example "answer everyone within an hour"')
    decide.add_argument("--owner", required=True, help="who sees to it: a role rather than a name")
    decide.add_argument("--due", required=True, type=_day, metavar="DATE", help="day it is in force, YYYY-MM-DD")
    decide.add_argument("--decided", type=_day, metavar="DATE", help="day it was decided (default: today)")
    decide.add_argument("--effect", metavar="EFFECT_ID", help="the effect it rests on, or the start of its id")
    decide.add_argument("--run", dest="run_id", metavar="RUN", help="the run it rests on (default: the current one)")
    _published(decide)

    _published(command("decisions", commands.decisions, "list what was decided, and what became of it"))


GROUPS = (_first_steps, _pipeline, _published_runs)


def _source(added: argparse.ArgumentParser) -> None:
    added.add_argument("--data", required=True, metavar="DIR", help="folder with the exported files")
    added.add_argument("--profile", required=True, metavar="NAME_OR_DIR", help="shipped profile or profile folder")
    added.add_argument("--data-cut", type=_day, metavar="DATE", help="last day of data, YYYY-MM-DD")


def _published(added: argparse.ArgumentParser) -> None:
    added.add_argument("--published", metavar="DIR", help="published folder (default: $AMENDS_PUBLISHED or published/)")


def _port(added: argparse.ArgumentParser) -> None:
    added.add_argument("--port", type=_port_number, default=8501, help="port of the dashboard on localhost")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write YYYY-MM-DD") from None


def _port_number(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError("write a number from 1 to 65535")
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 100:
        raise argparse.ArgumentTypeError("write a whole number of at least 100")
    return int(text)
