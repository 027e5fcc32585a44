# What JUnit readers, Gradescope, Exercism and Classroom 50 are told of single grades.
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import tzset
from typing import Any

import class_rules as rules
import class_samples as samples
import pytest

from lab.classroom.model import Attempt, ClassReport, StudentReport
from lab.classroom.reports import exercism, junit
from lab.classroom.reports.classroom50 import Origin, origin_of, result_for
from lab.classroom.reports.exercism import results
from lab.classroom.reports.gradescope import results_for

FIRST, SECOND = samples.FIRST, samples.SECOND


def student(id: str) -> StudentReport:
    return next(one for one in samples.students() if one.id == id)


def suites(tmp_path: Path) -> dict[str, Any]:
    root = rules.junit(junit.write(samples.class_report(), tmp_path)[0])
    return {suite.get("name").split()[0]: suite for suite in root}


def test_junit_has_a_suite_a_student_and_the_points_as_properties(tmp_path: Path) -> None:
    suite = suites(tmp_path)["1001"]

    found = {one.get("name"): one.get("value") for one in suite.iter("property")}
    assert suite.get("name") == "1001 Ada Lovelace"
    assert (found["points"], found["max_points"]) == ("14.5", "20")
    assert (found[f"points:{SECOND}"], found[f"max_points:{SECOND}"]) == ("9.5", "10")


def test_junit_tells_faults_of_ours_from_failures_and_from_nothing_handed_in(
    tmp_path: Path,
) -> None:
    found = suites(tmp_path)

    def inside(id: str) -> list[list[str]]:
        return [[part.tag for part in case] for case in found[id].iter("testcase")]

    assert inside("1004") == [["system-out"], ["failure", "system-out"], ["error", "system-out"]]
    assert inside("1005") == [["failure"], ["skipped"], ["skipped"]]
    assert found["1004"].find(".//error").get("message") == "not graded yet: a fault of the grader"
    assert found["1005"].find(".//failure").get("type") == "bad-submission"


def test_junit_spells_out_what_xml_forbids(tmp_path: Path) -> None:
    failure = suites(tmp_path)["1002"].find(".//failure")

    assert failure.get("message").startswith("wrong-content: \\x1b[31m\\x00\\x07 <script>")
    assert "\\u{fffe}" in failure.getnext().text and "]]>" in failure.getnext().text
    name = '../e\u0301vil/CON O"Neill, "Sh\u00e9" \r\nZo\u00eb \u738b'
    assert suites(tmp_path)["../e\u0301vil/CON"].get("name") == name


@pytest.mark.parametrize(
    "char", ["\x00", "\x08", "\x0b", "\x1f", "\ud800", "\udfff", "\ufffe", "\uffff"]
)
def test_each_forbidden_character_is_spelled_out(char: str) -> None:
    assert junit.legal(f"a{char}b") == f"a\\x{ord(char):02x}b" or "\\u{" in junit.legal(char)


def test_gradescope_gets_score_status_and_feedback_of_each_exercise() -> None:
    data = results_for(samples.class_report(), student("1001"))

    rules.gradescope(data)
    assert data["score"] == 14.5
    assert [t["status"] for t in data["tests"]] == ["passed", "passed", "failed"]
    assert [(t["score"], t["max_score"]) for t in data["tests"]] == [(5, 5), (9.5, 10), (0, 5)]
    assert data["tests"][1]["output"].startswith(
        "10 of 10: accepted\n-0.5: 2 days late\n\n01-basics"
    )
    assert data["tests"][1]["extra_data"]["attempt"] == 2


def test_gradescope_leaves_a_missing_grade_out_of_the_score_and_says_so() -> None:
    data = results_for(samples.class_report(), student("1004"))

    assert data["score"] == 5
    assert "1 not graded yet: a fault of the grader" in data["output"]
    assert not {"score", "max_score", "status"} & set(data["tests"][2])


def one(verdict: str, **changes: Any) -> Any:
    """The results.json of one answer with this verdict."""
    result = samples.answer(SECOND, verdict, **changes)
    data = results(samples.grade(SECOND, verdict, "a"), result)
    rules.exercism(data)
    return data


def test_exercism_passes_an_accepted_answer_with_a_test_for_each_case() -> None:
    data = one("accepted")

    assert [test["name"] for test in data["tests"]] == ["published case", "fresh 1 case"]
    assert data["tests"][0]["output"] == "[  100] 0.1s"
    assert data["tests"][0]["test_code"].endswith("\n[  100] 0.1s")
    assert "[" not in data["tests"][1]["test_code"]  # what a fresh case expects is not given away


@pytest.mark.parametrize("shown", [1, None])
def test_exercism_puts_the_feedback_to_the_case_that_it_is_about(shown: int | None) -> None:
    data = one("wrong-order", shown=shown)

    assert data["status"] == "fail"
    assert "message" not in data["tests"][0]
    assert data["tests"][1]["message"] == f"{SECOND}: wrong-order\n"


def test_exercism_calls_a_crash_of_one_case_an_error_of_that_test_only() -> None:
    data = one("crashed")

    assert (data["status"], data["tests"][1]["status"]) == ("fail", "error")


def test_exercism_fails_an_answer_whose_cases_were_all_right_but_which_is_not() -> None:
    data = one("rejected", cases=[samples.case("accepted")], shown=None)

    assert [test["status"] for test in data["tests"]] == ["pass", "fail"]


@pytest.mark.parametrize("verdict", ["does-not-compile", "compile-limit", "hang", "crashed"])
def test_exercism_reports_an_answer_of_which_nothing_ran_as_an_error(verdict: str) -> None:
    data = one(verdict, cases=[], shown=None)

    assert data["status"] == "error" and f"{SECOND}: {verdict}" in data["message"]


def test_exercism_limits_output_to_500_characters_and_says_so() -> None:
    lines = [{"t_ms": n, "text": "x" * 100} for n in range(1000)]
    long = one("accepted", cases=[samples.case("accepted") | {"actual": lines}])["tests"][0]
    short = one("accepted", cases=[samples.case("accepted", actual="x" * 492)])["tests"][0]

    assert len(long["output"]) == 500
    assert long["output"].endswith("Output was truncated. Please limit to 500 chars")
    assert len(short["output"]) == 500 and "truncated" not in short["output"]


def test_exercism_limits_messages_by_their_bytes() -> None:
    data = one("does-not-compile", cases=[], shown=None, feedback="\u738b" * 65_000)

    size = len(data["message"].encode("utf-8"))
    assert 65_530 < size <= 65_535 and data["message"].endswith("left out)\n")


@pytest.mark.parametrize(
    "stub, task",
    [("// TODO(3)\n", 3), ("TODO(1) TODO(1)", 1), ("TODO(1) TODO(2)", None), ("", None)],
)
def test_exercism_links_a_test_to_a_task_only_if_there_is_precisely_one(
    stub: str, task: int | None
) -> None:
    data = results(samples.grade(FIRST, "accepted", "a"), samples.answer(FIRST, "accepted"), stub)

    assert {test.get("task_id") for test in data["tests"]} == {task}


def test_exercism_has_a_file_a_student_and_exercise(tmp_path: Path) -> None:
    written = exercism.write(samples.class_report(), tmp_path)

    names = {path.relative_to(tmp_path).as_posix() for path in written}
    assert "exercism/1001/01-basics.04-fix-one-after-another.json" in names


def classroom50(report: ClassReport, one: StudentReport) -> Any:
    data = result_for(report, one, origin_of(report, one))
    rules.classroom50(data)
    return data


def test_classroom50_gets_whole_scores_and_the_exact_points_beside_them() -> None:
    data = classroom50(samples.class_report(), student("1001"))

    assert (data["owner"], data["assignment"]) == ("1001", "event-loop-lab")
    assert (data["score"], data["max-score"]) == (15, 20)
    assert (data["tests"][1]["score"], data["tests"][1]["points"]) == (10, 9.5)
    assert data["datetime"] == "2026-01-12T10:00:00Z"
    assert data["submission"].startswith("submit/2026-01-12T10-00-00Z-")


@pytest.mark.parametrize("points, score", [(0.49, 0), (0.5, 1), (9.5, 10), (12.0, 10), (-1.0, 0)])
def test_classroom50_rounds_in_the_students_favour_and_never_over_the_most(
    points: float, score: int
) -> None:
    grade = samples.grade(SECOND, "accepted", points=points)
    person = StudentReport("1", "", grades=(grade,))

    assert classroom50(samples.class_report(people=(person,)), person)["score"] == score


@pytest.fixture
def kathmandu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine in another time zone."""
    with monkeypatch.context() as there:
        there.setenv("TZ", "Asia/Kathmandu")
        tzset()
        yield
    tzset()


@pytest.mark.parametrize(
    "told, time",
    [
        ("2026-01-09T10:00:00Z", "2026-01-09T10:00:00Z"),
        ("2026-01-09T10:00:00.75+02:00", "2026-01-09T08:00:00Z"),
        ("2026-01-09T10:00:00", "2026-01-09T10:00:00Z"),
        ("", "1970-01-01T00:00:00Z"),
        ("yesterday", "1970-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00+14:00", "1970-01-01T00:00:00Z"),
    ],
)
def test_classroom50_has_every_time_in_utc_wherever_the_grader_runs(
    told: str, time: str, kathmandu: None
) -> None:
    person = replace(student("0042"), attempts=(Attempt(1, "a.zip", told),))

    assert classroom50(samples.class_report(), person)["datetime"] == time


def test_classroom50_takes_over_what_its_runner_says() -> None:
    said = Origin("cs", "loops", "octocat", "submit/x", "c", "r", "v")

    data = result_for(samples.class_report(), student("1001"), said)

    rules.classroom50(data)
    keys = ("classroom", "assignment", "owner", "submission", "commit", "release", "review")
    assert [data[key] for key in keys] == list(vars(said).values())
