# Sentinel Match, from a checkout. Everything sets itself up; the second time is quick.
#   make demo                               a made-up pair with known truth, through the real qgis_process
#   make demo REFERENCE=a.tif TARGET=b.tif  the same with your own rasters
#   make train                              the network of seasonal, trained for some minutes on ../shared/data and measured
#   make train MINUTES=120                  the same for longer; scripts/train.py has every setting
#   make test                               all tests;  make test PYTEST_ARGS="tests/engine -k shift"  some of them
#   make docs                               the reference and the pages of the button Help, from the dialogs and docs/*.md
#   make lint                               ruff, mypy, bandit
#   make package                            the zip that QGIS installs: dist/sentinel_match_plugin-<version>.zip
#   make validate                           what plugins.qgis.org checks on it, and whether Qt 6 will run it
#   make translations                       brings the .ts files to what the code says today, tells what is not translated
#   make notebooks                          scripts/dataset.ipynb and scripts/demo.ipynb from end to end, into build/notebooks
#   make first-use                          a new user's way through a QGIS window, zip to swipe, in pictures (Xvfb; PYTHON=)
#   make matrix                             does that zip work in QGIS 3.22, 3.40 and 3.44? (root; makes two chroots once)
#   make setup                              only the set-up;  make setup EXTRAS=hub  with the library transformers as well
#   make clean                              removes what was made here (the engine's environment, in the user's cache, stays)
SHELL := /bin/bash
ENGINE := .venv-engine/bin
PYTEST_ARGS ?=
EXTRAS ?=
REFERENCE ?=
TARGET ?=
MINUTES ?=
PYTHON ?=

.PHONY: help setup test test-engine test-qgis lint format demo train package validate translations notebooks first-use matrix clean docs

help:
	@sed -n '2,16s/^# *//p' Makefile

setup:
	@EXTRAS='$(EXTRAS)' scripts/setup.sh

test: setup
	@scripts/test.sh all $(PYTEST_ARGS)

test-engine: setup
	@scripts/test.sh engine $(PYTEST_ARGS)

test-qgis: setup
	@scripts/test.sh qgis $(PYTEST_ARGS)

lint: setup
	$(ENGINE)/ruff check .
	$(ENGINE)/ruff format --check .
	$(ENGINE)/mypy
	$(ENGINE)/bandit -q -c pyproject.toml -r sentinel_match_plugin

format: setup
	$(ENGINE)/ruff check --fix .
	$(ENGINE)/ruff format .

docs: setup
	@.venv-qgis/bin/python scripts/reference.py
	@$(ENGINE)/python scripts/help_pages.py

demo: setup
	@$(ENGINE)/python scripts/demo.py $(if $(REFERENCE),--reference '$(REFERENCE)') $(if $(TARGET),--target '$(TARGET)')

train: setup
	@$(ENGINE)/python scripts/train_small.py $(if $(MINUTES),--minutes $(MINUTES))

package: setup
	@$(ENGINE)/python scripts/package.py

validate: setup
	@$(ENGINE)/python scripts/validate.py "$$($(ENGINE)/python scripts/package.py)"

translations: setup
	@$(ENGINE)/python scripts/translations.py update

notebooks: setup
	@$(ENGINE)/python scripts/run_notebooks.py

first-use: package
	@$${SYSTEM_PYTHON:-/usr/bin/python3} scripts/first_use.py build/first_use $(if $(PYTHON),--python '$(PYTHON)') \
		$(if $(REFERENCE),'$(REFERENCE)' '$(TARGET)')

matrix: setup
	@scripts/matrix.sh

clean:
	rm -rf .venv-engine .venv-qgis .pytest_cache .mypy_cache .ruff_cache build dist demo_output
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
