#!/usr/bin/env python3
"""Compares many pairs of templates with compare.py in one process.

Reads a JSON list of [name, expected file, actual file] on standard input and writes a JSON object
name -> list of differences (empty when equal, as `compare.py --semantic` sees it).
"""
import json
import sys

from compare import compare

answers = {}
for name, expected, actual in json.load(sys.stdin):
    with open(expected) as left, open(actual) as right:
        result = compare(json.load(left), json.load(right), semantic=True)
    answers[name] = [
        f"{d['kind']} {d['path']}: expected {json.dumps(d['expected'])[:200]} actual {json.dumps(d['actual'])[:200]}"
        for d in result["diffs"]
    ]
json.dump(answers, sys.stdout)
