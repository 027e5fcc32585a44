# classroom50/ID.json: a student's result.json as Classroom 50 collects it, classroom50/result/v1.
#
# Built from the published contract: foundation50/classroom50, wiki/Advanced-Autograding.md (the
# `result.json` contract) and schemas/result-v1.schema.json, whose rules a test here repeats.
from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from lab.classroom.model import ClassReport, ExerciseInfo, Grade, StudentReport
from lab.classroom.names import file_name
from lab.classroom.reports.files import number, write_json
from lab.classroom.reports.words import headline, is_graded, result_of, title

UNKNOWN_TIME = "1970-01-01T00:00:00Z"


@dataclass(frozen=True)
class Origin:
    """What Classroom 50's runner tells an autograder about a submission, in its environment.

    CLASSROOM, ASSIGNMENT, OWNER, SUBMISSION_TAG, COMMIT_URL, RELEASE_URL, REVIEW_URL; none empty.
    """

    classroom: str
    assignment: str
    owner: str
    submission: str
    commit: str
    release: str
    review: str


def write(report: ClassReport, folder: Path) -> list[Path]:
    """Writes one file a student. Complexity: memory for one student.

    What came as an archive has no repository: its links name the archive.
    """
    return [
        write_json(
            folder / "classroom50" / f"{file_name(student.id)}.json",
            result_for(report, student, origin_of(report, student)),
        )
        for student in report.students
    ]


def origin_of(report: ClassReport, student: StudentReport) -> Origin:
    """Stands in for what a runner tells: the same for the same answers, and never empty."""
    lessons = {info.lesson for info in report.exercises}
    assignment = lessons.pop() if len(lessons) == 1 else report.course
    given = "\n".join(grade.answer for grade in student.grades)
    digest = hashlib.sha256(given.encode()).hexdigest()[:7]
    source = student.attempts[-1].source if student.attempts else ""
    link = f"archive:{source}"
    tag = f"submit/{submitted_at(student).replace(':', '-')}-{digest}"
    return Origin(report.course, assignment, student.id or "unknown", tag, link, link, link)


def submitted_at(student: StudentReport) -> str:
    """The last attempt's time, to the second and in UTC."""
    said = student.attempts[-1].submitted_at if student.attempts else ""
    try:
        time = datetime.fromisoformat(said)
        utc = time.replace(tzinfo=timezone.utc) if time.tzinfo is None else time
        return utc.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (ValueError, OverflowError):
        return UNKNOWN_TIME


def result_for(report: ClassReport, student: StudentReport, origin: Origin) -> dict[str, Any]:
    """The result.json of one student.

    An exercise that the grader failed at is no test: neither the score nor the most that could be
    reached counts it, as Classroom 50 says 0 of 0 where its own runner fails.
    """
    infos = {info.key: info for info in report.exercises}
    tests = [
        test(report, infos[grade.exercise], grade) for grade in student.grades if is_graded(grade)
    ]
    return {
        "schema": "classroom50/result/v1",
        "classroom": origin.classroom,
        "assignment": origin.assignment,
        "assignment_type": "individual",
        "owner": origin.owner,
        "submission": origin.submission,
        "commit": origin.commit,
        "release": origin.release,
        "review": origin.review,
        "datetime": submitted_at(student),
        "score": sum(one["score"] for one in tests),
        "max-score": sum(one["max-score"] for one in tests),
        "tests": tests,
    }


def test(report: ClassReport, info: ExerciseInfo, grade: Grade) -> dict[str, Any]:
    """One exercise. Scores are whole numbers there: `points` beside them says it exactly."""
    most = whole(grade.max_points)
    return {
        "test-name": title(info),
        "passed": grade.verdict == "accepted",
        "score": min(whole(grade.points), most),
        "max-score": most,
        "points": number(grade.points),
        "exercise": grade.exercise,
        "message": headline(grade, result_of(report, grade)),
    }


def whole(points: float) -> int:
    """`points` to the nearest whole number, a half in the student's favour, and never below 0."""
    return max(0, math.floor(points + 0.5))
