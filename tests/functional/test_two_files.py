"""A company with two files and 800 incidents a year: read, run and shown; nothing is claimed that so few can't tell."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from amends.cli import main
from dashboard.cache import cached_chart, cached_run
from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.outcomes import RETURNED
from pipelines.contracts.catalog.treatments import SPEED, TREATMENTS
from pipelines.publish.store import local_store
from pipelines.settings.load import load_profile
from pipelines.simulate.company import simulate
from pipelines.simulate.two_files import two_files

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data" / "two_files"
PAGES = sorted(page.stem for page in (ROOT / "dashboard" / "app_pages").glob("*.py"))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    assert main(["run", "--data", str(DATA), "--profile", "two_files", "--published", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def run(published):
    return local_store(published).current()


def test_the_files_are_what_the_simulator_writes():
    made = two_files(simulate(2000, 20260102).tables)
    for name, frame in vars(made).items():
        written = (DATA / f"small_company_{name}.csv").read_bytes()
        assert frame.to_csv(index=False, lineterminator="\n").encode() == written


def test_every_ticket_is_kept_and_the_blank_replies_are_those_never_answered(run):
    tickets = (DATA / "small_company_tickets.csv").read_text(encoding="utf-8").splitlines()[1:]
    answered = next(m for m in run.measures if m.measure is Measure.ANSWERED_SHARE and not m.segment and not m.period)
    assert answered.n <= len(tickets) == 2000
    replied = sum(line.split(",")[3] != "" for line in tickets)
    assert answered.estimate == pytest.approx(replied / len(tickets), abs=0.01)


def test_nothing_is_told_of_what_came_after_the_first_answer(run):
    later = {Measure.RESOLVED_AT_FIRST_CONTACT, Measure.SILENT_OVER_24_HOURS, Measure.HANDED_ON}
    assert not [m for m in run.measures if m.measure in later and m.estimate is not None]


def test_headlines_of_speed_hold_the_truth_and_no_row_is_called_good_evidence(run):
    truth = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))["sample"]["rows"]
    true = {
        (row["horizon_days"], f"{row['level']:g}"): 100 * row["truth"]
        for row in truth
        if (row["outcome"], row["treatment"], row["segment"], row["against"]) == (RETURNED, SPEED, "", "today")
    }
    rows = [
        e for e in run.effects if (e.outcome, e.treatment, e.spec, e.segment) == (RETURNED, SPEED, Spec.ADJUSTED, "")
    ]
    assert len(rows) == 10
    for row in rows:
        assert row.grade in (Grade.C, Grade.D)
        if row.level_to == TREATMENTS[SPEED].headline:
            assert row.ci_low <= true[row.horizon_days, row.level_to] <= row.ci_high


def test_a_draft_of_the_two_files_maps_what_the_shipped_profile_maps(tmp_path):
    exports = tmp_path / "exports"
    exports.mkdir()
    for file in DATA.glob("*.csv"):
        (exports / file.name.removeprefix("small_company_")).write_bytes(file.read_bytes())
    assert main(["init", "--data", str(exports), "--profile", str(tmp_path / "profile")]) == 0
    drafted, shipped = load_profile(str(tmp_path / "profile")), load_profile("two_files")
    assert drafted.retention == shipped.retention
    assert drafted.severity_order == shipped.severity_order
    assert drafted.answers_recorded == shipped.answers_recorded
    for table, spec in shipped.sources.tables.items():
        assert drafted.sources.tables[table].columns == spec.columns


def test_a_rerun_gives_the_same_bytes_in_every_table(published, tmp_path):
    assert main(["run", "--data", str(DATA), "--profile", "two_files", "--published", str(tmp_path)]) == 0
    first, again = (store.folder(store.current_id()) for store in map(local_store, (published, tmp_path)))
    tables = sorted(path.name for path in first.glob("*.parquet"))
    assert len(tables) > 10
    for name in tables:
        assert (first / name).read_bytes() == (again / name).read_bytes(), name


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(page, published, monkeypatch):
    monkeypatch.setenv("AMENDS_PUBLISHED", str(published))
    cached_run.clear()
    cached_chart.clear()
    app = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=60)
    app.switch_page(f"dashboard/app_pages/{page}.py").run()
    assert not app.exception
