# Proves determinism: a solution, run again and again, tells the same down to the last event.
from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lab import build, grade, process
from lab.answer import read_answer
from lab.audit_answers import AuditPlaces
from lab.compile import compile_answer
from lab.course import Exercise
from lab.errors import LabFault
from lab.judge import Options
from lab.places import Places
from lab.runner import Event, run_traced

SEEDS = (0, 7)  # the published case and a fresh one


@dataclass(frozen=True)
class Repeats:
    """How often one solution ran, and how many different traces and bad ends came out."""

    exercise: Exercise
    runs: int
    traces: int  # one for each seed, if all is well
    bad_ends: int

    @property
    def ok(self) -> bool:
        return self.traces == len(SEEDS) and self.bad_ends == 0


def repeat(
    places: Places,
    exercises: Sequence[Exercise],
    times: int,
    done: Callable[[Repeats], None] = lambda repeats: None,
    jobs: int = grade.WORKERS,
) -> list[Repeats]:
    """Runs each solution `times` times with each seed; `done` sees each outcome in order.

    Throws: LabFault when a solution does not compile.
    """
    tools = build.prepare(places, grade.targets_for(exercises, Options()))
    apart = AuditPlaces(places.root, places.state)
    found = []
    # Processes and no threads: whoever runs a program also ends what it leaves behind, and two in
    # one process would end each other's.
    pool = ProcessPoolExecutor(max_workers=jobs)
    try:
        for ex in exercises:
            answer = read_answer(ex.solution)
            program = compile_answer(apart, tools, ex, answer, sanitize=ex.sanitize).program
            if program is None:
                raise LabFault(f"the solution of {ex.number} does not compile")
            todo = [seed for seed in SEEDS for _ in range(times)]
            ends = list(pool.map(partial(one_run, program), todo, chunksize=10))
            found.append(tally(ex, todo, ends))
            done(found[-1])
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        process.stop_all()
        raise
    pool.shutdown()
    return found


def one_run(program: Path, seed: int) -> tuple[str, bool]:
    """Returns: a mark of all that was told, and whether the program came to a good end."""
    trace = run_traced(program, seed)
    return mark(trace.events), not trace.end


def mark(events: Iterable[Event]) -> str:
    return hashlib.sha256(json.dumps([dict(e) for e in events]).encode()).hexdigest()


def tally(ex: Exercise, seeds: Sequence[int], ends: Sequence[tuple[str, bool]]) -> Repeats:
    """A pure function of what the runs told."""
    marks = Counter((seed, told) for seed, (told, _) in zip(seeds, ends))
    return Repeats(ex, len(ends), len(marks), sum(not good for _, good in ends))
