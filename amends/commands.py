"""One function per command, by its name in ``COMMANDS``: options in, its answer out.

Each imports what it needs when it is called, so that no command waits for the libraries of another.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping

    from amends.answer import Answer
    from pipelines.contracts.messages.doing import Progress
    from pipelines.publish.store import Store
    from pipelines.reading.files.exports import Data
    from pipelines.settings.profile import Profile

    Command = Callable[[argparse.Namespace, Progress], Answer]


def run(options: argparse.Namespace, progress: Progress) -> Answer:
    """Run the pipeline and publish."""
    from pipelines.reading.databases.opening import opened
    from pipelines.settings.load import load_profile

    profile, store = load_profile(options.profile), _store(options)
    with opened(options.data) as data:
        if options.if_changed:
            from amends.runs.repeating import unchanged

            if (answer := unchanged(data, profile, options.data_cut, store, progress)) is not None:
                return answer
        with _failures_kept(store):
            return _run(data, profile, options.data_cut, store, progress, even_if_older=options.even_if_older)


def validate(options: argparse.Namespace, progress: Progress) -> Answer:
    """Check the exports and publish nothing."""
    from amends.runs.running import Valid, company_speech, validated
    from pipelines.reading.databases.opening import opened
    from pipelines.reading.tables.privacy import load_id_key
    from pipelines.settings.load import load_profile
    from pipelines.validate import validate as checked

    profile = load_profile(options.profile)
    with opened(options.data) as data:
        found = checked(data, profile, load_id_key(profile, progress), options.data_cut, progress)
    loaded = found.loaded
    speech = company_speech(profile.currency, profile.customers_word)
    return validated(Valid(found.incidents, loaded.data_cut, loaded.quality, loaded.warnings), speech)


def init(options: argparse.Namespace, progress: Progress) -> Answer:
    """Draft a profile."""
    from amends.drafts import drafted
    from pipelines.reading.databases.opening import opened
    from pipelines.reading.draft import draft_profile
    from words.speech import PLAIN

    with opened(options.data) as data:
        return drafted(draft_profile(data, Path(options.profile), PLAIN.say))


def start(options: argparse.Namespace, progress: Progress) -> Answer:
    """Draft a profile, let the user correct it, run it and open the dashboard."""
    from amends.drafts import RunPublished, confirmed_profile
    from amends.server import serve_dashboard
    from pipelines.reading.databases.opening import opened

    store = _store(options)
    answers = Path(options.answers) if options.answers else None
    with opened(options.exports) as data:
        folder = Path(options.profile or f"{data.resolve() if isinstance(data, Path) else data.title}-profile")
        profile = confirmed_profile(data, folder, ask=not options.yes, progress=progress, answers=answers)
        answer = _run(data, profile, None, store, progress)
    if not options.no_serve:
        progress(RunPublished(answer.text))
        serve_dashboard(store.published, options.port)
    return answer


def simulate(options: argparse.Namespace, progress: Progress) -> Answer:
    """Write a simulated company."""
    from amends.simulated import write_company

    return write_company(Path(options.out), options.incidents, options.seed, options.format, progress)


def profiles(options: argparse.Namespace, progress: Progress) -> Answer:
    """List the shipped profiles."""
    from amends.runs.listing import shipped

    return shipped()


def runs(options: argparse.Namespace, progress: Progress) -> Answer:
    """List the published runs, or tell everything of one."""
    from amends.runs.detail import detailed
    from amends.runs.listing import listed

    return detailed(_store(options), options.run_id) if options.run_id else listed(_store(options), progress)


def compare(options: argparse.Namespace, progress: Progress) -> Answer:
    """Hold two runs against each other."""
    from amends.runs.comparing import compared
    from amends.runs.substituting import Places

    places = Places(tuple(map(Path, options.data)), tuple(options.profile), tuple(map(Path, options.code)))
    return compared(_store(options), options.first, options.second, places, progress, everything=options.all)


def alert(options: argparse.Namespace, progress: Progress) -> Answer:
    """Tell, and send, what somebody should hear of."""
    from amends.runs.alerting import alerted

    store = _store(options)
    run_id = _shown(options, store, progress)
    return alerted(store, run_id, stale_days=options.stale_days, silent_above=options.silent_above, send=options.send)


def check(options: argparse.Namespace, progress: Progress) -> Answer:
    """Check the published folder."""
    from amends.runs.checking import checked

    return checked(_store(options), mend=not options.only_look)


def pin(options: argparse.Namespace, progress: Progress) -> Answer:
    """Name a published run."""
    from amends.runs.listing import named

    return named(_store(options), options.run_id, options.label)


def prune(options: argparse.Namespace, progress: Progress) -> Answer:
    """Remove older runs."""
    from amends.runs.pruning import pruned

    return pruned(_store(options), options.keep, dry=options.dry_run)


def worklist(options: argparse.Namespace, progress: Progress) -> Answer:
    """Write the cases closed but not won back, or those still open that nobody has answered for a week."""
    from amends.worklist import write_worklist

    contacts_from = (options.data, options.profile) if options.with_contacts else None
    store = _store(options)
    run_id = _shown(options, store, progress)
    return write_worklist(store, Path(options.to), contacts_from, run_id=run_id, silent=options.silent)


def decide(options: argparse.Namespace, progress: Progress) -> Answer:
    """Remember a decision."""
    from amends.decide import record

    store = _store(options)
    return record(
        store,
        what=options.what,
        owner=options.owner,
        due=options.due,
        decided=options.decided or date.today(),
        effect=options.effect,
        run_id=_shown(options, store, progress),
    )


def decisions(options: argparse.Namespace, progress: Progress) -> Answer:
    """List what was decided and what became of it."""
    from amends.decide import listed

    store = _store(options)
    return listed(store, lambda: _shown(options, store, progress), progress)


def export(options: argparse.Namespace, progress: Progress) -> Answer:
    """Write a run as a pack of files."""
    from amends.exports import asked_for, write_export

    asked = asked_for(options.format, options.charts, options.outcome, options.horizon, options.ratio, options.paper)
    store = _store(options)
    return write_export(store, _shown(options, store, progress), Path(options.to), asked, progress)


def mail(options: argparse.Namespace, progress: Progress) -> Answer:
    """Write the Monday mail."""
    from amends.mail import write_mail

    store = _store(options)
    return write_mail(
        store,
        _shown(options, store, progress),
        Path(options.to),
        per_site=options.per_site,
        recipients=Path(options.recipients) if options.recipients else None,
        send=options.send,
        paper="us-letter" if options.paper == "letter" else "a4",
        progress=progress,
    )


def note(options: argparse.Namespace, progress: Progress) -> Answer:
    """Add a note to a run."""
    from amends.exports import write_note

    return write_note(_store(options), options.run_id, options.chart, options.text)


def experiment(options: argparse.Namespace, progress: Progress) -> Answer:
    """Plan, draw, start, stop or show an experiment."""
    from amends.experiments import asked

    return asked.ACTIONS[options.action](options, _store(options), progress)


def serve(options: argparse.Namespace, progress: Progress) -> Answer:
    """Open the dashboard."""
    from amends.server import closed, serve_dashboard

    serve_dashboard(_store(options).published, options.port)
    return closed()


COMMANDS: Mapping[str, Command] = {
    command.__name__: command
    for command in (
        start, init, profiles, validate, run, simulate, runs, compare, alert, check, pin, prune, worklist, decide,
        decisions, experiment, export, mail, note, serve,
    )
}  # fmt: skip


def _run(
    data: Data,
    profile: Profile,
    data_cut: date | None,
    store: Store,
    progress: Progress,
    *,
    even_if_older: bool = False,
) -> Answer:
    from amends.runs.running import published
    from pipelines.reading.tables.privacy import load_id_key
    from pipelines.run import run as publish

    key = load_id_key(profile, progress)
    manifest = publish(
        data, profile, store.published, id_key=key, data_cut=data_cut, even_if_older=even_if_older, progress=progress
    )
    return published(store, manifest, profile, progress)


@contextmanager
def _failures_kept(store: Store) -> Iterator[None]:
    """A run that was refused is a line of the journal, where there are runs; one that only had to wait is none."""
    from pipelines.errors import PipelineUserError, PublishError
    from pipelines.publish import journal
    from pipelines.publish.journal import Failed
    from words.speech import PLAIN

    try:
        yield
    except PipelineUserError as error:
        if not isinstance(error, PublishError) and store.run_ids():
            with suppress(PublishError):
                journal.append(store, Failed("", " ".join(PLAIN.say(error.fault).split())))
        raise


def _shown(options: argparse.Namespace, store: Store, progress: Progress) -> str:
    from amends.runs.shown import shown

    return shown(store, options.run_id, progress)


def _store(options: argparse.Namespace) -> Store:
    from pipelines.publish.store import local_store, published_folder

    return local_store(published_folder(options.published))
