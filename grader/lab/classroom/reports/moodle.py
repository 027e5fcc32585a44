# moodle.csv: what Moodle imports into its gradebook; two columns an exercise, points and feedback.
#
# Built from Moodle's own importer (moodle/moodle, grade/import/csv/classes/load_data.php):
# - The teacher maps one identity column (ID number, Username, Email address) and each other one.
# - A feedback that is imported without its grade removes the grade: so each has both.
# - `-` is no grade. An empty cell in a new column would become a 0, so there is none.
# - A grade over 100 stops the whole import: so there is no column for the total.
# - Feedback is HTML there, and line ends are line breaks.
from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

from lab.classroom.model import ClassReport, Grade, StudentReport
from lab.classroom.reports.cells import Cell, Own, write_table
from lab.classroom.reports.files import number
from lab.classroom.reports.words import is_graded, result_of, summary, title

IDENTITY = ("ID number", "Username", "Email address", "Full name")
NO_GRADE = Own("-")


def write(report: ClassReport, folder: Path) -> list[Path]:
    """Writes `moodle.csv`. Complexity: memory for one row."""
    return [write_table(folder / "moodle.csv", rows(report))]


def rows(report: ClassReport) -> Iterator[list[Cell]]:
    """The table: the names of columns, then a row a student."""
    titles = [title(info) for info in report.exercises]
    yield [*IDENTITY, *(cell for name in titles for cell in (name, f"{name} (feedback)"))]
    for student in report.students:
        row = identity(student)
        for grade in student.grades:
            row += [points_of(grade), feedback(report, grade)]
        yield row


def identity(student: StudentReport) -> list[Cell]:
    """The cells that Moodle finds a student by: the roster's, else the id in each place for one."""
    roster = student.roster
    email = roster.get("Email address") or student.email
    if any(roster.get(column) for column in IDENTITY[:3]):
        return [roster.get("ID number", ""), roster.get("Username", ""), email, student.name]
    return [student.id, student.id, email, student.name]


def points_of(grade: Grade) -> Cell:
    return number(grade.points) if is_graded(grade) else NO_GRADE


def feedback(report: ClassReport, grade: Grade) -> str:
    """The verdict, how the points came about, the hint."""
    return html.escape(summary(grade, result_of(report, grade)), quote=False)
