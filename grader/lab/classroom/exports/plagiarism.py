# Lays a class's answers out for JPlag and MOSS: an exercise, a student, a file.
#
# What students call themselves never becomes a path: folders are named by lab.classroom.names.
from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.answer import BadAnswer, refuse, same_program
from lab.classroom.exports.templates import fill
from lab.classroom.names import file_name
from lab.classroom.submission import Submission
from lab.course import Exercise
from lab.state import write_atomically

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class LaidOut:
    """One exercise as it lies there: how it is called, and how many students answered it."""

    number: str
    folder: str
    file: str
    count: int


def lay_out(
    submissions: Sequence[Submission],
    exercises: Sequence[Exercise],
    stubs: Mapping[str, bytes],
    out: Path,
) -> list[LaidOut]:
    """Writes the folders, students.csv and a README with the commands.

    Returns: the exercises that anybody answered. Of several attempts the last one is taken that
    holds an answer. Files that are no text, and untouched stubs, are left out.
    """
    made = []
    for ex in exercises:
        answers = answers_to(ex, submissions, stubs[ex.key].decode("utf-8", "replace"))
        if not answers:
            continue
        one = LaidOut(ex.number, f"{ex.lesson}-{ex.slug}", f"{ex.slug}.cpp", len(answers))
        folder = out / one.folder
        write_atomically(folder / "base" / one.file, stubs[ex.key])
        for id_, content in answers.items():
            write_atomically(folder / "submissions" / file_name(id_) / one.file, content)
        made.append(one)
    write_atomically(out / "students.csv", students_csv(submissions).encode())
    write_atomically(out / "README.md", fill("plagiarism.md", exercises=made).encode())
    return made


def answers_to(ex: Exercise, submissions: Sequence[Submission], stub: str) -> dict[str, bytes]:
    """Each student's last answer, by id, in the order of ids."""
    found: dict[str, bytes] = {}
    for one in sorted(submissions, key=lambda one: (one.submitted_at, one.source)):
        content = one.answers.get(ex.key)
        if content is not None and comparable(content, stub):
            found[one.student.id] = content
    return dict(sorted(found.items()))


def comparable(content: bytes, stub: str) -> bool:
    """Whether it is a text, and more than the stub."""
    try:
        refuse(Path("answer.cpp"), content, "")
    except BadAnswer:
        return False
    return not same_program(content.decode("utf-8"), stub)


def students_csv(submissions: Sequence[Submission]) -> str:
    """Which folder is whose. No cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["folder", "id", "name", "email"])
    named = sorted(submissions, key=lambda one: bool(one.student.name))  # the last one is kept
    students = {one.student.id: one.student for one in named}
    for id_, student in sorted(students.items()):
        row = [file_name(id_), id_, student.name, student.email]
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return out.getvalue()
