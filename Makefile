# Two commands do everything: `make run` and `make test`; each sets up what it needs.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PLANS ?= corpus
DB ?= plans.db

.PHONY: run test lint docs guide corpus bench hostile crash fuzz setup setup-dev tools clean

run: setup
	@$(BIN)/khparse ingest $(PLANS) --db $(DB); code=$$?; if [ $$code -gt 1 ]; then exit $$code; fi; \
	$(BIN)/khparse report --db $(DB)

test: setup-dev
	$(BIN)/python -m pytest -n 2

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/file_lengths.py

# docs/schema.md, cli.md, api.md and sizes.md are made from what they describe; a test tells when they are old.
docs: setup-dev
	$(BIN)/python tools/make_docs.py

# The guide's pictures, from the real page in Chromium; a test tells when the page says something else.
guide: setup-dev
	$(BIN)/python tools/guide_pictures.py

# The Word files and PDFs of corpus/ are built from corpus/text; the built ones are committed.
corpus: setup-dev
	$(BIN)/python corpus/build.py

# Every part is measured and printed; where one misses its limit the whole fails, at the end.
bench: setup-dev
	@code=0; \
	$(BIN)/python tools/bench.py || code=1; \
	$(BIN)/python tools/bench_offices.py || code=1; \
	$(BIN)/python tools/bench_compare.py || code=1; \
	$(BIN)/python tools/bench_web.py || code=1; \
	$(BIN)/khparse evaluate corpus/gold --plans corpus/text --errors 0 || code=1; \
	exit $$code

# 5,000 damaged and crafted files through ingest: no crash, no hang, no half plan.
hostile: setup-dev
	$(BIN)/python tools/hostile.py --count $(or $(COUNT),5000)

# Coverage-guided, each target for SECONDS; atheris is an extra of its own (pip install -e '.[fuzz]').
fuzz: setup-dev
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[fuzz]'
	@for target in detect plain html docx pdf ocr rules; do echo "== $$target"; \
	$(BIN)/python fuzz/fuzz.py $$target -max_total_time=$(or $(SECONDS),60) -print_final_stats=1 2>&1 | tail -8; \
	done; ! ls fuzz/finds/* 2>/dev/null

# kill -9 at random points of ingest, correction and migration.
crash: setup-dev
	$(BIN)/python tools/crash.py --rounds $(or $(ROUNDS),300)

setup: $(VENV)/.installed tools

setup-dev: $(VENV)/.installed-dev
	@KHPARSE_DEV=1 bash tools/system_packages.sh

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV) || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); }
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@

# Scans need tesseract (vie), .doc/.rtf/.odt need LibreOffice; without them the rest still works (khparse doctor tells).
tools:
	@bash tools/system_packages.sh

clean:
	rm -rf $(VENV) $(DB)
