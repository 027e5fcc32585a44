# canvas.csv: what Canvas imports into its gradebook; a column an exercise, and one a lesson.
#
# Built from Canvas' own importer (instructure/canvas-lms, lib/gradebook_importer.rb):
# - A student is found by ID (Canvas' own), else SIS User ID, else SIS Login ID, else by name.
# - Assignments are found by their titles; an unknown title asks whether to make a new one.
# - A first cell with `Points Possible` makes a row one of maxima, wherever it stands.
# - Columns named `... Final Points` and those with `(read only)` are shown and not imported.
# - An empty cell leaves a grade as it is.
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lab.classroom.model import ClassReport, Grade, StudentReport
from lab.classroom.reports.cells import Cell, write_table
from lab.classroom.reports.files import number
from lab.classroom.reports.words import is_graded, title

IDENTITY = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


def write(report: ClassReport, folder: Path) -> list[Path]:
    """Writes `canvas.csv`. Complexity: memory for one row."""
    return [write_table(folder / "canvas.csv", rows(report))]


def rows(report: ClassReport) -> Iterator[list[Cell]]:
    """The table: the names of columns, the points possible, then a row a student."""
    lessons = list(dict.fromkeys(info.lesson for info in report.exercises))
    titles = [title(info) for info in report.exercises]
    yield [*IDENTITY, *titles, *(f"{lesson} Final Points" for lesson in lessons)]
    most = [number(info.max_points) for info in report.exercises]
    yield ["    Points Possible", "", "", "", "", *most, *("(read only)" for _ in lessons)]
    names = Counter(student.name for student in report.students)
    for student in report.students:
        grades = [points_of([grade]) for grade in student.grades]
        yield [*identity(student, names), *grades, *totals(student, lessons)]


def identity(student: StudentReport, names: Counter[str]) -> list[Cell]:
    """The cells that Canvas finds a student by: the roster's, if it was an export of Canvas.

    Else the id is taken for the SIS id. It is not put under ID, where a number could be another
    student's; and a name that several have is made unknown to Canvas, which would take the first.
    """
    roster = student.roster
    name = roster.get("Student") or student.name or student.id
    if any(roster.get(column) for column in IDENTITY[1:4]):
        found = [roster.get(column, "") for column in IDENTITY[1:]]
    else:
        found = ["", student.id, student.email or student.id, ""]
        if names[student.name] > 1:
            name = f"{name} ({student.id})"
    return [name.replace("Points Possible", "Points possible"), *found]


def totals(student: StudentReport, lessons: list[str]) -> list[Cell]:
    """The points of each lesson."""
    return [
        points_of([g for g in student.grades if g.exercise.split("/")[0] == lesson])
        for lesson in lessons
    ]


def points_of(grades: list[Grade]) -> Cell:
    """The sum, or nothing while one of them is not graded: a fault of ours is never a zero."""
    if not all(is_graded(grade) for grade in grades):
        return ""
    return number(sum(grade.points for grade in grades))
