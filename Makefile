# Two commands do all the set-up on a fresh machine with Python 3.11+ and make: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
DB := $(DEMO)/timeline.db

.DEFAULT_GOAL := help
.PHONY: help demo test lint quality bench bench-store pictures lock clean

help: ## Print this list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml $(VENV)/.created
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml $(VENV)/.created
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime

demo: $(VENV)/.runtime ## Import the sample articles, print two timelines, write a CSV.
	@mkdir -p $(DEMO)
	$(BIN)/timeline import data/articles --db $(DB)
	$(BIN)/timeline show --country Myanmar --db $(DB)
	$(BIN)/timeline show --person "Min Aung Hlaing" --db $(DB)
	$(BIN)/timeline export --country Myanmar --force --output $(DEMO)/myanmar.csv --db $(DB)
	@echo
	@echo "Try next (add --db $(DB), or set TIMELINE_DATABASE_URL=$(DB)):"
	@echo "  $(BIN)/timeline show --person Putin --since 2022"
	@echo "  $(BIN)/timeline event ID            an id from the last column: sentences, sources, reasons"
	@echo "  $(BIN)/timeline import ARTICLE.txt --published 2025-03-03"

test: $(VENV)/.dev ## Run the tests.
	$(BIN)/python -m pytest

lint: $(VENV)/.dev ## Lint, format, types, and the arrows between the rooms.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

quality: $(VENV)/.dev ## Measure extraction on the development corpora (TIMELINE_CORPORA).
	$(BIN)/python benchmarks/quality.py

bench: $(VENV)/.dev ## Measure speed.
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/importing.py
	$(BIN)/python -m benchmarks.dates

bench-store: $(VENV)/.dev ## Measure a store of SIZE events (a million; OPTIONS=--postgresql).
	$(BIN)/python -m benchmarks.store $(SIZE) $(OPTIONS)

pictures: $(VENV)/.dev ## Draw the pictures of the documents (needs chromium).
	$(BIN)/python -m tools.pictures

lock: ## Resolve the locks anew (needs uv).
	uv pip compile pyproject.toml --extra postgresql --extra build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url -q -o requirements.lock
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url -q -c requirements.lock -o requirements-dev.lock

clean: ## Remove what the other targets made.
	rm -rf $(VENV) build
