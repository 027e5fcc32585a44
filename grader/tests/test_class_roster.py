# A roster is read however people keep it, and what is unclear is one line that names the row.

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.classroom.roster import Roster, parse_roster, read_roster
from lab.classroom.submission import Student
from lab.errors import LabError

ADA = Student("s001", "Ada Lovelace", "ada@example.org")
ALAN = Student("s002", "Alan Türing", "alan@example.org")
TABLE = "id,name,email\ns001,Ada Lovelace,ada@example.org\ns002,Alan Türing,alan@example.org\n"


def parsed(text: str, encoding: str = "utf-8") -> Roster:
    return parse_roster(text.encode(encoding))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_roster_is_read_however_a_spreadsheet_saved_it(
    encoding: str, mark: str, line_end: str
) -> None:
    roster = parsed(TABLE.replace(",", mark).replace("\n", line_end), encoding)

    assert roster.students == (ADA, ALAN)
    assert bool(roster.notes) == (encoding == "cp1252")


@pytest.mark.parametrize(
    "text",
    [
        "EMAIL;Last-Name;  ID ;First_Name\nada@example.org;Lovelace;s001;Ada\n",
        'sep=;\nid;name;e-mail\ns001;"Lovelace, Ada";ada@example.org\n',
        'name,id,email\n"Ada\nLovelace",s001,ada@example.org\n',
        "id,name,email,group\ns001, Ada  Lovelace ,ada@example.org\n",
    ],
)
def test_headers_come_in_any_order_case_and_spelling(text: str) -> None:
    assert parsed(text).students == (ADA,)


def test_more_columns_are_kept_for_the_gradebook() -> None:
    roster = parsed("id,Group,name\ns001,blue,Ada\n")

    assert roster.headers == ("id", "Group", "name")
    assert roster.entries[0].columns == {"id": "s001", "Group": "blue", "name": "Ada"}


def test_a_time_of_hand_in_is_told_in_utc() -> None:
    roster = parsed("id,submitted\ns1,2026-11-21 20:00+02:00\ns2,2026-11-21T20:00:00Z\ns3,\n")

    assert [entry.submitted for entry in roster.entries] == [
        "2026-11-21T18:00:00Z",
        "2026-11-21T20:00:00Z",
        "",
    ]


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Lab (991)
,,,,,Manual Posting
    Points Possible,,,,,10
"Lovelace, Ada",101,s001,ada,L1,
"Turing, Alan",102,,alan,L1,
"Student, Test",999,,f00,L1,
"""

MOODLE = """\
"First name",Surname,"ID number",Institution,"Email address"
Ada,Lovelace,s001,,ada@example.org
Alan,Turing,,,alan@example.org
"""


def test_an_export_of_canvas_is_a_roster() -> None:
    roster = parsed(CANVAS, "utf-8-sig")

    assert roster.students == (Student("s001", "Ada Lovelace"), Student("alan", "Alan Turing"))
    assert roster.entries[0].other_ids == ("ada", "101")
    assert roster.entries[0].columns["Section"] == "L1"


def test_an_export_of_moodle_is_a_roster() -> None:
    roster = parsed(MOODLE)

    assert roster.students == (ADA, Student("alan@example.org", "Alan Turing", "alan@example.org"))


def test_the_grading_table_of_moodle_is_a_roster() -> None:
    text = (
        "Identifier,Full name,Email address,Status\nParticipant 77,Ada Lovelace,ada@example.org,\n"
    )

    assert parsed(text).students == (Student("Participant 77", "Ada Lovelace", "ada@example.org"),)


def test_a_roster_of_ones_own_has_no_rows_of_canvas() -> None:
    roster = parsed("student,id\nTest Student,s1\nPoints Possible,s2\n")

    assert [student.name for student in roster.students] == ["Test Student", "Points Possible"]


def test_half_a_character_of_utf16_is_one_line() -> None:
    with pytest.raises(LabError, match="roster is no text: save the table as CSV, in UTF-8"):
        parse_roster("id,name\n".encode("utf-16") + b"x")


def test_two_students_may_have_one_name() -> None:
    assert len(parsed("id,name\ns1,Ada\ns2,Ada\n").students) == 2


def test_an_empty_row_between_others_is_noted_and_one_at_the_end_is_not() -> None:
    roster = parsed("id,name\ns1,Ada\n,,\ns2,Alan\n\n")

    assert len(roster.students) == 2
    assert roster.notes == ("roster, row 3: empty, left out",)


UNCLEAR = {
    "": "roster is empty",
    "id,name\n": "names no student",
    "name,group\nAda,blue\n": "row 1: no column is called id (there are: name, group)",
    "id,ID,name\n1,2,Ada\n": "row 1: two columns are called ID",
    "id,name\ns1,Ada\ns2,\n": "row 3: no name for the id s2",
    "id,name\ns1,Ada\n,Alan\n": "row 3: no id for Alan",
    "id,name,email\n,Ada,ada@example.org\n": "row 2: no id for Ada",
    "id,name\ns1,Ada\nS1,Alan\n": "row 3: the id S1 stands in row 2 already",
    "id,submitted\ns1,yesterday\n": "row 2: yesterday is no time such as",
    "id,submitted\ns1,2026-12-01T23:30Z\ns2,2026-12-01 23:30\n": "row 3: 2026-12-01 23:30 has no"
    " offset; write 2026-12-01T23:30+01:00",
    "id,name\ns1,Ada,,\ns2,Turing, Alan\n": "row 3: 3 cells for 2 headers: quote",
    "id,submitted\ns1,2026-12-01\n": "row 2: 2026-12-01 has no offset; write 2026-12-01T00:00+",
    "id,name\ns1," + "x" * 200_000 + "\n": "row 2: no CSV: field larger",
}


@pytest.mark.parametrize("text, said", UNCLEAR.items(), ids=[s[:30] for s in UNCLEAR.values()])
def test_what_is_unclear_is_one_line_that_names_the_row(text: str, said: str) -> None:
    with pytest.raises(LabError) as caught:
        parsed(text)

    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_a_roster_that_is_no_file_is_one_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("none.csv", "pipe", ".", "a\0b"):
        with pytest.raises(LabError):
            read_roster(tmp_path / name)
    (tmp_path / "real.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert read_roster(tmp_path / "link.csv").students == (ADA, ALAN)


BEGINNINGS = [b"", b"id,name\n", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbfid;name\n", b"sep=,\nid\n"]


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(BEGINNINGS), st.one_of(st.binary(max_size=200), st.text(max_size=80)))
def test_any_bytes_are_a_roster_or_one_line(begin: bytes, rest: bytes | str) -> None:
    try:
        roster = parse_roster(begin + (rest if isinstance(rest, bytes) else rest.encode()))
    except LabError as error:
        assert str(error) and "\n" not in str(error)
        return
    ids = [student.id for student in roster.students]
    assert all(ids) and len({one.casefold() for one in ids}) == len(ids)
