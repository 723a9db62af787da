"""Files of one export in several parts: the same columns under names that share a beginning or an end."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import takewhile
from pathlib import Path

from pipelines.contracts.message import Remark
from pipelines.reading.draft.guess import Sampled
from pipelines.reading.draft.notes import TwinNotUsed
from pipelines.reading.files.exports import find_paths
from pipelines.reading.files.quoting import identifier
from pipelines.reading.files.sheets import stands_for
from pipelines.reading.files.workbook import sheet_names
from pipelines.settings.files import FileSpec, Format

LEAST_LETTERS = 3


def find_series(folder: Path, samples: Sequence[Sampled]) -> list[tuple[FileSpec, tuple[Sampled, ...]]]:
    """Parts that are written alike and that one pattern of names finds, them alone: the pattern, and the parts."""
    alike: dict[tuple[FileSpec, frozenset[str]], list[Sampled]] = defaultdict(list)
    for sample in samples:
        written = replace(sample.spec, alias="", path="", nulls=(), decimal=".")
        alike[written, frozenset(sample.by_name)].append(sample)
    groups = [tuple(parts) for parts in alike.values() if len(parts) > 1]
    sheets = _sheets_of_one_book(folder, samples)
    return [*sheets, *((spec, parts) for parts in groups if (spec := _together(folder, parts)))]


def _sheets_of_one_book(folder: Path, samples: Sequence[Sampled]) -> list[tuple[FileSpec, tuple[Sampled, ...]]]:
    """Sheets of a workbook with the same columns in the same row, as one: all its tables, or those of one beginning."""
    alike: dict[tuple[FileSpec, frozenset[str]], list[Sampled]] = defaultdict(list)
    for sample in samples:
        written = replace(sample.spec, alias="", sheet="", nulls=(), decimal=".")
        if sample.spec.format is Format.XLSX and sample.spec.sheet:
            alike[written, frozenset(sample.by_name)].append(sample)
    found = []
    for (written, _), parts in alike.items():
        others = [s.spec.sheet for s in samples if s.spec.path == written.path and s not in parts]
        names = [part.spec.sheet for part in parts]
        patterns = ("*", f"{_shared_start(names)}*", f"*{_shared_start([n[::-1] for n in names])[::-1]}")
        one = next((p for p in patterns if not any(stands_for(p, other) for other in others)), None)
        if len(parts) > 1 and one and _takes_no_other(folder, parts, one):
            stem = identifier(Path(written.path).name.split(".")[0])
            found.append((replace(parts[0].spec, sheet=one, alias=f"{stem}_sheets"), tuple(parts)))
    return found


def _takes_no_other(folder: Path, parts: Sequence[Sampled], pattern: str) -> bool:
    """Whether a pattern takes the sheets found alike alone: one without rows or names is no part of them."""
    book = (folder / parts[0].files[0]).read_bytes()
    return sum(stands_for(pattern, sheet) for sheet in sheet_names(BytesIO(book))) == len(parts)


def _together(folder: Path, parts: Sequence[Sampled]) -> FileSpec | None:
    pattern = _pattern([part.spec.path for part in parts])
    letters = re.sub(r"[\W\d_]", "", re.sub(r"\.[^/]*$", "", pattern))
    found = {p.relative_to(folder).as_posix() for p in find_paths(folder, pattern)}
    if len(letters) < LEAST_LETTERS or found != {file for part in parts for file in part.files}:
        return None
    together = replace(parts[0].spec, path=pattern)
    return replace(together, alias=f"{identifier(together.stem.strip('*'))}_parts")


def _pattern(paths: Sequence[str]) -> str:
    """What all paths have in common, level by level where they lie equally deep, with ``*`` for what differs."""
    equally_deep = len({path.count("/") for path in paths}) == 1
    levels = list(zip(*(path.split("/") for path in paths), strict=True)) if equally_deep else [tuple(paths)]
    return "/".join(level[0] if len(set(level)) == 1 else _starred(level) for level in levels)


def _starred(texts: Sequence[str]) -> str:
    return f"{_shared_start(texts)}*{_shared_start([text[::-1] for text in texts])[::-1]}"


def _shared_start(texts: Sequence[str]) -> str:
    """What all begin with, cut back to a whole word or number."""
    shared = "".join(c[0] for c in takewhile(lambda c: len(set(c)) == 1, zip(*texts, strict=False)))
    inside_word = any(text[len(shared) : len(shared) + 1].isalpha() for text in texts)
    return re.sub(r"[^\W_]+$", "", shared) if inside_word else shared.rstrip("0123456789")


def left_apart(samples: Sequence[Sampled], used: set[str]) -> list[Remark]:
    """Notes on unused files that hold the same columns as a used one."""
    notes: list[Remark] = []
    for sample in samples:
        twin = next((s for s in samples if s.spec.alias in used and set(s.by_name) == set(sample.by_name)), None)
        if twin and sample.spec.alias not in used:
            notes.append(TwinNotUsed(sample.spec.path, twin.spec.path))
    return notes
