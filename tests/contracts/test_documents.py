"""What the documents name is there: files and folders, and each command in the list of README."""

import re
from pathlib import Path

import pytest

from amends.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("amends", "bench", "dashboard", "data", "docs", "pipelines", "profiles", "tests", "tools", "words")
DOCUMENTS = (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))


def named(text: str) -> set[str]:
    """Paths in backticks that start at the checkout, and pages that are linked."""
    found = re.findall(rf"`((?:{'|'.join(PARTS)})/[\w./-]*)`", text)
    return {path for path in found if "…" not in path}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.name)
def test_every_path_that_is_named_exists(document):
    text = document.read_text(encoding="utf-8")
    assert not {path for path in named(text) if not (ROOT / path).exists()}
    links = set(re.findall(r"\]\(([\w./-]+)\)", text))
    assert not {link for link in links if not (document.parent / link).exists()}


def test_readme_lists_every_command():
    listed = set(re.findall(r"`amends (\w+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert listed == set(COMMANDS)
