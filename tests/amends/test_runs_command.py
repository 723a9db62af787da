"""`amends runs`: the list with what each run was made of, and one run in full."""

import json
from dataclasses import replace
from datetime import date

import pytest
from made_up_rows import action_effects
from published_run import ORIGIN, publish_run
from sealing import reseal

from amends.cli import main
from pipelines.contracts.decided import decision
from pipelines.publish import journal
from pipelines.publish.compare.pairs import regraded
from pipelines.publish.journal import Note, Pin
from pipelines.publish.store import local_store

MADE = {
    "data": "/srv/exports", "profile": "hotels", "data_cut": "", "by": "ada", "seconds": 185.0,
    "verdicts": {"B": 3, "D": 1}, "rows_in": 12345, "rows_kept": 12300, "checks": 9, "warnings": 2,
}  # fmt: skip


@pytest.fixture
def published(tmp_path, monkeypatch):
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path / "published"))
    return tmp_path / "published"


def test_the_list_says_who_made_each_run_of_how_much_and_what_it_could_say(published, capsys):
    first, second, third = (publish_run(published).run_id for _ in range(3))
    reseal(published / "runs" / first, lambda m: m | {"made": MADE})
    reseal(published / "runs" / second, lambda m: m | {"held_back": True})
    (published / "runs" / third / "manifest.json").unlink()
    journal.append(local_store(published), Pin(first, "Q3 review"))
    assert main(["runs", "--json"]) == 0
    lines = {line["run_id"]: line for line in json.loads(capsys.readouterr().out)}
    assert [line["state"] for line in lines.values()] == ["damaged", "held back", "current"]
    found = lines[first]
    assert found["by"] == "ada"
    assert (found["rows_in"], found["rows_kept"], found["checks"], found["warnings"]) == (12345, 12300, 9, 2)
    assert (found["grades"], found["seconds"], found["label"]) == ({"B": 3, "D": 1}, 185.0, "Q3 review")
    assert main(["runs"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "manifest.json is missing or damaged" in said[0]
    assert "held back" in said[1]
    assert "ada" in said[2]
    assert "B 3, D 1" in said[2]


def test_one_run_in_full(published, capsys):
    rows = [r for r in action_effects() if r.grade]
    worse = [replace(r, grade="D") if r.effect_id == rows[0].effect_id else r for r in rows[:-1]]
    first = publish_run(published, effects=rows).run_id
    second = publish_run(published, effects=worse).run_id
    store = local_store(published)
    journal.append(store, Note(second, "", "The storm is in here."))
    today = date(2026, 11, 1)
    journal.append(store, decision(what="Hour", owner="Desk", decided=today, due=today, run_id=second, data_cut=today))
    reseal(published / "runs" / second, lambda m: m | {"made": MADE})
    assert main(["runs", second]) == 0
    said = capsys.readouterr().out
    for part in (
        "made by ada in 185 s of /srv/exports", "12,345 rows in, 12,300 kept", "9 checks of the exports, 2 not passed",
        "input cases.csv, SHA-256 aaaaaaaaaaaa", f"since {first}: 0 grades rose, 1 fell, 0 effects are new, 1 have no",
        "→ D", "The storm is in here.", "decision 2: Hour (Desk)",
    ):  # fmt: skip
        assert part in said
    assert main(["runs", second, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["before"], found["fell"], found["gone"]) == (first, 1, 1)
    assert found["inputs"] == dict(ORIGIN.inputs)


def test_a_run_that_is_not_there_is_refused(published, capsys):
    publish_run(published)
    assert main(["runs", "0009-deadbeef"]) == 2
    assert "there is no run" in capsys.readouterr().err


def test_a_grade_that_goes_is_a_fall_and_one_that_comes_a_rise():
    (row, *_) = (r for r in action_effects() if r.grade)
    without = replace(row, grade=None)
    assert regraded([row], [without]).fell
    assert regraded([without], [row]).rose
    same = regraded([row], [row])
    assert (same.rose, same.fell, same.new, same.gone) == ((), (), (), ())
