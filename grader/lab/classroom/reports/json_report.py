# class.json: everything that is known of a class, one student and one answer a line.
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lab.classroom.model import SCHEMA, Attempt, ClassReport, ExerciseInfo, Grade, StudentReport
from lab.classroom.reports.files import json_text, number, utf8
from lab.classroom.reports.words import result_of
from lab.state import atomic_file


def write(report: ClassReport, folder: Path) -> list[Path]:
    """Writes `class.json`, schema lab/class/v1 (classroom/schemas/class.schema.json).

    For the teacher: it holds everybody's answers and the seeds of the class.
    Complexity: memory for one student or one answer; time and disk for all.
    """
    path = folder / "class.json"
    with atomic_file(path) as out:
        for part in parts(report):
            out.write(utf8(part))
    return [path]


def parts(report: ClassReport) -> Iterator[str]:
    """The text of class.json in pieces."""
    yield "{\n"
    for key, value in head(report).items():
        yield f"{json_text(key)}: {json_text(value)},\n"
    yield '"students": ['
    yield from lines(json_text(student_json(student)) for student in report.students)
    yield '\n],\n"answers": {'
    yield from lines(answers(report))
    yield "\n}\n}\n"


def answers(report: ClassReport) -> Iterator[str]:
    """Each stored result that a grade refers to, once; an interrupted run has not all of them."""
    found = {grade.answer: grade for student in report.students for grade in student.grades}
    for digest in sorted(found.keys() - {""}):
        result = result_of(report, found[digest])
        if result is not None:
            yield f"{json_text(digest)}: {json_text(result)}"


def lines(items: Iterator[str]) -> Iterator[str]:
    """The items of a JSON array or object, one a line."""
    for index, item in enumerate(items):
        yield f",\n{item}" if index else f"\n{item}"


def head(report: ClassReport) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "course": report.course,
        "version": report.version,
        "title": report.title,
        "isolation": {
            "mode": report.isolation.mode,
            "layers": [vars(layer) for layer in report.isolation.layers],
        },
        "policy": dict(report.policy),
        "exercises": [exercise_json(info) for info in report.exercises],
        "stubs": dict(sorted(report.stubs.items())),
    }


def exercise_json(info: ExerciseInfo) -> dict[str, Any]:
    return {**vars(info), "max_points": number(info.max_points)}


def student_json(student: StudentReport) -> dict[str, Any]:
    return {
        "id": student.id,
        "name": student.name,
        "email": student.email,
        "roster": dict(sorted(student.roster.items())),
        "points": number(student.points),
        "max_points": number(student.max_points),
        "attempts": [attempt_json(attempt) for attempt in student.attempts],
        "grades": [grade_json(grade) for grade in student.grades],
        "notes": list(student.notes),
    }


def attempt_json(attempt: Attempt) -> dict[str, Any]:
    return dict(vars(attempt))


def grade_json(grade: Grade) -> dict[str, Any]:
    """`answer` is a key of the report's `answers`, or null when nothing was run.

    After an interrupted run a grader-error may name an answer that is not among them.
    """
    return {
        **vars(grade),
        "points": number(grade.points),
        "max_points": number(grade.max_points),
        "answer": grade.answer or None,
        "steps": list(grade.steps),
    }
