"""A run that would only repeat the last one isn't made; that is said."""

from dataclasses import dataclass
from datetime import date

from amends.answer import Answer
from pipelines.contracts.messages.doing import Progress
from pipelines.publish.provenance import Asked
from pipelines.publish.store import Store
from pipelines.reading.files.exports import Data
from pipelines.reading.tables.privacy import load_id_key
from pipelines.settings.profile import Profile
from pipelines.unchanged import repeated
from words.speech import PLAIN


@dataclass(frozen=True)
class Repeated:
    """A run that another would only repeat, so that none was made."""

    run_id: str
    changed: bool


def unchanged(data: Data, profile: Profile, data_cut: date | None, store: Store, progress: Progress) -> Answer | None:
    """What is said where a run would only repeat the last one; nothing where it is to be made."""
    before = repeated(Asked(data, profile, data_cut, load_id_key(profile, progress)), store)
    if before is None:
        return None
    return Answer(PLAIN.text("cli.run.unchanged", run=before.run_id), Repeated(before.run_id, changed=False))
