"""`amends compare`: what moved between two runs, and what moved it where all it takes is at hand by digest."""

import json
import re
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from made_up_rows import action_effects, speed_effects
from made_up_tables import tables_of
from published_run import DIAGNOSTICS, ORIGIN, PROFILE, QUALITY

from amends.cli import main
from amends.runs import substituting
from pipelines.contracts.manifest import Made
from pipelines.publish.compare.change import Part
from pipelines.publish.compare.pairs import headlines
from pipelines.publish.lock import turn
from pipelines.publish.provenance import _settings_hash, code_version, profile_hash
from pipelines.publish.store import local_store
from pipelines.publish.write import publish

ROOT = Path(__file__).resolve().parents[2]
KEY = b"a key for tests, 32 characters or more"
EFFECTS = [*speed_effects(365), *action_effects()]


def moved(effects, by):
    return [row if row.estimate is None else replace(row, estimate=row.estimate + by) for row in effects]


@pytest.fixture
def two(tmp_path, monkeypatch):
    """Two runs whose exports and profiles lie where they say; the later has other exports and another profile."""
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path / "published"))
    monkeypatch.setenv("AMENDS_ID_KEY", KEY.decode())
    ids = []
    for number, rows in ((1, EFFECTS), (2, moved(EFFECTS[:-1], 9.0))):
        data, profile = tmp_path / f"data{number}", tmp_path / f"profile{number}"
        data.mkdir()
        (data / "tickets.csv").write_text(f"id\n{number}\n")
        shutil.copytree(ROOT / "profiles" / "two_files", profile)
        with (profile / "source.toml").open("a") as file:
            file.write(f"\n# {number}\n")
        made = Made(data=str(data), profile=str(profile), data_cut=None, by="ada", seconds=1.0, verdicts={})
        origin = replace(
            ORIGIN, profile=PROFILE, profile_hash=profile_hash(profile), code_version=code_version(), made=made,
            settings_hash=_settings_hash(ORIGIN.data_cut, (), KEY),
            inputs={"tickets.csv": sha256((data / "tickets.csv").read_bytes()).hexdigest()},
        )  # fmt: skip
        tables = tables_of({"effects": rows, "quality": QUALITY, "diagnostics": DIAGNOSTICS[: number - 1]})
        with turn(tmp_path / "published") as mine:
            ids.append(publish(mine, tables, origin).run_id)
    return tmp_path, ids


@pytest.fixture
def between(monkeypatch):
    """What the run between says, and what it was asked to be made of."""
    asked = []

    def made(recipe, data, profile, code):
        asked.append((recipe, data, profile))
        return headlines(moved(EFFECTS, 4.0))

    monkeypatch.setattr(substituting, "_made", made)
    return asked


def test_each_change_is_shared_out_by_putting_in_data_then_configuration(two, between, capsys):
    place, ids = two
    assert main(["compare", *reversed(ids), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    ((recipe, data, profile),) = between
    assert (data, profile) == (place / "data2", str(place / "profile1"))
    assert (recipe.data.run_id, recipe.configuration.run_id) == (ids[1], ids[0])
    assert (found["before"], found["after"], found["together"]) == (*ids, None)
    assert found["parts"] == [Part.DATA, Part.CONFIGURATION]
    for change in found["moved"]:
        assert [(s["parts"], pytest.approx(s["by"])) for s in change["shares"]] == [
            (["data"], 4),
            (["configuration"], 5),
        ]
        assert sum(s["by"] for s in change["shares"]) == pytest.approx(change["after"] - change["before"])
    assert len(found["gone"]) == 1
    assert found["new"] == []


def test_shares_as_they_are_rounded_add_up_to_the_change_as_it_is_rounded(two, between, capsys):
    _, ids = two
    assert main(["compare", *ids, "--all"]) == 0
    said = capsys.readouterr().out
    lines = re.findall(r": (\S+) → (\S+), (\S+) \(data (\S+), configuration (\S+)\)", said)
    assert len(lines) > 5
    for line in lines:
        before, now, by, data, configuration = (float(text.replace("−", "-").replace(",", "")) for text in line)
        assert now - before == pytest.approx(by)
        assert data + configuration == pytest.approx(by)
    assert "1 effects have no estimate any more" in said
    assert "newly not passed" in said


def test_what_moved_beyond_its_noise_stands_first_and_the_rest_is_counted(two, between, capsys):
    _, ids = two
    assert main(["compare", *ids]) == 0
    said = capsys.readouterr().out.splitlines()
    assert re.search(r"\d+ of \d+ effects moved beyond their noise", said[2])


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (lambda place: (place / "data2" / "tickets.csv").write_text("other"), "exports of one aren't at hand"),
        (lambda place: (place / "profile1" / "source.toml").write_text("[profile]\n"), "profile of one isn't at hand"),
        (lambda place: shutil.rmtree(place / "profile1"), "profile of one isn't at hand"),
    ],
)
def test_what_is_not_at_hand_as_it_was_is_said_and_nothing_is_shared_out(two, between, capsys, harm, why):
    place, ids = two
    harm(place)
    assert main(["compare", *ids]) == 0
    said = capsys.readouterr().out
    assert "data and configuration changed together" in said
    assert why in said
    assert not between


def test_another_key_of_ids_is_no_substitute(two, between, capsys, monkeypatch):
    _, ids = two
    monkeypatch.setenv("AMENDS_ID_KEY", "another key for tests, 32 characters or more")
    assert main(["compare", *ids]) == 0
    assert "isn't that of both" in capsys.readouterr().out


def test_a_copy_elsewhere_serves_as_well(two, between, capsys):
    place, ids = two
    shutil.move(place / "data2", place / "moved")
    assert main(["compare", *ids, "--data", str(place / "moved"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["together"] is None


def test_a_run_held_against_itself_has_not_changed(two, capsys):
    _, ids = two
    assert main(["compare", ids[0], ids[0]]) == 0
    said = capsys.readouterr().out
    assert "made of the same data, configuration and code" in said
    assert "0 of" in said


def test_a_run_that_is_not_there_is_refused(two, capsys):
    _, ids = two
    assert main(["compare", ids[0], "0009-deadbeef"]) == 2
    assert "there is no run" in capsys.readouterr().err


@pytest.mark.long
def test_whole_runs_are_put_together_and_their_shares_add_up(tmp_path, monkeypatch, capsys):
    """Three whole runs of a small company: minutes."""
    monkeypatch.setenv("AMENDS_ID_KEY", KEY.decode())
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path / "published"))
    for number, incidents in ((1, 300), (2, 360)):
        options = ["--incidents", str(incidents), "--seed", "3", "--format", "two-files"]
        assert main(["simulate", "--out", str(tmp_path / f"data{number}"), *options]) == 0
        profile = shutil.copytree(ROOT / "profiles" / "two_files", tmp_path / f"profile{number}")
        text = (profile / "source.toml").read_text()
        (profile / "source.toml").write_text(
            text.replace("response_cap_days = 14", f"response_cap_days = {15 - number * 5}")
        )
        assert main(["run", "--data", str(tmp_path / f"data{number}"), "--profile", str(profile)]) == 0
    capsys.readouterr()
    assert main(["compare", *local_store(tmp_path / "published").run_ids(), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["together"] is None
    assert found["moved"]
    shares = [len(change["shares"]) for change in found["moved"]]
    assert max(shares) == 2
    for change in found["moved"]:
        assert sum(s["by"] for s in change["shares"]) == pytest.approx(change["after"] - change["before"], abs=1e-9)
