# A zip that Gradescope takes as an autograder: setup.sh, run_autograder, and the course inside.
from __future__ import annotations

import json
from collections.abc import Sequence

from lab.classroom.exports.files import CourseFiles, Member, under
from lab.classroom.exports.student import for_students
from lab.classroom.exports.templates import fill
from lab.course import Exercise
from lab.errors import LabError

SECONDS = 540  # Gradescope ends a run after ten minutes, unless the teacher chose more
MOST_BYTES = 100 << 20  # far below what Gradescope accepts; the course has one or two MiB
KEPT = ("grader/lab/commands/grade.py", "grader/lab/classroom/exports/")
FAILURE = (
    "Not graded yet: a fault of the grader, not of your answer. The 0 is no result. "
    "Your teacher can run it again."
)


def failure(message: str = FAILURE) -> dict[str, object]:
    """A results.json that Gradescope accepts and that nobody can take for a grade."""
    return {
        "score": 0,
        "output": message,
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
    }


def autograder(
    files: CourseFiles, exercises: Sequence[Exercise], policy: bytes | None
) -> dict[str, Member]:
    """The members of the zip. No solution and no known answer is in it: nothing to be stolen."""
    course = files.only(lambda name: for_students(name) or name.startswith(KEPT))
    if policy is not None:
        course["policy.toml"] = Member(policy)
    names = names_of(exercises)
    run = fill("run_autograder", seconds=SECONDS, failure=json.dumps(failure()), names=names)
    members = {
        **under("course", course),
        "setup.sh": Member(fill("setup.sh", names=names).encode(), program=True),
        "run_autograder": Member(run.encode(), program=True),
    }
    if sum(len(member.content) for member in members.values()) > MOST_BYTES:
        raise LabError("the course is larger than 100 MiB: Gradescope would refuse it")
    return members


def names_of(exercises: Sequence[Exercise]) -> str:
    """` 01-4 02-2` for a command line; nothing where all are meant."""
    return "".join(f" {ex.number}" for ex in exercises)
