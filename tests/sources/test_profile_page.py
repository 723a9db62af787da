"""The page that explains profiles keeps its word."""

import re
from pathlib import Path

from pipelines.contracts.catalog.rows import RowReason
from pipelines.settings.declared import keys
from pipelines.settings.entries import CovariateEntry, OutcomeEntry, Rate, TargetEntry
from pipelines.settings.files import FileSpec
from pipelines.settings.profile import Profile
from pipelines.settings.sources import SECTIONS, ContactSpec
from pipelines.settings.tables import PARTS
from words.speech import PLAIN

PAGE = (Path(__file__).parents[2] / "docs" / "profiles.md").read_text(encoding="utf-8")


def test_the_smallest_profile_works(load_files):
    (toml,) = re.findall(r"## The smallest one\n```toml\n(.*?)```", PAGE, re.DOTALL)
    result = load_files(
        toml, {"tickets.csv": "Case No,Guest ID,Created at,Priority\nA,G1,2024-03-01,1\nB,G2,2024-03-02,2\n"}
    )
    assert result.column("incidents", "severity") == ["disruption", "nuisance"]


def test_every_key_and_section_is_explained():
    declarations = (Profile, Rate, TargetEntry, OutcomeEntry, CovariateEntry, FileSpec)
    every = {key for declaration in declarations for key in keys(declaration)}
    for key in (*sorted(every), *PARTS, *SECTIONS, *ContactSpec.__dataclass_fields__):
        assert re.search(rf"`[^`]*\b{key}\b[^`]*`", PAGE), key


def test_every_reason_for_setting_rows_aside_is_listed():
    for reason in RowReason:
        assert PLAIN.label(reason) in PAGE, reason
