# From the output folder to the result model that all reports are made from.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lab.classroom.job import Rules
from lab.classroom.model import (
    Attempt,
    ClassReport,
    ExerciseInfo,
    Grade,
    Isolation,
    Layer,
    StudentReport,
)
from lab.classroom.plan import Handed, Plan, PlannedStudent, read_plan
from lab.classroom.store import Store
from lab.course import Course
from lab.errors import LabError


class Verdicts:
    """The verdict behind each digest, and its cases; each file is read once and then let go."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[str, int, int]] = {}

    def of(self, digest: str) -> tuple[str, int, int]:
        """Returns: verdict, accepted cases, all cases."""
        if digest not in self._known:
            try:
                result = self._store.read_result(digest)
            except LabError:  # not graded yet
                return "grader-error", 0, 0
            cases = result["cases"]
            right = sum(case["verdict"] == "accepted" for case in cases)
            self._known[digest] = (result["verdict"], right, len(cases))
        return self._known[digest]


def assemble(store: Store, course: Course, stubs: Mapping[str, str]) -> ClassReport:
    """The model of what the folder holds at this moment, whole or not."""
    run = store.read_run()
    plan = read_plan(run)
    rules = Rules(**run["rules"])
    verdicts = Verdicts(store)
    infos = tuple(info(course, key) for key in plan.exercises)
    students = tuple(student(one, plan, rules, infos, verdicts) for one in plan.students)
    return ClassReport(
        course=str(run["course"]),
        version=rules.version,
        title=str(run["title"]),
        isolation=read_isolation(run["isolation"]),
        policy=run["policy"],
        exercises=infos,
        students=students,
        load=store.read_result,
        stubs=stubs,
    )


def info(course: Course, key: str) -> ExerciseInfo:
    ex = course.find_one(key)
    return ExerciseInfo(ex.key, ex.number, ex.title, ex.kind, ex.lesson, float(ex.points))


def read_isolation(data: Mapping[str, Any]) -> Isolation:
    return Isolation(str(data["mode"]), tuple(Layer(**one) for one in data["layers"]))


def student(
    one: PlannedStudent,
    plan: Plan,
    rules: Rules,
    infos: Sequence[ExerciseInfo],
    verdicts: Verdicts,
) -> StudentReport:
    attempts = tuple(
        Attempt(number, attempt.source, attempt.submitted_at)
        for number, attempt in enumerate(one.attempts, start=1)
    )
    grades = tuple(grade(one, about, rules, verdicts) for about in infos)
    notes = tuple(note for attempt in one.attempts for note in attempt.notes)
    return StudentReport(one.id, one.name, one.email, attempts, grades, notes)


def grade(one: PlannedStudent, about: ExerciseInfo, rules: Rules, verdicts: Verdicts) -> Grade:
    """The best attempt counts, an earlier one before a later one."""
    best = Grade(about.key, "not-attempted", 0.0, about.max_points, steps=("nothing handed in",))
    for number, attempt in enumerate(one.attempts, start=1):
        handed = attempt.answers.get(about.key, Handed(verdict="not-attempted"))
        digest = rules.digest(about.key, handed.answer) if handed.answer else ""
        verdict = verdicts.of(digest)[0] if digest else handed.verdict
        points = about.max_points if verdict == "accepted" else 0.0
        if number == 1 or points > best.points or best.verdict in ("not-attempted",):
            best = Grade(
                about.key,
                verdict,
                points,
                about.max_points,
                digest,
                number,
                (f"{verdict}: {points:g} of {about.max_points:g}",),
                handed.problem,
                handed.tries,
            )
    return best
