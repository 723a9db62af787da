# Everything lives in .venv inside the checkout; nothing else on the machine changes
# (but for Debian packages where this runs as root and they are missing).
.DEFAULT_GOAL := help
PYTHON ?= python3
PUBLISHED ?= published
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE ?= 1
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help setup run test check chromium postgresql browser validate trials faults bench lock sample clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: .venv/.run ## the environment alone, for the commands below .venv/bin

run: .venv/.run ## sample data → published run → dashboard on localhost
	$(BIN)/amends run --data data/sample --profile sample --published $(PUBLISHED)
	$(BIN)/amends serve --published $(PUBLISHED)

test: check chromium postgresql ## everything a change must pass
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/.test ## format, lint, types, import boundaries, lock
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	tools/lock.sh --check

chromium: ## Chromium for the browser tests, from Debian where root
	@tools/chromium.sh

postgresql: ## PostgreSQL for the tests of databases, from Debian where root
	@tools/postgresql.sh

browser: .venv/.test chromium ## every page at three widths in two themes, with axe and screenshots
	cd tests/browser && npm ci --silent --no-audit --no-fund
	$(BIN)/python -m pytest tests/browser/matrix.py

validate: .venv/.test ## long statistical batteries (hours)
	$(BIN)/python -m pytest -m long

trials: .venv/.test ## how often made trials are believed, and their limits hold (an hour; resumable)
	$(BIN)/python -m pytest -m long tests/validation/test_trial_rates.py

faults: .venv/.test ## kills, corruptions, full disks, simultaneous starts in their long form (half an hour)
	AMENDS_FAULTS=long $(BIN)/python -m pytest -s tests/faults

bench: .venv/.test ## the figures of README, as ratios
	for script in bench/*.py; do $(BIN)/python $$script; done

lock: .venv/.test ## make requirements*.txt anew from pyproject.toml
	tools/lock.sh

sample: .venv/.run ## make data/sample anew from its seed
	rm -rf artefacts/sample
	$(BIN)/amends simulate --out artefacts/sample --incidents 8000 --seed 20260101
	mv artefacts/sample/* data/sample/

clean: ## remove the environment and published runs
	rm -rf .venv $(PUBLISHED)

.venv/bin/python:
	@tools/environment.sh $(PYTHON)

.venv/.run: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: requirements-dev.txt .venv/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements-dev.txt
	@touch $@
