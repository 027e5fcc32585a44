# All report formats at once: any text, the same bytes everywhere, faults of ours, and no secrets.
from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import class_rules as rules
import class_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.classroom.model import Attempt, ClassReport, StudentReport
from lab.classroom.reports import FORMATS, check_names, present, write_all
from lab.errors import LabError

QUICK = settings(max_examples=60, derandomize=True, deadline=None, database=None)
anything = st.text(st.characters(), max_size=60) | st.sampled_from(
    [
        samples.HOSTILE,
        samples.FORMULA,
        "Points Possible",
        "\x1b]0;x\x07",
        "-1",
        "\r",
        "a;=1",
        "\ud800",
    ]
)

# The pages have rules and tests of their own.
MACHINES = [name for name in FORMATS if name != "html"]

TELL = """
import hashlib, sys
from pathlib import Path
import class_samples
from lab.classroom.reports import FORMATS, write_all
folder = Path(sys.argv[1])
for path in write_all(class_samples.class_report(), folder, FORMATS):
    print(path.relative_to(folder), hashlib.sha256(path.read_bytes()).hexdigest())
"""


def check_all(folder: Path, written: list[Path]) -> None:
    """Every file by the rules of its format."""
    assert len(set(written)) == len(written)
    for path in written:
        kind = path.relative_to(folder).parts[0]
        if path.suffix == ".csv":
            rules.table(path)
        elif path.suffix == ".xml":
            rules.junit(path)
        elif kind == "class.json":
            rules.conforms("class", json.loads(path.read_bytes().decode("utf-8")))
        else:
            getattr(rules, kind)(json.loads(path.read_bytes().decode("utf-8")))


def test_every_file_of_the_made_class_follows_the_rules_of_its_format(tmp_path: Path) -> None:
    written = write_all(samples.class_report(), tmp_path, MACHINES)

    check_all(tmp_path, written)
    students, exercises = len(samples.students()), len(samples.EXERCISES)
    assert len(written) == 4 + 2 * students + students * exercises
    assert {p for p in tmp_path.rglob("*") if p.is_file()} == set(written)


@given(anything, anything, anything, anything)
@QUICK
def test_any_text_gives_valid_files(id: str, name: str, printed: str, told: str) -> None:
    case = samples.case("wrong-content", actual=printed)
    result = samples.answer(
        samples.FIRST, "wrong-content", cases=[case], shown=0, message=told, feedback=printed,
        source=told, hint={"id": "M1", "rule": None, "text": printed}, flags=[told],
    )  # fmt: skip
    grade = samples.grade(samples.FIRST, "wrong-content", "a", steps=(told,), problem=printed)
    broken = samples.grade(samples.SECOND, "bad-submission", problem=told)
    missing_one = samples.grade(samples.THIRD, "not-attempted")
    grades = (grade, broken, missing_one)
    attempts = (Attempt(1, told, printed),)
    people = tuple(
        StudentReport(one, name, told, attempts, grades, (printed,), {"Section": told})
        for one in sorted({id, id + "2"})
    )
    report = samples.class_report(people=people, results={"a" * 64: result})
    with tempfile.TemporaryDirectory() as folder:
        check_all(Path(folder), write_all(report, Path(folder), MACHINES))


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Kathmandu", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "40"},
    ],
    ids=["plain", "utf8"],
)
def test_the_files_are_the_same_bytes_in_any_environment(
    environment: Mapping[str, str], tmp_path: Path
) -> None:
    here = Path(__file__).parent
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{here.parent}:{here}"}
    command = [sys.executable, "-c", TELL, str(tmp_path / "there")]
    told = subprocess.run(command, env=known | environment, capture_output=True, check=True)

    written = write_all(samples.class_report(), tmp_path / "here", FORMATS)

    lines = [
        f"{path.relative_to(tmp_path / 'here')} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in written
    ]
    assert told.stdout.decode("utf-8").splitlines() == lines


def only_faults() -> ClassReport:
    """A class of one, of whom nothing could be graded."""
    grades = tuple(samples.grade(e.key, "grader-error", "e") for e in samples.EXERCISES)
    return samples.class_report(people=(StudentReport("1", "Ada", grades=grades),))


def test_a_fault_of_the_grader_is_nowhere_a_zero(tmp_path: Path) -> None:
    check_all(tmp_path, write_all(only_faults(), tmp_path, MACHINES))

    assert rules.table(tmp_path / "canvas.csv")[2][5:] == [""] * 5
    assert rules.table(tmp_path / "moodle.csv")[1][4::2] == ["-"] * 3  # empty would become 0 there
    suite = rules.junit(tmp_path / "junit.xml").find("testsuite")
    assert (suite.get("errors"), suite.get("failures")) == ("3", "0")
    gradescope = json.loads((tmp_path / "gradescope/1.json").read_text("utf-8"))
    assert "score" not in gradescope
    assert all("score" not in t and "status" not in t for t in gradescope["tests"])
    classroom50 = json.loads((tmp_path / "classroom50/1.json").read_text("utf-8"))
    assert (classroom50["max-score"], classroom50["tests"]) == (0, [])
    for path in (tmp_path / "exercism").rglob("*.json"):
        told = json.loads(path.read_text("utf-8"))
        assert told["status"] == "error" and "fault of the grader" in told["message"]


def missing(digest: str) -> Mapping[str, Any]:
    raise LabError(f"{digest} cannot be read")


def test_an_interrupted_run_without_a_result_can_still_be_reported(tmp_path: Path) -> None:
    report = replace(only_faults(), load=missing)

    check_all(tmp_path, write_all(report, tmp_path, MACHINES))

    assert json.loads((tmp_path / "class.json").read_text("utf-8"))["answers"] == {}


@pytest.mark.parametrize("name", ["json", "junit", "moodle", "gradescope", "exercism"])
def test_a_lost_result_of_a_grade_that_counts_is_an_error_and_leaves_no_half_file(
    name: str, tmp_path: Path
) -> None:
    report = replace(samples.class_report(), load=missing)

    with pytest.raises(LabError, match="cannot be read"):
        write_all(report, tmp_path, [name])

    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_no_file_for_students_tells_a_seed(tmp_path: Path) -> None:
    written = write_all(samples.class_report(), tmp_path, set(FORMATS) - {"json"})

    assert '"seed": 8713' in json.dumps(samples.stored())
    for path in written:
        assert "8713" not in path.read_text("utf-8") and 'seed"' not in path.read_text("utf-8")


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(LabError, match=r"called 'junti'\. Did you mean junit\?"):
        write_all(samples.class_report(), tmp_path, ["json", "junti"])
    with pytest.raises(LabError, match="There are json, html, junit, "):
        check_names(["zzz"])

    assert list(tmp_path.iterdir()) == []


def test_formats_come_once_and_in_one_order() -> None:
    assert check_names(["moodle", "json", "moodle"]) == ["json", "moodle"]


def test_a_report_replaces_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "class.json").write_text("old")
    (tmp_path / "notes.txt").write_text("the teacher's")

    write_all(samples.class_report(), tmp_path, ["json"])

    assert (tmp_path / "class.json").read_text("utf-8").startswith('{\n"schema"')
    assert (tmp_path / "notes.txt").read_text() == "the teacher's"


def test_files_of_students_who_are_gone_go_too(tmp_path: Path) -> None:
    write_all(samples.class_report(), tmp_path, ["gradescope", "json"])
    before = {path.name for path in (tmp_path / "gradescope").iterdir()}
    fewer = samples.class_report(people=samples.class_report().students[:1])
    write_all(fewer, tmp_path, ["gradescope"])

    assert len(before) > 1
    assert len(list((tmp_path / "gradescope").iterdir())) == 1
    assert (tmp_path / "class.json").is_file()


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_that_is_there_is_made_anew_with_the_others(name: str, tmp_path: Path) -> None:
    assert present(tmp_path) == set()
    write_all(samples.class_report(), tmp_path, [name])

    assert present(tmp_path) == {name}
