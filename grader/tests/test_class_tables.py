# Gradebooks as CSV: cells come back as they went in, formulas do not run, students are not mixed up.
from __future__ import annotations

import csv
import io
from pathlib import Path

import class_rules as rules
import class_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.classroom.model import StudentReport
from lab.classroom.reports import canvas, moodle
from lab.classroom.reports.cells import Own, defused, line, write_table
from lab.classroom.reports.files import utf8

QUICK = settings(max_examples=150, derandomize=True, deadline=None, database=None)
ACTIVE = "=+-@\t\r\n"


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@given(st.lists(st.text(st.characters(), max_size=30), min_size=1, max_size=4))
@QUICK
def test_any_cells_come_back_as_one_row_with_an_apostrophe_at_most(cells: list[str]) -> None:
    (row,) = read(utf8(line(cells)).decode("utf-8"))

    assert len(row) == len(cells)
    for cell, back in zip(cells, row):
        plain = back[1:] if back.startswith("'") and not cell.startswith("'") else back
        if cell.isprintable():
            assert plain == cell
        assert not back.startswith(tuple(ACTIVE))
        assert not set(back) & (set(map(chr, range(32))) - set("\t\r\n"))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Ada", "O'Neill", "1-2", "a=1", "\u738b \u200d \U0001f600", "'"]
)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert defused(text) == text


def test_numbers_and_words_of_ours_are_not_defused() -> None:
    assert line([-1, -0.5, 10, Own("-"), "-1"]) == '-1,-0.5,10,"-","\'-1"\r\n'


def test_controls_are_spelled_out_and_half_characters_replaced(tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.csv", [["a\x00b\x1b[31m\x85", "\ud800x"]])

    assert rules.table(path) == [["a\\x00b\\x1b[31m\\x85", "\ufffdx"]]


def canvas_rows(tmp_path: Path, *people: StudentReport) -> list[list[str]]:
    report = samples.class_report(people=people or None)
    return rules.table(canvas.write(report, tmp_path)[0])


def test_canvas_finds_its_columns_by_name_and_the_maxima_in_the_second_row(tmp_path: Path) -> None:
    header, possible, *_ = canvas_rows(tmp_path)

    assert header[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert header[5:8] == ["01-1 Lifecycle", "01-4 One after another", '02-2 Three "timers", say']
    assert header[8:] == ["01-basics Final Points", "02-scheduling Final Points"]
    assert possible[0].strip() == "Points Possible" and possible[1:5] == [""] * 4
    assert possible[5:] == ["5", "10", "5", "(read only)", "(read only)"]


def test_canvas_gets_points_and_totals_and_nothing_where_a_grade_is_missing(tmp_path: Path) -> None:
    rows = {row[2]: row for row in canvas_rows(tmp_path)[2:]}

    assert rows["1001"][5:] == ["5", "9.5", "0", "14.5", "0"]
    assert rows["1004"][5:] == ["5", "0", "", "5", ""]
    assert rows["0042"] == ["0042", "", "0042", "0042", "", "0", "0", "0", "0", "0"]


def nobody(id: str, name: str, **roster: str) -> StudentReport:
    grades = tuple(samples.grade(info.key, "not-attempted") for info in samples.EXERCISES)
    columns = {key.replace("_", " "): value for key, value in roster.items()}
    return StudentReport(id, name, grades=grades, roster=columns)


def test_canvas_cannot_take_one_student_for_another_of_the_same_name(tmp_path: Path) -> None:
    people = (nobody("7", "Sam"), nobody("8", "Sam"), nobody("9", "Kim"))

    rows = canvas_rows(tmp_path, *people)[2:]

    assert [row[0] for row in rows] == ["Sam (7)", "Sam (8)", "Kim"]
    assert all(row[1] == "" for row in rows)  # a number there would be another student's


def test_canvas_gets_back_its_own_identities(tmp_path: Path) -> None:
    roster = {"Student": "Same, Sam", "ID": "4711", "SIS_Login_ID": "sam", "Section": "B"}

    (row,) = canvas_rows(tmp_path, nobody("sam", "Sam Same", **roster))[2:]

    assert row[:5] == ["Same, Sam", "4711", "", "sam", "B"]


def test_a_student_called_points_possible_does_not_set_the_maxima(tmp_path: Path) -> None:
    (row,) = canvas_rows(tmp_path, nobody("7", "  Points Possible"))[2:]

    assert "Points Possible" not in row[0] and row[0].lower().strip() == "points possible"


def test_moodle_gets_a_grade_and_a_feedback_for_each_exercise_and_no_total(tmp_path: Path) -> None:
    header, *rows = rules.table(moodle.write(samples.class_report(), tmp_path)[0])

    names = ["01-1 Lifecycle", "01-4 One after another", '02-2 Three "timers", say']
    assert header[:4] == ["ID number", "Username", "Email address", "Full name"]
    assert header[4:] == [cell for name in names for cell in (name, f"{name} (feedback)")]
    found = {row[0]: row[4:] for row in rows}
    assert found["1001"][2:4] == ["9.5", "accepted\n10 of 10: accepted\n-0.5: 2 days late"]
    assert found["1003"][3].endswith("The oldest timer comes first.")
    assert found["1004"][4:] == ["-", "not graded yet: a fault of the grader"]


def test_moodle_shows_feedback_as_text_although_it_is_html_there(tmp_path: Path) -> None:
    rows = rules.table(moodle.write(samples.class_report(), tmp_path)[0])

    (hostile,) = [row[7] for row in rows if row[0] == "1002"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in hostile and "<" not in hostile
    assert "\\x1b[31m" in hostile and "\x1b" not in hostile


def test_moodle_gets_back_its_own_identities(tmp_path: Path) -> None:
    person = nobody("s7", "Sam", ID_number="s7", Email_address="Sam@Example.org")

    rows = rules.table(moodle.write(samples.class_report(people=(person,)), tmp_path)[0])

    assert rows[1][:4] == ["s7", "", "Sam@Example.org", "Sam"]
