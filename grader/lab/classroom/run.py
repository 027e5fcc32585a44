# The coordinator: hands jobs to a crew, and commits what comes back. It alone writes.
#
# The order of a commit is the whole secret of going on after an interruption: the result file is
# on the disk before the journal says so, and a result that the journal does not know is made again.
from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Sequence

from lab.classroom.crew import Crew, Stored
from lab.classroom.job import Job, lost
from lab.classroom.journal import HOPELESS, Journal, read
from lab.classroom.store import Store
from lab.errors import LabError

Done = Callable[[Job, Stored], None]
Reassure = Callable[[], object]  # returns, or throws LabError, when the grader itself is in doubt

FAULT = "grader-error"
DOUBTFUL = 10  # faults of ours in a row: is it the answers, or everything?


def missing(store: Store, journal: Journal, jobs: Iterable[Job]) -> list[Job]:
    """The jobs without a result that is on the disk as the journal knows it."""
    done = journal.history.done
    return [
        job
        for job in jobs
        if job.digest not in done or not store.holds(job.digest, done[job.digest])
    ]


def adopt(store: Store, journal: Journal, jobs: Sequence[Job], old: Store) -> list[Job]:
    """Takes over what another run has graded under the same rules. Returns: what is left."""
    done: dict[str, str] = {}
    if old.journal.is_file():
        for record, _ in read(old.journal):
            if record.get("event") == "end":
                done[str(record["name"])] = str(record["check"])
    left = []
    for job in jobs:
        if job.digest in done and old.holds(job.digest, done[job.digest]):
            journal.end(job.digest, store.write_result(job.digest, old.read_result(job.digest)))
        else:
            left.append(job)
    return left


def work(
    store: Store,
    journal: Journal,
    jobs: Sequence[Job],
    crew: Crew,
    done: Done,
    reassure: Reassure = lambda: None,
) -> None:
    """Grades `jobs`, and those last and alone in whose company the grader has ended before.

    Effects: every result is committed before `done` hears of it. After DOUBTFUL faults of ours in a
    row nothing is handed out before `reassure` has returned.
    Throws: LabError when the disk refuses; what was committed stays, and a new call goes on.
    """
    suspected = {job for job in jobs if journal.history.suspected(job.digest)}
    trusted = [job for job in jobs if job not in suspected]
    hand_out(store, journal, trusted, crew, done, reassure)
    for job in jobs:
        if job not in suspected:
            continue
        if journal.history.begun[job.digest] < HOPELESS:
            hand_out(store, journal, [job], crew, done, reassure)
        else:
            commit(store, journal, job, given_up(store, job), done)
            journal.given_up(job.digest)


def hand_out(
    store: Store,
    journal: Journal,
    jobs: Sequence[Job],
    crew: Crew,
    done: Done,
    reassure: Reassure,
) -> None:
    waiting, running, faults = deque(jobs), set[str](), 0
    try:
        while waiting or running:
            while waiting and len(running) < crew.size and faults < DOUBTFUL:
                job = waiting.popleft()
                text = store.answer(job.answer)
                journal.begin(job.digest)
                running.add(job.digest)
                crew.start(job, text)
            if not running:  # too many faults in a row, and nobody is at work
                reassure()
                faults = 0
                continue
            job, result = crew.finished()
            commit(store, journal, job, result, done)
            running.discard(job.digest)
            faults = faults + 1 if result["verdict"] == FAULT else 0
    except (Exception, KeyboardInterrupt):
        with contextlib.suppress(LabError):
            for digest in sorted(running):
                journal.back(digest)
        raise


def commit(store: Store, journal: Journal, job: Job, result: Stored, done: Done) -> None:
    """A fault of ours gets a file, so that reports can tell of it, but is never called done."""
    check = store.write_result(job.digest, result)
    if result["verdict"] != FAULT:
        journal.end(job.digest, check)
    done(job, result)


def given_up(store: Store, job: Job) -> Stored:
    why = f"the grader ended {HOPELESS} times while it ran this answer"
    return lost(job.exercise, store.answer(job.answer), why)
