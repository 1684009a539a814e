#!/usr/bin/env bash
# The main job from end to end: a local AWS, hello-world deployed to it, called over HTTP, and removed again.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "Building (the first time takes a few minutes)"
cargo build --locked --quiet --workspace --bin pilothouse
pilothouse=${CARGO_TARGET_DIR:-target}/debug/pilothouse
project=(--dir examples/hello-world --sandbox)

"$pilothouse" deploy "${project[@]}" --yes
endpoint=$("$pilothouse" info "${project[@]}" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["endpoints"][0]["url"])')
echo
echo "GET $endpoint"
python3 - "$endpoint" <<'PYTHON'
import sys
import urllib.request

with urllib.request.urlopen(sys.argv[1], timeout=30) as answer:
    print(answer.status, answer.read().decode())
PYTHON
echo
"$pilothouse" remove "${project[@]}" --yes
