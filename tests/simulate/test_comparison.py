"""Guests whom nothing failed: declared by the sample they show the true cost of a failure; drawn they are not believed.

In the simulated group guests have one stay for which they are on file, and failures strike that one, not every stay
alike: the assumption of a draw doesn't hold, and the draw must say so.
"""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.outcomes import OUTCOMES, RETURNED
from pipelines.contracts.catalog.treatments import FAILURE
from pipelines.contracts.messages.grounds import ComparisonUnlike
from pipelines.engine import open_engine
from pipelines.handover import facts_of, frame_of
from pipelines.join.build import build_marts, mart_columns, mart_table
from pipelines.models.ask.failure import ask_failure, of_drawn, stacked, unlikeness
from pipelines.models.ask.plan import aims
from pipelines.models.fit.solve import solve
from pipelines.models.rows import Results, effect_rows
from pipelines.reading.load import load
from pipelines.settings.load import load_profile

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
TABLES = ("incidents", "orders", "customers", "interactions", "compensations")


def compared(folder):
    profile = load_profile("sample")
    with open_engine() as engine:
        loaded = load(engine, profile, folder, id_key=b"a key", data_cut=None, progress=lambda step: None)
        build_marts(engine, profile, loaded.supplied, loaded.data_cut)
        columns = mart_columns(profile)
        both = stacked(*(frame_of(mart_table(engine, n, columns[n])) for n in ("incident_mart", "baseline_mart")))
    facts = facts_of(profile, loaded.supplied)
    (aim,) = aims(OUTCOMES[RETURNED], FAILURE, facts)
    question = ask_failure(both, aim, facts)
    row = effect_rows(solve(question, [question.base, *(c.to for c in question.contrasts)]), Spec.ADJUSTED)[0]
    return row, unlikeness(both.iloc[question.rows])


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The sample with its declared comparison, and without."""
    found = {}
    for name, more in (("declared", ["comparison_subjects"]), ("drawn", [])):
        found[name] = tmp_path_factory.mktemp(name)
        for table in (*TABLES, *more):
            shutil.copy(SAMPLE / f"{table}.csv.gz", found[name])
    return found


def test_declared_the_comparison_shows_the_true_cost_of_a_failure(folders):
    row, _ = compared(folders["declared"])
    rows = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))["sample"]["rows"]
    (truth,) = [r for r in rows if (r["treatment"], r["horizon_days"], r["segment"]) == ("failure", 365, "")]
    assert row.ci_low < 100 * truth["truth"] < row.ci_high < 0
    assert row.baseline_estimate == pytest.approx(100 * truth["mean_against"], abs=2.0)


def test_drawn_the_comparison_is_not_believed(folders):
    row, unlike = compared(folders["drawn"])
    (judged,) = of_drawn(Results([replace(row, grade=Grade.B, reasons=())]), unlike).effects
    assert judged.grade is Grade.D
    assert judged.reasons == (ComparisonUnlike(),)
