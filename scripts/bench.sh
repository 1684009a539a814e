#!/usr/bin/env bash
# Measures beside the peer in one run and writes docs/benchmarks.md.
set -euo pipefail
cd "$(dirname "$0")/.."
peer=$PILOTHOUSE_CACHE/peer
if [[ ! -e $peer/node_modules/osls ]]; then
    mkdir -p "$peer"
    npm install --prefix "$peer" --ignore-scripts --no-audit --no-fund --silent osls@3.77.1
fi
cargo build --locked --release -p pilothouse-cli
export PYTHONDONTWRITEBYTECODE=1
python3 tests/benches/package.py "${CARGO_TARGET_DIR:-target}/release/pilothouse" \
    "$peer/node_modules/osls/bin/serverless.js" --document docs/benchmarks.md "$@"
