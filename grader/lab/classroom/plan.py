# What a run grades: from submissions to students, their attempts, and the distinct answers.
#
# The plan is data that run.json keeps, so that an interrupted run goes on without the submissions.
# It depends on what was handed in and on nothing else: not on the order of names in a folder.
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lab.answer import BadAnswer, refuse, same_program
from lab.classroom.job import Job, Rules, answer_name
from lab.classroom.submission import Student, Submission
from lab.course import Exercise

NOT_ATTEMPTED = "not-attempted"
BAD = "bad-submission"
NO_ROWS: Mapping[str, Mapping[str, str]] = {}


@dataclass(frozen=True)
class Handed:
    """What one attempt holds for one exercise: the name of its text, or why there is none."""

    answer: str = ""
    verdict: str = ""  # not-attempted or bad-submission, where nothing is to be run
    problem: str = ""
    tries: int = 0
    hints: int = 0


@dataclass(frozen=True)
class PlannedAttempt:
    source: str
    submitted_at: str
    notes: tuple[str, ...]
    answers: Mapping[str, Handed]


@dataclass(frozen=True)
class PlannedStudent:
    id: str
    name: str
    email: str
    attempts: tuple[PlannedAttempt, ...]
    roster: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """Students in the order of their ids; `texts` holds each distinct answer once."""

    exercises: tuple[str, ...]
    students: tuple[PlannedStudent, ...]
    texts: Mapping[str, bytes] = field(default_factory=dict)

    def jobs(self, rules: Rules) -> list[Job]:
        """Each distinct answer once, in the order of exercises and then of digests."""
        found: dict[str, Job] = {}
        for key in self.exercises:
            names = {
                attempt.answers[key].answer
                for student in self.students
                for attempt in student.attempts
                if key in attempt.answers
            }
            for name in sorted(names - {""}):
                digest = rules.digest(key, name)
                found[digest] = Job(digest, key, name)
        return list(found.values())

    def to_json(self) -> list[dict[str, Any]]:
        return [
            {
                "id": student.id,
                "name": student.name,
                "email": student.email,
                "roster": dict(student.roster),
                "attempts": [
                    {
                        "source": attempt.source,
                        "submitted_at": attempt.submitted_at,
                        "notes": list(attempt.notes),
                        "answers": {
                            key: {k: v for k, v in vars(handed).items() if v}
                            for key, handed in sorted(attempt.answers.items())
                        },
                    }
                    for attempt in student.attempts
                ],
            }
            for student in self.students
        ]


def read_plan(run: Mapping[str, Any]) -> Plan:
    """The plan that run.json keeps; the texts stay in the store."""
    students = tuple(
        PlannedStudent(
            str(one["id"]),
            str(one["name"]),
            str(one["email"]),
            tuple(
                PlannedAttempt(
                    str(attempt["source"]),
                    str(attempt["submitted_at"]),
                    tuple(attempt["notes"]),
                    {key: Handed(**handed) for key, handed in attempt["answers"].items()},
                )
                for attempt in one["attempts"]
            ),
            dict(one["roster"]),
        )
        for one in run["students"]
    )
    return Plan(tuple(run["exercises"]), students)


def make_plan(
    exercises: Sequence[Exercise],
    submissions: Sequence[Submission],
    stubs: Mapping[str, str],
    listed: Sequence[Student] = (),
    rows: Mapping[str, Mapping[str, str]] = NO_ROWS,
) -> Plan:
    """Sorts submissions by student and time.

    `listed` are those of the roster, who may have handed in nothing at all; `rows` are its lines,
    by student, for gradebooks.
    """
    texts: dict[str, bytes] = {}
    known: dict[tuple[str, str], bool] = {}
    by_student: dict[str, list[Submission]] = {student.id: [] for student in listed}
    people = {student.id: student for student in listed}
    for submission in submissions:
        by_student.setdefault(submission.student.id, []).append(submission)
        people.setdefault(submission.student.id, submission.student)
    students = []
    for id_, own in sorted(by_student.items()):
        own.sort(key=lambda one: (one.submitted_at, one.source))
        attempts = tuple(planned(one, exercises, stubs, texts, known) for one in own)
        person = people[id_]
        students.append(PlannedStudent(id_, person.name, person.email, attempts, rows.get(id_, {})))
    return Plan(tuple(ex.key for ex in exercises), tuple(students), texts)


def together(old: Plan, new: Plan, text_of: Callable[[str], bytes]) -> Plan:
    """What a run has read before, and what it reads now. What is read again is not doubled, whoever
    it was taken to be from before; another file of the same name is another attempt. `text_of`
    gives an old answer's text."""
    read: dict[str, list[PlannedAttempt]] = {}
    for student in new.students:
        for attempt in student.attempts:
            read.setdefault(attempt.source, []).append(attempt)
    texts = dict(new.texts)
    merged = {student.id: student for student in new.students}
    for student in old.students:
        kept = tuple(
            one
            for one in student.attempts
            if not any(same_answers(one, other) for other in read.get(one.source, ()))
        )
        now = merged.get(student.id)
        if not kept and (now is not None or student.attempts):
            continue
        for attempt in kept:
            for handed_in in attempt.answers.values():
                if handed_in.answer and handed_in.answer not in texts:
                    texts[handed_in.answer] = text_of(handed_in.answer)
        own = (*kept, *(now.attempts if now is not None else ()))
        ordered = tuple(sorted(own, key=lambda one: (one.submitted_at, one.source)))
        merged[student.id] = replace(now or student, attempts=ordered)
    students = tuple(student for _, student in sorted(merged.items()))
    return Plan(new.exercises, students, texts)


def same_answers(one: PlannedAttempt, other: PlannedAttempt) -> bool:
    """Whether both hold the same where both have been read."""
    common = one.answers.keys() & other.answers.keys()
    return all(one.answers[key].answer == other.answers[key].answer for key in common)


def planned(
    one: Submission,
    exercises: Sequence[Exercise],
    stubs: Mapping[str, str],
    texts: dict[str, bytes],
    known: dict[tuple[str, str], bool],
) -> PlannedAttempt:
    answers = {}
    for ex in exercises:
        problem = one.problems.get(ex.key) or one.problems.get("", "")
        tries = one.tries.get(ex.key, 0)
        if problem:
            answers[ex.key] = Handed(verdict=BAD, problem=problem, tries=tries)
            continue
        text = one.answers.get(ex.key)
        if text is None or is_stub(text, stubs.get(ex.key, ""), known):
            answers[ex.key] = Handed(verdict=NOT_ATTEMPTED, tries=tries)
            continue
        try:
            refuse(Path(f"{ex.slug}.cpp"), text, "hand in the .cpp file")
        except BadAnswer as error:
            answers[ex.key] = Handed(verdict=BAD, problem=str(error), tries=tries)
            continue
        name = answer_name(text)
        texts.setdefault(name, text)
        hints = one.hints.get(ex.key, 0)
        answers[ex.key] = Handed(answer=name, tries=tries, hints=hints)
    return PlannedAttempt(one.source, one.submitted_at, one.notes, answers)


def is_stub(text: bytes, stub: str, known: dict[tuple[str, str], bool]) -> bool:
    """Whether the stub was handed in untouched. Five thousand equal answers are compared once."""
    if not stub:
        return False
    pair = (answer_name(stub.encode()), answer_name(text))
    if pair not in known:
        known[pair] = same_program(text.decode("utf-8", "replace"), stub)
    return known[pair]
