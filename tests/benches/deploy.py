#!/usr/bin/env python3
"""A whole deploy beside the peer's, on the same local AWS in one run: ratios into docs/benchmarks.md.

usage: deploy.py PILOTHOUSE OSLS4 [--runs N] [--document FILE]
PILOTHOUSE is the release binary, OSLS4 the peer's serverless.js (version 4, run by node).

Pilothouse's own sandbox is the AWS for both. The peer addresses buckets as `<bucket>.localhost`, so its service
names a bucket made beforehand, and that name is resolved to this computer for the peer alone (by a small
preload script for node), not by changing the machine.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import tempfile
import urllib.request

import measure

REGION = "us-east-1"
SERVICE = """service: {name}
provider:
  name: aws
  runtime: python3.11
{bucket}functions:
  hello:
    handler: handler.hello
    events:
      - http: GET /hello
"""
HANDLER = "def hello(event, context):\n    return {{'statusCode': 200, 'body': '{version}'}}\n"
# The system's resolver does not know names below localhost.
RESOLVE = """const dns = require('dns'); const lookup = dns.lookup;
dns.lookup = (name, ...rest) => lookup(name.endsWith('.localhost') ? '127.0.0.1' : name, ...rest);
"""


def make(folder, name, bucket=""):
    folder.mkdir(parents=True)
    (folder / "serverless.yml").write_text(SERVICE.format(name=name, bucket=bucket))
    (folder / "handler.py").write_text(HANDLER.format(version=0))


def change(folder, version):
    (folder / "handler.py").write_text(HANDLER.format(version=version))


class Side:
    """One of the two: its commands for each step."""

    def __init__(self, folder, environment, steps):
        self.folder, self.environment, self.steps = folder, environment, steps
        self.seconds = {}

    def run(self, step):
        wall, _ = measure.once(self.steps[step], self.folder, self.environment)
        self.seconds.setdefault(step, []).append(wall)


STRAIGHT = "code change, the peer by `deploy function`"
STEPS = ["first deploy", "no change", "code change", STRAIGHT, "invoke", "remove"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pilothouse")
    parser.add_argument("osls")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--document")
    options = parser.parse_args()
    ours, peer = os.path.abspath(options.pilothouse), ["node", os.path.abspath(options.osls)]
    version = subprocess.run([*peer, "--version"], capture_output=True, text=True).stdout.split("\n")[0].strip()
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        environment = {**clean, "PILOTHOUSE_HOME": str(place / "home")}
        subprocess.run([ours, "sandbox", "up"], env=environment, check=True, stdout=subprocess.DEVNULL)
        try:
            status = json.loads(subprocess.run([ours, "sandbox", "status", "--json"], env=environment, check=True, capture_output=True).stdout)
            sides = both(place, ours, peer, environment, status["running"]["url"])
            for turn in range(options.runs):
                for number, step in enumerate(STEPS):
                    for side in sides:
                        if step.startswith("code change"):
                            change(side.folder, turn * len(STEPS) + number)
                        side.run(step)
        finally:
            subprocess.run([ours, "sandbox", "down"], env=environment, check=True, stdout=subprocess.DEVNULL)
    report(sides, version, options)


def both(place, ours, peer, environment, endpoint):
    make(place / "ours", "bench-ours")
    make(place / "peer", "bench-peer", "  deploymentBucket: bench-peer-bucket\n")
    request = urllib.request.Request(f"{endpoint}/bench-peer-bucket", method="PUT")
    urllib.request.urlopen(request, timeout=10).read()
    preload = place / "resolve.js"
    preload.write_text(RESOLVE)
    peers_environment = {
        **environment,
        "AWS_ENDPOINT_URL": endpoint.replace("127.0.0.1", "localhost"),
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": REGION,
        "NODE_OPTIONS": f"--require {preload}", "SLS_NOTIFICATIONS_MODE": "off",
    }
    target = ["--sandbox"]
    return [
        Side(place / "ours", environment, {
            "first deploy": [ours, "deploy", *target, "--yes"],
            "no change": [ours, "deploy", *target, "--yes"],
            "code change": [ours, "deploy", *target, "--yes"],
            STRAIGHT: [ours, "deploy", *target, "--yes"],
            "invoke": [ours, "invoke", "hello", *target],
            "remove": [ours, "remove", *target, "--yes"],
        }),
        Side(place / "peer", peers_environment, {
            "first deploy": [*peer, "deploy"],
            "no change": [*peer, "deploy"],
            "code change": [*peer, "deploy"],
            STRAIGHT: [*peer, "deploy", "function", "-f", "hello"],
            "invoke": [*peer, "invoke", "-f", "hello"],
            "remove": [*peer, "remove"],
        }),
    ]


def report(sides, version, options):
    rows = []
    for step in STEPS:
        a, b = (statistics.median(side.seconds[step]) for side in sides)
        rows.append(f"| {step} | {a:.2f} s | {b:.2f} s | {b / a:.1f}x |")
        print(rows[-1])
    lines = [
        "## A deploy beside osls, on the same local AWS",
        "",
        f"Medians of {options.runs} runs in turn, whole process, {os.cpu_count()} cores, {platform.system()}, "
        f"{datetime.date.today()}; one Python function behind `http`; peer: {version}. "
        "Reproduce with `make bench`.",
        "",
        "| Step | Pilothouse | peer | faster |",
        "|---|---|---|---|",
        *rows,
    ]
    if options.document:
        measure.section(options.document, "deploy", lines)


main()
