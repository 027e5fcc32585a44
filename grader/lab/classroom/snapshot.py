# A class as it was graded, small enough to compare two: from a class.json or from a report at hand.
#
# Answers are kept as a digest of their text: of five thousand answers only one is ever in memory.
from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.classroom.model import SCHEMA, Attempt, ClassReport, Grade, StudentReport
from lab.errors import LabError

ANSWERS = '"answers": {'
STUDENTS = '"students": ['


@dataclass(frozen=True)
class Evidence:
    """What an answer was, and what it was asked: a digest of its text, the seeds of its cases."""

    text: str
    seeds: tuple[int, ...]


@dataclass(frozen=True)
class Snapshot:
    """One graded class. `students` by id, `numbers` the short names of exercises by key."""

    course: str
    version: str
    policy: Mapping[str, Any]
    numbers: Mapping[str, str]
    students: Mapping[str, StudentReport]
    answers: Mapping[str, Evidence]


def of_report(report: ClassReport) -> Snapshot:
    """The snapshot of a report at hand. Complexity: reads each distinct answer once."""
    digests = sorted({g.answer for one in report.students for g in one.grades if g.answer})
    return Snapshot(
        course=report.course,
        version=report.version,
        policy=report.policy,
        numbers={info.key: info.number for info in report.exercises},
        students={one.id: one for one in report.students},
        answers={digest: evidence(report.load(digest)) for digest in digests},
    )


def read(path: Path) -> Snapshot:
    """Reads a class.json, or the one in an output folder.

    Throws: LabError when there is none, or when it is something else.
    """
    places = [path, path / "class.json", path / "reports" / "class.json"]
    file = next((place for place in places if place.is_file()), None)
    if file is None:
        raise LabError(f"{path} holds no class.json: name the folder of an earlier ./lab grade")
    try:
        return of_parts(file, parts(file))
    except OSError as error:
        raise LabError(f"cannot read {file}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LabError(f"{file} is no report of a class ({SCHEMA}): {error!r}") from error


def of_parts(file: Path, found: Iterator[tuple[str, Any]]) -> Snapshot:
    """Puts together what `parts` gives, one piece at a time."""
    head: dict[str, Any] = {}
    students: dict[str, StudentReport] = {}
    answers: dict[str, Evidence] = {}
    for name, value in found:
        if name == "students":
            students[value["id"]] = student(value)
        elif name == "answers":
            answers[value[0]] = evidence(value[1])
        elif name in ("schema", "course", "version", "policy", "exercises"):
            head[name] = value
    if head["schema"] != SCHEMA:
        raise LabError(f"{file} has the schema {head['schema']!r}: {SCHEMA} is needed")
    numbers = {info["key"]: info["number"] for info in head["exercises"]}
    about = (str(head["course"]), str(head["version"]), dict(head["policy"]))
    return Snapshot(*about, numbers, dict(sorted(students.items())), answers)


def parts(file: Path) -> Iterator[tuple[str, Any]]:
    """Each member of the object; of students and answers, each one by itself.

    A class.json has one of them a line, and is read so: a large one would not fit into memory. One
    that another program has laid out is read whole.
    """
    with open(file, encoding="utf-8", newline="\n") as source:
        by_line = source.readline() == "{\n" and STUDENTS in (line.rstrip() for line in source)
    yield from (lines(file) if by_line else whole(file))


def whole(file: Path) -> Iterator[tuple[str, Any]]:
    data = json.loads(file.read_text(encoding="utf-8"))
    for name, value in data.items():
        if name == "students":
            yield from (("students", one) for one in value)
        elif name == "answers":
            yield from (("answers", pair) for pair in value.items())
        else:
            yield name, value


def lines(file: Path) -> Iterator[tuple[str, Any]]:
    inside = ""
    with open(file, encoding="utf-8", newline="\n") as source:
        for line in source:
            text = line.strip().removesuffix(",")
            if text in (STUDENTS, ANSWERS):
                inside = text.split('"')[1]
            elif text in ("]", "}", "{", ""):
                inside = ""
            elif inside == "students":
                yield inside, json.loads(text)
            else:
                member = json.loads("{" + text + "}")
                yield from ((inside, pair) if inside else pair for pair in member.items())


def evidence(answer: Mapping[str, Any]) -> Evidence:
    text = str(answer.get("source", "")).encode("utf-8", "surrogatepass")
    seeds = tuple(int(case["seed"]) for case in answer.get("cases", ()))
    return Evidence(hashlib.sha256(text).hexdigest(), seeds)


def student(data: Mapping[str, Any]) -> StudentReport:
    attempts = (Attempt(one["number"], "", one["submitted_at"]) for one in data["attempts"])
    return StudentReport(
        id=data["id"],
        name=data["name"],
        attempts=tuple(attempts),
        grades=tuple(grade(one) for one in data["grades"]),
    )


def grade(data: Mapping[str, Any]) -> Grade:
    """A grade; words that thousands of grades share are kept once."""
    return Grade(
        exercise=sys.intern(data["exercise"]),
        verdict=sys.intern(data["verdict"]),
        points=float(data["points"]),
        max_points=float(data["max_points"]),
        answer=sys.intern(data["answer"] or ""),
        attempt=int(data["attempt"]),
        steps=tuple(sys.intern(step) for step in data["steps"]),
    )
