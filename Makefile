# Two commands do everything:  make run   and   make test
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DOCS ?= samples
WORKSPACE ?= workspace
PORT ?= 8765
UV := $(shell command -v uv 2>/dev/null)

.PHONY: help setup setup-dev run test check lock optional score clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(BIN)/python:
ifdef UV
	uv venv --quiet --python $(PYTHON) $(VENV)
else
	$(PYTHON) -m venv $(VENV)
endif

# $(1): lock file. Everything, our own build backend included, is installed by hash; our package is then
# linked without asking any index.
define install
	$(if $(UV),uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1),$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1))
	$(if $(UV),uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .,$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .)
endef

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	$(call install,requirements.lock)
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	$(call install,requirements-dev.lock)
	@touch $@ $(VENV)/.run

setup: $(VENV)/.run ## set up .venv/bin/dragoman

setup-dev: $(VENV)/.dev ## set up with the tools for tests

run: setup ## read DOCS (default: the samples) into WORKSPACE and serve the pages on PORT
	$(BIN)/dragoman --workspace $(WORKSPACE) read $(DOCS)
	$(BIN)/dragoman --workspace $(WORKSPACE) serve --port $(PORT)

check: setup-dev ## lint, types, layers, data and docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check ## everything that must hold before a change lands
	$(BIN)/python -m pytest

optional: ## Debian packages for the page tests (Chromium, fonts) and the database tests (PostgreSQL)
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk postgresql

lock: ## resolve the locks again (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra setup pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra setup --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra setup --extra bench --python-version 3.11 pyproject.toml -o requirements-bench.lock

clean: ## remove what was built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
