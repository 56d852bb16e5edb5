# Two commands. Both make `.venv` on first use and work offline from then on.
#
#   make run     replay every scenario and print which documented rules hold
#   make test    format, lint, import contracts, types, tests
#
# And two for the curious:
#
#   make bench      how fast it is, as ratios to something bare
#   make coverage   `make test`, and which lines the tests reach (fails below the floor in pyproject.toml; half as long again)

# Without kept byte code every start compiles everything anew, which takes longer than all else.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := run
.PHONY: run test coverage checked bench clean

run: .venv/for-run
	@$(BIN)/workato-emulator run --report json=report.json

# The cheapest doubt comes first, among the tests too: they are handed out from the front (tests/order.py), a module at a
# time, so that what its tests share is made once.
test: checked
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

coverage: checked
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term

checked: .venv/for-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy

bench: .venv/for-run
	@$(BIN)/python -m tests.bench

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage report.json

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found (set PYTHON=...)"; exit 1; }
	@echo "making .venv (once)"
	@$(PYTHON) -m venv .venv

.venv/for-run: pyproject.toml | .venv/bin/python
	@echo "installing (once)"
	@$(PIP) -e .
	@touch $@

.venv/for-test: pyproject.toml | .venv/bin/python
	@echo "installing with the tools for tests (once)"
	@$(PIP) -e '.[dev]'
	@touch $@ .venv/for-run
