# Runs an answer once and collects its trace, for the commands that show rather than judge.
from __future__ import annotations

import json
import os
import select
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab import process
from lab.orphans import adopted
from lab.result import Line

MOST_BYTES = 32 << 20
CPU_SECONDS = 5
WALL_SECONDS = 60.0
REAL_WALL_SECONDS = 600.0

Event = Mapping[str, Any]


@dataclass(frozen=True)
class Trace:
    """What one run told. `whole` is false when the closing record is missing."""

    events: tuple[Event, ...]
    whole: bool
    status: int

    @property
    def transcript(self) -> list[Line]:
        """The lines that were said, with their virtual milliseconds."""
        said = [e for e in self.events if e.get("ev") == "say"]
        return [Line(int(e.get("t", 0)) // 1000, str(e.get("text", ""))) for e in said]

    @property
    def end(self) -> str:
        """One sentence about an end that was not a good one, else nothing."""
        last = next((e for e in reversed(self.events) if e.get("ev") == "trace.end"), None)
        if not self.whole or last is None:
            return f"the program ended early (status {self.status})"
        if last.get("exit") == "ok":
            return ""
        return f"{last.get('exit')}: {last.get('error', '')}".rstrip(": ")


def run_traced(program: Path, seed: int = 0, *, real_time: bool = False) -> Trace:
    """Runs `program` for one case and reads the JSON Lines that its harness writes."""
    nonce = os.urandom(16).hex()
    clock = "real" if real_time else "virtual"
    give_read, give_write = os.pipe()
    take_read, take_write = os.pipe()
    try:
        os.write(give_write, f"seed={seed} clock={clock} nonce={nonce}\n".encode())
        os.close(give_write)
        env = {**os.environ, "LAB_FDS": f"{give_read},{take_write}"}
        fds = (give_read, take_write)
        starting = process.started([program], env=env, pass_fds=fds, output=subprocess.DEVNULL)
        with adopted(), starting as child:
            os.close(take_write)
            take_write = -1
            process.limit(child, process.Limits(cpu_seconds=CPU_SECONDS))
            text = read_all(take_read, REAL_WALL_SECONDS if real_time else WALL_SECONDS)
            process.end_group(child)
            status = child.wait()
    finally:
        for fd in (give_read, take_read, take_write):
            if fd >= 0:
                os.close(fd)
    return understand(text, nonce, status)


def read_all(fd: int, seconds: float) -> bytes:
    """Everything up to the end of the pipe, to the limit of size, or to the limit of time."""
    deadline = time.monotonic() + seconds
    parts, size = [], 0
    while size < MOST_BYTES:
        ready, _, _ = select.select([fd], [], [], max(0.0, deadline - time.monotonic()))
        chunk = os.read(fd, 1 << 16) if ready else b""
        if not chunk:
            break
        parts.append(chunk)
        size += len(chunk)
    return b"".join(parts)


def understand(text: bytes, nonce: str, status: int) -> Trace:
    """The events up to the closing record; lines that are no JSON objects are left out."""
    events: list[Event] = []
    for line in text.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if not isinstance(event, dict):
            continue
        if "closing" in event:
            return Trace(tuple(events), event["closing"] == nonce, status)
        events.append(event)
    return Trace(tuple(events), False, status)
