# What grading one answer gives, and its JSON: the contract lab/check/v1.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lab.course import Exercise

VERDICTS = (
    "accepted",
    "wrong-order",
    "wrong-time",
    "wrong-content",
    "incomplete",
    "blocked-the-loop",
    "hang",
    "runaway",
    "timed-out",
    "crashed",
    "ended-early",
    "out-of-memory",
    "process-limit",
    "output-limit",
    "does-not-compile",
    "compile-limit",
    "rejected",
    "bad-submission",
    "not-attempted",
    "grader-error",
)

EXIT_CODES = {"accepted": 0, "bad-submission": 2, "grader-error": 3}


@dataclass(frozen=True)
class Line:
    """One line of a transcript."""

    t_ms: int
    text: str

    def to_json(self) -> dict[str, Any]:
        return {"t_ms": self.t_ms, "text": self.text}


@dataclass(frozen=True)
class Hint:
    """Why an answer is wrong: the belief, the rule that it breaks, and words for the student."""

    id: str
    rule: str
    text: str

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "rule": self.rule or None, "text": self.text}


@dataclass(frozen=True)
class Case:
    """One run of the answer: what had to come out, what came out, where they part."""

    name: str
    seed: int
    verdict: str
    expected: tuple[Line, ...] = ()
    actual: tuple[Line, ...] = ()
    first_difference: int | None = None
    message: str = ""
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "seed": self.seed,
            "verdict": self.verdict,
            "expected": [line.to_json() for line in self.expected],
            "actual": [line.to_json() for line in self.actual],
            "first_difference": self.first_difference,
        }


@dataclass(frozen=True)
class Result:
    """The verdict on one answer. `message` is for people and not part of the JSON."""

    exercise: Exercise
    verdict: str
    cases: tuple[Case, ...] = ()
    hint: Hint | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    message: str = ""
    compiler: str = ""
    shown: int | None = None
    file: Path | None = None
    source: str = ""  # the answer's text, where the file is gone by now

    @property
    def accepted(self) -> bool:
        return self.verdict == "accepted"

    @property
    def points(self) -> int:
        return self.exercise.points if self.accepted else 0

    @property
    def failed_case(self) -> Case | None:
        """The case to show: the one that the hint is about, else the first not accepted."""
        if self.shown is not None:
            return self.cases[self.shown]
        return next((case for case in self.cases if case.verdict != "accepted"), None)

    def timed(self, part: str, seconds: float) -> Result:
        return replace(self, seconds={**self.seconds, part: round(seconds, 4)})

    def to_json(self) -> dict[str, Any]:
        return {
            "exercise": self.exercise.key,
            "verdict": self.verdict,
            "points": self.points,
            "max_points": self.exercise.points,
            "cases": [case.to_json() for case in self.cases],
            "hint": self.hint.to_json() if self.hint else None,
            "seconds": {"build": 0.0, "run": 0.0, **self.seconds},
        }


def report_json(course: str, results: Sequence[Result]) -> dict[str, Any]:
    """The whole object that `check --json` prints."""
    return {
        "schema": "lab/check/v1",
        "course": course,
        "results": [result.to_json() for result in results],
        "summary": {
            "accepted": sum(result.accepted for result in results),
            "points": sum(result.points for result in results),
            "max_points": sum(result.exercise.points for result in results),
        },
    }


def exit_code(results: Sequence[Result]) -> int:
    """0 all accepted, 1 something not accepted, 2 cannot be graded as asked, 3 the lab's fault."""
    return max((EXIT_CODES.get(result.verdict, 1) for result in results), default=0)
