#!/usr/bin/env python3
"""Compares many pairs of templates with compare.py in one process.

Reads a JSON list of [name, expected file, actual file] on standard input and writes a JSON object
name -> list of differences (empty when equal, as `compare.py --semantic` sees it). Of a template with nested stacks
the folders of their templates follow: [..., expected folder, actual folder].
"""
import json
import sys

import divided
from compare import compare


def read(file, folder):
    if folder:
        return divided.read(file, folder)
    with open(file) as text:
        return json.load(text)


answers = {}
for name, expected, actual, *folders in json.load(sys.stdin):
    left, right = folders or (None, None)
    result = compare(read(expected, left), read(actual, right), semantic=True)
    answers[name] = [
        f"{d['kind']} {d['path']}: expected {json.dumps(d['expected'])[:200]} actual {json.dumps(d['actual'])[:200]}"
        for d in result["diffs"]
    ]
json.dump(answers, sys.stdout)
