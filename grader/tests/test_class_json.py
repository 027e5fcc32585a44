# class.json holds the whole model, and the schemas say what is kept and printed.
from __future__ import annotations

import copy
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import class_rules as rules
import class_samples as samples
import pytest
from jsonschema import ValidationError

from conftest import Lab
from lab.classroom.model import Attempt, ClassReport, ExerciseInfo, Grade, StudentReport
from lab.classroom.reports import json_report
from lab.result import VERDICTS


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


RUN: Any = {
    "schema": "lab/run/v1",
    "course": "event-loop-lab",
    "title": "Event Loop Lab",
    "rules": {"version": "1.2.3", "seed": 8713, "cases": 5, "cpu_seconds": 5, "memory_mib": 256},
    "policy": {},
    "isolation": {"mode": "none", "layers": []},
    "exercises": [samples.FIRST],
    "students": [
        {
            "id": "1001",
            "name": "Ada",
            "email": "",
            "attempts": [
                {
                    "source": "1.zip",
                    "submitted_at": "",
                    "notes": [],
                    "answers": {samples.FIRST: {"answer": "a" * 64, "tries": 3}},
                }
            ],
        }
    ],
}


def test_the_schema_of_a_run_takes_one_and_refuses_others() -> None:
    rules.conforms("run", RUN)

    answers = RUN["students"][0]["attempts"][0]["answers"]
    for wrong in ({"answer": "short"}, {"verdict": "accepted"}, {"tries": -1}):
        broken = json.loads(
            json.dumps(RUN).replace(json.dumps(answers[samples.FIRST]), json.dumps(wrong))
        )
        assert broken != RUN
        with pytest.raises(ValidationError):
            rules.conforms("run", broken)


def test_check_json_prints_what_its_schema_says(lab: Lab) -> None:
    code, out, _ = lab("check", "--json")

    printed = json.loads(out)
    rules.conforms("check", printed)
    assert printed["results"] and code in (0, 1)
