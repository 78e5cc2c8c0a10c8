# Every target works from a fresh checkout: it first prepares what it needs in
# $(VENV). `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV ?= .venv
BIN := $(VENV)/bin
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3.13 python3.12 python3.11 python3)
LOCKS := $(wildcard requirements/py*.txt)
SET_UP := $(VENV)/.set-up
SET_UP_ALL := $(VENV)/.set-up-all
UV := build/lock/bin/uv
UV_VERSION := 0.13.9

# --- the environment ---------------------------------------------------------

.PHONY: setup
setup: $(SET_UP)  ## prepare $(VENV) with what the model and its tests need

.PHONY: setup-all
setup-all: $(SET_UP_ALL)  ## the same, with the dashboard and the developer tools

# pip is the last thing that `venv` puts in place: where it is, the rest is.
$(BIN)/pip:
	@for python in $(CANDIDATES); do \
	  if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
	      >/dev/null 2>&1; then \
	    echo "==> making $(VENV) with $$("$$python" --version)"; \
	    "$$python" -m venv $(VENV); \
	    exit 0; \
	  fi; \
	done; \
	echo "No usable Python found (tried: $(CANDIDATES))." >&2; \
	echo "trappe needs Python 3.11 or newer with its venv module;" >&2; \
	echo "name one with: make setup PYTHON=/path/to/python" >&2; \
	exit 1

# The pinned set for the environment's own Python; $(1) is empty or -all.
define install
	@set_name=$$($(BIN)/python -c 'import sys; print("py311" if sys.version_info < (3, 12) else "py313")'); \
	echo "==> installing requirements/$$set_name$(1).txt into $(VENV)"; \
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes \
	    --requirement "requirements/$$set_name$(1).txt"
	@echo "==> installing trappe itself"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-index \
	    --no-build-isolation --editable .
endef

$(SET_UP): pyproject.toml $(LOCKS) | $(BIN)/pip
	$(call install,)
	@touch $@

$(SET_UP_ALL): pyproject.toml $(LOCKS) | $(BIN)/pip
	$(call install,-all)
	@touch $(SET_UP) $@

# --- use ---------------------------------------------------------------------

.PHONY: compare
compare: setup  ## compare the organisation models; more options with ARGS="..."
	@$(BIN)/trappe compare $(ARGS)

.PHONY: patterns
patterns: setup  ## tell whether the model shows known findings; options with ARGS="..."
	@$(BIN)/trappe patterns $(ARGS)

.PHONY: fit
fit: setup  ## search for parameters with which they come out; ARGS="--minutes 60"
	@$(BIN)/trappe fit $(ARGS)

.PHONY: dashboard
dashboard: setup-all  ## open the dashboard
	@$(BIN)/trappe dashboard $(ARGS)

# --- check -------------------------------------------------------------------

# A process per processor core, each taking whole files of tests.
PARALLEL := -n auto --dist loadfile

.PHONY: test
test: setup  ## the tests for every change: minutes, no browser
	@$(BIN)/python -m pytest $(PARALLEL) -m "not verify and not browser" $(ARGS)

.PHONY: interpreted
interpreted: setup  ## that the uncompiled code agrees with the compiled
	@NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest $(PARALLEL) -m "interpreted and not verify" $(ARGS)

.PHONY: browser
browser: setup-all  ## the dashboard in a real browser (needs Chromium); no test may skip
	@$(BIN)/python -m pytest -m browser --no-skips $(ARGS)

.PHONY: verify
verify: setup  ## exact cases, statistics, orderings, patterns; ends in a table and a verdict
	@$(BIN)/python -m tests.verification $(ARGS)

.PHONY: bench
bench: setup  ## measure speed and memory; writes build/bench.json
	@mkdir -p build
	@$(BIN)/python -m benchmarks $(ARGS)

.PHONY: lint
lint: setup-all  ## style, format, and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

.PHONY: format
format: setup-all  ## rewrite the code in the project's format
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

.PHONY: types
types: setup-all  ## check the types
	@$(BIN)/mypy

.PHONY: pages
pages: setup  ## write the pages of the docs that repeat what the code says
	@$(BIN)/python docs/build_pages.py

.PHONY: docs
docs: setup-all  ## build the documentation into build/site; a warning is an error
	@$(BIN)/mkdocs build --strict --quiet

# --- upkeep ------------------------------------------------------------------

# Hashes are those of the public files for every platform, and no file names an
# index. Existing pins stay unless they must move; UPGRADE=1 moves them all.
COMPILE = env -u PIP_FIND_LINKS $(UV) pip compile --no-config --quiet pyproject.toml --group build \
    --universal --fork-strategy fewest --generate-hashes --no-emit-index-url --no-header \
    $(if $(UPGRADE),--upgrade)

.PHONY: lock
lock: $(UV)  ## make the pinned sets anew (UPGRADE=1 for newer versions)
	$(call lock_for,py311,3.11)
	$(call lock_for,py313,3.12)

# The light set takes its versions from the full one.
define lock_for
	@echo "==> requirements/$(1)-all.txt and requirements/$(1).txt"
	@$(COMPILE) --python-version $(2) --constraint requirements/$(1).in \
	    --extra test --extra dashboard --extra dev --output-file requirements/$(1)-all.txt
	@$(COMPILE) --python-version $(2) --constraint requirements/$(1)-all.txt --no-annotate \
	    --extra test --output-file requirements/$(1).txt
endef

$(UV): | $(BIN)/pip
	@$(BIN)/python -m venv build/lock
	@build/lock/bin/python -m pip install --disable-pip-version-check --quiet uv==$(UV_VERSION)

.PHONY: clean
clean:  ## remove what the commands above wrote, but not the environment
	@rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.venv*' -prune -exec rm -rf {} +

.PHONY: help
help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)$$/\1\t\2/; s/\$$\(VENV\)/$(subst /,\/,$(VENV))/' \
	    | while IFS=$$'\t' read -r name text; do printf '  %-12s %s\n' "$$name" "$$text"; done
