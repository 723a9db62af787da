"""The decision tables of the committed sample agree with its list of cases, its mart and its effects."""

from dataclasses import fields

import pandas as pd
import pyarrow.parquet as pq
import pytest

from amends.worklist import write_worklist
from pipelines.contracts.catalog.counting import NeededFor, Topic
from pipelines.contracts.catalog.grades import Grade
from pipelines.policy.ledger.findings import key_of
from pipelines.publish.store import local_store
from pipelines.simulate.tables.incidents import FIX_WORKS
from words.findings import speaking
from words.speech import Speech


@pytest.fixture(scope="module")
def decisions(sample_run):
    run = local_store(sample_run.parent.parent).run(sample_run.name)
    counted = [row for row in run.measures if row.topic is not Topic.DESCRIPTIVE]
    rows = [*counted, *run.contrasts, *run.valuations, *run.decision_reviews]
    return pd.DataFrame([{f.name: getattr(row, f.name) for f in fields(row)} for row in rows])


def one(decisions, measure, **wanted):
    found = decisions[decisions["measure"] == measure]
    for column, value in ({"segment": "", "level": ""} | wanted).items():
        found = found[found[column] == value]
    assert len(found) == 1
    return found.iloc[0]


def test_the_count_of_cases_not_won_back_is_the_length_of_the_worklist(sample_run, decisions, tmp_path):
    listed = write_worklist(local_store(sample_run.parents[1]), tmp_path / "list.csv", None).data.cases
    assert one(decisions, "closed_not_restored")["estimate"] == listed


@pytest.mark.parametrize(("needed_for", "silent"), [(NeededFor.NOT_WON_BACK, False), (NeededFor.SILENT, True)])
def test_the_published_list_says_what_the_written_one_says(sample_run, tmp_path, needed_for, silent):
    store = local_store(sample_run.parents[1])
    write_worklist(store, tmp_path / "list.csv", None, silent=silent)
    written = pd.read_csv(tmp_path / "list.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    run = store.run(sample_run.name)
    speech, shown = Speech.of(run.profile), [case for case in run.worklist if case.needed_for is needed_for]
    assert {case.incident_id for case in shown} == set(written["incident_id"])
    beside = written.set_index("incident_id").loc[[case.incident_id for case in shown]]
    assert [speech.say(case.next_step) for case in shown] == beside["next_step"].tolist()
    assert [speech.maybe(case.standard_offer) for case in shown] == beside["standard_offer"].tolist()
    assert [speech.label(case.won_back) for case in shown] == beside["won_back"].tolist()
    assert silent or beside["closed"].str.fullmatch(r"\d{4}-\d{2}-\d{2}").all()


def test_leakage_adds_up_and_names_its_share(decisions):
    spent = decisions[decisions["measure"] == "compensation_spent"]
    without = one(decisions, "spent_without_shown_gain")
    leaks = spent[spent["standing"].isin(["not_shown", "below_cost"])]
    assert without["estimate"] == pytest.approx(leaks["estimate"].sum())
    assert 0 <= one(decisions, "spent_below_its_cost")["observed"] <= without["observed"] <= 1


def test_money_rows_are_arithmetic_on_published_effects(sample_run, decisions):
    effects = pq.read_table(sample_run / "effects.parquet").to_pandas().set_index("effect_id")
    delay = decisions[(decisions["measure"] == "cost_of_delay") & (decisions["verdict"] == "estimated")]
    assert len(delay) > 0
    columns = ["margin_365d", "spend_without_voucher_365d"]
    earned, spent = pd.read_parquet(sample_run / "incident_mart.parquet", columns=columns).dropna().astype(float).sum()
    for _, row in delay.iterrows():
        effect = effects.loc[row["effect_id"]]
        assert (row["grade"], row["n"]) == (effect["grade"], effect["n_incidents"])
        for limit in ("estimate", "ci_low", "ci_high"):
            assert row[limit] == pytest.approx(earned / spent * effect[limit], rel=1e-9)
    margin = one(decisions, "margin_per_incident", within_days=365.0)
    assert margin["n"] == delay["n"].iloc[0]


def test_each_fix_of_the_sample_cut_the_rate_of_its_cause(decisions):
    ratios = decisions[decisions["measure"] == "rate_ratio_after_fix"]
    assert len(ratios) == 4
    assert (ratios["ci_high"] < 1).all()
    left = 1 - FIX_WORKS
    assert ((ratios["ci_low"] <= left) & (left <= ratios["ci_high"])).sum() >= 3


def test_every_event_of_the_sample_has_its_rows(sample_run):
    events = pq.read_table(sample_run / "events.parquet").to_pandas()
    mart = pd.read_parquet(sample_run / "incident_mart.parquet", columns=["event_id"])
    hit = events[events["measure"] == "incidents"].set_index("event_id")["n"]
    assert hit.to_dict() == mart["event_id"].value_counts().to_dict()


def test_last_week_is_known_now_and_returns_are_matured(decisions):
    standards = decisions[decisions["topic"] == "standards"]
    last_week = standards[standards["period"] == "2026-06-24/2026-06-30"]
    assert set(last_week["clock"]) == {"known_now"}
    returned = standards[standards["measure"] == "returned_within_365d"]
    assert set(returned["period"]) == {"2024-12-31/2025-06-30"}


def test_the_ledger_answers_each_question_once_and_every_proof_speaks(sample_run):
    run = local_store(sample_run.parents[1]).run(sample_run.name)
    assert len({key_of(row) for row in run.findings}) == len(run.findings)
    spoken = speaking(run.findings)
    assert len({row.question for row in spoken}) == len(spoken) > 5
    proofs = [row for row in spoken if row.drawn and row.grade is Grade.A]
    assert list(spoken[: len(proofs)]) == proofs
    assert {row.question for row in run.findings if row.grade is Grade.A} <= {row.question for row in proofs}
