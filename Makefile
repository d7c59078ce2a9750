# Everything a person or CI does with Careline. `make help` lists it.
# State lives in .local/ (git-ignored); CARELINE_PORT (8080) is the only port a person needs.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON3 ?= python3
PY := .local/venv/bin/python
TEST_WORKERS ?= 2
export PYTHONPATH := $(CURDIR)
# Compile each module once, also where the shell forbids __pycache__ beside the sources.
export PYTHONPYCACHEPREFIX := $(CURDIR)/.local/bytecode
export PYTHONDONTWRITEBYTECODE :=

## Run it

.PHONY: run
run: setup ## Start everything and stay in the foreground; Ctrl-C stops it
	@exec $(PY) -m backend.devstack.run

.PHONY: up
up: setup ## The same in the background; returns when it is ready
	@$(PY) -m backend.devstack.run up

.PHONY: down
down: ## Stop what `make up` or `make run` started
	@$(PY) -m backend.devstack.run down

.PHONY: status
status: ## Is it running, and is every part ready?
	@$(PY) -m backend.devstack.run status

.PHONY: journey
journey: setup ## The main job over HTTP against the running stack, step by step
	@$(PY) -m backend.devstack.journey

.PHONY: screenshots
screenshots: setup ## A picture of every screen of the running app, into .local/screenshots
	@$(PY) -m backend.devstack.screenshots

## Check it

.PHONY: test
test: setup-for-tests lint types bot-train ## Everything: installs, checks, all tests
	$(PY) -m pytest -n $(TEST_WORKERS) -m "not stack"
	$(PY) -m pytest -m stack  # one stack of processes: these tests share it, so one process runs them

.PHONY: check
check: ## Exactly what CI does
	bash .ci/run

.PHONY: lint
lint: setup ## Style, likely mistakes, and who may import whom
	$(PY) -m ruff check .
	.local/venv/bin/lint-imports --no-logo

.PHONY: types
types: setup ## The type checkers: Python, and the pages' JavaScript
	$(PY) -m mypy
	$(PY) -m backend.devstack.web_types

.PHONY: structure
structure: setup ## The tests about the code itself
	$(PY) -m pytest -q tests/structure

.PHONY: api-snapshot
api-snapshot: setup ## Write down the public API as it is now (tests/structure/api.txt)
	WRITE_API_SNAPSHOT=1 $(PY) -m pytest -q tests/structure/test_api_snapshot.py

.PHONY: requirements
requirements: setup ## Every requirement with the tests that prove it
	@$(PY) -m backend.devstack.requirements_report

.PHONY: rules-list
rules-list: setup ## Every rule of adjudication, claims and funds with its rows, into docs/rules.md
	@$(PY) -m backend.devstack.rules_list

.PHONY: bench
bench: setup ## The benchmarks, as ratios to their baselines
	@$(PY) -m backend.bench

.PHONY: mutants
mutants: setup ## How many small wrongs in the rules of adjudication the tests notice, about ten minutes
	@$(PY) -m backend.devstack.mutants

.PHONY: reuse-report
reuse-report: setup ## Are receipts that are photographed again found, and others left alone? Five minutes
	@$(PY) -m backend.devstack.reuse_report

.PHONY: fixture-book
fixture-book: setup ## A month of claims in two markets: how many need nobody, and is any payment wrong? A minute
	@$(PY) -m tests.fixture_book

.PHONY: alteration-report
alteration-report: setup ## Are altered receipts flagged, and honest ones left alone? Four minutes
	@$(PY) -m backend.devstack.alteration_report

.PHONY: ocr-report
ocr-report: setup ## How often photographed receipts are read rightly: 93 labelled photos, about two minutes
	@$(PY) -m backend.devstack.reading_report --wrong

## The helpline bot

.PHONY: bot-train
bot-train: setup ## Train the bot if anything that goes into its model changed
	@$(PY) -m backend.devstack.bot_model

.PHONY: nlu-eval
nlu-eval: bot-train ## Understanding of labelled utterances: make nlu-eval FILE=utterances.tsv
	@test -n "$(FILE)" || { echo "usage: make nlu-eval FILE=utterances.tsv"; exit 2; }
	@$(PY) -m backend.helpline.evaluation.nlu_eval "$(FILE)"

.PHONY: nlu-report
nlu-report: bot-train ## Cross-validated precision and recall per language and intent
	@$(PY) -m backend.helpline.evaluation.nlu_report

## The database of the local run

.PHONY: migrate
migrate: setup ## Bring its schema up to date
	@$(PY) -m backend.devstack.with_database $(PY) -m backend.commands.migrate

.PHONY: new-migration
new-migration: migrate ## Draft a migration from the models: make new-migration NAME=add_card_colour
	@test -n "$(NAME)" || { echo "usage: make new-migration NAME=add_card_colour"; exit 2; }
	@$(PY) -m backend.devstack.with_database $(PY) -m backend.commands.migrate new "$(NAME)"

.PHONY: seed
seed: migrate ## Put the demo people in
	@$(PY) -m backend.devstack.with_database $(PY) -m backend.commands.seed_demo

## The rest

.PHONY: setup
setup: ## Install what the lock files name into .local/ (instant when nothing changed)
	@$(PYTHON3) -m backend.devstack.bootstrap

.PHONY: setup-for-tests
setup-for-tests: ## The same, a browser and Docker Compose
	@$(PYTHON3) -m backend.devstack.bootstrap --for-tests

.PHONY: audit
audit: setup ## Known vulnerabilities in the locked packages (asks the package index)
	$(PY) -m pip_audit --requirement backend/requirements.txt --no-deps --disable-pip

.PHONY: clean
clean: down ## Forget the local run: database, files, secrets (the installation stays)
	rm -rf .local/pg .local/pg.lock .local/files .local/run .local/logs .local/demo.json .local/secrets.env \
		.local/test-*

.PHONY: help
help: ## This list
	@awk 'BEGIN { FS = ":.*## " } /^## / { print "\n" substr($$0, 4) } /^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' Makefile
