# What the page of one student says: nothing about others, and no seed of a fresh case.
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment
from markupsafe import Markup

from lab.classroom.model import ClassReport, ExerciseInfo, Grade, StudentReport
from lab.classroom.reports.html_class import late_seconds, late_text, open_exercises
from lab.classroom.reports.html_groups import shown_case
from lab.classroom.reports.html_page import kind
from lab.classroom.reports.html_picture import draw

KEPT = 256  # rendered answers: two thousand equal ones are rendered once

Answers = Callable[[str], Markup]


@dataclass(frozen=True)
class Entry:
    """One exercise on the page. `body` is the part that depends on the answer alone."""

    info: ExerciseInfo
    grade: Grade
    body: Markup
    open: bool

    @property
    def anchor(self) -> str:
        return f"exercise-{self.info.number}"


def answer_bodies(env: Environment, report: ClassReport) -> Answers:
    """A function from an answer's digest to its part of a page. It keeps the last KEPT."""
    template = env.get_template("answer.html")

    @lru_cache(maxsize=KEPT)
    def body(answer: str) -> Markup:
        result = report.load(answer)
        case = shown_case(result)
        picture = draw(case) if case is not None and result["verdict"] != "accepted" else None
        number = report.exercise(result["exercise"]).number
        return Markup(template.render(result=result, case=case, picture=picture, number=number))

    return body


def student_page(
    env: Environment, report: ClassReport, student: StudentReport, body: Answers
) -> str:
    """The page of one student, as HTML."""
    entries = [
        Entry(
            info=report.exercise(grade.exercise),
            grade=grade,
            body=body(grade.answer) if shows_answer(grade) else Markup(""),
            open=kind(grade.verdict) == "fault",
        )
        for grade in student.grades
    ]
    return env.get_template("student.html").render(
        report=report,
        student=student,
        entries=entries,
        accepted=sum(grade.verdict == "accepted" for grade in student.grades),
        open_exercises=open_exercises(student),
        open_points=sum(entry.grade.max_points for entry in entries if entry.open),
        late=late_text(late_seconds(student)),
        late_text=late_text,
    )


def shows_answer(grade: Grade) -> bool:
    """A result that is our fault says nothing that would serve a student."""
    return bool(grade.answer) and kind(grade.verdict) != "fault"
