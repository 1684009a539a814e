"""Whole-process measurements: wall seconds and peak memory, medians of several runs, two commands in turn."""
import os
import statistics
import subprocess
import time


def once(command, cwd, environment):
    """One run: (wall seconds, peak resident MiB of the largest process)."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{errors.decode(errors='replace')[-2000:]}")
    return wall, usage.ru_maxrss / 1024


def beside(ours, theirs, cwd, environment, runs):
    """Both commands in turn, so that a change of the machine's speed meets both: two pairs of medians."""
    once(ours, cwd, environment)
    once(theirs, cwd, environment)
    pairs = [(once(ours, cwd, environment), once(theirs, cwd, environment)) for _ in range(runs)]
    middle = lambda side, what: statistics.median(pair[side][what] for pair in pairs)
    return (middle(0, 0), middle(0, 1)), (middle(1, 0), middle(1, 1))


def section(path, name, lines):
    """Replaces the part of a document between its markers, leaving the rest as it is."""
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    text = open(path).read() if os.path.exists(path) else "# Benchmarks\n"
    body = "\n".join([begin, *lines, end])
    if begin in text:
        head, rest = text.split(begin, 1)
        text = head + body + rest.split(end, 1)[1]
    else:
        text = f"{text.rstrip()}\n\n{body}\n"
    with open(path, "w") as out:
        out.write(text)
