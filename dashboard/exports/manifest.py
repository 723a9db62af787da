"""What a pack holds and where it comes from, as the file beside its contents says it."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from dashboard.figures.drawn import ChartId
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.document import read

MANIFEST = "manifest.json"


class Format(StrEnum):
    """A kind of file that a pack can hold, by the end of its name."""

    PPTX = "pptx"
    PDF = "pdf"
    XLSX = "xlsx"
    PNG = "png"
    SVG = "svg"
    CSV = "csv"


PICTURES = (Format.PNG, Format.SVG)


@dataclass(frozen=True)
class PackedFile:
    """One file of a pack by its name there; ``bytes`` long."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class PackedChart:
    """One chart of a pack and what it says; ``n`` counts what it rests on."""

    id: ChartId
    says: str
    grade: Grade | None
    n: str
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class PackManifest:
    """One pack. ``left_out``: charts that were asked for and have no answer; ``remarks``: how files were made."""

    pack: str
    run_id: str
    name: str
    company: str
    simulated: bool
    data_cut: str
    filters: str
    charts: tuple[PackedChart, ...]
    left_out: tuple[ChartId, ...]
    remarks: tuple[str, ...]
    files: tuple[PackedFile, ...]


def encoded(manifest: PackManifest) -> bytes:
    """The manifest as JSON."""
    return json.dumps(asdict(manifest), indent=2, ensure_ascii=False).encode()


def decoded(content: bytes) -> PackManifest:
    """The manifest of a JSON file. Raises ``DocumentError`` for one of another form."""
    return read(PackManifest, json.loads(content))
