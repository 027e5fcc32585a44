# Answers that go wrong in the same way: by first difference, by belief, and by what is odd in them.
from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lab.classroom.model import ClassReport, Grade, StudentReport
from lab.classroom.reports.html_page import clip

UNGROUPED = ("accepted", "not-attempted", "grader-error")
GROUPS_SCHEMA = "lab/groups/v1"


@dataclass(frozen=True, order=True)
class Difference:
    """What the answers of a group share. Long texts are cut; `mark` tells whole ones apart."""

    exercise: str
    case: str
    verdict: str
    index: int
    expected: str
    actual: str
    message: str
    mark: str


@dataclass
class Group:
    """Answers with one first difference, and who gave them. One comment serves them all."""

    difference: Difference
    students: list[StudentReport] = field(default_factory=list)
    hints: Counter[str] = field(default_factory=Counter)
    example: str = ""  # the answer that most of them gave, by digest
    weight: int = 0  # how many gave it

    @property
    def example_student(self) -> StudentReport:
        return self.students[0]


@dataclass
class Belief:
    """A hint that was given: how often, in which exercises, and one answer that shows it."""

    id: str
    count: int = 0
    exercises: set[str] = field(default_factory=set)
    example: str = ""
    exercise: str = ""
    student: StudentReport | None = None
    weight: int = 0


@dataclass(frozen=True)
class Findings:
    """The class, gone through once: most frequent first."""

    groups: list[Group]
    beliefs: list[Belief]
    flags: list[tuple[str, list[StudentReport]]]
    answers: int


class Survey:
    """Goes through the answers one by one and keeps none of them."""

    def __init__(self) -> None:
        self.groups: dict[Difference, Group] = {}
        self.beliefs: dict[str, Belief] = {}
        self.flags: dict[str, dict[str, StudentReport]] = {}
        self.answers = 0

    def add(self, answer: str, result: Mapping[str, Any], students: list[StudentReport]) -> None:
        """Counts one distinct answer and those who gave it."""
        self.answers += 1
        for flag in result["flags"]:
            self.flags.setdefault(clip(flag), {}).update({one.id: one for one in students})
        if result["verdict"] in UNGROUPED:
            return
        difference = first_difference(result)
        group = self.groups.setdefault(difference, Group(difference))
        group.students += students
        if len(students) > group.weight:
            group.example, group.weight = answer, len(students)
        if result["hint"]:
            group.hints[result["hint"]["id"]] += len(students)
            self.believe(answer, result, students)

    def believe(
        self, answer: str, result: Mapping[str, Any], students: list[StudentReport]
    ) -> None:
        belief = self.beliefs.setdefault(result["hint"]["id"], Belief(result["hint"]["id"]))
        belief.count += len(students)
        belief.exercises.add(result["exercise"])
        if len(students) > belief.weight:
            belief.example, belief.exercise = answer, result["exercise"]
            belief.student, belief.weight = students[0], len(students)

    def refuse(self, grade: Grade, student: StudentReport) -> None:
        """Counts what was handed in but could not be graded as it was."""
        told = clip(grade.problem)
        difference = Difference(
            grade.exercise, "", grade.verdict, -1, "", "", told, fingerprint(grade.problem)
        )
        self.groups.setdefault(difference, Group(difference)).students.append(student)

    def findings(self) -> Findings:
        for group in self.groups.values():
            group.students.sort(key=lambda student: student.id)
        flags = [(text, list(found.values())) for text, found in self.flags.items()]
        return Findings(
            groups=sorted(self.groups.values(), key=lambda g: (-len(g.students), g.difference)),
            beliefs=sorted(self.beliefs.values(), key=lambda b: (-b.count, b.id)),
            flags=sorted(flags, key=lambda flag: (-len(flag[1]), flag[0])),
            answers=self.answers,
        )


def survey(report: ClassReport) -> Findings:
    """Everything that answers have in common.

    Complexity: one read of each distinct answer; memory for the groups and their students' names.
    """
    found = Survey()
    for info in report.exercises:
        for answer, students in report.distinct(info.key):
            found.add(answer, report.load(answer), students)
    for student in report.students:
        for grade in student.grades:
            if not grade.answer and grade.verdict not in UNGROUPED:
                found.refuse(grade, student)
    return found.findings()


def shown_case(result: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The case to show: the one that the hint is about, else the first that is not accepted."""
    cases = result["cases"]
    if result["shown"] is not None:
        shown: Mapping[str, Any] = cases[result["shown"]]
        return shown
    return next((case for case in cases if case["verdict"] != "accepted"), None)


def first_difference(result: Mapping[str, Any]) -> Difference:
    case = shown_case(result)
    exercise, verdict = result["exercise"], result["verdict"]
    at = case["first_difference"] if case else None
    if case is None or at is None:  # nothing to compare: what was said about it is what they share
        said = result["message"] or (case["message"] if case else "")
        name = case["name"] if case else ""
        return Difference(exercise, name, verdict, -1, "", "", clip(said), fingerprint(said))
    lines = [line_at(case[lane], at) for lane in ("expected", "actual")]
    expected, actual = (clip(line) for line in lines)
    mark = fingerprint("\0".join(lines))
    return Difference(exercise, case["name"], verdict, at, expected, actual, "", mark)


def line_at(lines: list[Mapping[str, Any]], index: int) -> str:
    if index >= len(lines):
        return "nothing more"
    return f"[{lines[index]['t_ms']:>5}] {lines[index]['text']}"


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def groups_json(report: ClassReport, found: Findings) -> dict[str, Any]:
    """All groups and beliefs, for programs: the page shows the largest only."""
    return {
        "schema": GROUPS_SCHEMA,
        "course": report.course,
        "groups": list(groups_rows(found)),
        "beliefs": [
            {"id": one.id, "count": one.count, "exercises": sorted(one.exercises)}
            for one in found.beliefs
        ],
    }


def groups_rows(found: Findings) -> Iterator[dict[str, Any]]:
    for group in found.groups:
        same = group.difference
        yield {
            "exercise": same.exercise,
            "case": same.case,
            "verdict": same.verdict,
            "first_difference": same.index if same.index >= 0 else None,
            "expected": same.expected,
            "actual": same.actual,
            "message": same.message,
            "hints": dict(sorted(group.hints.items())),
            "count": len(group.students),
            "students": [student.id for student in group.students],
        }
