"""What every run begins with, alone: exports → canonical tables, checked."""

from dataclasses import dataclass
from datetime import date

from pipelines.contracts.messages.doing import Progress
from pipelines.engine import open_engine
from pipelines.reading.files.exports import Data
from pipelines.reading.load import Loaded, load
from pipelines.settings.profile import Profile


@dataclass(frozen=True)
class Checked:
    """What `amends validate` reports: the loaded tables' quality and how many incidents are left."""

    loaded: Loaded
    incidents: int


def validate(data: Data, profile: Profile, id_key: bytes, data_cut: date | None, progress: Progress) -> Checked:
    """Read, map and check the exports without estimating or publishing anything."""
    with open_engine() as engine:
        loaded = load(engine, profile, data, id_key=id_key, data_cut=data_cut, progress=progress)
        return Checked(loaded, engine.value("SELECT count(*) FROM incidents"))
