# A made class for tests of reports: a few students, hostile names and texts, most kinds of grade.
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lab.classroom.model import (
    Attempt,
    ClassReport,
    ExerciseInfo,
    Grade,
    Isolation,
    Layer,
    StudentReport,
)

FORMULA = "=cmd|'/c calc'!A1"
SCRIPT = "<script>alert(1)</script>"
# What an answer may print: escapes, HTML, XML's end of CDATA, a formula, U+FFFD, no characters.
HOSTILE = f"\x1b[31m\x00\x07 {SCRIPT} ]]> &amp; {FORMULA} \ufffd \ufffe \u202e \U0001f600\r\n\tend"

EXERCISES = (
    ExerciseInfo("01-basics/01-predict-lifecycle", "01-1", "Lifecycle", "predict", "01-basics", 5),
    ExerciseInfo(
        "01-basics/04-fix-one-after-another", "01-4", "One after another", "fix", "01-basics", 10
    ),
    ExerciseInfo(
        "02-scheduling/02-three-timers",
        "02-2",
        'Three "timers", say',
        "implement",
        "02-scheduling",
        5,
    ),
)
FIRST, SECOND, THIRD = (info.key for info in EXERCISES)


def case(verdict: str, *, name: str = "published", seed: int = 0, actual: str = "0.1s") -> Any:
    """One case of a stored result."""
    return {
        "name": name,
        "seed": seed,
        "verdict": verdict,
        "expected": [{"t_ms": 100, "text": "0.1s"}],
        "actual": [{"t_ms": 100, "text": actual}],
        "first_difference": None if verdict == "accepted" else 0,
        "message": "" if verdict == "accepted" else "line 1 differs",
        "warnings": [],
    }


def answer(exercise: str, verdict: str, **changes: Any) -> dict[str, Any]:
    """A stored result, schema lab/answer/v1; `changes` replace its members."""
    accepted = verdict == "accepted"
    hint = {"id": "M14", "rule": "R8", "text": "The oldest timer comes first."}
    return {
        "schema": "lab/answer/v1",
        "exercise": exercise,
        "verdict": verdict,
        "cases": [
            case("accepted"),
            case(verdict, name="fresh 1", seed=8713, actual="0.1s" if accepted else "0.2s"),
        ],
        "shown": None if accepted else 1,
        "hint": None if accepted else hint,
        "message": "" if accepted else "line 1 differs",
        "compiler": "",
        "feedback": f"{exercise}: {verdict}\n",
        "flags": [],
        "source": "// an answer\n",
    } | changes


def stored() -> dict[str, dict[str, Any]]:
    """The results of the made class by digest."""
    broken: dict[str, Any] = {"cases": [], "shown": None, "hint": None}
    return {
        "a" * 64: answer(FIRST, "accepted"),
        "b" * 64: answer(SECOND, "wrong-order"),
        "c"
        * 64: answer(
            SECOND,
            "wrong-content",
            cases=[case("wrong-content", actual=HOSTILE)],
            shown=0,
            message=HOSTILE,
            feedback=HOSTILE,
            flags=["includes <unistd.h>"],
            source=f"// {HOSTILE}\n",
        ),
        "d"
        * 64: answer(
            THIRD,
            "does-not-compile",
            compiler="answer.cpp:3:1: error: expected ';'",
            message="answer.cpp:3: a semicolon is missing",
            **broken,
        ),
        "f" * 64: answer(SECOND, "accepted"),
        "e"
        * 64: answer(THIRD, "grader-error", message="the checker ended with status 70", **broken),
    }


def grade(exercise: str, verdict: str, answer: str = "", **changes: Any) -> Grade:
    """A grade: full points when accepted, else none; `changes` replace its fields."""
    most = next(info.max_points for info in EXERCISES if info.key == exercise)
    points = most if verdict == "accepted" else 0
    given: dict[str, Any] = {
        "points": points,
        "max_points": most,
        "attempt": 1 if answer else 0,
        "steps": (f"{points:g} of {most:g}: {verdict}",),
    }
    return Grade(exercise, verdict, answer=answer and answer * 64, **(given | changes))


ONCE = (Attempt(1, "inbox/1.zip", "2026-01-09T10:00:00Z"),)
LATE = (*ONCE, Attempt(2, "inbox/1 (2).zip", "2026-01-12T10:00:00Z", late_seconds=93_600))


def students() -> tuple[StudentReport, ...]:
    """The class, in the order of the ids."""
    missing = grade(THIRD, "not-attempted")
    first = grade(FIRST, "accepted", "a")
    tried = replace(first, tries=3)
    minus = ("10 of 10: accepted", "-0.5: 2 days late")
    late = grade(SECOND, "accepted", "f", points=9.5, attempt=2, steps=minus)
    wrong = grade(SECOND, "wrong-order", "b")
    hostile = grade(SECOND, "wrong-content", "c")
    broken = grade(THIRD, "does-not-compile", "d")
    fault = grade(THIRD, "grader-error", "e", problem="the checker ended with status 70")
    large = grade(FIRST, "bad-submission", problem="the file is larger than 4 MiB")
    nothing = tuple(grade(info.key, "not-attempted") for info in EXERCISES)
    odd = ("the folder held 3 other files",)
    name = 'O"Neill, "Sh\u00e9" \r\nZo\u00eb \u738b'
    found = (
        StudentReport("1001", "Ada Lovelace", "ada@example.org", LATE, (tried, late, missing)),
        StudentReport("1002", FORMULA, "+1@example.org", ONCE, (first, hostile, broken), odd),
        StudentReport("1003", SCRIPT, "", ONCE, (first, wrong, missing)),
        StudentReport("1004", "Sam Same", "", ONCE, (first, wrong, fault)),
        StudentReport("1005", "Sam Same", "", ONCE, (large, *nothing[1:])),
        StudentReport("../e\u0301vil/CON", name, "", ONCE, (first, *nothing[1:]), (HOSTILE,)),
        StudentReport("0042", "", grades=nothing),
    )
    return tuple(sorted(found, key=lambda student: student.id))


def class_report(
    *,
    people: tuple[StudentReport, ...] | None = None,
    results: Mapping[str, Mapping[str, Any]] | None = None,
) -> ClassReport:
    """The made class; `people` and `results` replace its students and its stored results."""
    kept = stored() if results is None else results
    return ClassReport(
        course="event-loop-lab",
        version="1.2.3",
        title="Event Loop Lab",
        isolation=Isolation(
            "reduced", (Layer("rlimits", True), Layer("cgroup", False, "not writable"))
        ),
        policy={"late": {"per_day": 0.25}, "rule": "best"},
        exercises=EXERCISES,
        students=students() if people is None else people,
        load=kept.__getitem__,
        stubs={info.key: f"// {info.title}\n// TODO(1)\n" for info in EXERCISES},
    )
