# The page for the class in figures: who passed what, how points spread, what could not be graded.
from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from lab.classroom.model import ClassReport, ExerciseInfo, Grade, StudentReport
from lab.classroom.names import file_name
from lab.classroom.reports.html_page import kind, number, sign
from lab.text import plural

BINS = 10
FEW_EXERCISES = 4  # so many have a column each; more are a strip of signs
DAY, HOUR, MINUTE = 86_400, 3_600, 60


@dataclass(frozen=True)
class ExerciseRow:
    """One exercise in figures. `graded` leaves out what is the grader's fault."""

    info: ExerciseInfo
    accepted: int
    graded: int
    verdicts: list[tuple[str, int]]
    tries: str
    attempts: str


@dataclass(frozen=True)
class Bin:
    """How many students have points in a stretch of the scale."""

    label: str
    count: int


@dataclass(frozen=True)
class StudentRow:
    """One line of the class's table."""

    student: StudentReport
    href: str
    points: float
    verdicts: Sequence[str]
    strip: str
    accepted: int
    attempts: int
    late: int
    open: int


@dataclass(frozen=True)
class Ungraded:
    """A grade that the grader owes."""

    student: StudentReport
    href: str
    info: ExerciseInfo
    reason: str


def href(student: StudentReport) -> str:
    """The address of a student's page, from the page of the class."""
    return f"students/{quote(file_name(student.id))}.html"


def exercise_rows(report: ClassReport) -> list[ExerciseRow]:
    """Complexity: one step for each grade."""
    given: dict[str, list[tuple[StudentReport, Grade]]] = {e.key: [] for e in report.exercises}
    for student in report.students:
        for grade in student.grades:
            given[grade.exercise].append((student, grade))
    return [exercise_row(info, given[info.key]) for info in report.exercises]


def exercise_row(info: ExerciseInfo, given: list[tuple[StudentReport, Grade]]) -> ExerciseRow:
    verdicts = Counter(grade.verdict for _, grade in given)
    tried = [(student, grade) for student, grade in given if grade.verdict != "not-attempted"]
    return ExerciseRow(
        info=info,
        accepted=verdicts["accepted"],
        graded=len(given) - verdicts["grader-error"],
        verdicts=sorted(verdicts.items(), key=lambda pair: (-pair[1], pair[0])),
        tries=spread([grade.tries for _, grade in tried if grade.tries > 0]),
        attempts=spread([len(student.attempts) for student, _ in tried]),
    )


def spread(counts: Sequence[int]) -> str:
    """`3 (most 12)`: the median, and the largest."""
    if not counts:
        return "–"
    return f"{number(statistics.median(counts))} (most {number(max(counts))})"


def points_bins(report: ClassReport) -> list[Bin]:
    """How points spread, over those of whom every exercise is graded; full points stand alone."""
    most = max((student.max_points for student in report.students), default=0.0)
    if most <= 0:
        return []
    counts = [0] * (BINS + 1)
    for student in report.students:
        if not open_exercises(student):
            counts[max(0, min(BINS, int(student.points / most * BINS + 1e-9)))] += 1
    edges = [number(most * step / BINS) for step in range(BINS + 1)]
    labels = [f"{low} to under {high}" for low, high in zip(edges, edges[1:], strict=False)]
    labels.append(f"{edges[-1]}: all points")
    return [Bin(label, count) for label, count in zip(labels, counts, strict=True)]


def open_exercises(student: StudentReport) -> int:
    return sum(grade.verdict == "grader-error" for grade in student.grades)


def late_seconds(student: StudentReport) -> int:
    """How late the latest of those attempts came that count."""
    counted = {grade.attempt for grade in student.grades}
    return max((a.late_seconds for a in student.attempts if a.number in counted), default=0)


def late_text(seconds: int) -> str:
    """`2 days 1 hour`: the two largest units."""
    units = ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (1, "second"))
    parts = []
    for size, name in units:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(plural(count, name))
    return " ".join(parts[:2])


def student_rows(report: ClassReport) -> Iterator[StudentRow]:
    """The class's table, one row at a time."""
    few = len(report.exercises) <= FEW_EXERCISES
    for student in report.students:
        verdicts = [grade.verdict for grade in student.grades]
        yield StudentRow(
            student=student,
            href=href(student),
            points=student.points,
            verdicts=verdicts if few else (),
            strip="" if few else "".join(map(sign, verdicts)),
            accepted=verdicts.count("accepted"),
            attempts=len(student.attempts),
            late=late_seconds(student),
            open=open_exercises(student),
        )


def ungraded(report: ClassReport) -> list[Ungraded]:
    """What the grader owes, in the order of the exercises, then of the students."""
    found = []
    for place, info in enumerate(report.exercises):
        for student in report.students:
            grade = student.grades[place]
            if kind(grade.verdict) == "fault":
                result: Any = report.answer_of(grade) or {}
                reason = grade.problem or result.get("message", "")
                found.append(Ungraded(student, href(student), info, reason))
    return found
