# What all formats say in the same words: titles, and why a grade is what it is.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lab.classroom.model import ClassReport, ExerciseInfo, Grade
from lab.errors import LabError
from lab.text import visible, visible_lines

NOT_GRADED = "not graded yet: a fault of the grader"
LONGEST = 65_536  # characters of a feedback; a reader gives up long before
CUT = "\n... (the rest is left out)\n"


def title(info: ExerciseInfo) -> str:
    """`01-4 One after another`: what gradebooks know an exercise by."""
    return f"{info.number} {info.title}"


def is_graded(grade: Grade) -> bool:
    """Whether there is a grade at all. A fault of the grader gives none, and no zero."""
    return grade.verdict != "grader-error"


def result_of(report: ClassReport, grade: Grade) -> Mapping[str, Any] | None:
    """The stored result behind a grade; None if nothing was run, or a broken run has none yet.

    Throws: LabError when the result of a grade that counts cannot be read.
    """
    try:
        return report.answer_of(grade)
    except LabError:
        if is_graded(grade):
            raise
        return None


def headline(grade: Grade, result: Mapping[str, Any] | None) -> str:
    """One line: the verdict, and its cause if it is known."""
    if not is_graded(grade):
        return NOT_GRADED
    cause = grade.problem or (result or {}).get("message") or ""
    return f"{grade.verdict}: {visible(one_line(cause))}" if cause else grade.verdict


def summary(grade: Grade, result: Mapping[str, Any] | None) -> str:
    """A few lines for a gradebook: the verdict, how the points came about, the hint."""
    if not is_graded(grade):
        return NOT_GRADED
    lines = [headline(grade, result), *grade.steps]
    hint = (result or {}).get("hint")
    if hint and hint["text"]:
        lines.append(hint["text"])
    return shorten("\n".join(visible_lines(line) for line in lines), 4_000)


def feedback(grade: Grade, result: Mapping[str, Any] | None) -> str:
    """All that a student is told: how the points came about, then what `./lab check` shows."""
    if not is_graded(grade):
        return NOT_GRADED
    steps = "".join(f"{visible(step)}\n" for step in grade.steps)
    told = (result or {}).get("feedback") or headline(grade, result)
    return f"{steps}\n{printable(told)}" if steps else printable(told)


def printable(text: str) -> str:
    """`text` with its lines, but with nothing in it that acts; at most LONGEST characters."""
    lines = shorten(text, LONGEST).replace("\r\n", "\n")
    return shorten(visible_lines(lines), LONGEST)


def shorten(text: str, most: int) -> str:
    """`text`, or its first part and a sentence that says so: `most` characters in all."""
    return text if len(text) <= most else text[: most - len(CUT)] + CUT


def one_line(text: str) -> str:
    return " ".join(text[:500].split())
