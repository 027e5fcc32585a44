# Takes the samples: repetitions outermost, in each workload every peer in turn, the order rotated.
#
# Interleaving is what makes factors true: whatever the machine does for a minute, it does to all.
# Each sample is a process of its own, with limits; a peer that fails is not asked again.
from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab import process
from lab.bench import echo, machine
from lab.bench.catalog import Workload
from lab.bench.peers import Peer
from lab.bench.samples import Findings, Nonsense, read_lines

LIMITS = process.Limits(cpu_seconds=90, wall_seconds=90.0)
TRIES = 2
SAMPLE_SECONDS = 1.5  # about; most of the machine's quiet moment and of the interpreters' samples
ECHO_SAMPLE_SECONDS = 3.2


@dataclass(frozen=True)
class Turn:
    """One sample that is to be taken."""

    repetition: int
    workload: Workload
    peer: Peer


def turns(workloads: Sequence[Workload], peers: Sequence[Peer], reps: int) -> Iterator[Turn]:
    """All samples in the order in which they are taken."""
    for repetition in range(reps):
        for workload in workloads:
            able = [peer for peer in peers if peer.has(workload)]
            first = repetition % len(able) if able else 0
            for peer in able[first:] + able[:first]:
                yield Turn(repetition, workload, peer)


def expected_seconds(planned: Sequence[Turn]) -> float:
    """A guess before anything is measured."""
    return sum(ECHO_SAMPLE_SECONDS if t.workload.echo else SAMPLE_SECONDS for t in planned)


@dataclass
class Bench:
    """One run: what was found, and who hears of progress."""

    bin: Path
    findings: Findings
    tell: Callable[[str], None]
    limits: process.Limits = LIMITS

    def run(self, planned: Sequence[Turn]) -> bool:
        """Takes the samples. Returns: whether it came to the end; Ctrl-C keeps what there is."""
        begun = time.monotonic()
        reps = planned[-1].repetition + 1 if planned else 0
        try:
            for number, turn in enumerate(planned):
                self.tell(progress_line(turn, reps, number, len(planned), time.monotonic() - begun))
                self.take(turn)
        except KeyboardInterrupt:
            return False
        return True

    def take(self, turn: Turn) -> None:
        """One sample, taken again once when the machine was not quiet; the quieter one counts."""
        where = (turn.workload.name, turn.peer.name)
        if where in self.findings.failures:
            return
        limit = machine.noise_limit(turn.workload.threads)
        best: tuple[dict[str, float], float] | None = None
        for _ in range(TRIES):
            machine.wait_until_quiet()
            watch = machine.Watch()
            try:
                rows = self.sample(turn.workload, turn.peer)
            except (Nonsense, OSError) as error:
                self.findings.failures[where] = str(error)
                return
            foreign = watch.foreign_cores()
            if best is None or foreign < best[1]:
                best = (rows, foreign)
            if foreign <= limit:
                break
        assert best is not None
        self.findings.add(turn.peer.name, best[0], best[1], best[1] > limit)

    def sample(self, workload: Workload, peer: Peer) -> dict[str, float]:
        """Throws: Nonsense when the program crashed, hung, or did not say what it must."""
        if workload.echo is not None:
            return echo.sample(self.bin / echo.GENERATOR, workload, peer)
        begun = time.monotonic()
        command = [*peer.command, workload.name]
        with process.started(command, env=peer.environment, own_session=True) as child:
            machine.prefer(child.pid)
            done = process.finish(child, self.limits, begun)
        if done.hit_cpu_limit:
            raise Nonsense(f"it was stopped after {done.seconds:.0f} s")
        if done.status != 0:
            raise Nonsense(how_it_ended(done.status))
        return read_lines(workload, done.output)


def how_it_ended(status: int) -> str:
    if status >= 0:
        return f"it ended with status {status}"
    try:
        return f"it crashed: {signal.Signals(-status).name}"
    except ValueError:
        return f"it crashed: signal {-status}"


def progress_line(turn: Turn, reps: int, number: int, total: int, seconds: float) -> str:
    left = f", {span(seconds / number * (total - number))} left" if number else ""
    return (
        f"repetition {turn.repetition + 1} of {reps}, "
        f"sample {number + 1} of {total}{left}: {turn.workload.name}, {turn.peer.name}"
    )


def span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
