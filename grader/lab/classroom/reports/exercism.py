# exercism/ID/NN-name.MM-slug.json: an answer's results.json, version 3, as Exercism's test runners.
#
# Built from exercism.org/docs/building/tooling/test-runners/interface.
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lab.classroom.model import ClassReport, Grade
from lab.classroom.names import file_name
from lab.classroom.reports.files import utf8, write_json
from lab.classroom.reports.words import CUT, feedback, printable, result_of
from lab.text import visible

MESSAGE_BYTES = 65_535  # a message's limit; fewer characters if some need several bytes
OUTPUT = 500
TRUNCATED = "\nOutput was truncated. Please limit to 500 chars"
NOTHING: Mapping[str, Any] = {"cases": (), "shown": None, "feedback": "", "message": ""}
DECIDED = ("wrong-order", "wrong-time", "wrong-content", "incomplete")  # it ran, and was judged


def write(report: ClassReport, folder: Path) -> list[Path]:
    """Writes one file a student and exercise. Complexity: memory for one answer."""
    written = []
    for student in report.students:
        own = folder / "exercism" / file_name(student.id)
        for grade in student.grades:
            path = own / f"{grade.exercise.replace('/', '.')}.json"
            stub = report.stubs.get(grade.exercise, "")
            written.append(write_json(path, results(grade, result_of(report, grade), stub)))
    return written


def results(grade: Grade, result: Mapping[str, Any] | None, stub: str = "") -> dict[str, Any]:
    """The results.json of one answer. `stub` tells which of its tasks the tests belong to.

    `error` is for answers of which no case ran: their message is all that the student gets.
    """
    result = result or NOTHING
    cases = result["cases"]
    if grade.verdict == "accepted" and all(case["verdict"] == "accepted" for case in cases):
        status = "pass"
    elif not cases or grade.verdict in ("grader-error", "bad-submission", "not-attempted"):
        message = shorten_bytes(feedback(grade, result))
        return {"version": 3, "status": "error", "message": message, "tests": []}
    else:
        status = "fail"
    tests = [test(case, index == shown(result), result) for index, case in enumerate(cases)]
    if status == "fail" and all(one["status"] == "pass" for one in tests):
        whole = {"name": "the whole answer", "status": "fail", "test_code": "// all of it"}
        tests.append(whole | {"message": shorten_bytes(feedback(grade, result))})
    only = task_of(stub)
    if only is not None:
        tests = [one | {"task_id": only} for one in tests]
    return {"version": 3, "status": status, "tests": tests}


def shown(result: Mapping[str, Any]) -> int | None:
    """The case that the feedback is about."""
    if result["shown"] is not None:
        return int(result["shown"])
    wrong = (i for i, case in enumerate(result["cases"]) if case["verdict"] != "accepted")
    return next(wrong, None)


def test(case: Mapping[str, Any], is_shown: bool, result: Mapping[str, Any]) -> dict[str, Any]:
    """One case. The shown case has the whole feedback; the seeds stay the teacher's secret."""
    verdict = case["verdict"]
    one: dict[str, Any] = {"name": f"{case['name']} case", "status": "pass"}
    if verdict != "accepted":
        one["status"] = "fail" if verdict in DECIDED else "error"
        told = result["feedback"] if is_shown else case["message"]
        one["message"] = shorten_bytes(printable(told or verdict))
    output = "\n".join(transcript(case["actual"], OUTPUT + 1))
    if output:
        one["output"] = shorten(output)
    one["test_code"] = test_code(case)
    return one


def test_code(case: Mapping[str, Any]) -> str:
    """What the case asks for: the lines of the published one, which is everybody's."""
    if case["name"] != "published":
        return "// drawn from a seed of the class"
    expected = "\n".join(transcript(case["expected"], MESSAGE_BYTES))
    return shorten_bytes(f"// time in ms, then what has to be said\n{expected}")


def transcript(lines: list[Mapping[str, Any]], enough: int) -> Iterator[str]:
    """The lines of a run, as the lab shows them, until there are `enough` characters."""
    for line in lines:
        if enough < 0:
            return
        text = f"[{line['t_ms']:>5}] {visible(line['text'][: enough + 1])}"
        enough -= len(text)
        yield text


def task_of(stub: str) -> int | None:
    """The stub's task, if it has only one: a test may name a task only if it is precisely one."""
    tasks = set(re.findall(r"TODO\((\d+)\)", stub))
    return int(tasks.pop()) if len(tasks) == 1 else None


def shorten(output: str) -> str:
    """`output` within 500 characters, and in the words that Exercism asks for."""
    return output if len(output) <= OUTPUT else output[: OUTPUT - len(TRUNCATED)] + TRUNCATED


def shorten_bytes(message: str) -> str:
    """`message` within the bytes of a message, cut between characters."""
    encoded = utf8(message)
    if len(encoded) <= MESSAGE_BYTES:
        return message
    return encoded[: MESSAGE_BYTES - len(CUT)].decode("utf-8", "ignore") + CUT
