#!/usr/bin/env bash
# What Pilothouse does today, on an example: what would be deployed, and the local AWS it will be deployed to.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "Building (the first time takes a few minutes)"
cargo build --locked --quiet -p pilothouse-cli
pilothouse=${CARGO_TARGET_DIR:-target}/debug/pilothouse

"$pilothouse" check --dir examples/hello-world
"$pilothouse" package --dir examples/hello-world
echo
echo "The resources of examples/hello-world:"
python3 - examples/hello-world/.pilothouse/cloudformation-template-update-stack.json <<'PYTHON'
import json
import sys

for name, resource in json.load(open(sys.argv[1]))["Resources"].items():
    print(f"  {resource['Type']:<32} {name}")
PYTHON

echo
"$pilothouse" sandbox up
"$pilothouse" sandbox down
