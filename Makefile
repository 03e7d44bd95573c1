# Every target makes its own .venv; a machine with python3 (3.11 or newer), its venv module and make is enough.
.PHONY: help demo test fuzz lab run remake readme site wheel lint clean
PYTHON ?= python3
BIN = .venv/bin
export PIP_REQUIRE_VIRTUALENV = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PATH := $(CURDIR)/.venv/bin:$(PATH)

help:          ## list the targets
	@grep -E '^[a-z]+: .*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

demo: .venv/.package ## learn handwritten digits with a local rule; writes hopfield-nb-demo.png
	$(BIN)/hopfield-nb demo

test: .venv/.dev ## run every cell of every notebook as a test
	$(BIN)/pytest nbs -q -n 2 --dist loadfile --no-loadscope-reorder -p no:cacheprovider -W ignore::DeprecationWarning $(TESTARGS)

fuzz: .venv/.dev ## try the promises of use/60_reliability for twenty minutes (HOPFIELD_NB_ROUNDS=100; more for longer)
	HOPFIELD_NB_ROUNDS=$${HOPFIELD_NB_ROUNDS:-100} $(BIN)/pytest nbs/use/60_reliability.ipynb nbs/study/10_study.ipynb -q -n 2 --dist loadfile -p no:cacheprovider -W ignore::DeprecationWarning

lab: .venv/.lab ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab nbs

run: .venv/.dev ## export the package, run the notebooks anew (or those in NB), keep their outputs, write README.md
	$(BIN)/nbdev_export
	$(BIN)/python .ci/notebooks.py run $(NB)
	$(BIN)/nbdev_clean
	$(BIN)/python .ci/notebooks.py readme

remake: .venv/.dev ## make every table anew (an hour and a half on two cores; needs HOPFIELD_NB_DATA for the full image sets), and tell which changed
	$(BIN)/python .ci/notebooks.py remake

readme: .venv/.dev ## write README.md from nbs/index.ipynb
	$(BIN)/python .ci/notebooks.py readme

site: .venv/.dev ## build the documentation into _site, to be opened from disk
	$(BIN)/python .ci/site.py

wheel: .venv/.dev ## build the source distribution, and the wheel from it, into dist
	rm -rf dist
	$(BIN)/python -m build --outdir dist .

lint: .venv/.dev ## style, format, types, and the house: imports, lengths, counts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy hopfield_nb
	$(BIN)/python .ci/house.py
	$(BIN)/pytest nbs --collect-only -q --installed -p no:cacheprovider > /dev/null

clean: ## remove everything that the targets made
	rm -rf .venv _site _proc dist build *.egg-info hopfield-nb-demo.png

.venv/.torch: settings.ini setup.py
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q torch==2.13.0
	touch $@

.venv/.package: .venv/.torch
	$(BIN)/pip install -q -e '.[all]'
	touch $@

.venv/.dev: .venv/.torch
	$(BIN)/pip install -q -e '.[all,dev]'
	touch .venv/.package $@

.venv/.lab: .venv/.dev
	$(BIN)/pip install -q -e '.[all,dev,lab]'
	touch $@
