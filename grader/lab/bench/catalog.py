# The workloads: what each is called, which rows a sample of it prints, and what must be known to
# measure it. The questions themselves are in runtime/bench/*.cpp.
from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from lab.errors import LabError


@dataclass(frozen=True)
class Echo:
    """How the generator loads a server: messages in flight on each connection, and their size."""

    connections: int
    size_bytes: int
    pipeline: int


@dataclass(frozen=True)
class Workload:
    """One question to a loop. `rows` are the names in the lines that a sample of it prints."""

    name: str
    rows: tuple[str, ...]
    threads: int = 1
    echo: Echo | None = None

    @property
    def wish(self) -> str:
        """What a program's `list` must show to have it."""
        return "echo" if self.echo else self.name


def plain(name: str, *more: str) -> Workload:
    return Workload(name, (name, *(f"{name}_{part}" for part in more)))


def crossing(name: str) -> Workload:
    return Workload(name, (name,), threads=2)


def served(name: str, echo: Echo) -> Workload:
    return Workload(name, (name, f"{name}_cpu", f"{name}_p50", f"{name}_p99"), 2, echo)


WORKLOADS = (
    plain("call_soon_chain"),
    plain("call_soon_chain_io"),
    plain("call_soon_burst", "cold", "bytes"),
    plain("timers_fire", "cpu"),
    plain("timers_cancel"),
    plain("timers_churn"),
    plain("coro_yield"),
    plain("spawn_join", "cold", "bytes"),
    plain("nested_await"),
    crossing("post_threadsafe"),
    crossing("loop_pingpong"),
    crossing("executor_roundtrip"),
    crossing("executor_batch"),
    served("tcp_echo_64", Echo(50, 64, 1)),
    served("tcp_echo_1k_p16", Echo(50, 1024, 16)),
)
ROWS = tuple(row for workload in WORKLOADS for row in workload.rows)
RATES = frozenset(w.name for w in WORKLOADS if w.echo)

# How fast a crossing is depends on how two threads fall into step. The best sample of each side
# is when they did; a median would compare luck.
BY_BEST_SAMPLE = frozenset(w.name for w in WORKLOADS if w.threads == 2 and w.echo is None)


def unit(row: str) -> str:
    """The unit in which every program tells this row."""
    if row in RATES:
        return "req/s"
    if row.startswith("tcp_echo"):
        return "us"
    return "B" if row.endswith("_bytes") else "ns"


def select(names: Sequence[str]) -> list[Workload]:
    """The workloads that have these rows, in the catalogue's order; all without a name.

    Throws: LabError for a name that no row has; it lists the names.
    """
    for name in names:
        if name not in ROWS:
            close = difflib.get_close_matches(name, ROWS, n=1)
            guess = f"did you mean {close[0]}? " if close else ""
            raise LabError(f"there is no workload '{name}': {guess}there are {', '.join(ROWS)}")
    return [w for w in WORKLOADS if not names or set(names) & set(w.rows)]
