"""Commands that only look or list wait for no library that they don't need. How long they take: bench/start_up.py."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "pandas", "scipy", "statsmodels", "pyarrow", "duckdb", "plotly", "streamlit", "pipelines.models")
LOADED = """
import sys
from amends.cli import main
try:
    main(sys.argv[1:])
finally:
    print(*sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["--help"], ["runs", "--help"], ["runs"], ["runs", "--json"], ["profiles"]])
def test_nothing_heavy_is_imported_to_look_or_to_list(tmp_path, arguments):
    command = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "amends.arguments" in loaded
    assert not loaded & set(HEAVY)
