#!/usr/bin/env bash
# Installs the Debian packages that building and running need, and with the word `test` those of the tests too.
# Says what it cannot install itself.
set -euo pipefail

missing=()
need() { # need COMMAND-OR-FILE PACKAGE
    if [[ $1 == /* ]]; then [[ -e $1 ]] || missing+=("$2"); else command -v "$1" >/dev/null || missing+=("$2"); fi
}
library() { # library NAME PACKAGE: what is linked, as pkg-config knows it
    pkg-config --exists "$1" 2>/dev/null || missing+=("$2")
}
need cc gcc
need make make
need git git
need python3 python3
# Debian and Ubuntu ship venv apart from python3; without it no private environment can be made.
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
# The window.
need pkg-config pkg-config
library webkit2gtk-4.1 libwebkit2gtk-4.1-dev
need xdg-open xdg-utils
if [[ ${1:-} == test ]]; then
    # A display and a session of the tests' own, and the webview's driver.
    need Xvfb xvfb
    need dbus-daemon dbus
    need dbus-monitor dbus-bin
    need WebKitWebDriver webkit2gtk-driver
    need xdotool xdotool
    need import imagemagick
    # The page in a browser.
    command -v google-chrome >/dev/null || need chromium chromium
    # Read to its end: a reader that leaves early would fail the pipe.
    fc-list 2>/dev/null | grep DejaVu >/dev/null || missing+=(fontconfig fonts-dejavu-core)
fi

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
if [[ ${1:-} == test ]]; then
    # The bridge between WebDriver and the window, in a folder of the tests.
    tools=${PILOTHOUSE_CACHE:-$HOME/.cache/pilothouse}/tools
    version=2.1.0
    if ! grep -qs "\"tauri-driver $version " "$tools/.crates.toml"; then
        echo "Building tauri-driver $version"
        env -u CARGO_TARGET_DIR cargo install tauri-driver --version $version --locked --quiet --root "$tools"
    fi
fi
