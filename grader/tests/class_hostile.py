# A class in which every text tries to run a script, and each kind of place has its own way out of it.
from __future__ import annotations

from dataclasses import replace
from typing import Any

from class_samples import EXERCISES, FIRST, SECOND, THIRD, answer, case, class_report, grade
from class_samples import stored, students
from lab.classroom.model import Attempt, ClassReport, Grade, Layer, StudentReport

SING = "window.canary=1"
WAYS_OUT = (
    f"<script>{SING}</script>",
    f"<img src=x onerror={SING}>",
    f"\"'><svg onload={SING}>",
    f"</textarea></pre></title></style><script>{SING}</script>",
    f"--><script>{SING}</script>",
    f"javascript:{SING}",
    f"{{{{ 7*7 }}}}{{% raw %}}<b onmouseover={SING}>",
    "\u202egnp.exe\u2066\x1b]0;owned\x07\x9b31m\x00\ud800\r",
    "&lt;script&gt;&amp;#60; ]]> \u2028 \u200f \ufeff",
)
EVERYTHING = " ".join(WAYS_OUT)


def hostile_report(text: str = EVERYTHING) -> ClassReport:
    """The made class, with students and answers whose every text is `text`."""
    bad = hostile_student("evil", text)
    other = StudentReport(text, "", "", grades=(*bad.grades[:1], *untouched()))
    parts = (4.5, 4.25)  # as words, 4.25 would come after 4.5
    late = (StudentReport(f"late {n}", grades=(part(n), *untouched()), name="") for n in parts)
    people = (*students(), *late, bad, other)
    report = class_report(people=people, results=stored() | hostile_results(text))
    return replace(
        report,
        title=text,
        version=text,
        isolation=replace(report.isolation, layers=(Layer(text, False, text),)),
        policy={text: text},
    )


def part(points: float) -> Grade:
    return grade(FIRST, "accepted", "a", points=points)


def untouched() -> tuple[Grade, ...]:
    return tuple(grade(info.key, "not-attempted") for info in EXERCISES[1:])


def hostile_student(id: str, text: str) -> StudentReport:
    given = {"steps": (text,), "problem": text}
    return StudentReport(
        id,
        text,
        text,
        (Attempt(1, text, text, 7),),
        (
            grade(FIRST, "wrong-content", "1", **given),
            grade(SECOND, "does-not-compile", "2", **given),
            grade(THIRD, "grader-error", "3", **given),
        ),
        (text,),
    )


def hostile_results(text: str) -> dict[str, dict[str, Any]]:
    said = {"message": text, "compiler": text, "feedback": text, "source": text, "flags": [text]}
    hint = {"id": text, "rule": text, "text": text}
    lines = [{"t_ms": t, "text": text} for t in (0, 5)]
    shown = dict(case("wrong-content"), name=text, message=text, actual=lines, warnings=[text])
    shown["expected"] = [lines[0], {"t_ms": 9, "text": f"{text}!"}]
    cases: dict[str, Any] = {"cases": [shown], "shown": 0}
    none: dict[str, Any] = {"cases": [], "shown": None, "hint": None}
    return {
        "1" * 64: answer(FIRST, "wrong-content", hint=hint, **said, **cases),
        "2" * 64: answer(SECOND, "does-not-compile", **said, **none | {"hint": hint}),
        "3" * 64: answer(THIRD, "grader-error", **said, **none),
    }
