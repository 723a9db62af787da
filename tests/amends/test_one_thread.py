import os
import subprocess
import sys

WATCH = """
import os, sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy":
            print(os.environ.get("OPENBLAS_NUM_THREADS"))

sys.meta_path.insert(0, Watch())
import amends.cli, pipelines.run
"""


def test_linear_algebra_is_on_one_thread_before_numpy_comes_in():
    unset = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    spoken = subprocess.run([sys.executable, "-c", WATCH], capture_output=True, text=True, check=True, env=unset)
    assert spoken.stdout.split() == ["1"]
