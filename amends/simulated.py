"""A simulated company, written as the files it would export."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from amends.answer import Answer
from amends.faults import CompanyNotWritten, NotEmpty
from pipelines.contracts.message import Count, Doing
from pipelines.contracts.messages.doing import Progress
from pipelines.errors import SourceError, why
from pipelines.simulate.company import Simulated, simulate
from pipelines.simulate.files import write_sample
from pipelines.simulate.helpdesk.export import write_helpdesk_export
from pipelines.simulate.two_files import write_two_files
from words.speech import PLAIN

Format = Literal["canonical", "helpdesk", "two-files"]
# By format: who writes it, and the profile that reads it.
WRITERS: Mapping[Format, tuple[Callable[[Simulated, Path], None], str]] = {
    "canonical": (write_sample, "sample"),
    "helpdesk": (write_helpdesk_export, "zendesk_shopify"),
    "two-files": (write_two_files, "two_files"),
}


class Simulating(Doing):
    """A company is being made up."""

    n: Count


@dataclass(frozen=True)
class Written:
    """Where the files are, and the command that runs them."""

    folder: Path
    next: str


def write_company(out: Path, incidents: int, seed: int, form: Format, progress: Progress) -> Answer:
    """Write the files into a new folder. Raises ``SourceError`` where something is in it, or it can't be written."""
    write, profile = WRITERS[form]
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise SourceError(NotEmpty(out))
        progress(Simulating(incidents))
        write(simulate(incidents, seed), out)
    except OSError as error:
        raise SourceError(CompanyNotWritten(out, why(error))) from error
    command = PLAIN.text("cli.simulate.next", folder=str(out), profile=profile)
    return Answer(PLAIN.text("cli.simulate.done", folder=str(out), command=command), Written(out, command))
