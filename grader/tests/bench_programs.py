# What the tests of `./lab bench` share: a good program as a script, a course that has benchmarks
# without a compiler, and shorthands for samples and peers.
from __future__ import annotations

from pathlib import Path

import pytest
from conftest import write

from lab.bench import machine, programs
from lab.bench.catalog import WORKLOADS
from lab.bench.peers import Peer
from lab.bench.samples import Summary

BURST = next(w for w in WORKLOADS if w.name == "call_soon_burst")
GOOD = """#!/bin/sh
case $1 in
list) printf 'timers_fire\\nloop_pingpong\\necho\\n' ;;
timers_fire) echo "timers_fire 42.0 ns"; echo "timers_fire_cpu 41.0 ns" ;;
loop_pingpong) echo "loop_pingpong 300 ns" ;;
*) exit 3 ;;
esac
"""


def summary(row: str, peer: str, value: float, best: float | None = None) -> Summary:
    return Summary(row, peer, value, best or value, value, value, 5, 0, 0.0)


def peer(name: str, *workloads: str) -> Peer:
    return Peer(name, (name,), (name, "echo"), frozenset(workloads))


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for a quiet machine: nothing that is measured here is believed."""
    monkeypatch.setattr(machine, "PATIENCE_SECONDS", 0.0)


@pytest.fixture
def built(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course with benchmarks that need no compiler; nothing else is on this machine."""
    made = root / ".lab/bench/bin"
    write(made / "aio-bench", GOOD, program=True)
    write(made / "peer-libuv", GOOD.replace("42.0", "84.0"), program=True)
    monkeypatch.setattr(programs, "prepare", lambda places, targets: made)
    return made
