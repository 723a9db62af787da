"""Runs and journals of earlier versions stay readable: their numbers, grades, notes, names and decisions."""

import ast
import json
import shutil
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from refusals import refused
from sealing import reseal

from pipelines.contracts.access import UNKNOWN
from pipelines.contracts.catalog.counting import DoseStep
from pipelines.contracts.catalog.estimation import Baseline
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import declared, parameters, snake
from pipelines.contracts.messages.earlier import FilesUnsealed, RowsLeftOut, TablesNotKept, WrittenEarlier
from pipelines.contracts.tables.published import TABLES
from pipelines.contracts.tables.row import codes, columns, messages
from pipelines.publish import journal, store
from pipelines.publish.journal import Note
from pipelines.publish.store import READ, UnreadableRunError, local_store
from words.speech import Speech

# As the first version published it: 500 simulated incidents, marts and worklist cut short.
ROOT = Path(__file__).parents[2]
SCHEMA_3 = Path(__file__).parent / "schema_3"
LATER = ("series", "findings")
DECIDED = ("measures", "contrasts", "valuations", "decision_reviews")


@pytest.fixture
def published(tmp_path):
    """The older run in a folder of its own, where its files may be changed."""
    return Path(shutil.copytree(SCHEMA_3, tmp_path / "published"))


@pytest.fixture
def run(published):
    return local_store(published).current()


def folder_of(published):
    return published / "runs" / (published / "current").read_text().strip()


def path_of(published, file):
    return folder_of(published) / file


def stored(published, table):
    return pq.read_table(path_of(published, f"{table}.parquet")).to_pylist()


def rewrite(published, table, change):
    path = path_of(published, f"{table}.parquet")
    path.chmod(0o644)
    changed = change(pq.read_table(path))
    pq.write_table(changed, path)
    reseal(folder_of(published), lambda manifest: manifest | {"rows": manifest["rows"] | {table: changed.num_rows}})


def remake(published, **changes):
    """The manifest with other facts, as another version would have written it."""
    reseal(folder_of(published), lambda manifest: manifest | changes)


def without(published, *tables):
    """The manifest's counts without these tables, and their files gone."""
    for table in tables:
        path_of(published, f"{table}.parquet").unlink()
    rows = json.loads(path_of(published, "manifest.json").read_text())["rows"]
    remake(published, rows={name: n for name, n in rows.items() if name not in tables})


def said(run, messages):
    return Speech.of(run.profile).all(messages)


def test_every_number_interval_and_grade_of_an_effect_is_what_it_was(published, run):
    then = {row["effect_id"]: row for row in stored(published, "effects")}
    assert {e.effect_id for e in run.effects} == set(then)
    for effect in run.effects:
        old = then[effect.effect_id]
        for name in ("estimate", "std_error", "ci_low", "ci_high", "p_value", "q_value", "n_incidents", "horizon_days"):
            assert getattr(effect, name) == old[name]
        assert (effect.grade, effect.verdict, effect.spec) == (old["grade"], old["verdict"], old["spec"])
        assert said(run, effect.reasons) == (old["reason"] or "")


def test_units_and_baselines_are_codes_again(run):
    graded = [e for e in run.effects if e.grade is not None]
    assert {e.unit for e in graded} <= set(Unit)
    assert {e.baseline for e in graded} <= set(Baseline)
    assert Grade.D in {e.grade for e in graded}


def test_the_rows_of_decisions_stand_in_the_four_tables_they_became(published, run):
    then = Counter(
        (r["measure"], r["level"], r["period"], r["estimate"], r["n"]) for r in stored(published, "decisions")
    )
    rows = [row for table in DECIDED for row in getattr(run, table)]
    now = Counter((str(r.measure), r.level, r.period, r.estimate, r.n) for r in rows)
    assert not then - now
    described = [r for r in run.measures if r.topic == "descriptive"]
    assert len(rows) - len(described) == then.total()
    assert len(described) == len(stored(published, "measures"))
    assert {r.decision for r in run.decision_reviews} >= {4, 5}


@pytest.mark.parametrize("table", [name for name in READ if name not in (*DECIDED, *LATER)])
def test_no_row_of_a_table_is_lost(published, run, table):
    assert len(getattr(run, table)) == len(stored(published, table))


def test_populations_are_codes_where_the_text_named_one(run):
    told = {type(r.population).__name__ for r in (*run.measures, *run.contrasts) if r.population}
    assert {"NeverFailed", "WithoutMassIncidents", "OnFileMatured"} <= told
    assert "EarlierPopulation" not in told


def test_it_is_said_that_the_run_is_of_an_earlier_version_and_nothing_else(run):
    assert run.provisos == (WrittenEarlier("3"), TablesNotKept(LATER), FilesUnsealed())
    assert "schema 3" in said(run, run.provisos)


def test_a_run_of_today_has_no_provisos(published_now):
    assert published_now.provisos == ()


@pytest.fixture
def published_now(tmp_path):
    from published_run import publish_run

    publish_run(tmp_path)
    return local_store(tmp_path).current()


def test_a_run_of_codes_is_read_as_today_s_when_a_column_and_a_table_come_later(tmp_path, published_now, monkeypatch):
    today = published_now.manifest.schema_version
    rewrite(tmp_path, "diagnostics", lambda t: t.drop_columns(["multiple"]))
    without(tmp_path, "worklist", *(name for name in LATER if name in published_now.manifest.rows))
    monkeypatch.setattr(store, "SCHEMA_VERSION", today + 1)
    older = local_store(tmp_path).current()
    assert older.provisos == (TablesNotKept((*LATER, "worklist")),)
    assert {d.multiple for d in older.diagnostics} == {None}
    for name in set(READ) - {"worklist", "diagnostics", *LATER}:
        assert getattr(older, name) == getattr(published_now, name)


def test_a_run_of_codes_that_lacks_a_column_it_can_t_do_without_is_refused(tmp_path, published_now, monkeypatch):
    rewrite(tmp_path, "diagnostics", lambda t: t.drop_columns(["verdict"]))
    monkeypatch.setattr(store, "SCHEMA_VERSION", published_now.manifest.schema_version + 1)
    with refused(UnreadableRunError, match="verdict"):
        local_store(tmp_path).current()


def test_names_notes_and_decisions_survive(published):
    store = local_store(published)
    assert journal.names(store)[store.current_id()] == "Q4 review"
    (note,) = journal.notes(store, store.current_id(), "speed_ladder")
    assert (note.said.text, note.actor) == ("Speed is being watched.", UNKNOWN)
    hour, desk = journal.decisions(store)
    assert (hour.what, hour.owner, hour.due) == ("Answer everyone within an hour", "Front office", date(2026, 8, 1))
    assert desk.effect is None


def test_the_effect_a_decision_rests_on_keeps_its_id_numbers_and_words(published):
    line = next(json.loads(x) for x in (published / "journal.jsonl").read_text().splitlines() if '"effect": {' in x)
    then, (decision, _) = line["effect"], journal.decisions(local_store(published))
    effect = decision.effect
    assert (effect.effect_id, effect.estimate, effect.ci_low) == (then["effect_id"], then["estimate"], then["ci_low"])
    assert (effect.grade, effect.unit, effect.baseline) == (
        "D",
        Unit.PER_100_CUSTOMERS,
        Baseline.TODAYS_ANSWERING_TIMES,
    )
    assert Speech().all(effect.reasons) == then["reason"]


def test_what_is_written_now_stands_below_what_was_written_then(published):
    store = local_store(published)
    before = (published / "journal.jsonl").read_bytes()
    decided = journal.decisions(store)
    entry = journal.append(store, Note(store.current_id(), "", "Read again."))
    assert (published / "journal.jsonl").read_bytes().startswith(before)
    assert entry.sequence == 1 + max(json.loads(line)["sequence"] for line in before.splitlines())
    assert journal.decisions(store) == decided


def test_a_run_of_schema_2_lacks_the_price_of_speed_alone(published, run):
    rewrite(published, "scenario_cells", lambda t: t.drop_columns(["hours_sooner", "price_per_hour"]))
    remake(published, schema_version=2)
    older = local_store(published).current()
    assert older.provisos == (WrittenEarlier("2"), TablesNotKept(LATER), FilesUnsealed())
    assert [c.estimate for c in older.scenario_cells] == [c.estimate for c in run.scenario_cells]
    assert {c.price_per_hour for c in older.scenario_cells} == {None}


def test_a_run_of_schema_1_says_which_tables_it_never_had(published, run):
    rewrite(published, "scenario_cells", lambda t: t.drop_columns(["hours_sooner", "price_per_hour"]))
    rewrite(published, "events", lambda t: t.drop_columns(["level", "p_value"]))
    without(published, "worklist")
    remake(published, schema_version=1)
    older = local_store(published).current()
    assert older.provisos == (WrittenEarlier("1"), TablesNotKept((*LATER, "worklist")), FilesUnsealed())
    assert "worklist: run again" in said(older, older.provisos)
    assert [e.estimate for e in older.events] == [e.estimate for e in run.events]
    assert older.worklist == ()


def test_the_first_runs_of_all_had_effects_and_counts_alone(published, run):
    without(published, "decisions", "events", "policies", "offers", "scenario_cells", "scenario_factors", "worklist")
    path = path_of(published, "manifest.json")
    profile = {k: v for k, v in json.loads(path.read_text())["profile"].items() if k != "locale"}
    remake(published, schema_version=1, profile=profile)
    manifest = json.loads(path.read_text())
    del manifest["made"]
    path.write_text(json.dumps(manifest))
    older = local_store(published).current()
    assert older.effects == run.effects
    assert (older.manifest.made, older.locale) == (None, "en")
    assert {r.topic.value for r in older.measures} == {"descriptive"}


def test_the_flag_of_the_first_worklists_is_found_under_its_name(published, run):
    names = {"answered_in_time": "standard_met"}
    rewrite(published, "worklist", lambda t: t.rename_columns([names.get(name, name) for name in t.column_names]))
    older = local_store(published).current()
    assert [c.answered_in_time for c in older.worklist] == [c.answered_in_time for c in run.worklist]


def test_a_code_that_nobody_knows_costs_its_row_and_is_said(published, run):
    def renamed(table):
        spec = ["adjusted_to_the_moon", *table["spec"].to_pylist()[1:]]
        return table.set_column(table.column_names.index("spec"), "spec", pa.array(spec))

    rewrite(published, "effects", renamed)
    older = local_store(published).current()
    assert len(older.effects) == len(run.effects) - 1
    assert RowsLeftOut(1, "effects") in older.provisos
    assert "1 row of effects" in said(older, older.provisos)


def test_only_the_reader_of_older_runs_makes_words_of_then():
    makers = set()
    for folder in ("pipelines", "amends", "dashboard", "words"):
        for path in (ROOT / folder).rglob("*.py"):
            names = {n.id for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Name)}
            if any(name.startswith("Earlier") for name in names):
                makers.add(path.name)
    assert makers == {"older.py"}


def test_the_words_of_then_are_text_alone():
    from pipelines.contracts.messages import earlier

    kinds = [getattr(earlier, name) for name in dir(earlier) if name.startswith("Earlier")]
    assert {tuple(parameters(kind)) for kind in kinds} == {("text",)}
    families = {messages(hint) for row in TABLES.values() for hint in columns(row).values()} - {None}
    assert {kind.FAMILY for kind in kinds} >= {family.FAMILY for family in families}


def test_every_text_of_then_leads_to_a_code_of_today():
    kinds = {kind for row in TABLES.values() for hint in columns(row).values() for kind in codes(hint)} | {DoseStep}
    catalogues = {snake(kind.__name__): set(kind) for kind in kinds}
    known = tomllib.loads((ROOT / "pipelines" / "publish" / "older.toml").read_text(encoding="utf-8"))
    known.pop("subject")
    messages_of_today = {message.CODE for message in declared()}
    for family in ("population", "step", "promised"):
        for text, code in known.pop(family).items():
            assert f"{family}.{code if isinstance(code, str) else code['code']}" in messages_of_today, text
    for catalogue, texts in known.items():
        assert set(texts.values()) <= catalogues[catalogue]
