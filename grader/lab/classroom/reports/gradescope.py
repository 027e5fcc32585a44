# gradescope/ID.json: a student's results.json as Gradescope's autograders hand it in.
#
# Built from the published rules, gradescope-autograders.readthedocs.io/en/latest/specs.
from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lab.classroom.model import ClassReport, ExerciseInfo, Grade, StudentReport
from lab.classroom.names import file_name
from lab.classroom.reports.files import number, write_json
from lab.classroom.reports.words import NOT_GRADED, feedback, is_graded, result_of, title


def write(report: ClassReport, folder: Path) -> list[Path]:
    """Writes one file a student. Complexity: memory for one student."""
    return [
        write_json(
            folder / "gradescope" / f"{file_name(student.id)}.json", results_for(report, student)
        )
        for student in report.students
    ]


def results_for(report: ClassReport, student: StudentReport) -> dict[str, Any]:
    """The results.json of one student: what an autograder leaves in /autograder/results.

    An exercise that the grader failed at has neither score nor status, and the total leaves it out.
    If that is true of all of them there is no total either: Gradescope then reports that the
    autograder failed, which is so, and lets the teacher run it again.
    """
    infos = {info.key: info for info in report.exercises}
    graded = [grade for grade in student.grades if is_graded(grade)]
    results: dict[str, Any] = {}
    if graded or not student.grades:
        results["score"] = number(sum(grade.points for grade in graded))
    return results | {
        "output": summary_of(student),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"course": report.course, "version": report.version},
        "tests": [
            test(infos[grade.exercise], grade, result_of(report, grade)) for grade in student.grades
        ],
    }


def summary_of(student: StudentReport) -> str:
    """One line above the tests."""
    accepted = sum(grade.verdict == "accepted" for grade in student.grades)
    said = f"{accepted} of {len(student.grades)} accepted."
    missing = sum(not is_graded(grade) for grade in student.grades)
    return f"{said} {missing} {NOT_GRADED}." if missing else said


def test(info: ExerciseInfo, grade: Grade, result: Mapping[str, Any] | None) -> dict[str, Any]:
    """One exercise as a test case."""
    scores: dict[str, Any] = {}
    if is_graded(grade):
        scores = {
            "score": number(grade.points),
            "max_score": number(grade.max_points),
            "status": "passed" if grade.verdict == "accepted" else "failed",
        }
    return scores | {
        "name": title(info),
        "number": info.number,
        "output": feedback(grade, result),
        "output_format": "text",
        "visibility": "visible",
        "tags": [info.lesson, info.kind],
        "extra_data": {
            "exercise": grade.exercise,
            "verdict": grade.verdict,
            "attempt": grade.attempt,
            "answer": grade.answer or None,
        },
    }
