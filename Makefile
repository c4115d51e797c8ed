# Vigil on a fresh machine: `make run` and `make test` do everything, the first time installing into .venv.

PYTHON ?= python3
BIN := .venv/bin
CHECKED := bot tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench chaos browser lock catalogues schemas clean

help: ## List what make can do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/.ready ## Make .venv with everything in it

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Vigil needs Python 3.11 or newer; found $$($(PYTHON) --version 2>&1). Say which one to take: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory venv-package
	@echo "Installing into .venv; this takes about a minute, once."
	@rm -rf .venv && $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Debian keeps ensurepip in a package of its own.
.PHONY: venv-package
venv-package:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing python3-venv."; apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y python3-venv >/dev/null; \
	else echo "Python's venv is not complete here. Run: sudo apt-get install python3-venv" >&2; exit 1; fi

run: setup ## Start Vigil: the room in a browser, and Telegram if a token is set
	@exec $(BIN)/vigil run

# Hundreds of processes are started: none of them need compile the program anew. Tests wait for them half of the time,
# so there are more workers than cores.
test: export PYTHONDONTWRITEBYTECODE =
test: setup browser ## Run every test
	@$(BIN)/pytest -n $$(( $$(getconf _NPROCESSORS_ONLN) + 2 )) --dist worksteal

# The room is tested in a real browser. Without one those tests are skipped and say so; with CI=true they fail.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Chromium for the tests of the room."; \
			apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null || \
				echo "Chromium could not be installed: the room's tests in a browser will be skipped."; \
		else echo "No Chromium here: the room's tests in a browser will be skipped. To have them: sudo apt-get install chromium"; fi; }

check: setup ## Check style, types, translations, import direction, documents and records
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/mypy
	$(BIN)/python -m bot.posts.catalogues --check
	$(BIN)/python -m bot.records.schema --check
	$(BIN)/python -m bot.commands.reference --check
	$(BIN)/vigil check
	$(BIN)/pytest -p no:randomly tests/test_house.py tests/test_documents.py

bench: setup ## Measure Vigil against its peers and limits, and write docs/performance.md
	$(BIN)/python -m benchmarks

chaos: setup ## The long form of the tests that kill, stop and cut
	$(BIN)/python -m tests.chaos

catalogues: setup ## Take new and changed texts into the translation catalogues
	$(BIN)/python -m bot.posts.catalogues --update

schemas: setup ## Write the JSON Schemas of the records and the page of commands anew
	$(BIN)/python -m bot.records.schema
	$(BIN)/python -m bot.commands.reference

lock: setup ## Pin the newest versions that pyproject.toml allows (needs uv in .venv: pip install uv)
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --output-file requirements.lock

clean: ## Remove .venv and caches; var/ with its data stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
