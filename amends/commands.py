"""One function per command: options → {"data": for machines, "text": for people}."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from amends import summary
from amends.server import serve_dashboard
from pipelines import run as pipeline
from pipelines.errors import SourceError
from pipelines.publish import journal
from pipelines.publish.journal import Pin
from pipelines.publish.store import Store, local_store, published_folder
from pipelines.reading.tables.privacy import load_id_key
from pipelines.settings.profile import Profile, load_profile, shipped_profiles

Progress = Callable[[str], None]
Result = dict[str, Any]


def run(options: argparse.Namespace, progress: Progress) -> Result:
    """Run the pipeline and publish."""
    return _run(Path(options.data), load_profile(options.profile), options, progress)


def _run(data: Path, profile: Profile, options: argparse.Namespace, progress: Progress) -> Result:
    published = published_folder(options.published)
    data_cut = getattr(options, "data_cut", None)
    manifest = pipeline.run(
        data, profile, published, id_key=_key(profile, progress), data_cut=data_cut, progress=progress
    )
    return summary.of_run(local_store(published), manifest)


def _key(profile: Profile, progress: Progress) -> bytes:
    key, reminder = load_id_key(profile)
    if reminder:
        progress(reminder)
    return key


def validate(options: argparse.Namespace, progress: Progress) -> Result:
    """Check the exports and publish nothing."""
    profile = load_profile(options.profile)
    checked = pipeline.validate(Path(options.data), profile, _key(profile, progress), options.data_cut, progress)
    return summary.of_validation(checked)


def init(options: argparse.Namespace, progress: Progress) -> Result:
    """Draft a profile."""
    from pipelines.reading.draft import draft_profile

    draft = draft_profile(Path(options.data), Path(options.profile))
    return summary.of_draft(draft)


def start(options: argparse.Namespace, progress: Progress) -> Result:
    """Draft a profile, let the user correct it, run it and open the dashboard."""
    from amends.start import confirmed_profile

    exports = Path(options.exports)
    folder = Path(options.profile or f"{exports.resolve()}-profile")
    profile = confirmed_profile(exports, folder, ask=not options.yes, progress=progress)
    result = _run(exports, profile, options, progress)
    if not options.no_serve:
        progress(result["text"])
        serve_dashboard(published_folder(options.published), options.port)
    return result


def simulate(options: argparse.Namespace, progress: Progress) -> Result:
    """Write a simulated company."""
    from pipelines.simulate.company import simulate as simulated
    from pipelines.simulate.files import write_sample
    from pipelines.simulate.helpdesk.export import write_helpdesk_export

    out = Path(options.out)
    if out.exists() and any(out.iterdir()):
        raise SourceError(f"{out}: not empty. Name a new folder with --out.")
    progress(f"simulating {options.incidents:,} incidents")
    company = simulated(options.incidents, options.seed)
    write, profile = {
        "canonical": (write_sample, "sample"),
        "helpdesk": (write_helpdesk_export, "zendesk_shopify"),
    }[options.format]
    write(company, out)
    command = f"amends run --data {out} --profile {profile}"
    return {
        "data": {"folder": str(out), "next": command},
        "text": f"Simulated company in {out}. Next: {command}",
    }


def _store(options: argparse.Namespace) -> Store:
    return local_store(published_folder(options.published))


def profiles(options: argparse.Namespace, progress: Progress) -> Result:
    """List the shipped profiles."""
    found = {name: load_profile(name).title for name in shipped_profiles()}
    return {"data": found, "text": "\n".join(f"{name:<20} {title}" for name, title in found.items())}


def runs(options: argparse.Namespace, progress: Progress) -> Result:
    """List the published runs."""
    store = _store(options)
    return summary.of_runs(store.listed(), journal.names(store))


def pin(options: argparse.Namespace, progress: Progress) -> Result:
    """Name a published run."""
    store = _store(options)
    store.folder(options.run_id)
    entry = journal.append(store, Pin(options.run_id, options.label))
    return {"data": journal.document(entry), "text": f"Run {options.run_id} is now {options.label!r}."}


def worklist(options: argparse.Namespace, progress: Progress) -> Result:
    """Write the cases closed but not won back, or those still open that nobody has answered for a week."""
    from amends.worklist import write_worklist

    return write_worklist(
        _store(options),
        Path(options.to),
        contacts_from=(options.data, options.profile) if options.with_contacts else None,
        silent=options.silent,
    )


def decide(options: argparse.Namespace, progress: Progress) -> Result:
    """Remember a decision."""
    from amends.decide import record

    return record(
        _store(options),
        what=options.what,
        owner=options.owner,
        due=options.due,
        decided=options.decided or date.today(),
        effect=options.effect,
        run_id=options.run_id,
    )


def decisions(options: argparse.Namespace, progress: Progress) -> Result:
    """List what was decided and what became of it."""
    from amends.decide import listed

    return listed(_store(options))


def export(options: argparse.Namespace, progress: Progress) -> Result:
    """Write a run as a pack of files."""
    from amends.exports import asked_for, write_export

    asked = asked_for(options.format, options.charts, options.outcome, options.horizon, options.ratio, options.paper)
    return write_export(_store(options), options.run_id, Path(options.to), asked, progress)


def mail(options: argparse.Namespace, progress: Progress) -> Result:
    """Write the Monday mail."""
    from amends.mail import write_mail

    return write_mail(
        _store(options),
        options.run_id,
        Path(options.to),
        per_site=options.per_site,
        recipients=Path(options.recipients) if options.recipients else None,
        send=options.send,
        paper="us-letter" if options.paper == "letter" else "a4",
        progress=progress,
    )


def note(options: argparse.Namespace, progress: Progress) -> Result:
    """Add a note to a run."""
    from amends.notes import write_note

    return write_note(_store(options), options.run_id, options.chart, options.text)


def serve(options: argparse.Namespace, progress: Progress) -> Result:
    """Open the dashboard."""
    serve_dashboard(published_folder(options.published), options.port)
    return {"data": {}, "text": "Dashboard closed."}
