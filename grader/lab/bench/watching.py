# From a save to the verdict, as a student sees it: `./lab watch` runs, a file is written, and the
# clock stops when the verdict has been printed.
from __future__ import annotations

import json
import os
import select
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from types import TracebackType

from lab import process
from lab.bench.course import Copy, Figure, run
from lab.course import Exercise
from lab.errors import LabFault

PATIENCE_SECONDS = 120.0
PAUSE_SECONDS = 0.4  # between two saves: nobody is faster, and the watcher is back at its post
GOAL, GOAL_MOLD = 0.30, 0.20  # seconds
VERDICT = "s from save to verdict"


def saves(
    copy: Copy, wanted: Sequence[Exercise], rounds: int, tell: Callable[[str], None]
) -> Iterator[Figure]:
    """Saves the solutions of `wanted` `rounds` times each, with the linkers that there are."""
    tell("building the checkers")
    for ex in wanted:
        shutil.copyfile(ex.solution, ex.stub)
    copy.run("check", *(ex.number for ex in wanted))
    yield from measured_saves(copy, wanted, rounds, tell)
    if linker(copy) == "mold":
        run(["cmake", "-DLAB_MOLD=OFF", str(copy.root / ".lab/build")])
        yield from measured_saves(copy, wanted, rounds, tell)


def measured_saves(
    copy: Copy, wanted: Sequence[Exercise], rounds: int, tell: Callable[[str], None]
) -> list[Figure]:
    """One figure for each exercise, and the median of all saves, which has the goal."""
    by = linker(copy)
    taken: dict[str, list[float]] = {ex.number: [] for ex in wanted}
    for number in range(rounds):
        tell(f"saves (linker {by}), round {number + 1} of {rounds}")
        (copy.root / ".lab/progress.json").unlink(missing_ok=True)
        with Watcher(copy, wanted[0]) as watcher:
            for ex in wanted:
                taken[ex.number].append(watcher.save(ex, f"// {by}, round {number}\n"))
    return figures(by, taken)


def figures(by: str, taken: dict[str, list[float]]) -> list[Figure]:
    every = [seconds for found in taken.values() for seconds in found]
    goal = GOAL_MOLD if by == "mold" else GOAL
    name = f"save to verdict ({by})"
    return [
        Figure(name, statistics.median(every), goal, len(every)),
        *(Figure(f"  {n}", statistics.median(s), samples=len(s)) for n, s in taken.items()),
    ]


def linker(copy: Copy) -> str:
    """What links an answer in the copy: mold, lld, or the system's ld."""
    data = json.loads((copy.root / ".lab/build/lab.json").read_text(encoding="utf-8"))
    words = " ".join(data["profiles"]["lab"]["link"])
    return next((name for name in ("mold", "lld") if f"-fuse-ld={name}" in words), "ld")


class Watcher:
    """A running `./lab watch`, read as a student reads it."""

    def __init__(self, copy: Copy, first: Exercise) -> None:
        self.copy = copy
        self.first = first
        self.stack = ExitStack()

    def __enter__(self) -> Watcher:
        self.child: subprocess.Popen[bytes] = self.stack.enter_context(
            process.started(
                [self.copy.lab, "watch", self.first.number],
                cwd=self.copy.root,
                env=self.copy.environment,
                join_streams=True,
            )
        )
        self.read_until(f"{self.first.number} {self.first.slug[3:]}")
        time.sleep(PAUSE_SECONDS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stack.close()

    def save(self, ex: Exercise, more: str) -> float:
        """Writes the solution and `more` where the student would. Returns: seconds to the verdict.

        `more` makes the content new, so that it is compiled. Throws: LabFault when it is rejected.
        """
        content = ex.solution.read_bytes() + more.encode()
        begun = time.monotonic()
        ex.stub.write_bytes(content)
        told = self.read_until(VERDICT)
        seconds = time.monotonic() - begun
        if f"{ex.number} {ex.slug[3:]}: accepted" not in told:
            raise LabFault(f"the solution of {ex.number} is not accepted: ./lab audit {ex.number}")
        time.sleep(PAUSE_SECONDS)
        return seconds

    def read_until(self, wanted: str) -> str:
        """All that is printed up to `wanted`. Throws: LabFault when it does not come."""
        assert self.child.stdout is not None
        descriptor, seen = self.child.stdout.fileno(), ""
        end = time.monotonic() + PATIENCE_SECONDS
        while wanted not in seen:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, end - time.monotonic()))
            chunk = os.read(descriptor, 65536) if ready else b""
            if not chunk:
                last = (seen.strip().splitlines() or ["nothing"])[-1]
                raise LabFault(f"./lab watch did not say '{wanted}' but: {last}")
            seen += chunk.decode("utf-8", "replace")
        return seen
