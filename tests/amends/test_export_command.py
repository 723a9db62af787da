import json
import zipfile

import pytest
from published_run import SPEECH, publish_run

from amends.cli import main
from dashboard.exports.choice import Choice
from dashboard.exports.compose import review_of
from dashboard.exports.since import NOTHING
from dashboard.figures.drawn import ChartId
from dashboard.notes import note_line, review_before
from pipelines.publish.journal import Pin, names, notes
from pipelines.publish.store import local_store


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    path = tmp_path_factory.mktemp("exported_by_command")
    publish_run(path)
    return path


@pytest.fixture
def run_id(published):
    return (published / "current").read_text().strip()


def export(published, to, *more):
    return main(["export", "--published", str(published), "--to", str(to), "--quiet", *more])


def test_one_zip_with_what_was_asked_for(published, run_id, tmp_path, capsys):
    to = tmp_path / "review.zip"
    assert export(published, to, "--format", "pdf,csv", "--charts", "speed_ladder", "--paper", "letter", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    names = zipfile.ZipFile(to).namelist()
    assert names == [f"amends_{run_id}_review.pdf", "data/speed_ladder.csv", "manifest.json"]
    assert told["files"][0]["name"] == names[0]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--format", "docx"], "--format: no such thing as docx"),
        (["--format", ","], "--format: none given"),
        (["--charts", "nothing"], "--charts: no such thing as nothing"),
        (["--run", "0099-gone"], "there is no run 0099-gone"),
        (["--charts", "speed_ladder", "--outcome", "restored"], "none of the charts asked for has an estimate"),
    ],
)
def test_what_can_not_be_made_is_one_line_and_no_file(published, tmp_path, capsys, more, said):
    to = tmp_path / "review.zip"
    assert export(published, to, *more) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_among_the_runs(published, capsys):
    assert export(published, published / "review.zip") == 2
    assert "inside the published folder" in capsys.readouterr().err


def test_notes_are_kept_by_run_and_chart_and_stand_in_the_files(published, run_id, tmp_path, capsys):
    where = ["--published", str(published)]
    assert main(["note", run_id, "--chart", "speed_ladder", "--text", "The storm\nis in here.", *where]) == 0
    assert main(["note", run_id, "--text", "=1+1", *where]) == 0
    store = local_store(published)
    (note,) = notes(store, run_id, "speed_ladder")
    assert note_line(note, SPEECH).endswith(": The storm is in here.")
    assert [n.said.text for n in notes(store, run_id, "")] == ["=1+1"]
    assert notes(store, "0099-gone") == ()
    assert export(published, tmp_path / "r.zip", "--format", "csv", "--charts", "speed_ladder") == 0
    data = zipfile.ZipFile(tmp_path / "r.zip").read("data/speed_ladder.csv").decode("utf-8-sig")
    assert note_line(note, SPEECH) in data


@pytest.mark.parametrize(
    ("more", "said"),
    [(["--text", "  "], "empty"), (["--text", "x" * 501], "too long"), (["--chart", "no", "--text", "x"], "--chart")],
)
def test_a_note_that_can_not_be_kept_is_refused(published, run_id, capsys, more, said):
    assert main(["note", run_id, *more, "--published", str(published)]) == 2
    assert said in capsys.readouterr().err


def test_a_pinned_run_is_the_review_that_later_ones_are_compared_with(tmp_path, capsys):
    first, second, store = publish_run(tmp_path), publish_run(tmp_path), local_store(tmp_path)
    for label in ("Draft", "Q3 review"):
        assert main(["pin", first.run_id, "--label", label, "--published", str(tmp_path)]) == 0
    assert names(store) == {first.run_id: "Q3 review"}
    assert review_before(store, second.run_id, second.sequence) == Pin(first.run_id, "Q3 review")
    assert review_before(store, first.run_id, first.sequence) is None
    said = review_of(store, second.run_id, Choice((ChartId.SPEED_LADDER,))).since
    assert said == (f"Since Q3 review: {NOTHING}",)
    (tmp_path / "runs" / first.run_id / "curves.parquet").unlink()
    (lost,) = review_of(store, second.run_id, Choice((ChartId.SPEED_LADDER,))).since
    assert "can't be read any more" in lost
    with (tmp_path / "journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write('{"kind": "note", "run_id": 7\nnot json\n[1]\n')
    assert names(store) == {first.run_id: "Q3 review"}
