#!/bin/sh
# Make .venv with the Python named first (3.11 to 3.13). Debian keeps venv in a package of its own.
set -eu
python=$1
"$python" - <<'PY' || exit 1
import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(f"Amends needs Python 3.11 to 3.13; {sys.executable} is {sys.version.split()[0]}. Try: make PYTHON=python3.12 …")
PY
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    package=$("$python" -c 'import sys; print(f"python3.{sys.version_info[1]}-venv")')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package" >/dev/null
    else
        echo "Amends needs Python's venv. Install it first: sudo apt-get install $package" >&2
        exit 1
    fi
fi
"$python" -m venv .venv
