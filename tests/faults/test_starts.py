"""Many `amends run` started at once in one folder: one publishes, and the others are told who is at it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from folder import LONG

from amends.cli import main
from pipelines.publish.check import check
from pipelines.publish.store import local_store

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not LONG, reason="whole runs: make faults")
@pytest.mark.parametrize("starts", [2, 50])
def test_of_many_whole_runs_started_at_once_exactly_one_publishes(tmp_path, starts):
    data, published = tmp_path / "data", tmp_path / "published"
    options = ["--incidents", "1000", "--seed", "3", "--format", "two-files", "--quiet"]
    assert main(["simulate", "--out", str(data), *options]) == 0
    command = [
        sys.executable, "-m", "amends.cli", "run", "--data", str(data), "--profile", "two_files", "--json",
        "--published", str(published),
    ]  # fmt: skip
    env = {name: value for name, value in os.environ.items() if name != "AMENDS_ID_KEY"} | {"PYTHONPATH": str(ROOT)}
    processes = [
        subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(starts)
    ]
    ends = [(*process.communicate(timeout=900), process.returncode) for process in processes]
    assert not [said for _, said, _ in ends if "Traceback" in said]
    codes = [code for *_, code in ends]
    refusals = [json.loads(out)["error"] for out, _, code in ends if code == 2]
    assert (codes.count(0), codes.count(2)) == (1, starts - 1)
    assert all("has been writing there since" in text for text in refusals)
    assert len(local_store(published).run_ids()) == 1
    assert check(local_store(published), mend=False).left == ()
