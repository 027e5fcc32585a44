# junit.xml: a suite a student, a case an exercise, for the readers of Jenkins, GitLab, Surefire.
#
# Only elements and attributes that the schemas of Jenkins and of Surefire share: points are
# properties of the suite, since Surefire has none in a case. `time` is required there and always 0
# here: a report says nothing about how long grading took.
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lab.classroom.model import ClassReport, ExerciseInfo, Grade, StudentReport
from lab.classroom.reports.files import number
from lab.classroom.reports.words import feedback, headline, is_graded, result_of, title
from lab.state import atomic_file
from lab.text import spell

# XML 1.0 has no way to write these, not even as &#1;.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(report: ClassReport, folder: Path) -> list[Path]:
    """Writes `junit.xml`. Complexity: memory for one answer; time and disk for all."""
    path = folder / "junit.xml"
    with atomic_file(path) as out:
        for part in parts(report):
            out.write(part.encode("utf-8"))
    return [path]


def legal(text: str) -> str:
    """`text` with the characters that XML forbids spelled out, such as \\x1b for escape."""
    return FORBIDDEN.sub(lambda found: spell(found.group()), text)


def outcome(grade: Grade) -> str:
    """The element that says so: an error is ours, a failure the student's."""
    if not is_graded(grade):
        return "error"
    return {"accepted": "", "not-attempted": "skipped"}.get(grade.verdict, "failure")


def counts(grades: Iterable[Grade]) -> dict[str, str]:
    """The totals of a suite, as attributes."""
    found = Counter(outcome(grade) for grade in grades)
    return {
        "tests": str(found.total()),
        "failures": str(found["failure"]),
        "errors": str(found["error"]),
        "skipped": str(found["skipped"]),
        "time": "0",
    }


def parts(report: ClassReport) -> Iterator[str]:
    """The text of junit.xml in pieces."""
    everything = counts(grade for student in report.students for grade in student.grades)
    del everything["skipped"]  # Jenkins' schema has none for the whole
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield opened("testsuites", {"name": report.title, **everything})
    for student in report.students:
        yield from suite(report, student)
    yield "</testsuites>\n"


def suite(report: ClassReport, student: StudentReport) -> Iterator[str]:
    """A student. `classname` keeps cases of one name apart where suites are merged."""
    infos = {info.key: info for info in report.exercises}
    name = f"{student.id} {student.name}".strip()
    yield opened("testsuite", {"name": name, **counts(student.grades)})
    yield from properties(student)
    for grade in student.grades:
        result = result_of(report, grade)
        told = title(infos[grade.exercise])
        yield opened("testcase", {"name": told, "classname": student.id, "time": "0"})
        yield from complaint(grade, result)
        if result is not None:
            yield element("system-out", {}, feedback(grade, result))
        yield "</testcase>\n"
    yield "</testsuite>\n"


def properties(student: StudentReport) -> Iterator[str]:
    """The points, in all and for each exercise; none where there is no grade."""
    values: dict[str, object] = {
        "points": number(student.points),
        "max_points": number(student.max_points),
    }
    for grade in student.grades:
        values[f"points:{grade.exercise}"] = number(grade.points) if is_graded(grade) else ""
        values[f"max_points:{grade.exercise}"] = number(grade.max_points)
    yield "<properties>\n"
    for name, value in values.items():
        yield element("property", {"name": name, "value": str(value)})
    yield "</properties>\n"


def complaint(grade: Grade, result: Mapping[str, Any] | None) -> Iterator[str]:
    """Why it is not accepted, if it is not."""
    name = outcome(grade)
    if name == "skipped":
        yield element(name, {"message": headline(grade, result)})
    elif name:
        attributes = {"message": headline(grade, result), "type": grade.verdict}
        yield element(name, attributes, "\n".join(grade.steps))


def element(name: str, attributes: Mapping[str, str], text: str = "") -> str:
    content = f">{escape(legal(text))}</{name}>" if text else "/>"
    return f"<{name}{written(attributes)}{content}\n"


def opened(name: str, attributes: Mapping[str, str]) -> str:
    return f"<{name}{written(attributes)}>\n"


def written(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(legal(value))}" for name, value in attributes.items())
