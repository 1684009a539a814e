#!/usr/bin/env python3
"""A change of code with the packages in the archive and in a layer, on the local AWS: bytes and seconds into
docs/benchmarks.md.

usage: layer.py PILOTHOUSE [--runs N] [--megabytes N] [--document FILE]

The packages are a wheel made here, of text and of bytes that do not deflate, and fetched from its folder: no network.
"""
import argparse
import base64
import datetime
import hashlib
import json
import os
import pathlib
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import zipfile

import measure

SERVICE = """service: {name}
provider: {{name: aws, runtime: python3.12}}
plugins: [serverless-python-requirements]
{more}functions:
  hello: {{handler: handler.hello}}
"""
LAYER = "custom: {pilothouse: {dependencies: layer}}\n"
HANDLER = "import heavy\n\n\ndef hello(event, context):\n    return heavy.VALUE + '{version}'\n"


def wheel(folder, megabytes):
    """Half of it is source text, half of it bytes as compiled libraries have them."""
    chance = random.Random(1)
    words = [f"name_{number}" for number in range(2000)]
    files = {"heavy/__init__.py": b"VALUE = 'heavy '\n"}
    for number in range(megabytes * 5):
        text = "\n".join(f"{chance.choice(words)} = {chance.random()}" for _ in range(3300)).encode()
        files[f"heavy/part{number}.py"] = text[:100_000]
        files[f"heavy/part{number}.bin"] = chance.randbytes(100_000)
    info = "heavy-1.0.dist-info"
    files[f"{info}/METADATA"] = b"Metadata-Version: 2.1\nName: heavy\nVersion: 1.0\n"
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    lines = []
    for path, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={digest},{len(content)}\n")
    files[f"{info}/RECORD"] = ("".join(lines) + f"{info}/RECORD,,\n").encode()
    folder.mkdir()
    with zipfile.ZipFile(folder / "heavy-1.0-py3-none-any.whl", "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)


def uploaded(folder, before):
    """The bytes of archives that differ from those of an earlier package: those are sent."""
    now = {path.name: path.read_bytes() for path in (folder / ".pilothouse").glob("*.zip")}
    return now, sum(len(content) for name, content in now.items() if before.get(name) != content)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pilothouse")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--megabytes", type=int, default=40)
    parser.add_argument("--document")
    options = parser.parse_args()
    ours = os.path.abspath(options.pilothouse)
    clean = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        wheel(place / "wheels", options.megabytes)
        environment = {
            **clean, "PILOTHOUSE_HOME": str(place / "home"),
            "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(place / "wheels"),
        }
        subprocess.run([ours, "sandbox", "up"], env=environment, check=True, stdout=subprocess.DEVNULL)
        try:
            sides = [
                side(place, ours, environment, options, name, more)
                for name, more in [("archive", ""), ("layer", LAYER)]
            ]
        finally:
            subprocess.run([ours, "sandbox", "down"], env=environment, check=True, stdout=subprocess.DEVNULL)
    report(sides, options)


def side(place, ours, environment, options, name, more):
    folder = place / name
    folder.mkdir()
    (folder / "serverless.yml").write_text(SERVICE.format(name=f"bench-{name}", more=more))
    (folder / "requirements.txt").write_text("heavy==1.0\n")
    deploy = [ours, "deploy", "--sandbox", "--yes"]
    (folder / "handler.py").write_text(HANDLER.format(version="none"))
    # The packages are fetched once for both.
    measure.once([ours, "package"], folder, environment)
    measured, files = {}, {}
    for turn in range(options.runs + 1):
        (folder / "handler.py").write_text(HANDLER.format(version=turn))
        wall, _ = measure.once(deploy, folder, environment)
        files, sent = uploaded(folder, files)
        step = "first deploy" if turn == 0 else "code change"
        measured.setdefault(step, []).append((wall, sent))
    said = subprocess.run([ours, "invoke", "hello", "--sandbox", "--json"], cwd=folder, env=environment, check=True, capture_output=True)
    answer = json.loads(said.stdout)["answer"]
    if answer != f"heavy {options.runs}":
        sys.exit(f"{name}: the function answers {answer}")
    return measured


def report(sides, options):
    rows = []
    for step in ["first deploy", "code change"]:
        cells = []
        for measured in sides:
            seconds = statistics.median(wall for wall, _ in measured[step])
            sent = statistics.median(sent for _, sent in measured[step])
            size = f"{sent / 1e6:.1f} MB" if sent >= 1e6 else f"{sent / 1e3:.1f} KB"
            cells.append(f"{size}, {seconds:.2f} s")
        rows.append(f"| {step} | {cells[0]} | {cells[1]} |")
        print(rows[-1])
    build = "a development build" if "/debug/" in options.pilothouse else "a release build"
    lines = [
        "## Packages in the archive, and in a layer",
        "",
        f"Medians of {options.runs} changes of code, whole process, {os.cpu_count()} cores, {platform.system()}, "
        f"{datetime.date.today()}; one Python function with {options.megabytes} MB of packages, on the local AWS; what is sent to the "
        f"bucket, by {build}. The local AWS takes any number of bytes at once; AWS is as far as your network. Reproduce with `tests/benches/layer.py`.",
        "",
        "| Step | packages in the archive | packages in a layer |",
        "|---|---|---|",
        *rows,
    ]
    if options.document:
        measure.section(options.document, "layer", lines)


if __name__ == "__main__":
    main()
