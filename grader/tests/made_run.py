# A class to be graded for trial: five students of a small made course, and who grades them.
from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from conftest import make_course, write

from lab import build
from lab.classroom.crew import Crew, Stored, Threads
from lab.classroom.job import Job, Rules, grade_text, lost
from lab.classroom.model import Isolation, Layer
from lab.classroom.wishes import Wishes
from lab.course import Exercise
from lab.desk import Desk
from lab.grade import targets_for
from lab.judge import Options

FIRST, SECOND = "01-basics/01-predict-lifecycle", "01-basics/04-fix-one-after-another"

WALLS = Isolation("full", (Layer("made", True),))

# By student: the answers to both exercises. Two are equal, one is a stub, one cannot be read.
ANSWERS = {
    "ada": ("int a; // verdict: accepted", "int b; // verdict: wrong-order"),
    "bob": ("int a; // verdict: accepted", "int c; // verdict: accepted"),
    "cem": ("int d; // verdict: crashed", f"// TODO(1): the stub of {SECOND}\nint stub();\n"),
    "dua": ("int e;\0", "int b; // verdict: wrong-order"),
    "eva": ("", "int f; // verdict: timed-out"),
}


def make(folder: Path) -> tuple[Path, Path]:
    """Returns: the made course, with a known wrong answer to both exercises, and what was handed in."""
    root = make_course(folder / "course")
    for key in (FIRST, SECOND):
        wrong = "// expect: wrong-order M02 — made\nint w; // verdict: wrong-order M02\n"
        write(root / f"grader/checks/{key}/wrong/one.cpp", wrong)
    for student, answers in ANSWERS.items():
        for key, text in zip((FIRST, SECOND), answers, strict=True):
            if text:
                write(folder / f"in/{student}/exercises/{key}.cpp", text)
    return root, folder / "in"


def made_class(folder: Path) -> Path:
    """Two answers to an exercise of the real course, which has to be built. Returns: `folder`."""
    ex = Desk().course.find_one("01-4")
    write(folder / f"ada/exercises/{ex.key}.cpp", ex.solution.read_text())
    write(folder / f"bob/exercises/{ex.key}.cpp", "int main( // is no answer\n")
    return folder


def canned(number: int, job: Job, text: bytes) -> Stored:
    """The verdict that the text names, without compiling it: `verdict: wrong-order`."""
    found = re.search(r"verdict: (\S+)", text.decode())
    verdict = found[1] if found else "accepted"
    case = {
        "name": "published",
        "seed": 0,
        "verdict": verdict,
        "expected": [{"t_ms": 0, "text": "A"}],
        "actual": [{"t_ms": 0, "text": "A" if verdict == "accepted" else "B"}],
        "first_difference": None if verdict == "accepted" else 0,
        "message": "",
        "warnings": [],
    }
    result = {**lost(job.exercise, text, ""), "verdict": verdict, "cases": [case], "hint": None}
    return {**result, "shown": None if verdict == "accepted" else 0, "feedback": f"{verdict}\n"}


@contextlib.contextmanager
def canned_crew(
    desk: Desk, exercises: Sequence[Exercise], rules: Rules, wishes: Wishes
) -> Iterator[tuple[Crew, Isolation]]:
    """One thread that compiles nothing."""
    with contextlib.closing(Threads(1, canned)) as crew:
        yield crew, WALLS


@contextlib.contextmanager
def bench_crew(
    desk: Desk, exercises: Sequence[Exercise], rules: Rules, wishes: Wishes
) -> Iterator[tuple[Crew, Isolation]]:
    """One thread with the made course's compiler and checkers, which need no sandbox."""
    tools = build.prepare(desk.places, targets_for(exercises, Options()), quiet=True)
    by_key = {ex.key: ex for ex in exercises}

    def grade(number: int, job: Job, text: bytes) -> Stored:
        return grade_text(
            desk.places, tools, by_key[job.exercise], text, rules, contextlib.nullcontext
        )

    with contextlib.closing(Threads(1, grade)) as crew:
        yield crew, WALLS
