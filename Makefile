# Everything here works on a fresh checkout: each target does the set-up it needs.
PYTHON ?= python3
BIN := .venv/bin
COMPILE := uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header $(UPGRADE:%=--upgrade-package %)

.DEFAULT_GOAL := help
.PHONY: help install setup browser run test lint bench lock clean

help: ## Show what can be done
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-8s %s\n", $$1, $$2 }'

install: ## Install what the product needs to run into .venv (quick when there is nothing to do)
	@$(PYTHON) scripts/setup.py

setup: ## Install that, and what tests and checks need
	@$(PYTHON) scripts/setup.py --dev

run: install ## Start everything on this machine and print the address
	@exec $(BIN)/learning-cycle run

browser: setup
	@$(BIN)/python scripts/browser.py

lint: setup ## Check style, types and the order of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: browser lint ## Run the whole gate: lint, then every test (real browser, PostgreSQL and SMTP server)
	$(BIN)/pytest --numprocesses auto --dist loadfile

bench: setup ## Measure the product, one JSON line for each workload
	@$(BIN)/python -m benchmarks

lock: ## Write the locks after a change in pyproject.toml; needs uv (UPGRADE=NAME moves that package on)
	$(COMPILE) --all-extras --group build --output-file requirements.lock pyproject.toml
	$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock
	$(COMPILE) --group npm --output-file requirements-node.lock

clean: ## Remove everything that set-up and tests have made; data of an installation stay
	rm -rf .venv node_modules dashboard/static/vendor build dist
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
