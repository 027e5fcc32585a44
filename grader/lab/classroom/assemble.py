# From the output folder to the result model that all reports are made from.
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lab.classroom import points
from lab.classroom.job import Rules
from lab.classroom.lateness import late_seconds
from lab.classroom.model import (
    Attempt,
    ClassReport,
    ExerciseInfo,
    Isolation,
    StudentReport,
)
from lab.classroom.plan import Handed, PlannedStudent, read_plan
from lab.classroom.policy import Policy
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
    plan, policy = read_plan(run), Policy.from_json(run["policy"])
    rules = Rules(**run["rules"])
    verdicts = Verdicts(store)
    infos = tuple(info(course, key, policy) for key in plan.exercises)
    students = tuple(student(one, policy, rules, infos, verdicts) for one in plan.students)
    return ClassReport(
        course=str(run["course"]),
        version=rules.version,
        title=policy.title or "Event Loop Lab",
        isolation=Isolation.from_json(run["isolation"]),
        policy=run["policy"],
        exercises=infos,
        students=students,
        load=store.read_result,
        stubs=stubs,
    )


def info(course: Course, key: str, policy: Policy) -> ExerciseInfo:
    ex = course.find_one(key)
    points = float(policy.max_points(key, ex.points))
    return ExerciseInfo(ex.key, ex.number, ex.title, ex.kind, ex.lesson, points)


def student(
    one: PlannedStudent,
    policy: Policy,
    rules: Rules,
    infos: Sequence[ExerciseInfo],
    verdicts: Verdicts,
) -> StudentReport:
    lessons = sorted({about.lesson for about in infos})
    attempts = tuple(
        Attempt(
            number,
            attempt.source,
            attempt.submitted_at,
            max(late_seconds(policy.late, x, one.id, attempt.submitted_at) for x in lessons),
        )
        for number, attempt in enumerate(one.attempts, start=1)
    )
    grades = tuple(
        points.grade(policy, about, one.id, tuple(tries_at(one, about.key, rules, verdicts)))
        for about in infos
    )
    notes = tuple(note for attempt in one.attempts for note in attempt.notes)
    return StudentReport(one.id, one.name, one.email, attempts, grades, notes, one.roster)


def tries_at(
    one: PlannedStudent, key: str, rules: Rules, verdicts: Verdicts
) -> Iterator[points.Try]:
    """What became of each attempt of a student at one exercise."""
    for number, attempt in enumerate(one.attempts, start=1):
        handed = attempt.answers.get(key, Handed(verdict="not-attempted"))
        digest = rules.digest(key, handed.answer) if handed.answer else ""
        verdict, right, cases = verdicts.of(digest) if digest else (handed.verdict, 0, 0)
        yield points.Try(
            number=number,
            verdict=verdict,
            submitted_at=attempt.submitted_at,
            accepted_cases=right,
            all_cases=cases,
            answer=digest,
            problem=handed.problem,
            tries=handed.tries,
            hints=handed.hints,
        )
