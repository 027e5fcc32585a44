# The published rules of each report format, as checks that raise: in our words, not in theirs.
from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, RefResolver
from lxml import etree

from lab.classroom import model

SCHEMAS = Path(model.__file__).parent / "schemas"
UTC = r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ"


@cache
def validator(name: str) -> Any:
    """A validator of one of the lab's own schemas; they name each other by file name."""
    files = SCHEMAS.glob("*.schema.json")
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in files}
    schema = schemas[f"{name}.schema.json"]
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, resolver=RefResolver("", schema, store=schemas))


def conforms(name: str, value: Any) -> None:
    validator(name).validate(value)


@cache
def junit_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))


def junit(path: Path) -> Any:
    """Parses strictly and checks the schema and all totals. Returns: the root element."""
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False))
    junit_schema().assertValid(root)
    suites = root.findall("testsuite")
    for attribute, element in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        for suite in suites:
            assert int(suite.get(attribute)) == len(list(suite.iter(element)))
        assert int(root.get(attribute)) == sum(int(suite.get(attribute)) for suite in suites)
    for suite in suites:
        assert int(suite.get("skipped")) == len(list(suite.iter("skipped")))
    return root


def table(path: Path) -> list[list[str]]:
    """Reads a CSV file strictly: RFC 4180 with CR LF, as many cells in each row as in the first."""
    text = path.read_bytes().decode("utf-8")
    assert text.endswith("\r\n") and not text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    return rows


def gradescope(data: Any) -> None:
    """gradescope-autograders.readthedocs.io/en/latest/specs: keys, types and the need of a score."""
    visibilities = {"hidden", "after_due_date", "after_published", "visible"}
    formats = {"text", "html", "simple_format", "md", "ansi"}
    tests = data["tests"]
    assert set(data) <= {
        *("score", "execution_time", "output", "output_format", "test_output_format"),
        *("test_name_format", "visibility", "stdout_visibility", "extra_data", "tests"),
    }
    for key in ("output_format", "test_output_format", "test_name_format"):
        assert data[key] in formats
    assert data["visibility"] in visibilities and data["stdout_visibility"] in visibilities
    assert "score" not in data or is_number(data["score"])
    for test in tests:
        assert set(test) <= {
            *("score", "max_score", "status", "name", "name_format", "number", "output"),
            *("output_format", "tags", "visibility", "extra_data"),
        }
        assert test.get("status") in (None, "passed", "failed")
        assert isinstance(test["name"], str) and isinstance(test["output"], str)
        assert isinstance(test["number"], str) and test["output_format"] in formats
        assert all(isinstance(tag, str) for tag in test["tags"])
        assert test["visibility"] in visibilities and isinstance(test["extra_data"], dict)
        assert ("score" in test) == ("max_score" in test) == ("status" in test)


def exercism(data: Any) -> None:
    """exercism.org/docs/building/tooling/test-runners/interface, version 3."""
    assert data["version"] == 3 and set(data) <= {"version", "status", "message", "tests"}
    tests = data["tests"]
    bad = [test for test in tests if test["status"] != "pass"]
    if data["status"] == "error":
        assert data["message"] and within(data["message"]) and not tests
    else:
        assert data["status"] == ("fail" if bad else "pass") and data.get("message") is None
    for test in tests:
        known = {"name", "status", "message", "output", "test_code", "task_id"}
        assert {"name", "status", "test_code"} <= set(test) <= known
        assert test["name"] and test["status"] in ("pass", "fail", "error")
        assert test["status"] == "pass" or test["message"]
        assert within(test.get("message", "")) and within(test["test_code"])
        assert len(test.get("output", "")) <= 500
        assert isinstance(test.get("task_id", 1), int)


def within(message: str) -> bool:
    return len(message.encode("utf-8")) <= 65_535


def classroom50(data: Any) -> None:
    """foundation50/classroom50, schemas/result-v1.schema.json, and what its collector adds."""
    assert set(data) == {
        *("schema", "classroom", "assignment", "assignment_type", "owner", "submission", "commit"),
        *("release", "review", "datetime", "score", "max-score", "tests"),
    }
    assert data["schema"] == "classroom50/result/v1" and data["assignment_type"] == "individual"
    for key in ("classroom", "assignment", "owner", "commit", "release", "review"):
        assert isinstance(data[key], str) and data[key]
    assert data["submission"].startswith("submit/")
    assert re.fullmatch(UTC, data["datetime"])
    for one in (data, *data["tests"]):
        assert type(one["score"]) is int and type(one["max-score"]) is int
        assert 0 <= one["score"] <= one["max-score"]
    for test in data["tests"]:
        assert isinstance(test["test-name"], str) and test["test-name"]
        assert isinstance(test["passed"], bool)
    for key in ("score", "max-score"):
        assert data[key] == sum(test[key] for test in data["tests"])


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
