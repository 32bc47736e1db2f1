# Vuoksi: two commands are enough.  make demo  |  make test
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VUOKSI := $(BIN)/python -m vuoksi
# Browser tests, and walks through all doors of the city, run with the others unless told otherwise: make test BROWSER=no
BROWSER ?= yes
TESTS := $(if $(filter no,$(BROWSER)),not browser and not walks and not services,not services)

npm = @command -v npm >/dev/null || { echo "Vuoksi's fonts and map come from npm packages: install Node.js with npm first."; exit 1; }; \
	npm ci --ignore-scripts --silent $(1)

.PHONY: help demo dev test test-services check fix bench lock messages docs clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

demo: export VUOKSI_DEMO := 1
demo: $(VENV)/.run $(VENV)/.messages node_modules/.run ## the demo city on this machine, from nothing
	$(VUOKSI) migrate --verbosity 0
	$(VUOKSI) demo
	$(VUOKSI) collectstatic --noinput --verbosity 0
	@exec $(VUOKSI) serve

dev: export VUOKSI_DEMO := 1
dev: export VUOKSI_DEBUG := 1
dev: $(VENV)/.dev $(VENV)/.messages node_modules/.dev ## the demo city with a server that reloads
	$(VUOKSI) migrate --verbosity 0
	$(VUOKSI) demo
	$(VUOKSI) runserver

test: $(VENV)/.dev $(VENV)/.messages node_modules/.dev ## the whole test suite
	$(if $(filter no,$(BROWSER)),,@$(BIN)/python -m tests.e2e.browser)
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --durations 20 -m "$(TESTS)"

test-services: $(VENV)/.dev $(VENV)/.messages node_modules/.dev ## tests that need PostgreSQL or Redis on this machine
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --durations 5 -m services tests/services

check: $(VENV)/.dev $(VENV)/.messages node_modules/.dev ## all that must hold before a commit
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(VUOKSI) makemigrations --check --dry-run
	$(VUOKSI) messages check
	$(VUOKSI) docs check
	$(MAKE) test

fix: $(VENV)/.dev ## what tools can mend by themselves
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev node_modules/.dev ## measure, both sides of each comparison in one run
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/juries.py
	$(BIN)/python benchmarks/alike.py
	$(BIN)/python benchmarks/ingest.py
	$(BIN)/python benchmarks/proof.py
	$(BIN)/python benchmarks/portfolio.py
	$(BIN)/python benchmarks/work.py

messages: $(VENV)/.dev ## bring the message catalogues up to date with the sources
	$(VUOKSI) messages update
	$(VUOKSI) messages compile

docs: $(VENV)/.dev ## write the generated pages of docs/reference anew
	$(VUOKSI) docs write

lock: $(VENV)/.dev ## lock requirements/*.in with hashes
	for name in run dev; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-strip-extras requirements/$$name.in -o requirements/$$name.txt; done

clean: ## remove what was installed and made (not var/)
	rm -rf $(VENV) node_modules

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Vuoksi needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The program itself is installed in place, so that it is what stands in src/.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run

$(VENV)/.messages: $(wildcard src/vuoksi/locale/*/LC_MESSAGES/django.po) | $(VENV)/.run
	$(VUOKSI) messages compile
	@touch $@

# Either of the two installs anew what stands in node_modules, and its marks go with it.
node_modules/.run: package-lock.json
	$(call npm,--omit=dev)
	@touch $@

node_modules/.dev: package-lock.json
	$(call npm)
	@touch $@ node_modules/.run
