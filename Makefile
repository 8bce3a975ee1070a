# Everything a developer, an editor who wants to look, or CI needs. `make` alone lists the targets.

PORT ?= 8000
# The first Python that is there; `make demo PYTHON=python3.12` names another.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(if $(shell command -v $(name) 2>/dev/null),$(name))))
PY := .venv/bin/python
SETUP := $(PYTHON) .ci/setup.py

.PHONY: help setup demo test mutants bench attacks lint lock wheels clean python
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 14

setup: python ## .venv with everything to run and to test; Chromium, Chinese fonts and Java for the tests
	@$(SETUP) test system

demo: python ## a journal that looks alive on http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(SETUP) run
	@PORT=$(PORT) exec $(PY) .ci/demo.py

test: setup ## every test, on SQLite and on a real PostgreSQL
	@exec .ci/test

mutants: python ## changes modules line by line and shows what no test notices (OF="articles/slugs.py")
	@$(SETUP) test
	@exec $(PY) .ci/mutants.py $(OF) $(if $(TESTS),--tests $(TESTS))

bench: python ## the benchmarks, one after the other
	@$(SETUP) test
	@exec .ci/bench

attacks: python ## foreign payloads through every input in Chromium, and wapiti as every role (ONLY=500: fewer)
	@$(SETUP) test system
	@exec .ci/attacks

lint: python ## style of Python and JavaScript, layers, types of both, missing migrations, settings of production
	@$(SETUP) test
	@exec .ci/lint

lock: python ## new locks from the bounds in pyproject.toml (UPGRADE=1: the newest versions)
	@PYTHON=$(PYTHON) UPGRADE=$(UPGRADE) exec .ci/lock

wheels: python ## packs what the journal needs to run into var/wheels, for a machine without a package index
	@$(SETUP) wheels

clean: ## removes what can be made again; the demo's data and .env stay
	rm -rf .venv .venv.new .venv.old .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results
	rm -rf var/static var/static.done var/static.started var/test-static var/mypy
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing: install it (Debian, Ubuntu: \`apt-get install python3 python3-venv\`). 缺少 Python 3.11 或更新的版本：请先安装。" >&2; exit 1; }
