"""Typst as this product uses it: words go in as data, faces come from the product, the result is a tagged PDF."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import typst

from dashboard.exports.pdf.scripts import faces_for, scripts_of
from dashboard.figures.theme import LIGHT

Paper = Literal["a4", "us-letter"]
HERE = Path(__file__).parent
FACES = HERE.parent.parent / "assets" / "fonts"
SANS, SERIF = "Source Sans Pro", "Libertinus Serif"
UNDRAWN = "could not be displayed"
COLOURS = {
    "background": LIGHT.background, "ink": LIGHT.ink, "quiet": LIGHT.quiet, "grid": LIGHT.grid,
    "axis": LIGHT.axis, "adjusted": LIGHT.adjusted, "raw": LIGHT.raw,
    "gradeA": LIGHT.adjusted, "gradeB": LIGHT.adjusted, "gradeC": LIGHT.raw, "gradeD": LIGHT.quiet,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Printable:
    """What a template is given: its fields under their names. ``small``: the lines at the end of the last page."""

    small: tuple[str, ...]


def press(template: str, data: Printable, paper: Paper) -> tuple[bytes, int]:
    """The PDF of a template with its data, in the standard for readers with assistive technology, and its pages.

    Where some letter can't be drawn, which that standard forbids, the PDF is tagged all the same and says so.
    """
    faces, missing = faces_for(scripts_of(_texts(asdict(data))))
    try:
        return _compiled(template, data, paper, faces, "ua-1")
    except typst.TypstError as error:
        if UNDRAWN not in str(error):
            raise
    scripts = f"Letters in {', '.join(missing)}" if missing else "Some signs"
    lost = f"{scripts} can't be printed: no face for them was found. The workbook has them."
    return _compiled(template, replace(data, small=(*data.small, lost)), paper, faces, None)


def _compiled(
    template: str, data: Printable, paper: Paper, faces: tuple[str, ...], standard: Literal["ua-1"] | None
) -> tuple[bytes, int]:
    filled = asdict(data) | {"paper": paper, "colours": COLOURS, "fonts": [SANS, *faces], "serif": [SERIF, *faces]}
    compiler = typst.Compiler(
        str(HERE / template), root=str(HERE), font_paths=[str(FACES)], ignore_system_fonts=not faces,
        sys_inputs={"data": json.dumps(filled, ensure_ascii=False)},
    )  # fmt: skip
    pages = json.loads(compiler.query("<pages>", field="value", one=True))
    made = compiler.compile(format="pdf", pdf_standards=standard or [])
    return bytes(made), int(pages)  # type: ignore[arg-type]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [t for v in value.values() for t in _texts(v)]
    return [t for v in value for t in _texts(v)] if isinstance(value, list | tuple) else []
