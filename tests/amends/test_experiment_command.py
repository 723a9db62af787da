"""`amends experiment` from plan to verdict, on a published run, from outside."""

import csv
import io
import json
import tomllib
from datetime import UTC, datetime, timedelta

import pytest
from lost_cases import case, publish_cases

from amends.cli import main
from pipelines.contracts.experiments.keyed import arm_of, key_of
from pipelines.contracts.experiments.registry import Moment
from pipelines.publish import journal
from pipelines.publish.store import local_store
from pipelines.settings.experiment import read_draw

KEY = "k" * 40
PLAN = (
    "plan",
    "credit",
    "--question",
    "Does it help?",
    "--owner",
    "COO",
    "--arms",
    "usual,credit",
    "--smallest",
    "4",
    "--horizon",
    "90",
)


@pytest.fixture
def published(tmp_path, monkeypatch):
    monkeypatch.setenv("AMENDS_ID_KEY", KEY)
    folder = tmp_path / "published"
    folder.mkdir()
    opened = datetime(2025, 3, 1, 12, tzinfo=UTC)
    publish_cases(folder, [_case(n, opened + timedelta(hours=20 * n)) for n in range(350)])
    return folder


def _case(n, opened):
    customer = f"c{n % 250}"
    return case(f"i{n}", customer_key=customer, opened_at=opened, returned_within_90d=n % 3 == 0, orders_365d=n % 4)


def ask(published, *words):
    return main(["experiment", *words, "--published", str(published)])


def test_from_plan_to_draws_every_step_is_remembered(published, tmp_path, capsys):
    assert ask(published, *PLAN, "--unit", "incident", "--cost", "20", "--left-out", "Owners") == 0
    told = capsys.readouterr().out
    assert "4 per 100" in told
    assert "at risk" in told
    assert ask(published, "start", "credit", "--day", "2026-07-01") == 0
    ids, draws = tmp_path / "ids.csv", tmp_path / "draws.csv"
    ids.write_text("customer_id\n" + "\n".join(f"C{n}" for n in range(400)) + "\n", encoding="utf-8")
    assert ask(published, "assign", "credit", "--profile", "sample", "--ids", str(ids), "--to", str(draws)) == 0
    rows = list(csv.DictReader(io.StringIO(draws.read_text("utf-8"))))
    key = key_of(KEY.encode(), "credit")
    assert [r["assignment"] for r in rows] == [
        arm_of(key, "credit", f"C{n}", ("usual", "credit"), (0.5, 0.5)) for n in range(400)
    ]
    assert ask(published, "stop", "credit", "--why", "Season is over") == 0
    store = local_store(published)
    assert [h.moment for h in journal.happened(store, "credit")] == [Moment.STARTED, Moment.DRAWN, Moment.STOPPED]
    capsys.readouterr()
    assert ask(published, "show", "credit") == 0
    told = capsys.readouterr().out
    assert "Season is over" in told
    assert "Owners" in told
    block = tomllib.loads(told[told.index("[experiment]") :])["experiment"]
    draw = read_draw(block, {}, (), published)
    (plan,) = journal.experiments(store)
    assert draw.shares == plan.draw.shares
    assert (draw.unit, draw.control, draw.planned_units) == ("incident", "usual", plan.units)


def test_lots_are_logged_before_anybody_sees_an_arm(published, tmp_path):
    ask(published, *PLAN)
    ids, draws = tmp_path / "ids.csv", tmp_path / "draws.csv"
    ids.write_text("customer_id\nA\n", encoding="utf-8")
    assert ask(published, "assign", "credit", "--profile", "sample", "--ids", str(ids), "--to", str(draws)) == 2
    assert not draws.exists()


def test_the_journal_keeps_a_plan_as_it_was_made(published):
    ask(published, *PLAN, "--strata", "region,brand")
    store = local_store(published)
    (plan,) = journal.experiments(store)
    (entry,) = [e for e in journal.entries(store) if e.said == plan]
    assert json.loads(json.dumps(journal.document(entry)))["strata"] == ["region", "brand"]
    assert plan.arms == ("usual", "credit")


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (("plan", "Credit!", *PLAN[2:]), "small letters"),
        ((*PLAN[:7], "usual", *PLAN[8:]), "two or more different names"),
        ((*PLAN, "--shares", "0.5,0.6"), "1 together"),
        ((*PLAN, "--shares", "half,half"), "1 together"),
        ((*PLAN[:9], "0", *PLAN[10:]), "above 0"),
        ((*PLAN, "--outcome", "spend"), "yes or no"),
        ((*PLAN, "--horizon", "11"), "horizon"),
        (("start", "nothing"), "Known"),
        (("stop", "nothing", "--why", "x"), "Known"),
    ],
)
def test_what_can_t_be_planned_says_what_to_change(published, capsys, words, advice):
    assert ask(published, *words) == 2
    assert advice in capsys.readouterr().err


def test_a_name_is_given_once(published, capsys):
    assert ask(published, *PLAN) == 0
    assert ask(published, *PLAN) == 2
    assert "planned already" in capsys.readouterr().err
