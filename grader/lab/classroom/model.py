# The one result model of a class. Every report is made from it and from nothing else.
#
# Results of answers are kept apart from the students who gave them: two thousand equal answers are
# one result. Nothing here holds a date of grading or a duration, so that the same submissions make
# the same reports, byte for byte, on any machine and in any order of work.
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

SCHEMA = "lab/class/v1"
MODES = ("none", "reduced", "full")  # of isolation, the weakest first


@dataclass(frozen=True)
class ExerciseInfo:
    """What reports say about an exercise."""

    key: str
    number: str
    title: str
    kind: str
    lesson: str
    max_points: float


@dataclass(frozen=True)
class Layer:
    """One wall of the sandbox: whether a real run found it standing, and if not, why."""

    name: str
    on: bool
    why: str = ""


@dataclass(frozen=True)
class Isolation:
    """How strangers' programs were kept apart. `mode` is full, reduced or none."""

    mode: str
    layers: tuple[Layer, ...] = ()

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Isolation:
        return Isolation(str(data["mode"]), tuple(Layer(**one) for one in data["layers"]))

    def weaker(self, other: Isolation) -> Isolation:
        """Of both the one with fewer walls: that is what a class was graded behind."""
        return min(self, other, key=lambda one: (MODES.index(one.mode), one.standing))

    @property
    def standing(self) -> int:
        return sum(layer.on for layer in self.layers)


@dataclass(frozen=True)
class Attempt:
    """One submission of a student, in the order of their times, from 1."""

    number: int
    source: str
    submitted_at: str = ""
    late_seconds: int = 0


@dataclass(frozen=True)
class Grade:
    """What one student gets for one exercise.

    `answer` names the stored result, or is "" when nothing was run (not-attempted, bad-submission).
    `steps` explains the points line by line: `5 of 5: accepted`, `-0.5: 1 day late`.
    """

    exercise: str
    verdict: str
    points: float
    max_points: float
    answer: str = ""
    attempt: int = 0
    steps: tuple[str, ...] = ()
    problem: str = ""
    tries: int = 0  # the student's own count, told by the manifest


@dataclass(frozen=True)
class StudentReport:
    """One student of the class, with a grade for every exercise of the run, in course order.

    `roster` is the student's row in the teacher's roster, by column, for gradebooks.
    """

    id: str
    name: str
    email: str = ""
    attempts: tuple[Attempt, ...] = ()
    grades: tuple[Grade, ...] = ()
    notes: tuple[str, ...] = ()
    roster: Mapping[str, str] = field(default_factory=dict)

    @property
    def points(self) -> float:
        return round(sum(grade.points for grade in self.grades), 2)

    @property
    def max_points(self) -> float:
        return round(sum(grade.max_points for grade in self.grades), 2)


@dataclass(frozen=True)
class ClassReport:
    """Everything that a report may say. `students` come in the order of their ids.

    `load` reads the stored result of an answer (schema lab/answer/v1) by its digest. It reads the
    disk, so a report asks for one at a time and keeps none.
    """

    course: str
    version: str
    title: str
    isolation: Isolation
    policy: Mapping[str, Any]
    exercises: tuple[ExerciseInfo, ...]
    students: tuple[StudentReport, ...]
    load: Callable[[str], Mapping[str, Any]]
    stubs: Mapping[str, str] = field(default_factory=dict)  # each exercise's stub, as text

    def exercise(self, key: str) -> ExerciseInfo:
        return next(info for info in self.exercises if info.key == key)

    def answer_of(self, grade: Grade) -> Mapping[str, Any] | None:
        """The stored result behind a grade, if something was run."""
        return self.load(grade.answer) if grade.answer else None

    def distinct(self, key: str) -> Iterator[tuple[str, list[StudentReport]]]:
        """Each distinct answer to an exercise, by digest, with those who gave it."""
        givers: dict[str, list[StudentReport]] = {}
        for student in self.students:
            for grade in student.grades:
                if grade.exercise == key and grade.answer:
                    givers.setdefault(grade.answer, []).append(student)
        yield from sorted(givers.items())
