# Every command a contributor needs; `make` alone lists them. Set-up is done once and noted in .venv.

PYTHON ?= python3
SITE_URL ?=
# Which versions of the packages: those of requirements/, or the lowest or newest that pyproject.toml allows, in a set-up of their own.
DEPENDENCIES ?= locked
VENV := .venv$(patsubst %,-%,$(filter-out locked,$(DEPENDENCIES)))
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --only-binary :all: \
	--custom-compile-command 'make lock' pyproject.toml

.PHONY: help site serve test quick pictures bench bench-search torture lock clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile

site: $(VENV)/core ## install, import the scraped papers, build site/ (SITE_URL=… overrides the address)
	$(BIN)/regesta import content/scraped
	$(BIN)/regesta build $(if $(SITE_URL),--url '$(SITE_URL)')
	@echo "The site is in site/ (home page: site/index.html). Look at it with: make serve"

serve: $(VENV)/core ## show the site here, and rebuild it on every change
	$(BIN)/regesta serve

test: $(VENV)/dev $(VENV)/tools tests/node_modules/done ## install what the tests need (a browser too) and run them all
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal

quick: $(VENV)/dev ## lint and the quick tests that need Python only, in half a minute
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pytest -q -n auto --maxprocesses 4 --dist worksteal -m "not browser and not site and not node and not slow"

pictures: $(VENV)/dev $(VENV)/tools ## take the screenshots in docs/pictures/ anew
	$(BIN)/python tests/site/screenshots.py

bench: $(VENV)/bench ## measure builds side by side with Hugo, here and at 10,000 papers (SIZES="461 87000" for others)
	$(BIN)/python tests/bench/run.py $(if $(SIZES),--sizes $(SIZES))

bench-search: $(VENV)/dev $(VENV)/tools tests/bench/search/node_modules/done ## measure search side by side with Pagefind, MiniSearch and lunr (SIZES=; REAL=papers.jsonl.gz for real texts)
	$(BIN)/python tests/bench/search/run.py $(if $(SIZES),--sizes $(SIZES)) $(if $(REAL),--real $(REAL))

torture: $(VENV)/dev ## try thousands of random cases, then kill, starve and watch builds for an hour, and say what came of it (KILLS=, LOOKS=, STEPS= and SEED= set how much)
	status=0; WIDE=1 $(BIN)/pytest -q -m "not browser and not site and not node" || status=1; \
	$(BIN)/pytest -q $(filter-out %/conftest.py,$(wildcard tests/torture/*.py)) || status=1; exit $$status

lock: $(VENV)/dev ## renew requirements/, so that all set-ups get the newest packages that pyproject.toml allows
	$(LOCK) --extra dev --output-file requirements/dev.txt
	echo hatchling | $(LOCK) - --constraints requirements/dev.txt --output-file requirements/core.txt
	echo hatchling | $(LOCK) - --constraints requirements/dev.txt --extra bench --output-file requirements/bench.txt
	$(LOCK) --extra dev --resolution lowest-direct --output-file requirements/lowest.txt

clean: ## remove all that is made here, the built site and the set-up included
	find site -mindepth 1 ! -path site/.gitignore -delete
	rm -rf .venv .venv-lowest .venv-newest .regesta .hypothesis .mypy_cache .pytest_cache .ruff_cache dist
	rm -rf tests/node_modules tests/bench/search/node_modules

$(BIN)/python:
	bash tests/setup.sh venv $(VENV) $(PYTHON)

# The checkout comes last and is only linked to, by hatchling, which is one of the packages before it. Linux has wheels of them all;
# elsewhere rjsmin is built from its source, of which the lock has the hash as well.
WHEELS := $(if $(filter Linux,$(shell uname)),--only-binary :all:)
PACKAGES_locked = $(WHEELS) --require-hashes --requirement $<
PACKAGES_lowest = $(WHEELS) --require-hashes --requirement requirements/lowest.txt
PACKAGES_newest = --upgrade --upgrade-strategy eager '.[dev]'

$(VENV)/core $(VENV)/dev $(VENV)/bench: $(VENV)/%: requirements/%.txt pyproject.toml | $(BIN)/python
	$(PIP) $(PACKAGES_$(DEPENDENCIES))
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/core

$(VENV)/tools: tests/setup.sh | $(VENV)/dev
	bash tests/setup.sh tools $(VENV)
	@touch $@

tests/node_modules/done: tests/package-lock.json | $(VENV)/tools
	cd tests && npm ci --silent
	@touch $@

tests/bench/search/node_modules/done: tests/bench/search/package-lock.json | $(VENV)/tools
	cd tests/bench/search && npm ci --silent
	@touch $@
