# Needs only Python 3.11 or newer and make. `make run` and `make test` set everything up themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests wait now and then: one more than there are cores keeps the cores busy. The files are begun in
# the order of tests/conftest.py, the longest first.
WORKERS := $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 1)")
SPREAD := -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: run test check browser-tests benchmarks documents screenshots clean

run: $(VENV)/run.stamp
	$(BIN)/python -m server $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

test: check
	$(BIN)/python -m tests.browser.find
	$(BIN)/python -m pytest $(SPREAD) --ignore tests/browser
# A browser on a busy machine may lose a click: a test that fails there has one more try, and says so.
	$(BIN)/python -m pytest $(SPREAD) --reruns 1 tests/browser

check: $(VENV)/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy settings watch figures loaders reconciliation charts languages exports brief publishing ui api server edition dashboard.py

benchmarks: $(VENV)/test.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-benchmarks.txt
	$(BIN)/python -m benchmarks.load
	$(BIN)/python -m benchmarks.contradictions
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.browser

# The code book, the template, the data package and the table of findings, made from the models.
documents: $(VENV)/test.stamp
	$(BIN)/python -m figures write datasets
	$(BIN)/python -m settings write
	$(BIN)/python -m api write

screenshots: $(VENV)/test.stamp
	$(BIN)/python -m tests.browser.screenshots

$(VENV)/run.stamp: requirements.txt
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed; this is ' + sys.version)"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/test.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
