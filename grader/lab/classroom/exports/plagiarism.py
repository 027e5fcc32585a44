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
    """One exercise as it lies there: how it is called, how many students answered it, and how many
    answers they gave."""

    number: str
    folder: str
    file: str
    count: int
    answers: int


def lay_out(
    submissions: Sequence[Submission],
    exercises: Sequence[Exercise],
    stubs: Mapping[str, bytes],
    out: Path,
) -> list[LaidOut]:
    """Writes the folders, students.csv and a README with the commands.

    Returns: the exercises that anybody answered. Every attempt that differs is there, since which
    one counts is the policy's matter: `ada` is the last one's folder, `ada~2` that of the second
    attempt. Files that are no text, and untouched stubs, are left out.
    """
    made = []
    for ex in exercises:
        answers = answers_to(ex, submissions, stubs[ex.key].decode("utf-8", "replace"))
        if not answers:
            continue
        one = LaidOut(ex.number, f"{ex.lesson}-{ex.slug}", f"{ex.slug}.cpp", *counted(answers))
        folder = out / one.folder
        write_atomically(folder / "base" / one.file, stubs[ex.key])
        for name, content in named(answers).items():
            write_atomically(folder / "submissions" / name / one.file, content)
        made.append(one)
    write_atomically(out / "students.csv", students_csv(submissions).encode())
    write_atomically(out / "README.md", fill("plagiarism.md", exercises=made).encode())
    return made


def answers_to(
    ex: Exercise, submissions: Sequence[Submission], stub: str
) -> dict[str, dict[int, bytes]]:
    """Each student's distinct answers by the attempt's number, in the order of ids.

    Of equal ones the latest attempt has it, so that the last answer stays the last.
    """
    found: dict[str, dict[int, bytes]] = {}
    attempts: dict[str, int] = {}
    for one in sorted(submissions, key=lambda one: (one.submitted_at, one.source)):
        id_ = one.student.id
        attempts[id_] = attempts.get(id_, 0) + 1
        content = one.answers.get(ex.key)
        if content is not None and comparable(content, stub):
            earlier = found.get(id_, {})
            kept = {number: text for number, text in earlier.items() if text != content}
            found[id_] = {**kept, attempts[id_]: content}
    return dict(sorted(found.items()))


def counted(answers: Mapping[str, Mapping[int, bytes]]) -> tuple[int, int]:
    return len(answers), sum(len(own) for own in answers.values())


def named(answers: Mapping[str, Mapping[int, bytes]]) -> dict[str, bytes]:
    """Folder names for all answers: no plain id has a `~`, and other names end with 32 digits."""
    found = {}
    for id_, own in answers.items():
        name = file_name(id_)
        for number, content in own.items():
            found[name if number == max(own) else f"{name}~{number}"] = content
    return found


def comparable(content: bytes, stub: str) -> bool:
    """Whether it is a text, and more than the stub."""
    try:
        refuse(Path("answer.cpp"), content, "")
    except BadAnswer:
        return False
    return not same_program(content.decode("utf-8"), stub)


def students_csv(submissions: Sequence[Submission]) -> str:
    """Which folder is whose, earlier attempts apart. No cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["folder", "id", "name", "email"])
    named = sorted(submissions, key=lambda one: bool(one.student.name))  # the last one is kept
    students = {one.student.id: one.student for one in named}
    for id_, student in sorted(students.items()):
        row = [file_name(id_), id_, student.name, student.email]
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return out.getvalue()
