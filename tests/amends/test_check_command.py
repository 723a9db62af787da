"""`amends check`, and what commands say when the current run can't be shown."""

import json

import pytest
from lost_cases import case, publish_cases
from published_run import publish_run

from amends.cli import main
from pipelines.publish.store import local_store


@pytest.fixture
def published(tmp_path, monkeypatch):
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path / "published"))
    return tmp_path / "published"


def damage(path):
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-9])


def test_a_folder_in_order_is_one_line_and_zero(published, capsys):
    publish_run(published)
    assert main(["check"]) == 0
    assert capsys.readouterr().out.strip() == f"{published}: 1 run, 1 whole"


def test_what_is_broken_is_named_what_is_safe_mended_and_the_rest_is_two(published, capsys):
    first, second = (publish_run(published).run_id for _ in range(2))
    (published / "current").unlink()
    damage(published / "runs" / second / "effects.parquet")
    assert main(["check", "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert (found["runs"], found["whole"]) == (2, 1)
    assert [fault["code"] for fault in found["mended"]] == ["fault.pointer_missing"]
    assert [fault["file"] for fault in found["left"]] == ["effects.parquet"]
    assert local_store(published).current_id() == first
    assert main(["check"]) == 2
    assert "remove its folder" in capsys.readouterr().out


def test_only_looking_changes_nothing(published, capsys):
    publish_run(published)
    (published / "current").unlink()
    assert main(["check", "--only-look"]) == 2
    assert not (published / "current").exists()
    assert "mended" not in capsys.readouterr().out


def test_where_there_is_no_folder_that_is_said(published, capsys):
    assert main(["check"]) == 2
    assert "no published run yet" in capsys.readouterr().out
    assert not published.exists()


@pytest.mark.parametrize("quietly", [[], ["--quiet"], ["--json"]])
def test_a_command_says_that_it_speaks_of_an_earlier_run(published, tmp_path, capsys, quietly):
    publish_cases(published, [case("a")])
    first = local_store(published).current_id()
    publish_cases(published, [case("a")])
    second = local_store(published).current_id()
    damage(published / "runs" / second / "incident_mart.parquet")
    assert main(["worklist", "--to", str(tmp_path / "list.csv"), *quietly]) == 0
    said = capsys.readouterr()
    assert first in said.out
    assert f"{second}: incident_mart.parquet isn't what was published. This is from {first}" in said.err
    assert main(["worklist", "--to", str(tmp_path / "list.csv"), "--run", second]) == 2
    assert "isn't what was published" in capsys.readouterr().err
