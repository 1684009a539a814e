#!/usr/bin/env bash
# Checks bans, licences and sources of everything we link. Advisories need a database from the network and
# are checked by the release workflow.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$PILOTHOUSE_CACHE/tools
version=0.20.2
if ! "$tools/bin/cargo-deny" --version 2>/dev/null | grep -qx "cargo-deny $version"; then
    # Built in a folder of its own: its dependencies are not ours.
    env -u CARGO_TARGET_DIR cargo install cargo-deny --version $version --locked --quiet --root "$tools"
fi
"$tools/bin/cargo-deny" --log-level error check bans licenses sources
