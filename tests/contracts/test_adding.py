"""An outcome, a treatment, a measure and a check each stand in one catalogue, with their words and what makes them.

A made-up one of each is added to a copy of the checkout, in at most three files; a small made-up company is run there,
and each of the four comes out of its run and is said. Nothing else in the copy is told of them.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOG = "pipelines/contracts/catalog"
LABELS = "words/en/labels.po"
# By file: before which words something is written, and what.
Addition = dict[str, list[tuple[str, str]]]


def _labels(**words: str) -> tuple[str, str]:
    entries = (f'msgid "{code.replace("__", ".")}"\nmsgstr "{text}"\n\n' for code, text in words.items())
    return 'msgid "outcome.returned"\n', "".join(entries)


ADDED: dict[str, Addition] = {
    "outcome": {
        f"{CATALOG}/outcomes.py": [
            ("from pipelines.contracts.message import Reason\n", "from pipelines.contracts.mart import Named\n"),
            (
                "    Outcome(\n        RESTORED,",
                "    Outcome(\n"
                '        OutcomeId("asked_again"), Named("asked_again"), Unit.PER_100_CUSTOMERS,\n'
                "        OutcomeKind.BINARY, DOWN, OutcomeFamily.CASE, (needs.CONTACTS,),\n"
                "    ),\n",
            ),
        ],
        "pipelines/join/incident_mart.sql": [
            ("    rs.response_status,\n", "    rs.first_contact_seconds > 14400 AS asked_again,\n"),
        ],
        LABELS: [
            _labels(
                outcome__asked_again="Asked again",
                outcome__asked_again__inside="asked again",
                outcome__asked_again__counted="{customers} who ask again",
            ),
        ],
    },
    "treatment": {
        f"{CATALOG}/treatments.py": [
            ("    _action(REPAIR,", '    _action(TreatmentId("passing_up"), Col.ESCALATED, needs.ACTIONS),\n'),
        ],
        LABELS: [_labels(treatment__passing_up="Passed up", treatment__passing_up__done="passing it up")],
    },
    "measure": {
        f"{CATALOG}/measures.py": [
            (
                "    THREATENED = ",
                '    OPENED_AT_NIGHT = "opened_at_night", SHARE, Topic.DESCRIPTIVE, EITHER, Col.OPENED_AT_NIGHT\n',
            ),
        ],
        LABELS: [
            _labels(measure__opened_at_night="Opened at night", measure__opened_at_night__defined="Opened by night."),
        ],
    },
    "check": {
        f"{CATALOG}/checks.py": [
            ("    GRADE_DESIGN = ", '    EVENNESS = "evenness"\n'),
            ("    Check.REVERSAL: Looked(),\n", "    Check.EVENNESS: Looked(Unit.CASES),\n"),
        ],
        "pipelines/models/judge/evidence.py": [
            (
                "        *_agreement(row, others, evidence),\n",
                "        shown(row, Check.EVENNESS, row.df or 0.0, Subject.POINT),\n",
            ),
        ],
        LABELS: [_labels(check__evenness="Evenness")],
    },
}
RUN = """
import json
from pathlib import Path

from amends.cli import main
from pipelines.publish.store import local_store
from words.speech import PLAIN

if __name__ == "__main__":
    main(["simulate", "--out", "made_up", "--incidents", "900", "--seed", "5"])
    main(["run", "--profile", "sample", "--data", "made_up", "--published", "made_up_runs"])
    run = local_store(Path("made_up_runs")).current()
    found = {
        "outcome": [PLAIN.label(f"outcome.{e.outcome}", "") for e in run.effects],
        "treatment": [PLAIN.label(f"treatment.{e.treatment}", "") for e in run.effects],
        "measure": [PLAIN.label(f"measure.{m.measure}", "") for m in run.measures if m.estimate is not None],
        "check": [PLAIN.label(f"check.{d.check}", "") for d in run.diagnostics],
    }
    Path("found.json").write_text(json.dumps({kind: sorted(set(said)) for kind, said in found.items()}))
"""
SAID = {"outcome": "Asked again", "treatment": "Passed up", "measure": "Opened at night", "check": "Evenness"}


def _write(path: Path, before: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{path.name}: {before!r} is not where it was"
    path.write_text(text.replace(before, new + before), encoding="utf-8")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What a run of the copy holds, said."""
    copy = tmp_path_factory.mktemp("adding") / "checkout"
    copy.mkdir()
    for folder in ("amends", "pipelines", "dashboard", "words", "profiles"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for addition in ADDED.values():
        for file, changes in addition.items():
            for before, new in changes:
                _write(copy / file, before, new)
    (copy / "add.py").write_text(RUN, encoding="utf-8")
    run = subprocess.run([sys.executable, "add.py"], cwd=copy, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-3000:]
    return json.loads((copy / "found.json").read_text())


@pytest.mark.parametrize("kind", ADDED)
def test_each_takes_at_most_three_files(kind):
    assert len(ADDED[kind]) <= 3


@pytest.mark.parametrize("kind", ADDED)
def test_each_is_run_published_and_said(kind, found):
    assert SAID[kind] in found[kind]
