#!/usr/bin/env bash
# Installs the Debian packages that building and testing need, and says what it cannot install itself.
set -euo pipefail

missing=()
need() { # need COMMAND-OR-FILE PACKAGE
    if [[ $1 == /* ]]; then [[ -e $1 ]] || missing+=("$2"); else command -v "$1" >/dev/null || missing+=("$2"); fi
}
need cc gcc
need make make
need git git
need python3 python3
# Debian and Ubuntu ship venv apart from python3; without it no private environment can be made.
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)

if ((${#missing[@]})); then
    echo "Installing: ${missing[*]}"
    as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || { echo "error: ${missing[*]} must be installed, and there is no sudo" >&2; exit 1; }
        as_root=(sudo)
    fi
    command -v apt-get >/dev/null || { echo "error: install ${missing[*]} with your system's package manager" >&2; exit 1; }
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

command -v cargo >/dev/null || { echo "error: Rust is missing: install it from https://rustup.rs" >&2; exit 1; }
command -v node >/dev/null || { echo "error: Node is missing: install version 20 or later from https://nodejs.org" >&2; exit 1; }
