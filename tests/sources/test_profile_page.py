"""The page that explains profiles keeps its word."""

import re
from pathlib import Path

from pipelines.contracts.catalog.company import Retention
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.targets import AMOUNTS, COUNTS, share_measures
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


def table_below(heading):
    """The names in the first column of the table below a heading."""
    text = PAGE.partition(f"\n{heading}")[2].partition("\n#")[0]
    cells = (line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    return {name for cell in cells for name in re.findall(r"`(\w+)", cell)}


def test_the_tables_of_keys_hold_every_key_and_no_other():
    assert table_below("## `[profile]`") == set(keys(Profile))
    assert table_below("## `[files]`") == set(keys(FileSpec))
    assert table_below("## `[tables.<name>]`") == set(PARTS) - {"file", "sql"}


def test_the_measures_that_targets_are_set_for_are_these():
    every = {m for retention in Retention for m in share_measures((90, 365), retention)} | {*COUNTS, *AMOUNTS}
    rungs = {m for m in every if m.startswith("answered_within_")} - {"answered_within_15_minutes"}
    assert table_below("### Measures a target can be set for") == every - rungs
    assert all(f"…_{rung.split('_')[2]}_…" in PAGE for rung in rungs)


def test_every_reason_for_setting_rows_aside_is_listed():
    for reason in RowReason:
        assert PLAIN.label(reason) in PAGE, reason
