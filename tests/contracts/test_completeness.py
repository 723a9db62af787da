"""Whatever is declared is made somewhere and used somewhere: tables, columns, keys, codes.

Names of columns stand in SQL and, in Python, as members of their class or set. A key of a profile names the test that
shows what it changes.
"""

import importlib
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest
from builders import a_profile

from pipelines.contracts.canonical import CanonicalTable
from pipelines.contracts.catalog.checks import CHECKS, Check
from pipelines.contracts.catalog.company import AnswersRecorded, Asked, Drawn, Retention, SampledBy
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.outcomes import OUTCOMES, named_columns
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.catalog.treatments import TREATMENTS
from pipelines.contracts.experiments.draw import Draw
from pipelines.contracts.manifest import DeclaredOutcome, Target
from pipelines.contracts.mart import Col, HorizonCol, incident_columns
from pipelines.contracts.message import Message
from pipelines.contracts.sources import CANONICAL
from pipelines.contracts.worklist import Case
from pipelines.handover import company_of
from pipelines.join.build import statements
from pipelines.join.declarations import settings_table, severities_table
from pipelines.publish.provenance import profile_facts
from pipelines.settings.declared import keys
from pipelines.settings.entries import CovariateEntry, OutcomeEntry, QuestionEntry, Rate, TargetEntry
from pipelines.settings.files import FileSpec
from pipelines.settings.profile import Profile
from pipelines.settings.sources import SECTIONS, ContactSpec
from pipelines.settings.tables import PARTS
from words.speech import PLAIN

ROOT = Path(__file__).resolve().parents[2]
LINKS = (ROOT / "pipelines/reading/tables/links.py").read_text(encoding="utf-8")
MADE = ("pipelines",)
USED = ("pipelines", "dashboard", "words", "amends")


@cache
def source(*folders: str, ending: str = ".py", apart: str = "") -> str:
    """The text of every file of some folders, comments left out."""
    paths = (p for f in folders for p in sorted((ROOT / f).rglob(f"*{ending}")) if not apart or apart not in str(p))
    return re.sub(r"(#|--) [^\n]*", "", "\n".join(p.read_text(encoding="utf-8") for p in paths))


@cache
def sql_of(table: str) -> str:
    """The SQL that reads a table, and whatever reads that, since columns are passed on."""
    nouns = {p.stem: source("pipelines/join", ending=p.name) for p in (ROOT / "pipelines/join").glob("*.sql")}
    reading, found = {table}, set[str]()
    while (
        more := {n for n, sql in nouns.items() if any(re.search(rf"\b(FROM|JOIN) {t}\b", sql) for t in reading)} - found
    ):
        found |= more
        reading |= more
    return "\n".join(nouns[n] for n in found)


def is_named(name: str, text: str) -> bool:
    """Whether a name stands in a text as a word of its own."""
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


COLUMNS = [(canonical, column) for canonical in CANONICAL for column in canonical.TABLE.columns]


@pytest.mark.parametrize(("canonical", "column"), COLUMNS, ids=lambda v: getattr(v, "NAME", v))
def test_every_canonical_column_is_read(canonical, column):
    typed = rf"\b{canonical.__name__}\.{column}\b"
    in_python = re.search(typed, source("pipelines", apart="/draft/")) or is_named(column, source("pipelines/policy"))
    in_reading = is_named(canonical.NAME, LINKS) and is_named(column, LINKS)
    is_key_or_money = column in canonical.KEY or column == "currency"
    assert is_named(column, sql_of(canonical.NAME)) or in_python or in_reading or is_key_or_money


# Moments and their parts, for whoever opens the mart itself: what is counted is made of the same facts before.
LOOKED_UP = {Col.INDEX_AT, Col.OPENED_HOUR, Col.EVENT_SIZE, Col.FIRST_CONTACT_AT, Col.COMPENSATED_AT}


@pytest.mark.parametrize("column", [*Col, *HorizonCol], ids=lambda c: c.name)
def test_every_column_of_a_mart_is_made_and_used(column):
    made = source("pipelines/join", ending=".sql") + source("pipelines/join")
    name = column.value.replace("_{h}d", "_{h}d")
    assert name in made or is_named(column.value, made), f"{column} is made nowhere"
    used = rf"\b{type(column).__name__}\.{column.name}\b"
    in_list = column.value in Case.__annotations__
    elsewhere = re.search(used, source(*USED, apart="contracts/mart.py"))
    assert elsewhere or in_list or column in LOOKED_UP, f"{column} is used nowhere"


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda o: o.id)
def test_every_outcome_has_its_column_and_its_words(outcome):
    columns = {column.name for column in (*incident_columns((90,)), *named_columns())}
    assert outcome.column_at(90 if outcome.has_horizon else None) in columns
    assert all(PLAIN.label(f"outcome.{outcome.id}{part}") for part in ("", ".inside", ".counted"))


@pytest.mark.parametrize("treatment", TREATMENTS.values(), ids=lambda t: t.id)
def test_every_treatment_has_its_column_and_its_words(treatment):
    columns = {column.name for column in incident_columns((90,))} | {"failure"}
    assert treatment.column is None or treatment.column in columns
    assert PLAIN.label(f"treatment.{treatment.id}")


@pytest.mark.parametrize("measure", Measure, ids=lambda m: m.name)
def test_every_measure_is_counted_and_has_its_words(measure):
    by_column = measure.column is not None
    of_outcome = measure.value in OUTCOMES
    assert (
        by_column
        or of_outcome
        or re.search(rf"\bMeasure\.{measure.name}\b", source(*MADE, apart="catalog/measures.py"))
    )
    assert PLAIN.label(f"measure.{measure.value}")
    assert PLAIN.label(f"measure.{measure.value}.defined")


@pytest.mark.parametrize("check", Check, ids=lambda c: c.name)
def test_every_check_is_made_and_has_its_words(check):
    made = source(*MADE, apart="catalog/checks.py")
    assert re.search(rf"\bCheck\.{check.name}\b", made) or check.value.startswith("grade_")
    assert check in CHECKS
    assert PLAIN.label(f"check.{check.value}")


@pytest.mark.parametrize("reason", RowReason, ids=lambda r: r.name)
def test_every_reason_for_setting_a_row_aside_is_given_and_has_its_words(reason):
    assert re.search(rf"\bRowReason\.{reason.name}\b", source("pipelines/reading"))
    assert PLAIN.label(reason)


def messages(family: type[Message]) -> list[type[Message]]:
    """Every message of a family, by importing whatever declares some."""
    for path in sorted((ROOT / "pipelines").rglob("*.py")):
        if "contracts.message import" in path.read_text(encoding="utf-8"):
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    known = (m for m in Message._registry.values() if issubclass(m, family))
    return sorted((m for m in known if m.__module__.startswith("pipelines")), key=lambda m: m.CODE)


@pytest.mark.parametrize("message", messages(Message), ids=lambda m: m.CODE)
def test_every_message_is_raised_somewhere(message):
    home = str(Path(*message.__module__.split(".")))
    beside = re.search(
        rf"(?<!class )\b{message.__name__}\(", (ROOT / home).with_suffix(".py").read_text(encoding="utf-8")
    )
    assert beside or is_named(message.__name__, source("pipelines", "amends", "dashboard", apart=home))


class NoRows:
    """An engine whose tables are all empty."""

    def table(self, sql: str) -> pa.Table:
        return pa.table({})


def handed(profile: Profile) -> tuple[Any, ...]:
    """Whatever the join, the models, policy and the readers of a run are told of a profile."""
    loaded: Any = SimpleNamespace(supplied={}, reported=frozenset({"returned"}), data_cut=date(2026, 6, 30))
    engine: Any = NoRows()
    join = (settings_table(profile, date(2026, 6, 30), 1), severities_table(profile.severity_order))
    sql = statements(profile, declared_comparison=False)
    return (profile_facts(profile), company_of(engine, profile, loaded), [t.to_pylist() for t in join], sql)


OTHERWISE: Mapping[str, Any] = {
    "title": "Another",
    "simulated": True,
    "note": "Made up.",
    "customers_word": "guests",
    "currency": "USD",
    "locale": "de",
    "time_zone": "Europe/Madrid",
    "severity_order": ("low", "high"),
    "horizons_days": (30,),
    "response_cap_days": 7.0,
    "margin_rate": 0.3,
    "handling_cost_per_contact": 4.5,
    "speed_cost_per_hour": 0.1,
    "retention": Retention.FLAG,
    "answers_recorded": AnswersRecorded.FIRST,
    "sampled_by": SampledBy.ORDER,
    "randomised": Drawn.ASSIGNMENT,
    "draw": Draw("site_id"),
    "crossed_segments": (("severity", "channel"),),
    "targets": (Target("standard_met", 0.8, "Head"),),
    "outcomes": (DeclaredOutcome("rebooked", "Rebooked", "share of cases", "binary", True),),
    "covariates": (("x_nights", "number"),),
    "questions": (QuestionEntry(Asked.HUNDREDTHS, CanonicalTable.ORDERS),),
}


@pytest.mark.parametrize("key", OTHERWISE)
def test_a_declaration_changes_what_is_handed_on(key):
    plain, other = a_profile(), a_profile(**{key: OTHERWISE[key]})
    assert handed(plain) != handed(other)


# Declarations that reading obeys: the test that shows what each changes.
SHOWN_BY: Mapping[str, tuple[str, str]] = {
    "data_cut": ("sources/test_cut", "test_an_argument_comes_before_the_profile_and_the_profile_before_the_data"),
    "closed_without_contact": (
        "sources/test_relations",
        "test_a_closed_case_without_an_answer_is_unanswered_unless_the_profile_says_it_is_not_known",
    ),
    "largest_customer_share": ("sources/test_plausible", "test_a_large_customer_is_let_in_where_it_is_declared"),
    "id_key_file": ("sources/test_pseudonyms", "test_a_profile_may_bring_its_key"),
    "rates": ("sources/test_money", "test_the_rate_of_the_day_is_taken"),
    "checks": ("profiles/test_declared_checks", "test_a_check_that_finds_rows_is_a_warning_of_no_effect"),
    "contacts": (
        "amends/test_worklist_contacts",
        "test_contacts_are_joined_on_the_case_number_as_the_pipeline_reads_it",
    ),
    "action_words": ("sources/test_action_words", "test_actions"),
    "randomised_unit": ("sources/test_declarations", "test_lots_drawn_by_what_no_column_tells_apart_are_refused"),
    "path": ("sources/test_delimited", "test_several_files_of_one_name"),
    "format": ("sources/test_profile_format", "test_what_isn_t_known_is_said_with_the_nearest_thing_that_is"),
    "optional": ("sources/test_profile_format", "test_an_absent_optional_file_supplies_nothing"),
    "encoding": ("sources/test_delimited", "test_declared_latin_1"),
    "delimiter": ("sources/test_delimited", "test_other_dialects"),
    "quote": ("sources/test_delimited", "test_no_quote_character"),
    "header_row": ("sources/test_delimited", "test_title_rows_and_a_header_of_two_rows"),
    "sheet": ("sources/test_sheets", "test_the_first_sheet_is_read_unless_one_is_named"),
    "decimal": ("sources/test_parsing", "test_a_decimal_comma_is_declared_per_file"),
    "nulls": ("sources/test_queries", "test_texts_that_mean_nothing_are_nothing_to_a_query_too"),
    "experiment": ("sources/test_experiments_declared", "test_every_key_of_a_draw_is_handed_on"),
    "shape": ("sources/test_event_logs", "test_a_desk_s_log_gives_what_happened_to_each_case"),
    "file": ("sources/test_profile_format", "test_one_file_may_feed_several_tables"),
    "sql": ("sources/test_queries", "test_files_meet_in_a_query_and_rows_keep_their_line"),
    "columns": ("sources/test_profile_format", "test_only_mapped_columns_are_taken"),
    "values": ("sources/test_parsing", "test_value_maps_turn_a_company_s_words_into_the_contract_s"),
    "constants": ("sources/test_profile_format", "test_constants_supply_what_no_column_says"),
    "formats": ("sources/test_times", "test_a_declared_format_comes_first"),
    "time_zones": ("sources/test_times", "test_a_column_may_have_a_zone_of_its_own"),
}
# Keys of entries that stand or fall with their list.
ENTRIES = (Rate, TargetEntry, OutcomeEntry, CovariateEntry, QuestionEntry)
LISTS = {"profile", "files", "tables", "targets", "declared_outcomes", "covariates"}


def test_every_key_of_a_profile_is_shown_to_change_something():
    known = {*keys(Profile), *keys(FileSpec), *PARTS, *SECTIONS, *ContactSpec.__dataclass_fields__}
    shown = {*OTHERWISE, *SHOWN_BY, *LISTS, *ContactSpec.__dataclass_fields__}
    assert not known - shown, "a declaration that nothing is shown to obey"
    assert all(keys(entry) for entry in ENTRIES)


@pytest.mark.parametrize(("file", "test"), SHOWN_BY.values(), ids=SHOWN_BY)
def test_what_shows_a_declaration_is_there(file, test):
    assert f"def {test}(" in (ROOT / "tests" / f"{file}.py").read_text(encoding="utf-8")
