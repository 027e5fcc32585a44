# class.json holds the whole model, and the schemas say what is kept and printed.
from __future__ import annotations

import copy
import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import class_rules as rules
import class_samples as samples
import pytest
from jsonschema import ValidationError

from conftest import Lab
from lab.answer import Answer
from lab.classroom.job import Rules, lost, stored
from lab.classroom.model import Attempt, ClassReport, ExerciseInfo, Grade, StudentReport
from lab.classroom.plan import Handed, Plan, PlannedAttempt, PlannedStudent
from lab.classroom.policy import Policy
from lab.classroom.prepare import as_run
from lab.classroom.reports import json_report
from lab.course import load
from lab.result import VERDICTS, Case, Hint, Line, Result


@pytest.fixture(name="data")
def class_json(tmp_path: Path) -> Any:
    (path,) = json_report.write(samples.class_report(), tmp_path)
    return json.loads(path.read_text("utf-8"))


def names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}  # type: ignore[arg-type]


def test_class_json_holds_every_field_of_the_model(data: Any) -> None:
    assert set(data) == names(ClassReport) - {"load"} | {"schema", "answers"}
    assert set(data["exercises"][0]) == names(ExerciseInfo)
    student = next(one for one in data["students"] if one["id"] == "1001")
    assert set(student) == names(StudentReport) | {"points", "max_points"}
    assert set(student["attempts"][0]) == names(Attempt)
    assert set(student["grades"][0]) == names(Grade)


def test_class_json_holds_each_answer_once_and_as_it_is_stored(data: Any) -> None:
    assert data["answers"] == samples.stored()
    assert list(data["answers"]) == sorted(data["answers"])
    named = {grade["answer"] for one in data["students"] for grade in one["grades"]} - {None}
    assert named == set(data["answers"])


def test_class_json_has_a_line_for_each_student_and_answer(tmp_path: Path) -> None:
    (path,) = json_report.write(samples.class_report(), tmp_path)

    lines = path.read_bytes().decode("utf-8").split("\n")
    assert sum(line.startswith('{"id": ') for line in lines) == len(samples.students())
    assert sum(line.startswith(f'"{"a" * 64}": ') for line in lines) == 1


def test_a_class_of_nobody_has_a_report(tmp_path: Path) -> None:
    (path,) = json_report.write(samples.class_report(people=()), tmp_path)

    rules.conforms("class", json.loads(path.read_text("utf-8")))


def test_the_schemas_know_every_verdict() -> None:
    assert tuple(rules.validator("answer").schema["$defs"]["verdict"]["enum"]) == VERDICTS


@pytest.mark.parametrize("digest", sorted(samples.stored()))
def test_the_stored_results_conform(digest: str) -> None:
    rules.conforms("answer", samples.stored()[digest])


@pytest.mark.parametrize(
    "where, value",
    [
        (("schema",), "lab/class/v2"),
        (("extra",), 1),
        (("isolation", "mode"), "some"),
        (("students", 2, "grades", 0, "verdict"), "good"),
        (("students", 2, "grades", 0, "answer"), "../x"),
        (("students", 2, "grades", 0, "points"), "5"),
        (("students", 2, "attempts", 0, "number"), 0),
        (("answers", "a" * 64, "cases", 0, "seed"), -1),
        (("answers", "a" * 64, "cases", 0, "name"), "secret"),
        (("answers", "a" * 64, "hint"), {}),
        (("answers", "short"), None),
        (("exercises", 0, "key"), "1/2"),
    ],
)
def test_the_schema_refuses_what_is_not_a_class(data: Any, where: Any, value: Any) -> None:
    rules.conforms("class", data)
    wrong = copy.deepcopy(data)
    inner = wrong
    for step in where[:-1]:
        inner = inner[step]
    inner[where[-1]] = value

    with pytest.raises(ValidationError):
        rules.conforms("class", wrong)


def a_run() -> Any:
    """What a class run keeps of one student with one answer and one file that is none."""
    handed = {
        samples.FIRST: Handed(answer="a" * 64, tries=3),
        samples.SECOND: Handed(verdict="bad-submission", problem="larger than 4 MiB"),
    }
    attempt = PlannedAttempt("1.zip", "2026-01-09T10:00:00Z", ("a note",), handed)
    student = PlannedStudent("1001", "Ada", "", (attempt,), {"ID": "1001"})
    plan = Plan((samples.FIRST, samples.SECOND), (student,))
    return json.loads(json.dumps(as_run(Policy(), plan, Rules("1.2.3", seed=8713))))


def test_what_a_run_keeps_conforms() -> None:
    rules.conforms("run", a_run())


@pytest.mark.parametrize("wrong", [{"answer": "short"}, {"verdict": "accepted"}, {"tries": -1}])
def test_the_schema_of_a_run_refuses_what_nobody_can_have_handed_in(wrong: Any) -> None:
    run = a_run()
    run["students"][0]["attempts"][0]["answers"][samples.FIRST] = wrong

    with pytest.raises(ValidationError):
        rules.conforms("run", run)


def test_the_result_of_an_answer_that_could_not_be_graded_conforms() -> None:
    rules.conforms("answer", lost(samples.FIRST, b"int x;\xff", "the disk is full"))


def test_the_result_of_a_graded_answer_conforms(root: Path) -> None:
    (exercise,) = load(root).find("01-4")
    line = Line(100, "0.1s")
    case = Case("fresh case 1", 8713, "wrong-order", (line,), (line, line), 1, "too many", ("w",))
    hint = Hint("M14", "R8", "The oldest timer comes first.")
    result = Result(exercise, "wrong-order", (case, case), hint, message="too many", shown=1)
    file = Path(exercise.stub.name)

    rules.conforms("answer", stored(replace(result, file=file), Answer(file, b"int x;\n")))


def test_check_json_prints_what_its_schema_says(lab: Lab) -> None:
    code, out, _ = lab("check", "--json")

    printed = json.loads(out)
    rules.conforms("check", printed)
    assert printed["results"] and code in (0, 1)
