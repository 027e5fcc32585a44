# What changes between two runs of a class, and why: every changed grade has one cause.
#
# The cause is the first of these that fits: another student or exercise, another answer, a fault of
# the grader, another course, other limits, other fresh cases, the policy. What none of them
# explains is said to be unexplained, since equal answers must get equal verdicts.
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lab.classroom.model import Grade, StudentReport
from lab.classroom.snapshot import Evidence, Snapshot

SCHEMA = "lab/diff/v1"
ORDER = ("unexplained", "grader", "course", "run", "cases", "policy", "answer", "exercise", "class")
NOBODY = Grade("", "", 0, 0)

# Which part of the policy a step of an account comes from, by what the step begins with.
STEPS = (
    ("late", ("late by", "in time", "time of handing in")),
    ("rounding", ("rounded to",)),
    ("attempts", ("attempt",)),
)
WORTH = re.compile(r"(?P<how>.*): (?P<points>\S+) of (?P<most>\S+) points", re.DOTALL)
ELSEWHERE = (("attempts", " earlier attempt"), ("self-told", " prediction"), ("self-told", " hint"))


@dataclass(frozen=True)
class Cause:
    """Why a grade changed: a word of ORDER, and a line for people."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One grade before and after. `steps` are the two that differ first; `exercise` "" is all."""

    student: str
    name: str
    exercise: str
    old: Grade
    new: Grade
    cause: Cause
    steps: tuple[str, str] = ("", "")

    @property
    def points(self) -> float:
        return round(self.new.points - self.old.points, 2)

    @property
    def counts(self) -> bool:
        """Whether anybody would feel it: other points or another verdict, and not only another
        maximum, or an exercise without points that came or went."""
        if self.points or self.cause.kind == "class":
            return True
        return self.cause.kind != "exercise" and self.old.verdict != self.new.verdict


@dataclass(frozen=True)
class Group:
    """Changes with one cause, all of which count or none. For verdicts also of one exercise, from
    one verdict to one other."""

    cause: Cause
    exercise: str
    verdicts: tuple[str, str]
    changes: tuple[Change, ...]

    @property
    def students(self) -> int:
        return len({change.student for change in self.changes})

    @property
    def counts(self) -> bool:
        return self.changes[0].counts

    @property
    def points(self) -> float:
        return round(sum(change.points for change in self.changes), 2)


@dataclass(frozen=True)
class Diff:
    """Everything that differs. `policy` has each changed key with its old and new value."""

    old: Snapshot
    new: Snapshot
    policy: tuple[tuple[str, Any, Any], ...]
    groups: tuple[Group, ...]

    @property
    def changes(self) -> list[Change]:
        return [change for group in self.groups for change in group.changes]


def compare(old: Snapshot, new: Snapshot) -> Diff:
    """What `new` has otherwise than `old`. Complexity: linear in the grades, apart from sorting."""
    policy = tuple(policy_changes(old.policy, new.policy))
    known = Reasons(old, new, policy)
    found: dict[tuple[Any, ...], list[Change]] = {}
    for change in changes(known):
        found.setdefault(group_key(change), []).append(change)
    groups = [Group(own[0].cause, *verdicts_of(own[0]), tuple(own)) for own in found.values()]
    groups.sort(key=lambda g: (ORDER.index(g.cause.kind), -len(g.changes), g.exercise, g.verdicts))
    return Diff(old, new, policy, tuple(groups))


def group_key(change: Change) -> tuple[Any, ...]:
    sign = (change.points > 0) - (change.points < 0)
    return (change.cause, *verdicts_of(change), sign, change.counts)


def verdicts_of(change: Change) -> tuple[str, tuple[str, str]]:
    """Exercise and verdicts where those changed; nothing where only points did."""
    if change.old.verdict == change.new.verdict or change.cause.kind in ("class", "exercise"):
        return "", ("", "")
    return change.exercise, (change.old.verdict, change.new.verdict)


def policy_changes(
    old: Mapping[str, Any], new: Mapping[str, Any], above: str = ""
) -> Iterator[tuple[str, Any, Any]]:
    """Each key of the policy that differs, as `late.percent`, with both values."""
    for key in sorted({*old, *new}):
        before, after = old.get(key), new.get(key)
        if isinstance(before, Mapping) or isinstance(after, Mapping):
            yield from policy_changes(before or {}, after or {}, f"{above}{key}.")
        elif before != after:
            yield f"{above}{key}", before, after


def changes(known: Reasons) -> Iterator[Change]:
    """Each changed grade, by student and then in course order."""
    old, new = known.old.students, known.new.students
    for id_ in sorted({*old, *new}):
        if id_ not in new or id_ not in old:
            yield came_or_went(id_, old.get(id_), new.get(id_))
            continue
        before = {one.exercise: one for one in old[id_].grades}
        after = {one.exercise: one for one in new[id_].grades}
        for key in [*after, *(key for key in before if key not in after)]:
            left, right = before.get(key, NOBODY), after.get(key, NOBODY)
            if summary(left) != summary(right):
                cause, steps = known.cause(old[id_], new[id_], left, right)
                yield Change(id_, new[id_].name, key, left, right, cause, steps)


def summary(grade: Grade) -> tuple[str, float, float]:
    return grade.verdict, grade.points, grade.max_points


def came_or_went(id_: str, old: StudentReport | None, new: StudentReport | None) -> Change:
    """A student whom only one of the two runs has, with all points at once."""
    there = old or new
    assert there is not None
    whole = Grade("", "", there.points, there.max_points)
    if old is None:
        return Change(id_, there.name, "", NOBODY, whole, Cause("class", "not there before"))
    return Change(id_, there.name, "", whole, NOBODY, Cause("class", "no longer there"))


@dataclass(frozen=True)
class Reasons:
    """Tells why a grade changed, from all that is known of both runs."""

    old: Snapshot
    new: Snapshot
    policy: tuple[tuple[str, Any, Any], ...]

    def cause(
        self, before: StudentReport, after: StudentReport, old: Grade, new: Grade
    ) -> tuple[Cause, tuple[str, str]]:
        """The first cause that fits, and the steps that differ first."""
        steps = first_difference(old.steps, new.steps)
        if not old.exercise or not new.exercise:
            said = "not there before" if not old.exercise else "no longer there"
            return Cause("exercise", f"exercise {said}"), ("", "")
        if self.handed_in_again(before, after, old, new):
            return Cause("answer", "another answer was handed in"), steps
        if old.verdict == new.verdict and old.attempt == new.attempt:
            return self.by_policy(steps), steps
        return self.by_verdict(old, new), steps

    def handed_in_again(
        self, before: StudentReport, after: StudentReport, old: Grade, new: Grade
    ) -> bool:
        """Whether the answer that counts is another one, and not only chosen otherwise."""
        left, right = self.evidence(self.old, old), self.evidence(self.new, new)
        if left and right and left.text == right.text:
            return False
        if times(before) != times(after):
            return True
        return old.attempt == new.attempt and bool(left and right)

    def evidence(self, of: Snapshot, grade: Grade) -> Evidence | None:
        return of.answers.get(grade.answer)

    def by_verdict(self, old: Grade, new: Grade) -> Cause:
        """Why one answer gets another verdict, or another of the same attempts counts."""
        if "grader-error" in (old.verdict, new.verdict):
            mended = old.verdict == "grader-error"
            return Cause("grader", f"a fault of the grader {'is gone' if mended else 'came up'}")
        if old.attempt != new.attempt:
            for table in ("attempts", "late"):
                if self.changed(table):
                    return Cause("policy", self.changed(table))
        if (self.old.course, self.old.version) != (self.new.course, self.new.version):
            return Cause("course", f"course {self.old.version} -> {self.new.version}")
        if self.changed("run"):
            return Cause("run", self.changed("run"))
        left, right = self.evidence(self.old, old), self.evidence(self.new, new)
        if left and right and left.seeds != right.seeds:
            return Cause("cases", "other fresh cases were drawn: fix them by run.seed")
        return Cause("unexplained", "the same answer, course, limits and cases: please look")

    def by_policy(self, steps: tuple[str, str]) -> Cause:
        """Which part of the policy gives one verdict other points."""
        table = table_of(steps[1] or steps[0])
        candidates = tables_of_worth(*steps) if table == "points" else (table,)
        for one in (*candidates, "late"):
            if self.changed(one):
                return Cause("policy", self.changed(one))
        if (self.old.course, self.old.version) != (self.new.course, self.new.version):
            return Cause("course", f"course {self.old.version} -> {self.new.version}")
        if table == "points" and self.changed("run"):
            return Cause("run", self.changed("run"))
        named = {"points": "what an answer is worth", "late": "the time of handing in"}
        return Cause("answer", f"{named.get(table, table)} changed, the policy did not")

    def changed(self, table: str) -> str:
        """`late.percent 20 -> 10`, or "" where the table is as it was."""
        own = [one for one in self.policy if one[0].startswith(f"{table}.")]
        told = [f"{key} {said(before)} -> {said(after)}" for key, before, after in own[:3]]
        return ", ".join([*told, *([f"{len(own) - 3} keys more"] if len(own) > 3 else [])])


def times(student: StudentReport) -> list[tuple[int, str]]:
    return [(one.number, one.submitted_at) for one in student.attempts]


def first_difference(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, str]:
    """The first step that the two accounts do not share; "" where one has none."""
    for index in range(max(len(old), len(new))):
        left = old[index] if index < len(old) else ""
        right = new[index] if index < len(new) else ""
        if left != right:
            return left, right
    return "", ""


def table_of(step: str) -> str:
    """The part of the policy that a step speaks of."""
    for table, beginnings in STEPS:
        if step.startswith(beginnings):
            return table
    head = step.split(":")[0]
    return next((table for table, word in ELSEWHERE if word in head), "points")


def tables_of_worth(old: str, new: str) -> tuple[str, ...]:
    """What may give an answer another worth: how much of the maximum it earns comes first."""
    before, after = WORTH.fullmatch(old), WORTH.fullmatch(new)
    if not before or not after:
        return "partial", "points"
    share = ("partial",) if before["how"] != after["how"] else ()
    most = ("points",) if before["most"] != after["most"] else ()
    return share + most


def said(value: Any) -> str:
    return "unset" if value is None else str(value)
