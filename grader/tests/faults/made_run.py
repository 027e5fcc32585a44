# The class that the faults are tried on: five students of a small made course, and who grades them.
from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from conftest import make_course, write

from lab.classroom import session
from lab.classroom.crew import Crew, Stored, Threads
from lab.classroom.job import Job, Rules, lost
from lab.classroom.wishes import Wishes
from lab.course import Exercise
from lab.desk import Desk

FIRST, SECOND = "01-basics/01-predict-lifecycle", "01-basics/04-fix-one-after-another"

# By student: the answers to both exercises. Two are equal, one is a stub, one cannot be read.
ANSWERS = {
    "ada": ("int a; // verdict: accepted", "int b; // verdict: wrong-order"),
    "bob": ("int a; // verdict: accepted", "int c; // verdict: accepted"),
    "cem": ("int d; // verdict: crashed", f"// TODO(1): the stub of {SECOND}\nint stub();\n"),
    "dua": ("int e;\0", "int b; // verdict: wrong-order"),
    "eva": ("", "int f; // verdict: timed-out"),
}


def make(folder: Path, crew: str) -> Path:
    """Makes course and class, and points the grader at them. Returns: what was handed in."""
    root = make_course(folder / "course")
    for key in (FIRST, SECOND):
        wrong = "// expect: wrong-order M02 — made\nint w; // verdict: wrong-order M02\n"
        write(root / f"grader/checks/{key}/wrong/one.cpp", wrong)
    os.environ["LAB_ROOT"] = str(root)
    for student, answers in ANSWERS.items():
        for key, text in zip((FIRST, SECOND), answers, strict=True):
            if text:
                write(folder / f"in/{student}/{key}.cpp", text)
    if crew == "canned":
        session.make_crew = canned_crew
    return folder / "in"


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


def canned_crew(desk: Desk, exercises: Sequence[Exercise], rules: Rules, wishes: Wishes) -> Crew:
    return Threads(wishes.jobs or 1, canned)
