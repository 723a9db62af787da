"""The page that explains profiles keeps its word."""

import re
from pathlib import Path

from pipelines.reading.files import file_spec, mend
from pipelines.reading.tables import spec

PAGE = (Path(__file__).parents[2] / "docs" / "profiles.md").read_text(encoding="utf-8")


def test_the_smallest_profile_works(load_files):
    (toml,) = re.findall(r"## The smallest one\n```toml\n(.*?)```", PAGE, re.DOTALL)
    result = load_files(
        toml, {"tickets.csv": "Case No,Guest ID,Created at,Priority\nA,G1,2024-03-01,1\nB,G2,2024-03-02,2\n"}
    )
    assert result.column("incidents", "severity") == ["disruption", "nuisance"]


def test_every_key_and_section_is_explained():
    for key in (*file_spec._KEYS, *spec._TABLE_KEYS, *spec._SECTIONS):
        assert re.search(rf"`[^`]*\b{key}\b[^`]*`", PAGE), key


def test_every_reason_of_unreadable_rows_is_listed():
    for reason in (mend.RAGGED, mend.UNCLOSED, mend.STRAY, mend.NUL, mend.NOT_UTF8):
        assert reason in PAGE
