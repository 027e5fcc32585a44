# The preview of a new grading: each changed grade has one cause, and a teacher reads causes.
from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lab.classroom import snapshot
from lab.classroom.diff import Diff, compare
from lab.classroom.diff_text import text, to_json
from lab.classroom.model import (
    Attempt,
    ClassReport,
    ExerciseInfo,
    Grade,
    Isolation,
    StudentReport,
)
from lab.classroom.points import Try, grade
from lab.classroom.policy import Attempts, Late, Partial, Policy, Rounding, Run
from lab.classroom.lateness import instant
from lab.classroom.snapshot import Snapshot
from lab.errors import LabError

INFO = ExerciseInfo("01-basics/04-x", "01-4", "X", "fix", "01-basics", 10)
OTHER = ExerciseInfo("02-timers/01-y", "02-1", "Y", "fix", "02-timers", 5)
DUE = instant("2026-12-01T12:00:00Z")
LATE = Late(DUE, percent=Decimal(20))
TIME = "2026-12-02T11:00:00Z"


class Room:
    """A class to be graded: each hand-in is (verdict, source), and everybody was a day late."""

    def __init__(self, policy: Policy = Policy(), version: str = "1", seed: int = 7) -> None:
        self.policy, self.version, self.seed = policy, version, seed
        self.infos = [INFO]
        self.students: dict[str, list[tuple[str, str]]] = {}

    def report(self) -> ClassReport:
        stored: dict[str, dict[str, Any]] = {}
        students = []
        for id_, hands in sorted(self.students.items()):
            attempts = tuple(Attempt(n, "", TIME) for n in range(1, len(hands) + 1))
            grades = tuple(self.graded(id_, info, hands, stored) for info in self.infos)
            students.append(StudentReport(id_, id_.title(), "", attempts, grades))
        everybody = tuple(students)
        json_policy = self.policy.to_json()
        return ClassReport(
            *("lab", self.version, "", Isolation("full"), json_policy, tuple(self.infos)),
            *(everybody, stored.__getitem__),
        )

    def graded(
        self, id_: str, info: ExerciseInfo, hands: list[tuple[str, str]], stored: dict[str, Any]
    ) -> Grade:
        tries = []
        for number, (verdict, source) in enumerate(hands, 1):
            digest = f"{source} {self.version} {self.policy.run} {verdict}"
            cases = [{"seed": 0}, {"seed": self.seed}]
            stored[digest] = {"source": source, "cases": cases}
            accepted = 5 if verdict == "accepted" else 3
            tries.append(Try(number, verdict, TIME, accepted, 5, digest))
        return grade(self.policy, info, id_, tries)

    @property
    def snapshot(self) -> Snapshot:
        return snapshot.of_report(self.report())


def room(policy: Policy = Policy(), version: str = "1", seed: int = 7, **students: Any) -> Room:
    made = Room(policy, version, seed)
    made.students = {id_: hands for id_, hands in students.items()}
    return made


RIGHT, WRONG, FAULT = ("accepted", "s"), ("wrong-time", "s"), ("grader-error", "s")


def between(old: Room, new: Room) -> Diff:
    return compare(old.snapshot, new.snapshot)


def only_cause(diff: Diff) -> tuple[str, str]:
    assert len(diff.groups) == 1, [group.cause for group in diff.groups]
    return diff.groups[0].cause.kind, diff.groups[0].cause.text


def late(percent: int) -> Policy:
    return Policy(late=replace(LATE, percent=Decimal(percent)))


partial = Policy(partial=Partial("cases"))
CAUSES = [
    # old, new, kind, text
    (room(a=[WRONG]), room(version="2", a=[RIGHT]), "course", "course 1 -> 2"),
    (room(a=[WRONG]), room(Policy(run=Run(3)), a=[RIGHT]), "run", "run.cases 5 -> 3"),
    (room(a=[WRONG]), room(seed=8, a=[RIGHT]), "cases", "other fresh cases were drawn"),
    (room(a=[WRONG]), room(a=[RIGHT]), "unexplained", "the same answer"),
    (room(a=[WRONG]), room(a=[("accepted", "t")]), "answer", "another answer was handed in"),
    (room(a=[WRONG]), room(a=[WRONG, ("accepted", "t")]), "answer", "another answer was"),
    (room(a=[WRONG]), room(a=[]), "answer", "another answer was handed in"),
    (room(a=[FAULT]), room(version="2", a=[RIGHT]), "grader", "a fault of the grader is gone"),
    (room(a=[RIGHT]), room(version="2", a=[FAULT]), "grader", "a fault of the grader came up"),
    (room(late(20), a=[RIGHT]), room(late(10), a=[RIGHT]), "policy", "late.percent 20 -> 10"),
    (room(a=[WRONG]), room(partial, a=[WRONG]), "policy", "partial.credit none -> cases"),
    (
        room(a=[RIGHT]),
        room(Policy(points={INFO.key: Decimal("7.5")}), a=[RIGHT]),
        *("policy", f"points.{INFO.key} unset -> 7.5"),
    ),
    (
        room(a=[RIGHT, ("wrong-time", "t")]),
        room(Policy(attempts=Attempts("last")), a=[RIGHT, ("wrong-time", "t")]),
        *("policy", "attempts.count best -> last"),
    ),
    (
        room(a=[("hang", "t"), RIGHT]),
        room(Policy(attempts=Attempts(extra_percent=Decimal(10))), a=[("hang", "t"), RIGHT]),
        *("policy", "attempts.extra_percent 0 -> 10"),
    ),
    (
        room(partial, a=[WRONG]),
        room(replace(partial, rounding=Rounding(Decimal(4))), a=[WRONG]),
        *("policy", "rounding.step 0.01 -> 4"),
    ),
    (room(a=[RIGHT]), room(a=[RIGHT], b=[RIGHT]), "class", "not there before"),
    (room(a=[RIGHT], b=[RIGHT]), room(a=[RIGHT]), "class", "no longer there"),
]


@pytest.mark.parametrize(("old", "new", "kind", "said"), CAUSES)
def test_each_changed_grade_has_the_cause_that_fits(
    old: Room, new: Room, kind: str, said: str
) -> None:
    found = only_cause(between(old, new))

    assert found[0] == kind
    assert found[1].startswith(said)


def test_what_does_not_change_points_or_verdict_is_not_told() -> None:
    diff = between(room(a=[RIGHT]), room(version="2", seed=9, a=[("accepted", "t")]))

    assert not diff.groups
    assert text(diff) == "Nothing changes: 1 student as before.\n"


def test_the_step_that_differs_is_named() -> None:
    change = between(room(late(20), a=[RIGHT]), room(late(10), a=[RIGHT])).changes[0]

    assert change.steps == (
        "late by 23 h, 1 started day: -20 % = -2",
        "late by 23 h, 1 started day: -10 % = -1",
    )


def test_an_exercise_that_came_or_went_is_a_cause() -> None:
    more = room(a=[RIGHT])
    more.infos = [INFO, OTHER]

    assert only_cause(between(room(a=[RIGHT]), more)) == ("exercise", "exercise not there before")
    assert only_cause(between(more, room(a=[RIGHT]))) == ("exercise", "exercise no longer there")


VERDICTS = Partial("verdicts", verdicts={"wrong-time": Decimal(25)})
TWELVE = {INFO.key: Decimal(12)}


def test_a_share_that_changed_is_partial_credits_work_whatever_the_maximum_does() -> None:
    both = Policy(points=TWELVE, partial=VERDICTS)
    found = between(room(a=[WRONG], b=[RIGHT]), room(both, a=[WRONG], b=[RIGHT]))

    told = {change.student: change for change in found.changes}
    assert told["a"].steps[1] == "wrong-time counts 25 %: 3 of 12 points"
    assert told["a"].cause.text.startswith("partial.credit none -> verdicts")
    assert told["b"].cause.text == f"points.{INFO.key} unset -> 12"


def test_the_maximum_alone_is_the_points_work_whatever_partial_credit_does() -> None:
    old, new = Policy(partial=VERDICTS), Policy(points=TWELVE, partial=VERDICTS)
    assert only_cause(between(room(old, a=[WRONG]), room(new, a=[WRONG])))[1].startswith("points.")
    # Another exercise's maximum explains nothing here.
    elsewhere = Policy(points={OTHER.key: Decimal(6)}, partial=VERDICTS)
    assert only_cause(between(room(a=[WRONG]), room(elsewhere, a=[WRONG])))[1].startswith("partial")


def test_what_nobody_feels_is_one_line_and_no_change_in_the_headline() -> None:
    old = room(a=[RIGHT], b=[WRONG], c=[WRONG])
    new = room(Policy(points=TWELVE), a=[RIGHT], b=[WRONG], c=[WRONG])
    third = replace(OTHER, key="02-timers/02-z", number="02-2")
    old.infos, new.infos = [INFO, OTHER, third], [INFO]
    old.students["a"] = [("hang", "s")]
    new.students["a"] = [RIGHT]

    said = text(between(old, new))

    assert said.startswith("1 grade of 1 of 3 students change:\n1 gain points, 0 lose points,")
    assert "\n2 exercises are no longer graded: 6 grades, all 0 points\n" in said
    assert "2 grades with the same points" in said.replace("\n", " ")
    assert "b 01-4" not in said and "02-1" not in said
    summary = to_json(between(old, new))["summary"]
    assert (summary["changed_grades"], summary["same_points_and_verdict"]) == (1, 8)
    assert text(between(new, new)) == "Nothing changes: 3 students as before.\n"


def big(policy: Policy, version: str) -> Room:
    verdict = RIGHT if version == "2" else WRONG
    hands = {f"s{n:03}": [verdict if n % 10 == 0 else RIGHT] for n in range(200)}
    return room(policy, version, **hands, **{"\x1b[31mx": [RIGHT]})


def test_a_teacher_reads_causes_and_not_two_hundred_lines() -> None:
    diff = between(big(late(20), "1"), big(late(10), "2"))

    said = text(diff)

    assert len(said.splitlines()) < 20
    assert said.startswith(
        "201 grades of 201 of 201 students change:\n201 gain points, 0 lose points,"
    )
    assert "course 1 -> 2: 01-4 wrong-time -> accepted: 20 grades, +9 points each" in said
    assert "late.percent 20 -> 10: 181 grades, +1 point each" in said
    assert "now: late by 23 h, 1 started day: -10 % = -1" in said
    assert "and 176 more" in said
    assert "\x1b" not in said


def test_losses_and_gains_are_told_apart() -> None:
    old = room(partial, a=[WRONG])
    new = room(replace(partial, rounding=Rounding(Decimal(5))), a=[WRONG])
    old.infos = new.infos = [INFO, OTHER]

    diff = between(old, new)

    assert [change.points for change in diff.changes] == [-1.0, 2.0]  # 6 to 5, and 3 to 5
    assert [group.cause.text for group in diff.groups] == ["rounding.step 0.01 -> 5"] * 2


def test_the_json_has_every_change_and_is_the_same_each_time() -> None:
    diff = between(big(late(20), "1"), big(late(10), "2"))

    data = to_json(diff)

    assert data["summary"]["changed_grades"] == sum(len(g["changes"]) for g in data["groups"])
    assert data["policy"] == [{"key": "late.percent", "old": 20, "new": 10}]
    assert json.dumps(data) == json.dumps(to_json(between(big(late(20), "1"), big(late(10), "2"))))


def as_json(report: ClassReport) -> dict[str, Any]:
    """A class.json, schema lab/class/v1."""
    digests = {grade.answer for student in report.students for grade in student.grades}
    return {
        "schema": "lab/class/v1",
        "course": report.course,
        "version": report.version,
        "policy": report.policy,
        "exercises": [vars(info) for info in report.exercises],
        "students": [
            {
                **vars(student),
                "attempts": [vars(one) for one in student.attempts],
                "grades": [{**vars(one), "answer": one.answer or None} for one in student.grades],
            }
            for student in report.students
        ],
        "answers": {digest: report.load(digest) for digest in sorted(digests) if digest},
    }


def by_line(data: dict[str, Any]) -> str:
    """The layout of ./lab grade: one student and one answer a line."""
    head = [f"{json.dumps(k)}: {json.dumps(v)}," for k, v in list(data.items())[:5]]
    students = ",\n".join(json.dumps(one) for one in data["students"])
    answers = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in data["answers"].items())
    lines = "\n".join(head)
    return f'{{\n{lines}\n"students": [\n{students}\n],\n"answers": {{\n{answers}\n}}\n}}\n'


@pytest.mark.parametrize("layout", [by_line, json.dumps, lambda data: json.dumps(data, indent=1)])
def test_a_class_json_reads_back_in_any_layout(layout: Any, tmp_path: Path) -> None:
    made = room(late(20), a=[WRONG, RIGHT], b=[], c=[FAULT])
    data = as_json(made.report())
    folder = tmp_path / "out"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "class.json").write_text(layout(data), encoding="utf-8")
    assert json.loads(layout(data)) == json.loads(json.dumps(data))

    read = snapshot.read(folder)

    assert not compare(read, made.snapshot).groups
    assert read.answers == made.snapshot.answers
    assert not compare(read, made.snapshot).policy


BROKEN = [
    ("", "is no report of a class"),
    ("[]", "is no report of a class"),
    ("{}", "is no report of a class"),
    ('{"schema": "lab/check/v1", "course": ""}', "has the schema 'lab/check/v1'"),
    ('{"schema": "lab/class/v1", "students": [3]}', "is no report of a class"),
    ('{\n"schema": "lab/class/v1",\n"students": [\n{"id": \n', "is no report of a class"),
]


@pytest.mark.parametrize(("content", "said"), BROKEN)
def test_anything_else_is_refused_in_one_line(content: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "class.json"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(LabError, match=said) as caught:
        snapshot.read(file)

    assert "\n" not in str(caught.value)
    with pytest.raises(LabError, match="holds no class.json"):
        snapshot.read(tmp_path / "nowhere")
