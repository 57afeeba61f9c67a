# Naru: one command each. Needs Python 3.11+, git 2.38+ and make; no root, no Node, no Slack account.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install --require-hashes
PORT ?= 8765
FLAGS ?=
# The long tests wait more than they compute: one more worker than there are cores.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(min(8, 1 + (os.cpu_count() or 1)))')
export PYTHONPATH := $(CURDIR)

.PHONY: help
help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | awk -F'|' '{printf "make %-9s %s\n", $$1, $$2}'

.PHONY: demo
demo: .venv/.run ## a Slack workspace in your browser, with Naru in it
	$(PY) -m bot demo --port $(PORT) $(FLAGS)

.PHONY: test
test: .venv/.dev ## the whole test suite
	$(PY) -m pytest --numprocesses $(WORKERS) --dist worksteal $(FLAGS)

.PHONY: lint
lint: .venv/.dev ## style, types, layers, and everything that is generated
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) tools/catalogue.py check
	$(PY) tools/lifecycle.py --check
	$(PY) tools/policy_schema.py --check

.PHONY: bench
bench: .venv/.dev ## benchmarks, as ratios in one run
	$(PY) -m benchmarks $(FLAGS)

.PHONY: proof
proof: .venv/.dev ## the long proofs in full: crashes, races, faults, noise, many examples (hours)
	TEST_PROOF=full $(PY) -m pytest -m proof --timeout=0 $(FLAGS)
	TEST_PROOF=full $(PY) -m pytest tests/journeys $(FLAGS)
	TEST_PROOF=full $(PY) -m pytest tests/domain tests/messages tests/commands -n $(WORKERS) --timeout=0 $(FLAGS)

.PHONY: draw
draw: .venv/.dev ## write what is generated: lifecycle drawing, policy schema, catalogue
	$(PY) tools/lifecycle.py
	$(PY) tools/policy_schema.py
	$(PY) tools/catalogue.py update

.PHONY: pictures
pictures: .venv/.dev ## take the README's pictures again
	TEST_PICTURES=docs/pictures $(PY) -m pytest tests/journeys -m browser $(FLAGS)

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --extra postgres

.PHONY: lock
lock: .venv/.dev ## write the lock files after pyproject.toml changed
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) --group dev pyproject.toml -o requirements-dev.lock

# --- the environment, made once and again when a lock file changes ------------------------------------------

.venv/.dev: requirements-dev.lock | $(BIN)/naru
	$(PIP) -r requirements-dev.lock
	@touch .venv/.run $@

.venv/.run: requirements.lock | $(BIN)/naru
	$(PIP) -r requirements.lock
	@touch $@

$(BIN)/naru: | $(BIN)/python
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s/.venv/bin/python" -m bot "$$@"\n' "$(CURDIR)" "$(CURDIR)" > $@
	@chmod +x $@

$(BIN)/python:
	@$(MAKE) --no-print-directory needs
	$(PYTHON) -m venv .venv

.PHONY: needs
needs:
	@test -n "$(PYTHON)" || { echo "Naru needs Python 3.11 or newer; none was found. Install it, or say" \
		"which: make PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make a virtual" \
		"environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@v=$$(git version 2>/dev/null | sed 's/[^0-9]*\([0-9]*\)\.\([0-9]*\).*/\1 \2/'); set -- $$v; \
		[ "$${1:-0}" -gt 2 ] || { [ "$${1:-0}" -eq 2 ] && [ "$${2:-0}" -ge 38 ]; } || { \
		echo "Naru needs git 2.38 or newer; found: $$(git version 2>/dev/null || echo none)."; exit 1; }
