#!/usr/bin/env bash
# Builds what changed and opens the window. Words given here go to it: `--open DIR`.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "Building (the first time takes a few minutes)"
cargo build --locked --quiet --workspace --bins
if [[ -z ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
    echo "error: there is no display here to open a window on" >&2
    echo "help: run it on a desktop, or 'make demo' for the same in this terminal" >&2
    exit 1
fi
exec "${CARGO_TARGET_DIR:-target}/debug/pilothouse-desktop" "$@"
