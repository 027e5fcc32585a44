# Before strangers' answers are judged, the judge is: one solution and one known wrong answer of
# each exercise, by the same crew in the same sandbox.
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.classroom.crew import Crew
from lab.classroom.job import Job, Rules, answer_name
from lab.classroom.journal import Journal
from lab.course import Exercise
from lab.errors import LabFault
from lab.lint_course import read_wrong, wrong_files


@dataclass(frozen=True)
class Rehearsed:
    """An answer of the course whose verdict is known."""

    job: Job
    text: bytes
    verdict: str
    what: str


def rehearsed(ex: Exercise, rules: Rules) -> Iterator[Rehearsed]:
    """The solution and the first known wrong answer of `ex`."""
    found = [(ex.solution, "accepted", f"the solution of {ex.number}")]
    for path in wrong_files(ex)[:1]:
        wrong = read_wrong(path)
        if wrong is not None:
            found.append((path, wrong.verdict, f"the wrong answer {path.stem} of {ex.number}"))
    for path, verdict, what in found:
        if not path.is_file():  # an edition without solutions was rehearsed where it was made
            continue
        text = path.read_bytes()
        name = answer_name(text)
        yield Rehearsed(Job(rules.digest(ex.key, name), ex.key, name), text, verdict, what)


def rehearse(
    exercises: Sequence[Exercise],
    rules: Rules,
    journal: Journal,
    crew: Crew,
    *,
    again: bool = False,
) -> int:
    """Returns: how many answers were tried; what a journal calls proved only counts if not `again`.

    Throws: LabFault at the first verdict that is not as it must be, before anyone else is graded.
    """
    wanted = [
        one
        for ex in exercises
        for one in rehearsed(ex, rules)
        if again or one.job.digest not in journal.history.proved
    ]
    by_digest = {one.job.digest: one for one in wanted}
    waiting = list(reversed(wanted))
    running = 0
    while waiting or running:
        while waiting and running < crew.size:
            one = waiting.pop()
            crew.start(one.job, one.text)
            running += 1
        job, result = crew.finished()
        running -= 1
        one = by_digest[job.digest]
        if result["verdict"] != one.verdict:
            told = "what was graded is kept, and no more is" if again else "nobody was graded"
            raise LabFault(
                f"{told}: {one.what} got {result['verdict']} instead of {one.verdict}"
                f" ({result['message'] or 'no reason given'}); ./lab audit {job.exercise} says more"
            )
        journal.proved(job.digest)
    return len(wanted)
