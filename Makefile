# The two commands: `make run` and `make test`. Both install what is missing on a fresh Debian or Ubuntu
# with Rust, Node and Python.

CACHE := $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/pilothouse
# A build folder outside the clone, where one exists, is shared between clones.
ifeq ($(origin CARGO_TARGET_DIR),undefined)
ifneq ($(wildcard $(CACHE)/target),)
export CARGO_TARGET_DIR := $(CACHE)/target
endif
endif
export PILOTHOUSE_CACHE := $(CACHE)

.PHONY: run test check fix docs bench deny prepare

run: prepare ## deploy hello-world to the local AWS of this computer, call it, remove it
	@scripts/run.sh

test: prepare ## every check and every test; ends with `N passed, N failed`
	@scripts/test.sh

prepare: ## install what is missing
	@scripts/prepare.sh

check: ## the quick part of `test`: formatting and lints
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

fix: ## put formatting right
	cargo fmt --all

docs: ## write the documents that are made from the code
	PILOTHOUSE_WRITE_DOCS=1 cargo test --quiet -p pilothouse-tests --test documents

deny: ## bans with version floors, licences, sources
	@scripts/deny.sh

bench: prepare ## measure beside the peer and write docs/benchmarks.md
	@scripts/bench.sh
