#!/usr/bin/env bash
# Every check and every test. Ends with one line, `N passed, N failed`; a check (formatting, lints, ...)
# counts as one.
set -uo pipefail
cd "$(dirname "$0")/.."

passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

check() { # check NAME COMMAND...
    local name=$1 start=$SECONDS
    shift
    echo "== $name"
    if "$@" >"$log" 2>&1; then
        passed=$((passed + 1))
        echo "   ok ($((SECONDS - start)) s)"
    else
        failed=$((failed + 1))
        cat "$log"
        echo "   FAILED: $name"
    fi
}

tests() { # tests COMMAND...: runs cargo tests and adds up their counts; an ignored test counts as failed
    local start=$SECONDS
    echo "== $*"
    "$@" 2>&1 | tee "$log"
    local status=${PIPESTATUS[0]} p f i
    read -r p f i < <(awk '/^test result: /{ p += $4; f += $6; i += $8 } END { print p + 0, f + 0, i + 0 }' "$log")
    ((status != 0 && f == 0)) && f=1
    ((i)) && echo "   $i ignored tests: an ignored test has not passed"
    passed=$((passed + p))
    failed=$((failed + f + i))
    echo "   $p passed, $((f + i)) failed ($((SECONDS - start)) s)"
}

taps() { # taps NAME COMMAND...: runs tests that answer in TAP and adds up their counts; a skipped test counts as failed
    local name=$1 start=$SECONDS
    shift
    echo "== $name"
    "$@" >"$log" 2>&1
    local status=$? p f
    read -r p f < <(awk '/^not ok /{ f++; next } /^ok .*# (SKIP|TODO)/{ f++; next } /^ok /{ p++ } END { print p + 0, f + 0 }' "$log")
    # A run that broke off, or ran nothing, has failed whatever it counted.
    ((status != 0 && f == 0)) && f=1
    ((p + f == 0)) && f=1
    ((f)) && cat "$log"
    passed=$((passed + p))
    failed=$((failed + f))
    echo "   $p passed, $f failed ($((SECONDS - start)) s)"
}

# Fetched once, so that what follows needs no network beyond this computer.
check "dependencies" cargo fetch --locked
check "formatting" cargo fmt --all --check
check "lints" cargo clippy --workspace --all-targets --locked -- -D warnings
check "bans, licences, sources" scripts/deny.sh
check "the page" make --no-print-directory page
# The whole workspace, so that libraries have the features that the tests below compile them with.
check "build" cargo build --locked --workspace --bins
export PILOTHOUSE_SANDBOX_INSTALL=${PILOTHOUSE_SANDBOX_INSTALL:-$PILOTHOUSE_CACHE/sandbox-install}
tests cargo test --workspace --locked --no-fail-fast

in_page() { (cd ui && "$@"); }
check "the page: types, lints, contrast" in_page npm run --silent check
taps "the page: its parts" in_page npx --no-install vitest run --reporter=tap-flat
taps "the page: in a browser" in_page npm run --silent e2e
in_desktop() { (cd tests/desktop && PATH="$PILOTHOUSE_CACHE/tools/bin:$PATH" "$@"); }
check "the desktop tests' packages" in_desktop npm ci --ignore-scripts --loglevel error
taps "the window" in_desktop npm test --silent

echo "$passed passed, $failed failed"
((failed == 0))
