# The two commands of the README: `make demo` and `make test`. Everything they need, they install.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check setup setup-dev office bench sjablonen clean

demo: setup  ## play a year with invented cases in demo/
	rm -rf demo
	$(BIN)/overleg demo demo

test: setup-dev office check  ## lint, types and the whole suite
	$(BIN)/pytest -n 2 --dist loadgroup

check: setup-dev  ## lint, types, format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup-dev
	for bench in tests/bench/bench_*.py; do $(BIN)/python $$bench || exit 1; done

sjablonen: setup  ## write the standard Word templates again from their script
	$(BIN)/python word-templates/bouw.py

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

# Tests need LibreOffice and the poppler tools: taken from apt when they are missing and that is allowed.
office:
	@command -v soffice >/dev/null && command -v pdftotext >/dev/null && command -v qpdf >/dev/null || \
	  { command -v apt-get >/dev/null && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	      libreoffice-writer poppler-utils qpdf fonts-crosextra-carlito fonts-liberation >/dev/null; } || \
	  { echo "Install LibreOffice (writer), poppler-utils and qpdf: the tests need them."; exit 1; }

clean:
	rm -rf $(VENV) demo build *.egg-info
