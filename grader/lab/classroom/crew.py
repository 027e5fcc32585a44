# Who grades: threads of this machine. A cluster's workers (cluster.py) have the same three verbs.
#
# A crew only computes. What a member returns is committed by the coordinator, so a member that is
# lost costs time and nothing else.
from __future__ import annotations

import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from lab import process
from lab.classroom.job import Job, lost
from lab.errors import LabError, LabFault

Stored = dict[str, Any]


class Crew(Protocol):
    """Those who grade. `size` is how many jobs they take at one time."""

    size: int

    def start(self, job: Job, text: bytes) -> None:
        """Hands a job out."""

    def finished(self) -> tuple[Job, Stored]:
        """Waits for whichever job is done next. Throws: LabError when the crew is gone."""

    def close(self) -> None:
        """Ends everything that still runs."""


class Threads:
    """A crew of this machine: each thread waits for the processes of one answer at a time.

    `grade` gets the member's number, from 0, so that members can keep apart what they use.
    """

    def __init__(self, size: int, grade: Callable[[int, Job, bytes], Stored]) -> None:
        self.size = size
        self._running = 0
        self._grade = grade
        self._pool = ThreadPoolExecutor(max_workers=size)
        self._free: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[Job, Stored | BaseException]] = queue.SimpleQueue()
        for number in range(size):
            self._free.put(number)

    def start(self, job: Job, text: bytes) -> None:
        try:
            self._pool.submit(self._work, job, text)
        except RuntimeError as error:
            raise LabFault(
                f"this machine starts no more threads ({error}): use --resume"
            ) from error
        self._running += 1

    def _work(self, job: Job, text: bytes) -> None:
        number = self._free.get()
        try:
            outcome: Stored | BaseException = self._grade(number, job, text)
        except Exception as error:  # our fault, and no reason to keep the others waiting
            outcome = lost(job.exercise, text, reason(error))
        except BaseException as error:  # an end of everything
            outcome = error
        finally:
            self._free.put(number)
        self._done.put((job, outcome))

    def finished(self) -> tuple[Job, Stored]:
        job, outcome = self._done.get()
        self._running -= 1
        if isinstance(outcome, BaseException):
            raise outcome
        return job, outcome

    def close(self) -> None:
        if self._running:
            process.stop_all()  # first, so that the threads have nothing left to wait for
        self._pool.shutdown(cancel_futures=True)


def reason(error: Exception) -> str:
    """What a result says of an exception that the grader should not have met."""
    return str(error) if isinstance(error, LabError) else f"{type(error).__name__}: {error}"
