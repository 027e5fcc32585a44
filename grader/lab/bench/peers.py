# Who takes part: each program, how it is started, and which Debian package it needs.
from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lab import process
from lab.bench.catalog import Workload

LIST_LIMITS = process.Limits(cpu_seconds=10, wall_seconds=20)
SCRIPTS = Path("runtime/bench/peers")
UVLOOP = "AIO_PEER_UVLOOP"

# asio_nolock promises that no second thread touches the loop, so it may not be posted to.
CROSSINGS = frozenset(("post_threadsafe", "loop_pingpong", "executor_roundtrip", "executor_batch"))


@dataclass(frozen=True)
class Peer:
    """A program that takes part: `command` and a workload's name, or `serve` and a port."""

    name: str
    command: tuple[str, ...]
    serve: tuple[str, ...]
    workloads: frozenset[str] = frozenset()
    env: Mapping[str, str] = field(default_factory=dict)

    def has(self, workload: Workload) -> bool:
        return workload.wish in self.workloads

    @property
    def environment(self) -> dict[str, str]:
        return {k: v for k, v in os.environ.items() if k != UVLOOP} | dict(self.env)


@dataclass(frozen=True)
class Places:
    """Where programs are looked for: the build's `bin`, and the course's root for the scripts."""

    bin: Path
    root: Path


@dataclass(frozen=True)
class Entry:
    """A line of the register: how a peer is found, and what to install when it is not."""

    name: str
    find: Callable[[Places], Peer | None]
    package: str = ""


def program(
    name: str, file: str, without: frozenset[str] = frozenset()
) -> Callable[[Places], Peer | None]:
    """A program of the build, which says itself what it has."""

    def find(places: Places) -> Peer | None:
        path = places.bin / file
        return asked(name, (str(path),), without=without) if path.is_file() else None

    return find


def raw_server(name: str, word: str) -> Callable[[Places], Peer | None]:
    """A server written by hand on the system's calls: it can do nothing but echo."""

    def find(places: Places) -> Peer | None:
        path = places.bin / "raw-echo"
        return Peer(name, (), (str(path), word), frozenset(["echo"])) if path.is_file() else None

    return find


def python_peer(name: str) -> Callable[[Places], Peer | None]:
    def find(places: Places) -> Peer | None:
        script = places.root / SCRIPTS / "asyncio_peer.py"
        python = python_with_uvloop()
        if not script.is_file() or (name == "uvloop" and not python):
            return None
        env = {UVLOOP: "1"} if name == "uvloop" else {}
        return asked(name, (python or sys.executable, str(script)), env)

    return find


def node_peer(places: Places) -> Peer | None:
    node = shutil.which("node") or shutil.which("nodejs")
    script = places.root / SCRIPTS / "node_peer.mjs"
    return asked("node", (node, str(script))) if node and script.is_file() else None


def python_with_uvloop() -> str:
    """The first interpreter that has it, for both Python peers: or one would compare Pythons."""
    for python in dict.fromkeys((sys.executable, "/usr/bin/python3")):
        if os.access(python, os.X_OK):
            done = process.run([python, "-c", "import uvloop"], LIST_LIMITS)
            if done.status == 0:
                return python
    return ""


def asked(
    name: str,
    command: tuple[str, ...],
    env: Mapping[str, str] | None = None,
    without: frozenset[str] = frozenset(),
) -> Peer | None:
    """The peer with the workloads that it lists; None when it cannot even do that."""
    bare = Peer(name, command, (*command, "echo"), env=env or {})
    try:
        done = process.run([*command, "list"], LIST_LIMITS, env=bare.environment)
    except OSError:
        return None
    if done.status != 0:
        return None
    return Peer(name, command, bare.serve, frozenset(done.output.split()) - without, bare.env)


OURS = Entry("aio", program("aio", "aio-bench"))
REGISTER = (
    OURS,
    Entry("libuv", program("libuv", "peer-libuv"), "libuv1-dev"),
    Entry("asio", program("asio", "peer-asio"), "libasio-dev"),
    Entry("asio_nolock", program("asio_nolock", "peer-asio-nolock", CROSSINGS), "libasio-dev"),
    Entry("libev", program("libev", "peer-libev"), "libev-dev"),
    Entry("libevent", program("libevent", "peer-libevent"), "libevent-dev"),
    Entry("asyncio", python_peer("asyncio")),
    Entry("uvloop", python_peer("uvloop"), "python3-uvloop"),
    Entry("node", node_peer, "nodejs"),
    Entry("limit", program("limit", "peer-limit")),
    Entry("raw_epoll", raw_server("raw_epoll", "epoll")),
    Entry("raw_uring", raw_server("raw_uring", "uring"), "liburing-dev"),
)
NAMES = tuple(entry.name for entry in REGISTER)


def find_peers(
    places: Places, register: Sequence[Entry] = REGISTER
) -> tuple[list[Peer], list[Entry]]:
    """Who is here, and who is not."""
    found = [(entry, entry.find(places)) for entry in register]
    return [peer for _, peer in found if peer], [entry for entry, peer in found if peer is None]


def absent(missing: Sequence[Entry]) -> str:
    """One line on who is not here and what would bring them; nothing when all are."""
    if not missing:
        return ""
    packages = sorted({entry.package for entry in missing if entry.package})
    bring = f" (Debian: apt-get install {' '.join(packages)})" if packages else ""
    return f"not on this machine: {', '.join(entry.name for entry in missing)}{bring}"
