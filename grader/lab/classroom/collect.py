# Finds the submissions in what the teacher named. (The thinnest form: a folder of folders.)
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.classroom.submission import Student, Submission
from lab.course import Course


@dataclass(frozen=True)
class Collected:
    submissions: tuple[Submission, ...]
    notes: tuple[str, ...] = ()


def collect(paths: Sequence[Path], course: Course, roster: object = None) -> Collected:
    found = []
    for folder in sorted(f for path in paths for f in path.iterdir() if f.is_dir()):
        answers = {}
        for ex in course.exercises:
            for place in (folder / f"{ex.key}.cpp", folder / f"{ex.slug}.cpp"):
                if place.is_file():
                    answers[ex.key] = place.read_bytes()
        found.append(Submission(folder.name, Student(folder.name), answers))
    return Collected(tuple(found))
