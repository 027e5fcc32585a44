#!/usr/bin/env python3
# Draws random programs, runs them here and on the oracle, and shrinks the first that differs.
"""Random programs, here and on the oracle; the smallest that differs is kept.

    fuzz.py --program build/bin/conformance [--lang asyncio|js] [--seed S] [--count N] [--out DIR]

Programs come from generate.py. The oracle is CPython 3.11 (run_asyncio.py, in this process) or Node
20 (run_node.js). Where the traces differ, the program runs on the oracle once more with what
DIFFERENCES.md lists; if that trace is ours, the difference is kept on purpose. Any other is shrunk,
written to DIR, and makes the exit status 1. Exit status 77: the oracle is missing.
"""
import argparse
import contextlib
import json
import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
SLICE = 250


def batch(command, docs):
    """Runs `docs` through `command --batch`. Returns: a list of lines for each name."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(doc) + "\n" for doc in docs)
        file.flush()
        done = subprocess.run([*command, "--batch", file.name], capture_output=True, text=True, timeout=300)
    traces = {}
    lines = []
    for line in done.stdout.splitlines():
        if line.startswith("== "):
            lines = traces.setdefault(line[3:], [])
        else:
            lines.append(line)
    return traces


def skip(why):
    print(f"fuzz.py: {why}", file=sys.stderr)
    sys.exit(77)


class Asyncio:
    """CPython's loop, in this process; `agreed`: with the differences that are kept."""

    def __init__(self):
        import run_asyncio

        if sys.version_info[:2] != (3, 11):
            skip("the contract is CPython 3.11: run it with python3.11")
        self.reference = run_asyncio
        log = logging.getLogger("asyncio")
        log.propagate = False
        log.addHandler(run_asyncio._slow)
        sys.unraisablehook = lambda *_: None

    def traces(self, docs, agreed=False):
        return {doc["name"]: self.trace(doc, agreed) for doc in docs}

    def trace(self, doc, agreed):
        import agreed_asyncio

        with agreed_asyncio.differences() if agreed else contextlib.nullcontext():
            try:
                return self.reference.run_scenario(doc)
            except (self.reference.BadScenario, KeyError, AttributeError):
                return None  # shrunk too far: a name is used that nothing binds


class Node:
    """Node's loop, in a process of its own; `agreed`: with the differences that are kept."""

    def __init__(self):
        with contextlib.suppress(OSError):
            told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
            if told.startswith("v20."):
                return
        skip("the contract is Node 20: it must be the `node` of the PATH")

    def traces(self, docs, agreed=False):
        return batch(["node", str(HERE / "run_node.js"), *(["--agreed"] if agreed else [])], docs)


def generate(lang, seed, count):
    command = [sys.executable, str(HERE / "generate.py"), "--lang", lang, "--seed", str(seed), "--count", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def differs(doc, program, oracle):
    """Whether `doc` shows a difference that is not on the list."""
    want = oracle.traces([doc]).get(doc["name"])
    got = batch([program], [doc]).get(doc["name"])
    return want is not None and got is not None and want != got and oracle.traces([doc], True).get(doc["name"]) != got


def smaller(node, path=()):
    """Every path to a list element, the outermost and last first: what can be left out."""
    if isinstance(node, list):
        for i in reversed(range(len(node))):
            yield (*path, i)
        for i, item in enumerate(node):
            yield from smaller(item, (*path, i))
    elif isinstance(node, dict):
        for key, item in node.items():
            yield from smaller(item, (*path, key))


def without(doc, path):
    copy = json.loads(json.dumps(doc))
    node = copy
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]
    return copy


def shrink(doc, program, oracle, budget=2000):
    """Leaves out one step after the other as long as the difference stays."""
    found = True
    while found and budget > 0:
        found = False
        for path in smaller(doc):
            candidate = without(doc, path)
            budget -= 1
            if differs(candidate, program, oracle):
                doc, found = candidate, True
                break
            if budget <= 0:
                break
    return doc


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="the interpreter to test")
    parser.add_argument("--lang", choices=("asyncio", "js"), default="asyncio")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=Path("."), help="where shrunk programs go")
    given = parser.parse_args()
    oracle = Asyncio() if given.lang == "asyncio" else Node()
    kept = bad = 0
    for seed in range(given.seed, given.seed + given.count, SLICE):
        docs = generate(given.lang, seed, min(SLICE, given.seed + given.count - seed))
        want, got = oracle.traces(docs), batch([given.program], docs)
        for doc in docs:
            name = doc["name"]
            if want.get(name) == got.get(name):
                continue
            if oracle.traces([doc], True).get(name) == got.get(name):
                kept += 1
                continue
            bad += 1
            small = shrink(doc, given.program, oracle)
            file = given.out / f"{name}.json"
            file.write_text(json.dumps(small, indent=1) + "\n", encoding="utf-8")
            print(f"{name}: differs; the smallest program that does is in {file}", flush=True)
    print(f"{given.count} programs, {bad} differences, {kept} more that are kept on purpose (DIFFERENCES.md)")
    sys.stdout.flush()
    os._exit(1 if bad else 0)  # tasks that never end are not told so


if __name__ == "__main__":
    main()
