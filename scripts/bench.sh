#!/usr/bin/env bash
# Measures beside the peer in one run and writes docs/benchmarks.md.
set -euo pipefail
cd "$(dirname "$0")/.."
peer() { # peer VERSION: installs the peer apart from us and prints the path of its command
    local folder=$PILOTHOUSE_CACHE/peer/$1
    if [[ ! -e $folder/node_modules/osls ]]; then
        mkdir -p "$folder"
        npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent "osls@$1" >&2
    fi
    echo "$folder/node_modules/osls/bin/serverless.js"
}
cargo build --locked --release -p pilothouse-cli -p pilothouse-desktop
export PYTHONDONTWRITEBYTECODE=1
binary=${CARGO_TARGET_DIR:-target}/release/pilothouse
python3 tests/benches/package.py "$binary" "$(peer 3.77.1)" --document docs/benchmarks.md "$@"
(cd tests/desktop && npm ci --ignore-scripts --loglevel error)
PATH="$PILOTHOUSE_CACHE/tools/bin:$PATH" PILOTHOUSE_PROFILE=release node tests/benches/window.mjs --document docs/benchmarks.md
npm --prefix ui run --silent build:memory -- --logLevel warn
PATH="$PILOTHOUSE_CACHE/tools/bin:$PATH" PILOTHOUSE_PROFILE=release node tests/benches/frames.mjs --document docs/benchmarks.md
node tests/benches/parameters.mjs --document docs/benchmarks.md
PATH="$PILOTHOUSE_CACHE/tools/bin:$PATH" PILOTHOUSE_PROFILE=release node tests/benches/typing.mjs --document docs/benchmarks.md
# Whoever builds a commit without the deploy commands can still measure the rest.
"$binary" deploy --help >/dev/null 2>&1 || exit 0
python3 tests/benches/layer.py "$binary" --document docs/benchmarks.md
python3 tests/benches/deploy.py "$binary" "$(peer 4.3.1)" --document docs/benchmarks.md "$@"
