"""The headline against the known truth: twenty companies of 20,000 incidents, each through files, checks and join."""

import pytest

from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.outcomes import OUTCOMES, RETURNED
from pipelines.contracts.catalog.treatments import SPEED
from pipelines.engine import open_engine
from pipelines.handover import facts_of, frame_of
from pipelines.join.build import build_marts, mart_columns, mart_table
from pipelines.models.ask.plan import aims
from pipelines.models.ask.speed import ask_speed
from pipelines.models.fit.solve import solve
from pipelines.models.judge.specifications import raw
from pipelines.models.rows import effect_rows
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from pipelines.simulate.company import simulate
from pipelines.simulate.files import write_tables
from pipelines.simulate.truth import population_truth
from pipelines.simulate.world.scenario import Scenario

INCIDENTS, SEEDS, HORIZON_DAYS, PROMISE_MINUTES = 20_000, range(1, 21), 365, "240"


def headline(seed, folder):
    """The raw and the adjusted row of the headline for one simulated company, as its run would publish them."""
    write_tables(simulate(INCIDENTS, seed), folder)
    profile = load_profile("sample")
    with open_engine() as engine:
        loaded = load(engine, profile, folder, id_key=b"k" * 32, data_cut=None, progress=lambda step: None)
        build_marts(engine, profile, loaded.supplied, loaded.data_cut)
        mart = frame_of(mart_table(engine, "incident_mart", mart_columns(profile)["incident_mart"]))
    facts = facts_of(profile, loaded.supplied)
    (aim,) = (a for a in aims(OUTCOMES[RETURNED], SPEED, facts) if a.horizon_days == HORIZON_DAYS)
    question = ask_speed(mart.sort_values("incident_id", kind="stable").reset_index(drop=True), aim, facts)
    rows = {}
    for spec, asked in ((Spec.RAW, raw(question)), (Spec.ADJUSTED, question)):
        solved = solve(asked, [asked.base, *(c.to for c in asked.contrasts)])
        (rows[spec],) = (r for r in effect_rows(solved, spec) if r.level_to == PROMISE_MINUTES)
    return rows


def true_effect():
    asked = ("speed", HORIZON_DAYS, float(PROMISE_MINUTES), "")
    rows = population_truth(Scenario.hotel_and_cruise()).rows
    (truth,) = (r.truth for r in rows if (r.treatment, r.horizon_days, r.level, r.segment) == asked)
    return 100 * truth


@pytest.mark.long
def test_adjusting_finds_the_truth_that_the_raw_comparison_misses(tmp_path):
    truth = true_effect()
    covered = {Spec.RAW: 0, Spec.ADJUSTED: 0}
    for seed in SEEDS:
        for spec, row in headline(seed, tmp_path / str(seed)).items():
            inside = row.ci_low <= truth <= row.ci_high
            covered[spec] += inside
            print(f"seed {seed} {spec}: {row.estimate:.2f} ({row.ci_low:.2f} to {row.ci_high:.2f}) {inside}")
    print(f"truth {truth:.2f}; covered {covered}")
    assert covered[Spec.ADJUSTED] >= 17
    assert covered[Spec.RAW] <= 5
