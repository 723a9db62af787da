#!/bin/sh
# Resolve pyproject.toml for Python 3.11 to 3.13 into hashed lock files. `--check` fails when they disagree.
set -eu
target=.
if [ "${1:-}" = --check ]; then
    target=$(mktemp -d)
    cp requirements.txt requirements-dev.txt "$target"
fi
compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"
}
compile pyproject.toml --extra run -o "$target/requirements.txt"
compile pyproject.toml --extra run --extra dev -c "$target/requirements.txt" -o "$target/requirements-dev.txt"
if [ "$target" != . ]; then
    diff -u requirements.txt "$target/requirements.txt" && diff -u requirements-dev.txt "$target/requirements-dev.txt"
fi
