"""A code renamed in its catalogue alone can't stay unnoticed: the type check names every place that still uses it.

One member of each closed set and one column of each published table are renamed in a copy of the checkout, all at
once; the type check of that copy must complain of each.
"""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("amends", "pipelines", "dashboard", "words")
CONTRACTS = ROOT / "pipelines" / "contracts"
TABLES = CONTRACTS / "tables"
CATALOGUES = (*(CONTRACTS / "catalog").glob("*.py"), *(CONTRACTS / "messages").glob("*.py"), CONTRACTS / "canonical.py")
RENAMED = "_renamed_for_a_test"


def _sources() -> dict[Path, str]:
    return {p: p.read_text(encoding="utf-8") for name in PACKAGES for p in (ROOT / name).rglob("*.py")}


def _closed_sets(tree: ast.Module) -> Iterator[ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("StrEnum") for base in node.bases):
            yield node


def _members(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            yield line.targets[0].id


def _columns(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.target.id != "TABLE":
            yield line.target.id


def _used_member(path: Path, node: ast.ClassDef, sources: dict[Path, str]) -> str | None:
    """A member that is named somewhere outside its own file, where the set is imported from there."""
    home = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    elsewhere = "\n".join(text for p, text in sources.items() if p != path and f"{home} import" in text)
    return next((m for m in _members(node) if re.search(rf"\b{node.name}\.{m}\b", elsewhere)), None)


def _rename(text: str, pattern: str, new: str) -> str:
    changed, times = re.subn(pattern, new, text, count=1, flags=re.MULTILINE)
    assert times == 1, f"{pattern} is not where it was"
    return changed


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, str]]:
    """What the type check says of the copy, and for each thing renamed the words it must use."""
    copy = tmp_path_factory.mktemp("renamed") / "checkout"
    kept = shutil.ignore_patterns("__pycache__", ".venv", ".git", "data", "node_modules", "artefacts", "published")
    shutil.copytree(ROOT, copy, ignore=kept, symlinks=True)
    sources, expected = _sources(), {}
    for path in sorted(CATALOGUES):
        text = sources[path]
        for node in _closed_sets(ast.parse(text)):
            member = _used_member(path, node, sources)
            if member is not None:
                start = text.index(f"class {node.name}(")
                renamed = _rename(text[start:], rf"^    {member}(?= = |: )", f"    {member}{RENAMED.upper()}")
                text = text[:start] + renamed
                expected[f"{node.name}.{member}"] = f'"type[{node.name}]" has no attribute "{member}"'
        (copy / path.relative_to(ROOT)).write_text(text, encoding="utf-8")
    for path in sorted(TABLES.glob("*.py")):
        text = sources[path]
        for node in (n for n in ast.parse(text).body if isinstance(n, ast.ClassDef) and "TABLE = " in ast.unparse(n)):
            column = list(_columns(node))[-1]
            start = text.index(f"class {node.name}(")
            text = text[:start] + _rename(text[start:], rf"^    {column}(?=: )", f"    {column}{RENAMED}")
            expected[f"{node.name}.{column}"] = f'"{node.name}"'
        (copy / path.relative_to(ROOT)).write_text(text, encoding="utf-8")
    checked = subprocess.run([sys.executable, "-m", "mypy"], cwd=copy, capture_output=True, text=True, check=False)
    return checked.stdout, expected


def test_each_catalogue_and_table_had_something_to_rename(complaints):
    _, expected = complaints
    assert len({name.split(".")[0] for name in expected}) == len(expected) >= 20


def test_every_renamed_code_and_column_fails_the_type_check(complaints):
    said, expected = complaints
    unnoticed = [name for name, words in expected.items() if words not in said]
    assert not unnoticed, f"renamed without a complaint: {unnoticed}\n{said[-3000:]}"
