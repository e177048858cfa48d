# Two commands: `make lab` to work, `make test` to check. Each does its own set-up in .venv.
# PYTHON=/path/to/python takes that one; APP=notebook.ipynb and PORT=8866 are for `make app`,
# WORK=folder is for `make lab`.

VENV := .venv
BIN := $(VENV)/bin
APP ?= notebooks/workbench/what_if_app.ipynb
PORT ?= 8866
WORK ?= work
NOTEBOOKS = $(shell find notebooks -name '*.ipynb' -not -path '*/.ipynb_checkpoints/*')

# Two workers, a file each: a notebook's cells must meet in one kernel.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile
NBVAL := --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg --nbval-cell-timeout 120
INSTALL = $(if $(shell command -v uv),uv pip install --compile-bytecode --python $(BIN)/python,$(BIN)/python -m pip install --disable-pip-version-check) --quiet

# Nobody to open a browser for: root in a container, a session over SSH, a Linux without a display.
SERVE_ONLY := if [ "$$(id -u)" = 0 ] || [ -n "$$SSH_CONNECTION" ] || { [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; }; then echo --no-browser; fi
AS_ROOT := if [ "$$(id -u)" = 0 ]; then echo --allow-root; fi

# Every kernel imports the same modules; without their bytecode each would compile them again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help lab app test test-all check notebooks bench class-demo constraints clean

help:  ## say what each command does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "make %-12s %s\n", $$1, $$2}'

$(BIN)/python:
	@python=$$(PYTHON="$(PYTHON)" tools/find-python.sh) && echo "pmkit: making $(VENV) with $$python" && "$$python" -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "pmkit: installing (a minute or two, once)"
	@$(INSTALL) -c constraints.txt -e '.[project-files]'
	@touch $@

$(VENV)/.installed-test: pyproject.toml constraints.txt | $(BIN)/python
	@echo "pmkit: installing, with what the tests need (a minute or two, once)"
	@$(INSTALL) -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: $(VENV)/.installed-test
	@echo "pmkit: installing the peers to measure beside"
	@$(INSTALL) -c constraints.txt -e '.[test,bench]'
	@touch $@

# A learner works on copies without the answers, which nothing writes over; progress is kept beside.
# The configuration there keeps Lab from asking the network for news and updates.
# Lab shows a picture that is stored in a notebook only where the notebook is trusted.
lab: $(VENV)/.installed  ## JupyterLab on your own copies, work/00_start_here.ipynb
	@$(BIN)/python -m pmkit.learning.copies notebooks $(WORK)
	@find notebooks $(WORK) -name '*.ipynb' -not -path '*/.ipynb_checkpoints/*' -exec $(BIN)/jupyter trust {} + >/dev/null
	@JUPYTER_CONFIG_PATH=$(CURDIR)/deploy/jupyter $(BIN)/jupyter lab --ip=127.0.0.1 $$($(SERVE_ONLY)) $$($(AS_ROOT)) --LabApp.default_url=/lab/tree/$(WORK)/00_start_here.ipynb

# A closed page leaves its kernel behind: ten idle minutes without a page, and it is stopped.
app: $(VENV)/.installed  ## the what-if panel as a web page
	@JUPYTER_PATH=$(CURDIR)/deploy/jupyter JUPYTER_CONFIG_PATH=$(CURDIR)/deploy/jupyter $(BIN)/voila $(APP) --port=$(PORT) \
		--Voila.ip=127.0.0.1 $$($(SERVE_ONLY)) --preheat_kernel=True --pool_size=1 \
		--MappingKernelManager.cull_idle_timeout=600 --MappingKernelManager.cull_interval=60

test: check  ## style, types, arrows, spelling, tests, doctests, notebooks, browser
	@$(PYTEST) $(NBVAL) -m "not long" pmkit tests notebooks

test-all: test  ## make test, and then what takes long: every lesson in a browser, many more cases
	@$(PYTEST) -m long tests

check: $(VENV)/.installed-test  ## style, types, arrows, spelling
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo "run '$(BIN)/ruff format' to lay these files out:"; $(BIN)/ruff format --check; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/codespell

notebooks: $(VENV)/.installed-test  ## run notebooks and README again, and save their outputs in place
	@$(BIN)/python tools/run_notebooks.py $(NOTEBOOKS)
	@$(BIN)/python tools/run_readme.py

bench: $(VENV)/.installed-bench  ## measure what we claim about speed
	@for script in bench/bench_*.py; do echo "$$script"; $(BIN)/python $$script || exit 1; done

class-demo: $(VENV)/.installed-test  ## 30 invented students of an exercise: from release to marks, feedback and report
	@$(BIN)/python -m tools.class_demo $(WORK)/class_demo

# Remade on purpose only: resolve every extra for every supported Python and system, addresses left out.
constraints: $(VENV)/.installed-test  ## choose the newest versions again, and pin them
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --fork-strategy fewest --upgrade --quiet \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file constraints.txt

clean:  ## remove the environment and every cache
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
