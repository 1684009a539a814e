#!/usr/bin/env python3
"""`package` beside the peer's, in one run: time and memory, as ratios, into docs/benchmarks.md.

usage: package.py PILOTHOUSE OSLS [--runs N] [--document FILE]
PILOTHOUSE is the release binary, OSLS the peer's serverless.js (run by node).
"""
import argparse
import datetime
import os
import pathlib
import platform
import random
import shutil
import subprocess
import tempfile

import measure

HANDLER = "def hello(event, context):\n    return {'statusCode': 200}\n"


def service(folder, functions, individually=False):
    lines = ["service: bench", "provider: {name: aws, runtime: python3.11}"]
    if individually:
        lines.append("package: {individually: true}")
    lines.append("functions:")
    for i in range(functions):
        lines += [f"  fn{i:03}:", "    handler: handler.hello", "    events:", f"      - http: GET /path{i:03}"]
    (folder / "serverless.yml").write_text("\n".join(lines) + "\n")
    (folder / "handler.py").write_text(HANDLER)


def tree(folder, files, megabytes):
    """Files of source-like text (it deflates to about a third, as code does) with a seeded generator."""
    source = random.Random(20260801)
    words = [source.randbytes(source.randint(2, 9)).hex() for _ in range(4000)]
    size = megabytes * 1_000_000 // files
    for i in range(files):
        path = folder / "lib" / f"part{i % 50:02}" / f"module{i:05}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = ""
        while len(text) < size:
            text += " ".join(source.choices(words, k=200)) + "\n"
        path.write_text(text[:size])


CASES = [
    ("1 function", 1, False, None),
    ("50 functions", 50, False, None),
    ("200 functions", 200, False, None),
    ("500 functions", 500, False, None),
    ("50 functions, individually", 50, True, (50, 5)),
    ("1 function, 60 MB in 5,000 files", 1, False, (5000, 60)),
]


def zip_seconds(folder, place, runs):
    if not shutil.which("zip"):
        return None
    command = ["sh", "-c", f"rm -f {place}/plain.zip; exec zip -q -r -6 {place}/plain.zip ."]
    return sorted(measure.once(command, folder, os.environ)[0] for _ in range(runs))[runs // 2]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pilothouse")
    parser.add_argument("osls")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--document")
    options = parser.parse_args()
    version = subprocess.run(["node", options.osls, "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    environment["SLS_NOTIFICATIONS_MODE"] = "off"
    rows, sizes = [], []
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        for name, functions, individually, files in CASES:
            folder = place / name.replace(" ", "-").replace(",", "")
            folder.mkdir()
            service(folder, functions, individually)
            if files:
                tree(folder, *files)
            ours = [os.path.abspath(options.pilothouse), "package", "--out", str(place / "out")]
            theirs = ["node", os.path.abspath(options.osls), "package"]
            (a, am), (b, bm) = measure.beside(ours, theirs, folder, environment, options.runs)
            rows.append(f"| {name} | {a:.3f} s / {am:.0f} MiB | {b:.2f} s / {bm:.0f} MiB | {b / a:.0f}x | {bm / am:.0f}x |")
            print(rows[-1], flush=True)
            if files and files[1] == 60:
                shutil.rmtree(folder / ".serverless", ignore_errors=True)
                plain = zip_seconds(folder, place, options.runs)
                if plain:
                    ratio = (place / "out/bench.zip").stat().st_size / (place / "plain.zip").stat().st_size
                    sizes.append(f"`zip -6` of the same 60 MB takes {plain:.2f} s; our archive has {ratio:.2f} of its size.")
    lines = [
        "## `package` beside osls",
        "",
        f"Medians of {options.runs} runs in turn, whole process, {os.cpu_count()} cores, {platform.system()}, "
        f"{datetime.date.today()}; peer: {version.strip()}. Reproduce with `make bench`.",
        "",
        "| Service | Pilothouse | peer | faster | less memory |",
        "|---|---|---|---|---|",
        *rows,
        "",
        *sizes,
    ]
    if options.document:
        measure.section(options.document, "package", lines)


main()
