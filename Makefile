# Two commands do everything:  make run   and   make test
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH_VENV := .venv-bench
SPARK_VENV := .venv-spark
DOCS ?= samples
WORKSPACE ?= workspace
PORT ?= 8765
# Processes of the test run; one more than two processors, since many tests wait for servers and browsers.
WORKERS ?= 3
# Arguments for the benchmarks: make bench-archive ARGS="--pages 500"
ARGS ?=
# uv where it really runs, else pip; `make UV= ...` asks for pip.
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv)
APT := $(if $(filter 0,$(shell id -u)),,sudo) env DEBIAN_FRONTEND=noninteractive apt-get
export DOCS WORKSPACE PORT

.PHONY: docs pictures help setup setup-dev run lint check test optional lock clean \
	score score-own score-held score-held-zh score-unseen score-actors score-ig segmentation formats sample train chips results bench-setup bench-alignment bench-terms bench-termbase bench-force bench-archive bench-alliances bench-check bench-docket bench-faults bench-lineage bench-export-controls train-lineage bench-evidence bench-speed fuzz

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

# $(1): folder of the environment.
define environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Python 3.11 or later is needed; name one: make PYTHON=/path/to/python3.12 ...' >&2; exit 2; }
	$(if $(UV),uv venv --quiet --allow-existing --python $(PYTHON) $(1),@$(PYTHON) -m venv $(1) \
		|| { echo 'The venv module is needed; on Debian: apt-get install python3-venv' >&2; exit 2; })
endef

# $(1): folder of the environment, $(2): lock file. Everything, our own build backend included, is installed
# by hash; our package is then linked without asking any index.
define install
	$(if $(UV),uv pip install --quiet --python $(1)/bin/python --require-hashes -r $(2),$(1)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(2))
	$(if $(UV),uv pip install --quiet --python $(1)/bin/python --no-deps --no-build-isolation -e .,$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .)
endef

$(BIN)/python:
	$(call environment,$(VENV))

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	$(call install,$(VENV),requirements.lock)
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	$(call install,$(VENV),requirements-dev.lock)
	@touch $@ $(VENV)/.run

$(BENCH_VENV)/bin/python:
	$(call environment,$(BENCH_VENV))

$(BENCH_VENV)/.done: requirements-bench.lock pyproject.toml | $(BENCH_VENV)/bin/python
	$(call install,$(BENCH_VENV),requirements-bench.lock)
	@touch $@

$(SPARK_VENV)/bin/python:
	$(call environment,$(SPARK_VENV))

$(SPARK_VENV)/.done: requirements-spark.lock pyproject.toml | $(SPARK_VENV)/bin/python
	$(call install,$(SPARK_VENV),requirements-spark.lock)
	@touch $@

setup: $(VENV)/.run ## set up .venv/bin/dragoman

setup-dev: $(VENV)/.dev ## set up with the tools for tests

# Problems in the texts (exit code 1) are shown and do not keep the pages from being served; errors (2) do.
# DOCS is one path or pattern, which may hold spaces, or several words, quoted where they hold spaces.
run: setup ## read DOCS (default: the samples) into WORKSPACE, print what was found, serve the pages on PORT
	@if [ -e "$$DOCS" ] || compgen -G "$$DOCS" >/dev/null; then inputs=("$$DOCS"); \
	else mapfile -t inputs < <(printf '%s' "$$DOCS" | xargs printf '%s\n'); fi; \
	$(BIN)/dragoman --workspace "$$WORKSPACE" read "$${inputs[@]}" || [ $$? -eq 1 ]
	@exec $(BIN)/dragoman --workspace "$$WORKSPACE" serve --port "$$PORT"

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: ## build the manual as a site in site/, offline
	$(BIN)/python -m docs.site.build

pictures: setup-dev ## draw the READMEs' pictures anew (needs Chromium)
	$(BIN)/python -m docs.site.picture

check: lint ## lint, types, layers, data packs and docs
	$(BIN)/python -m pytest -q tests/test_data.py tests/test_docs.py

test: check ## everything that must hold before a change lands
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --ignore tests/test_data.py --ignore tests/test_docs.py --durations 25

setup-spark: $(SPARK_VENV)/.done ## set up PySpark in an environment of its own (750 MB; Java 17 is needed too)

test-spark: setup-dev setup-spark ## bulk reading on Spark, in a cluster of two executors on this machine
	$(BIN)/python -m pytest -q tests/bulk/test_spark.py

optional: ## Debian packages for the page tests (Chromium, fonts) and the database tests (PostgreSQL)
	$(APT) update -qq
	$(APT) install -y -qq chromium fonts-noto-cjk postgresql

score: setup-dev ## accuracy on the gold documents: by document, genre and language
	$(BIN)/python benchmark/score.py $(ARGS)

score-own: setup-dev ## the same on the project's own annotations (benchmark/annotations)
	$(BIN)/python benchmark/score.py --set own $(ARGS)

score-held: setup-dev ## the same on documents that were held out at first
	$(BIN)/python benchmark/score.py --set held $(ARGS)

score-held-zh: setup-dev ## the same on Chinese texts in our own words, annotated before the grammar was run on them
	$(BIN)/python benchmark/score.py --set held-zh $(ARGS)
	$(BIN)/python benchmark/score.py --set held-zh-2 $(ARGS)
	$(BIN)/python benchmark/score.py --set held-zh-3 $(ARGS)
	$(BIN)/python benchmark/score.py --set held-zh-4 $(ARGS)
	$(BIN)/python benchmark/score.py --set held-zh-5 $(ARGS)
	$(BIN)/python benchmark/score.py --set held-zh-6 $(ARGS)
	$(BIN)/python benchmark/score.py --set held-zh-7 $(ARGS)
	$(BIN)/python benchmark/score.py --set held-zh-8 $(ARGS)
	$(BIN)/python benchmark/score.py --set held-zh-9 $(ARGS)
	$(BIN)/python benchmark/score.py --set held-zh-10 $(ARGS)
	$(BIN)/python benchmark/score.py --set held-zh-11 $(ARGS)
	$(BIN)/python benchmark/score.py --set held-zh-12 $(ARGS)
	$(BIN)/python benchmark/score.py --set held-zh-13 $(ARGS)

score-held3: setup-dev ## the same on English pages annotated before the grammar was run on them, read afterwards
	$(BIN)/python benchmark/score.py --set held3 $(ARGS)

score-unseen: setup-dev ## the same on documents that nobody who writes the grammar has read
	$(BIN)/python benchmark/score.py --set held2 $(ARGS)

score-actors: setup-dev ## actors and counterparties by themselves, the triggers given
	$(BIN)/python benchmark/who.py $(ARGS)

score-ig: setup-dev ## the English grammar on statements coded in Institutional Grammar, beside a published tagger
	$(BIN)/python benchmark/ig.py $(ARGS)

segmentation: setup-dev ## how often a gold span is exactly one of our sentences
	$(BIN)/python benchmark/segmentation.py $(ARGS)

formats: setup-dev ## the five documents as TXT, HTML, DOCX and PDF: sentences that differ (PDF needs Chromium)
	$(BIN)/python benchmark/formats.py $(ARGS)

sample: setup-dev ## lines of the White House pages at random, with their context, for a reader's eye
	$(BIN)/python benchmark/sample.py $(ARGS)

chips: setup-dev ## the chip table: TPP, density, class under 3A090, beside what the sheet of facts prints
	$(BIN)/python benchmark/chips.py $(ARGS)

train: bench-setup ## leave-one-document-out figures of the trained weights (ARGS=--write writes them)
	$(BENCH_VENV)/bin/python benchmark/train.py tags $(ARGS)
	$(BENCH_VENV)/bin/python benchmark/train.py lines $(ARGS)

results: setup-dev bench-setup ## run the benchmarks and write benchmark/RESULTS.md and the figures of the README
	$(BIN)/python benchmark/results.py $(ARGS)

bench-faults: setup-dev ## processes killed, servers crashed, disks full, files damaged: what was lost
	$(BIN)/python benchmark/faults.py $(ARGS)

bench-docket: setup-dev ## pages of a docket of 10,000 cases beside a plain page, and its audit log
	$(BIN)/python benchmark/docket.py $(ARGS)

bench-archive: setup ## read the White House pages into a register: speed, memory, size, searches
	$(BIN)/python benchmark/archive.py $(ARGS)

bench-alignment: bench-setup ## sentence links of two language versions beside galechurch and sentweave, and their speed
	$(BENCH_VENV)/bin/python benchmark/alignment.py $(ARGS)

bench-terms: setup-dev ## pairs of terms of the declaration against pairs made by hand (ARGS="--list 100" prints the list)
	$(BIN)/python benchmark/terms.py $(ARGS)

bench-termbase: setup-dev ## the termbase with 100,000 concepts: import, search, pages, versions, lint (ARGS="--concepts 1000")
	$(BIN)/python benchmark/termbase.py $(ARGS)

bench-force: setup-dev ## differences of force: worked examples, known slips, single markers swapped at random
	$(BIN)/python benchmark/force.py $(ARGS)

bench-packages: ## Debian packages that the peers of the benchmarks are compiled with (pyicu)
	$(APT) update -qq
	$(APT) install -y -qq libicu-dev pkg-config g++

bench-setup: $(BENCH_VENV)/.done ## set up the peers (spaCy, nomenklatura, tantivy) in an environment of its own

fuzz: setup-dev bench-setup ## readers, grammar, rules and importers on damaged and invented input, guided by coverage (ARGS="--seconds 60")
	$(BIN)/python benchmark/fuzz.py $(ARGS)

bench-evidence: setup-dev ## ranks of pages that confirm commitments, beside plain BM25; speed, size (ARGS=--held: the held-out ones too)
	$(BIN)/python benchmark/evidence.py $(ARGS)

bench-lineage: setup-dev ## links and labels of annotated pairs of statements beside TF-IDF (ARGS=--speed: speed and growth)
	$(BIN)/python benchmark/lineage.py $(ARGS)

bench-alliances: setup-dev ## cells of annotated texts, centralities beside networkx (ARGS=--speed: a million provisions)
	$(BIN)/python benchmark/alliances.py $(ARGS)

train-lineage: bench-setup ## the model that links provisions, each pair and series left out (ARGS=--write: new weights)
	$(BENCH_VENV)/bin/python benchmark/lineage_train.py $(ARGS)

bench-export-controls: setup-dev ## provisions on export controls by meeting and target beside a reader's counts
	$(BIN)/python benchmark/export_controls.py

bench-check: setup-dev ## conditions of rules against oracles (brute force, SQLite, CEL) and their speed beside CEL
	$(BIN)/python benchmark/check.py $(ARGS)

bench-speed: setup bench-setup ## characters per CPU-second against spaCy and against the floor
	$(BIN)/python benchmark/speed.py --spacy $(BENCH_VENV)/bin/python $(ARGS)

bench-bulk: setup-dev ## bulk reading by one and two processes: rate, memory, costs (ARGS="--pages 500 --spark .venv-spark/bin/python")
	$(BIN)/python benchmark/bulk.py $(ARGS)

bench-registers: setup-dev ## a register that grows: load, search, filters, board, matrix, pages (ARGS="--provisions 1000000 --engine sqlite")
	$(BIN)/python benchmark/registers.py $(ARGS)

bench-screening: setup-dev bench-setup ## names against the lists, beside a replica of yente's method, which is slow
	$(BIN)/python benchmark/screening.py $(ARGS)

lock: ## resolve the locks again (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra setup --extra encoder pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra setup --extra encoder --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra setup --extra encoder --extra bench --python-version 3.11 pyproject.toml -o requirements-bench.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra setup --extra spark pyproject.toml -o requirements-spark.lock

clean: ## remove what was built (the workspace stays)
	rm -rf $(VENV) $(BENCH_VENV) $(SPARK_VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
