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

.PHONY: run demo page test test-deep test-interrupted check fix docs bench deny prepare prepare-test

run: prepare page ## open the window; ARGS="--open DIR" opens a project in it
	@scripts/run.sh $(ARGS)

demo: prepare ## the same in a terminal: deploy hello-world to the local AWS of this computer, call it, remove it
	@scripts/demo.sh

test: prepare-test ## every check and every test; ends with `N passed, N failed`
	@scripts/test.sh

test-deep: prepare-test ## COUNT random services, documents of variables, broken texts (2000) and requests to policies (20000) of SEED (1): what differs from the peers
	@cargo build --quiet --locked --workspace --bin pilothouse
	@PILOTHOUSE_FUZZ_COUNT=$(or $(COUNT),2000) PILOTHOUSE_FUZZ_SEED=$(or $(SEED),1) PILOTHOUSE_FUZZ_KEYS=1 \
		cargo test --quiet --locked --workspace --test fuzz random_ -- --nocapture
	@PILOTHOUSE_FUZZ_COUNT=$(or $(COUNT),20000) PILOTHOUSE_FUZZ_SEED=$(or $(SEED),1) \
		cargo test --quiet --locked --workspace --test policies -- --nocapture

prepare: ## install what building and running need, as far as it is missing
	@scripts/prepare.sh

prepare-test:
	@scripts/prepare.sh test

# The stamps lie in node_modules, which a fresh installation replaces.
page: ui/node_modules/.built ## build the window's page, as far as it changed

ui/node_modules/.installed: ui/package-lock.json
	@echo "Installing the page's packages"
	@npm --prefix ui ci --ignore-scripts --loglevel error
	@touch $@

ui/node_modules/.built: ui/node_modules/.installed ui/index.html $(wildcard ui/*.ts) $(shell find ui/src -type f 2>/dev/null)
	@echo "Building the page"
	@cd ui && npx --no-install vite build --logLevel warn
	@touch $@

test-interrupted: prepare-test ## what takes long: a deploy interrupted at every point and killed at every point after it
	PILOTHOUSE_DEEP=1 cargo test --locked -p pilothouse-tests --test deploy interrupt -- --nocapture

check: ## the quick part of `test`: formatting and lints
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

fix: ## put formatting right
	cargo fmt --all

docs: ## write the documents and types that are made from the code
	PILOTHOUSE_WRITE_DOCS=1 cargo test --quiet --workspace --test documents
	PILOTHOUSE_WRITE_DOCS=1 cargo test --quiet --workspace --test border

deny: ## bans with version floors, licences, sources
	@scripts/deny.sh

bench: prepare-test page ## measure beside the peer, and the window, and write docs/benchmarks.md
	@scripts/bench.sh
