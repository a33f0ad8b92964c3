# Zhuchao: `make run` starts it, `make test` proves it. Both install what is missing when they may,
# or print the one line that would. See README.md.

CARGO ?= cargo
HOME_DIR ?= .zhuchao

.PHONY: run test lint bench need-build need-test

run: need-build
	$(CARGO) run --locked -- demo --home $(HOME_DIR)

# The features come from what the machine has: with libpq, every store test runs on both databases.
test: need-build need-test
	$(CARGO) test --locked $$(sh tests/tools/features.sh)
	sh tests/tools/journeys.sh

lint:
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets $$(sh tests/tools/features.sh) -- -D warnings

bench: need-build
	for what in import candidates nearest; do $(CARGO) run --locked -- bench $$what || exit 1; done

need-build:
	@sh tests/tools/need.sh cmake g++ libclang

need-test:
	@sh tests/tools/need.sh --optional libpq postgresql
	@sh tests/tools/need.sh --optional node npm browser hanzi
