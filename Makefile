# The two commands of the README: `make demo` and `make test`. Everything they need, they install.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test proof fuzz check setup setup-dev office axe bench wheel sjablonen handleiding voorbeelden clean

demo: setup  ## play a year with invented cases in demo/
	rm -rf demo
	$(BIN)/overleg demo demo

test: setup-dev office axe check  ## lint, types and the whole suite
	$(BIN)/pytest -n 2 --dist loadgroup

check: setup-dev  ## lint, types, format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

proof: setup-dev office  ## scramble a thousand times what nobody flagged; ends in a page for a privacy officer
	$(BIN)/python tests/bewijs/bewijs.py

fuzz: setup-dev  ## damage forms a million times, and kill a month at two hundred points
	$(BIN)/python tests/fuzz/fuzz.py --aantal $(or $(AANTAL),1000000)
	cd tests && PYTHONPATH=..:. ../$(BIN)/python killpoints.py test_run_kill maand 200

bench: setup-dev
	for bench in tests/bench/bench_*.py; do $(BIN)/python $$bench || exit 1; done

wheel: setup-dev  ## one file to install from, in build/
	$(BIN)/python -m hatchling build -t wheel -d build

sjablonen: setup  ## write the standard Word templates again from their script
	$(BIN)/python word-templates/bouw.py

handleiding: setup  ## the manual to print, in build/
	mkdir -p build && rm -f build/Handleiding.*
	$(BIN)/overleg handleiding build

voorbeelden: setup-dev office  ## take the pictures of README and HANDLEIDING again, from the demo
	$(BIN)/python tests/voorbeelden/voorbeelden.py

setup: $(VENV)/.ready

setup-dev: $(VENV)/.ready-dev

$(VENV)/.ready: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.ready-dev: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[dev]"
	touch $@ $(VENV)/.ready

# Tests need LibreOffice, the poppler tools and a browser: taken from apt when they are missing and that is allowed.
office:
	@command -v soffice >/dev/null && command -v pdftotext >/dev/null && command -v qpdf >/dev/null && \
	  command -v chromium >/dev/null && command -v npm >/dev/null || \
	  { command -v apt-get >/dev/null && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	      libreoffice-writer poppler-utils qpdf chromium fonts-crosextra-carlito fonts-liberation \
	      $$(command -v npm >/dev/null || echo npm) >/dev/null; } || \
	  { echo "Install LibreOffice (writer), poppler-utils, qpdf, Chromium and npm: the tests need them."; exit 1; }

# The rules for an accessible page that the overview is held to.
axe: $(VENV)/node_modules/axe-core/axe.min.js

$(VENV)/node_modules/axe-core/axe.min.js: | office
	npm install --silent --no-audit --no-fund --no-package-lock --prefix $(VENV) axe-core@4.10.3

clean:
	rm -rf $(VENV) demo build
