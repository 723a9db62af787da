"""`amends decide` and `amends decisions` on a published run, from outside."""

import json

import pytest
from published_run import publish_run

from amends.cli import main
from pipelines.contracts.catalog.estimation import Estimand, Spec
from pipelines.contracts.catalog.treatments import SPEED
from pipelines.contracts.decided import decision
from pipelines.publish import journal
from pipelines.publish.store import local_store


@pytest.fixture
def published(tmp_path):
    publish_run(tmp_path)
    return tmp_path


def effect_id(published):
    run = local_store(published).run((published / "current").read_text().strip())
    rows = (e for e in run.effects if e.treatment == SPEED and e.spec is Spec.ADJUSTED and e.estimate is not None)
    return run, next(e for e in rows if e.estimand is Estimand.POLICY_SHIFT)


def decide(published, *more):
    return main(["decide", "--published", str(published), "--what", "An hour", "--owner", "Front office", *more])


def test_a_decision_keeps_the_published_gain_and_is_listed(published, capsys):
    run, effect = effect_id(published)
    assert decide(published, "--decided", "2026-01-05", "--due", "2026-02-01", "--effect", effect.effect_id) == 0
    assert "is remembered" in capsys.readouterr().out
    (kept,) = journal.decisions(local_store(published))
    assert (kept.run_id, kept.effect) == (run.run_id, effect)
    assert main(["decisions", "--published", str(published), "--json"]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert (line["what"], line["owner"], line["due"]) == ("An hour", "Front office", "2026-02-01")
    assert "next run" in line["since"]


def test_the_page_and_the_command_write_the_same_journal(published, capsys):
    run, effect = effect_id(published)
    day = run.data_cut
    taken = decision(
        what="From a page", owner="COO", decided=day, due=day, run_id=run.run_id, data_cut=day, effect=effect
    )
    recorded = journal.append(local_store(published), taken).said
    assert decide(published, "--due", "2999-01-01") == 0
    assert [d.what for d in journal.decisions(local_store(published))] == ["From a page", "An hour"]
    assert journal.decisions(local_store(published))[0].what == recorded.what
    capsys.readouterr()
    assert main(["decisions", "--published", str(published)]) == 0
    told = capsys.readouterr().out
    assert told.index("From a page") < told.index("An hour")
    assert "Without an effect" in told


@pytest.mark.parametrize(
    ("options", "says"),
    [(["--due", "2999-01-01", "--effect", "zzz"], "no such effect"), (["--due", "2001-01-01"], "due"),
     (["--due", "2999-01-01", "--decided", "2998-01-01"], "future"),
     (["--due", "2999-01-01", "--run", "0009-x"], "0009-x")],
)  # fmt: skip
def test_what_cannot_be_recorded_leaves_the_journal_alone(published, capsys, options, says):
    assert decide(published, *options) == 2
    assert says in capsys.readouterr().err
    assert journal.decisions(local_store(published)) == ()


def test_without_decisions_the_list_says_how_to_record_one(published, capsys):
    assert main(["decisions", "--published", str(published)]) == 0
    assert "amends decide" in capsys.readouterr().out
