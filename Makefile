# Every command a contributor needs; `make` alone lists them. Set-up is done once and noted in .venv.

PYTHON ?= python3
SITE_URL ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help site serve test quick pictures bench bench-search torture clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile

site: .venv/core ## install, import the scraped papers, build site/ (SITE_URL=… overrides the address)
	$(BIN)/regesta import content/scraped
	$(BIN)/regesta build $(if $(SITE_URL),--url '$(SITE_URL)')
	@echo "The site is in site/ (home page: site/index.html). Look at it with: make serve"

serve: .venv/core ## show the site here, and rebuild it on every change
	$(BIN)/regesta serve

test: .venv/dev .venv/tools tests/node_modules/done ## install what the tests need (a browser too) and run them all
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --maxprocesses 4

quick: .venv/dev ## lint and the tests that need Python only, in half a minute
	$(BIN)/ruff check .
	$(BIN)/pytest -q -n auto --maxprocesses 4 -m "not browser and not site and not node"

pictures: .venv/dev .venv/tools ## take the screenshots in docs/pictures/ anew
	$(BIN)/python tests/site/screenshots.py

bench: .venv/core ## measure builds side by side with Hugo, here and at 10,000 papers (SIZES="461 87000" for others)
	$(PIP) --editable '.[bench]'
	$(BIN)/python tests/bench/run.py $(if $(SIZES),--sizes $(SIZES))

bench-search: .venv/dev .venv/tools tests/bench/search/node_modules/done ## measure search side by side with Pagefind, MiniSearch and lunr (SIZES=; REAL=papers.jsonl.gz for real texts)
	$(BIN)/python tests/bench/search/run.py $(if $(SIZES),--sizes $(SIZES)) $(if $(REAL),--real $(REAL))

torture: .venv/dev ## kill, starve and watch builds for an hour, and say what came of it (KILLS=, LOOKS= and SEED= set how much)
	WIDE=1 $(BIN)/pytest -q tests/publishing/test_broken.py $(filter-out %/conftest.py,$(wildcard tests/torture/*.py))

clean: ## remove all that is made here, the built site and the set-up included
	find site -mindepth 1 ! -path site/.gitignore -delete
	rm -rf .venv .regesta .hypothesis .mypy_cache .pytest_cache .ruff_cache dist tests/node_modules tests/bench/search/node_modules

.venv/bin/python:
	bash tests/setup.sh venv $(PYTHON)

.venv/core: pyproject.toml | .venv/bin/python
	$(PIP) --editable .
	@touch $@

.venv/dev: pyproject.toml | .venv/bin/python
	$(PIP) --editable '.[dev]'
	@touch $@ .venv/core

.venv/tools: tests/setup.sh | .venv/dev
	bash tests/setup.sh tools
	@touch $@

tests/node_modules/done: tests/package-lock.json | .venv/tools
	cd tests && npm ci --silent
	@touch $@

tests/bench/search/node_modules/done: tests/bench/search/package-lock.json | .venv/tools
	cd tests/bench/search && npm ci --silent
	@touch $@
