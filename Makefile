# Every command of the project; `make` lists them. What a recipe needs beyond a line is in scripts/.
PYTHON ?= python3
PORT ?= 8501
IN_VENV := .venv/bin/python

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup chat test check bench clean clean-models

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.installed ## Install everything into .venv, fetch the models, index the reports; run it again at any time
	@$(IN_VENV) -m rag models
	@$(IN_VENV) -m index sync

chat: setup ## Open the chat page on port 8501, or another: make chat PORT=8502
	@$(IN_VENV) scripts/chat.py $(PORT)

test: setup .venv/.installed-dev ## Run all tests; those of the page need Chromium and are skipped without it
	@$(IN_VENV) -m pytest

check: .venv/.installed-dev ## Check rules, format, types and structure of the code
	@$(IN_VENV) -m ruff check
	@$(IN_VENV) -m ruff format --check
	@$(IN_VENV) -m mypy
	@$(IN_VENV) -m pytest tests/test_structure.py

bench: setup ## Measure speed and how far the answers can be trusted
	@$(IN_VENV) -m eval bench
	@$(IN_VENV) -m eval run --model none --thresholds eval/thresholds.toml
	@$(IN_VENV) -m eval run

clean: ## Remove .venv, caches and the index; models stay
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis data/index data/eval-*
	@find . -name __pycache__ -prune -exec rm -rf {} +

clean-models: ## Remove the models that were fetched (1.2 GB)
	@rm -rf data/models

.venv/.installed: requirements.txt scripts/bootstrap.py
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name the one to use: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) scripts/bootstrap.py
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@$(IN_VENV) -m pip install --quiet --disable-pip-version-check --no-input -r requirements-dev.txt
	@touch $@
