# What lies in a folder becomes submissions: whose they are, which answers, and nothing gets lost.

from __future__ import annotations

import errno
import json
import os
import random
import socket
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from class_archives import KEY, OTHER_KEY, tgz_of, zip_of
from hypothesis import given, settings
from hypothesis import strategies as st

from lab import course
from lab.classroom import manifest, packing
from lab.classroom.collect import Collected, collect
from lab.classroom.manifest import BadManifest, Manifest, entry_for
from lab.classroom.roster import Roster, parse_roster
from lab.classroom.submission import Student, Submission
from lab.classroom.shelf import BadArchive
from lab.errors import LabError
from lab.version import COURSE, course_version

ANSWER = b"int mine();\n"
OTHER = b"int other();\n"
CREATED = "2026-11-21T20:00:00Z"
Collect = Callable[..., Collected]


@pytest.fixture
def handed_in(root: Path, tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Puts a file into the folder of the class."""

    def put(name: str, content: bytes) -> Path:
        path = tmp_path / "class" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return put


@pytest.fixture
def gather(root: Path, tmp_path: Path) -> Collect:
    """Collects the folder of the class, or the paths named."""

    def run(*paths: Path, roster: str = "") -> Collected:
        known = parse_roster(roster.encode()) if roster else None
        return collect(paths or [tmp_path / "class"], course.load(root), known)

    return run


def packed(root: Path, student: str = "s001", name: str = "Ada Lovelace", **changes: str) -> bytes:
    """What ./lab submit makes of one answer."""
    entries = (entry_for(KEY, ANSWER, 3, 2),)
    told = Manifest(student, name, COURSE, course_version(root), CREATED, entries, "word")
    return packing.pack(replace(told, **changes), {KEY: ANSWER})


def only(collected: Collected) -> Submission:
    assert len(collected.submissions) == 1
    return collected.submissions[0]


# Which answers.


def test_what_submit_packs_is_what_is_collected(
    root: Path, handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    path = handed_in("whatever.bin", packed(root))

    assert only(gather(path)) == Submission(
        source="whatever.bin",
        student=Student("s001", "Ada Lovelace"),
        answers={KEY: ANSWER},
        submitted_at=CREATED,
        course=course_version(root),
        tries={KEY: 3},
        hints={KEY: 2},
    )


@pytest.mark.parametrize(
    "name",
    [
        f"exercises/{KEY}.cpp",
        f"{KEY}.cpp",
        "04-fix-one-after-another.cpp",
        f"ada/homework/exercises/{KEY}.cpp",
        "01-4.cpp",
        "ada/01-04.cpp",
        "some/folder/04-fix-one-after-another.cpp",
        f"Exercises/{KEY.upper()}.CPP",
    ],
)
def test_an_answer_is_found_by_its_key_or_its_own_file_name(
    handed_in: Callable[[str, bytes], Path], gather: Collect, name: str
) -> None:
    handed_in("s001.zip", zip_of({name: ANSWER, "read/me.txt": b"hello"}))

    assert only(gather()).answers == {KEY: ANSWER}


def test_of_two_files_the_one_in_its_place_counts(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    files = {f"old/{KEY}.cpp": OTHER, f"{KEY}.cpp": ANSWER, "04-fix-one-after-another.cpp": OTHER}
    handed_in("s001.zip", zip_of({**files, f"solutions/{OTHER_KEY}.cpp": OTHER}))

    one = only(gather())

    assert one.answers == {KEY: ANSWER} and one.problems == {}
    assert one.notes == (
        "left out: 04-fix-one-after-another.cpp",
        f"left out: old/{KEY}.cpp",
        f"left out: solutions/{OTHER_KEY}.cpp",
    )


def test_two_that_differ_at_equally_good_places_are_a_problem_of_that_exercise_alone(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    files = {f"a/{KEY}.cpp": ANSWER, f"b/{KEY}.cpp": OTHER, f"{OTHER_KEY}.cpp": ANSWER}
    handed_in("s001.zip", zip_of(files))
    handed_in("s002.zip", zip_of({**files, f"b/{KEY}.cpp": ANSWER}))

    first, second = gather().submissions

    assert first.answers == {OTHER_KEY: ANSWER}
    assert first.problems == {KEY: f"a/{KEY}.cpp and b/{KEY}.cpp both answer it: hand in one"}
    assert second.answers == {OTHER_KEY: ANSWER, KEY: ANSWER} and second.problems == {}


@pytest.mark.parametrize(
    "name, said",
    [
        ("notes.txt", "left out: notes.txt"),
        (
            "01-fix-timers.txt",
            "left out: 01-fix-timers.txt: did you mean 01-fix-timers.cpp?",
        ),
        (
            "01-basics/04-fix-one-after-an0ther.cpp",
            "left out: 01-basics/04-fix-one-after-an0ther.cpp:"
            " did you mean 04-fix-one-after-another.cpp?",
        ),
        (
            "04-fix-one-after-another (1).cpp",
            "left out: 04-fix-one-after-another (1).cpp: did you mean 04-fix-one-after-another.cpp?",
        ),
        (
            "01-fix-timers.cpp.txt",
            "left out: 01-fix-timers.cpp.txt: did you mean 01-fix-timers.cpp?",
        ),
        ("x\x1b[31m.cpp", "left out: x\\x1b[31m.cpp"),
    ],
)
def test_what_is_no_answer_is_noted_with_what_was_meant(
    handed_in: Callable[[str, bytes], Path], gather: Collect, name: str, said: str
) -> None:
    handed_in("s001.zip", zip_of({name: OTHER, f"{KEY}.cpp": ANSWER}))

    one = only(gather())

    assert one.notes == (said,) and one.answers == {KEY: ANSWER}


def test_a_thousand_odd_files_make_no_thousand_notes(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    handed_in("s001.zip", zip_of({f"{number:03}.txt": b"x" for number in range(900)}))

    one = only(gather())

    assert len(one.notes) == 21 and one.notes[-1] == "left out: 880 more"
    assert one.problems == {"": "there is no answer in it: pack the answers with ./lab submit"}


@pytest.mark.parametrize(
    "content, said",
    [
        (b" \n", "is empty"),
        (b"a\0b", "is a binary file"),
        ("int a();".encode("utf-16"), "is UTF-16 text: save it as UTF-8"),
        ("int main();".encode("utf-16-be"), "is UTF-16 text: save it as UTF-8"),
        (b"// \xe4", "is no UTF-8 text (line 1)"),
    ],
)
def test_a_file_that_no_compiler_should_see_is_a_problem_of_its_exercise(
    handed_in: Callable[[str, bytes], Path], gather: Collect, content: bytes, said: str
) -> None:
    handed_in("s001.zip", zip_of({f"{KEY}.cpp": content, f"{OTHER_KEY}.cpp": ANSWER}))

    one = only(gather())

    assert one.answers == {OTHER_KEY: ANSWER}
    assert said in one.problems[KEY] and KEY in one.problems[KEY]


def test_marks_and_line_ends_of_windows_are_an_answer(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    handed_in("s001.zip", zip_of({f"{KEY}.cpp": b"\xef\xbb\xbfint a;\r\n"}))

    assert only(gather()).answers == {KEY: b"\xef\xbb\xbfint a;\r\n"}


# Manifests.


def test_an_answer_that_was_changed_is_noticed_and_graded_as_it_is(
    root: Path, handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    told = Manifest(
        "s001",
        "Ada",
        COURSE,
        course_version(root),
        CREATED,
        (entry_for(KEY, ANSWER, 1), entry_for("01-basics/01-predict-lifecycle", ANSWER, 1)),
    )
    files = {f"exercises/{KEY}.cpp": OTHER, f"exercises/{OTHER_KEY}.cpp": OTHER}
    handed_in("x.tgz", tgz_of({"manifest.json": manifest.encode(told), **files}))

    one = only(gather())

    assert one.answers == {KEY: OTHER, OTHER_KEY: OTHER} and one.problems == {}
    assert one.notes == (
        f"exercises/{KEY}.cpp was changed after it was packed",
        "exercises/01-basics/01-predict-lifecycle.cpp is in the manifest, but not in the archive",
        f"exercises/{OTHER_KEY}.cpp was added after the rest was packed",
    )


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"version": "0123"}, "packed with another version of the course: 0123"),
        ({"course": "other"}, "it was packed for another course: other"),
    ],
)
def test_another_version_or_course_is_accepted_with_a_note(
    root: Path,
    handed_in: Callable[[str, bytes], Path],
    gather: Collect,
    changes: dict[str, str],
    said: str,
) -> None:
    handed_in("x.tgz", packed(root, **changes))

    one = only(gather())

    assert one.answers == {KEY: ANSWER} and one.notes == (said,)


def test_edits_change_no_version_but_a_check_does(root: Path) -> None:
    course.load(root)
    pristine = root / f".lab/pristine/{KEY}.cpp"
    pristine.parent.mkdir(parents=True)
    pristine.write_bytes((root / f"exercises/{KEY}.cpp").read_bytes())
    before = course_version(root)

    (root / f"exercises/{KEY}.cpp").write_bytes(ANSWER)
    (root / f"solutions/{KEY}.cpp").write_bytes(ANSWER)
    driver = root / f"grader/checks/{KEY}/driver.hpp"
    driver.write_bytes(driver.read_bytes().replace(b"\n", b"\r\n"))
    assert course_version(root) == before

    driver.write_bytes(b"// another driver\n")
    assert course_version(root) != before


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
OBJECTS = st.dictionaries(
    st.sampled_from(["exercise", "sha256", "size", "tries", "id", "name"]), SCALARS, max_size=6
)
JSON = SCALARS | OBJECTS | st.lists(OBJECTS | SCALARS, max_size=3)
FIELDS = st.sampled_from(["student", "answers", "course", "version", "created", "honesty"])


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.dictionaries(FIELDS, JSON))
def test_any_manifest_is_read_or_refused_in_one_sentence(fields: dict[str, object]) -> None:
    data = {"student": {}, "answers": [], **fields, "schema": manifest.SCHEMA}
    try:
        told = manifest.decode(json.dumps(data).encode())
    except BadManifest as error:
        assert "\n" not in str(error)
        return
    manifest.encode(told).decode()
    assert all(len(text) <= 2000 for text in (told.id, told.name, told.honesty, told.version))


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "no JSON"),
        (b"[" * 500_000, "no JSON"),
        (b"\xff", "no JSON"),
        (b"1" * 5000, "no JSON"),
        (b"null", "not of schema lab/submission/v1"),
        (b"{}", "not of schema lab/submission/v1"),
        (b" " * (1 << 20) + b"{}", "larger than 1 MiB"),
    ],
    ids=["empty", "deep", "binary", "digits", "null", "object", "large"],
)
def test_a_broken_manifest_is_noted_and_costs_no_answer(
    handed_in: Callable[[str, bytes], Path], gather: Collect, content: bytes, said: str
) -> None:
    handed_in("s007.tgz", tgz_of({"manifest.json": content, f"exercises/{KEY}.cpp": ANSWER}))

    one = only(gather())

    assert one.answers == {KEY: ANSWER} and one.student.id == "s007"
    assert one.notes == (f"the manifest is not used: manifest.json is {said}",)


@pytest.mark.parametrize("odd", ["../../x", "a/b", ".hidden", "", "\x1b[31m", "-o", "a\nb/c"])
def test_an_id_that_is_no_id_is_not_taken_from_a_manifest(
    root: Path, handed_in: Callable[[str, bytes], Path], gather: Collect, odd: str
) -> None:
    handed_in("ada_s001.tgz", packed(root, student=odd))

    assert only(gather()).student == Student("s001", "Ada Lovelace")


# Whose it is.


@pytest.mark.parametrize(
    "name, student",
    [
        ("ada-lovelace_s001.tar.gz", Student("s001", "Ada Lovelace")),
        ("lab-s001.tar.gz", Student("s001")),
        ("s001.zip", Student("s001")),
        ("Ada Lovelace_12345_assignsubmission_file_/x.zip", Student("12345", "Ada Lovelace")),
        ("Ada Lovelace_12345_assignsubmission_file_x.zip", Student("12345", "Ada Lovelace")),
        ("lovelaceada_123_456_x.zip", Student("123", "lovelaceada")),
        ("lovelaceada_LATE_123_456_x-1.zip", Student("123", "lovelaceada")),
        ("s001/answers/x.zip", Student("s001")),
        ("group/ada_s001.zip", Student("s001", "Ada")),
        ("a b/c!.zip", Student("a b")),
        ("!!!.zip", Student("unknown")),
    ],
)
def test_a_file_name_tells_who_it_is(
    handed_in: Callable[[str, bytes], Path], gather: Collect, name: str, student: Student
) -> None:
    handed_in(name, zip_of({f"{KEY}.cpp": ANSWER}))

    assert only(gather()).student == student


ROSTER = """\
id,name,email,SIS Login ID,Identifier
s001,Ada Lovelace,ada@example.org,101,Participant 12345
s002,Alan Turing,alan@example.org,102,Participant 12346
s003,Grace Hopper,,103,
s004,Grace Hopper,,104,
12345,Joan Clarke,,105,
"""


@pytest.mark.parametrize(
    "name, expected",
    [
        ("S001.zip", "s001"),
        ("ada-lovelace_unknown.zip", "s001"),
        ("ada@example.org.zip", "s001"),
        ("Alan Turing_12346_assignsubmission_file_/x.zip", "s002"),
        ("Somebody_12345_assignsubmission_file_/x.zip", "s001"),
        ("turingalan_102_9_x.zip", "s002"),
        ("turingalan_999_9_x.zip", "s002"),
        ("Joan Clarke_7_assignsubmission_file_/x.zip", "12345"),
        ("s002/submission.zip", "s002"),
    ],
)
def test_the_roster_knows_people_by_all_that_a_platform_calls_them(
    handed_in: Callable[[str, bytes], Path], gather: Collect, name: str, expected: str
) -> None:
    handed_in(name, zip_of({f"{KEY}.cpp": ANSWER}))

    one = only(gather(roster=ROSTER))

    assert one.student.id == expected and one.notes == ()


@pytest.mark.parametrize(
    "name, expected",
    [
        ("s001_linus.zip", "s001"),
        ("s002_dennis/answers.zip", "s002"),
        ("s002_dennis/my_answers.zip", "s002"),
        ("homework 3 - S002 (final).zip", "s002"),
        ("hw_s001_v2.tar.gz", "s001"),
        ("hw_alan@example.org_2.zip", "s002"),
        ("x-102-y.zip", "s002"),
        ("s001_102.zip", "s001"),
        ("Turing, Alan.zip", "s002"),
        ("alan-turing.zip", "s002"),
        ("lab_Ada_Lovelace_hw1.zip", "s001"),
        ("s003_grace-hopper.zip", "s003"),
    ],
)
def test_every_part_of_a_name_may_be_what_the_roster_knows(
    handed_in: Callable[[str, bytes], Path], gather: Collect, name: str, expected: str
) -> None:
    handed_in(name, zip_of({f"{KEY}.cpp": ANSWER}))

    collected = gather(roster=ROSTER)

    assert only(collected).student.id == expected and only(collected).notes == ()
    assert not any("roster" in note for note in collected.notes)


def test_the_number_of_an_attempt_is_no_id_in_the_middle_of_a_name(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    for name in ("sheet 1 by ada.zip", "2_ada.zip", "12.zip"):
        handed_in(name, zip_of({f"{KEY}.cpp": ANSWER}))

    found = {one.source: one for one in gather(roster="id\n1\n2\n12\n").submissions}

    assert "not in the roster" in found["sheet 1 by ada.zip"].notes[0]
    assert found["2_ada.zip"].student.id == "2" and found["12.zip"].student.id == "12"


def test_submissions_that_fit_nobody_are_counted_and_named_once(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    for name in ("s001", "x1", "x2", "x3", "x4", "grace-hopper", "x6", "x7"):
        handed_in(f"{name}.zip", zip_of({f"{KEY}.cpp": ANSWER}))
    handed_in("Grace Hopper_9_assignsubmission_file_/x.zip", zip_of({f"{KEY}.cpp": ANSWER}))

    assert gather(roster=ROSTER).notes[-2:] == (
        "8 submissions fit nobody in the roster: Grace Hopper_9_assignsubmission_file_/x.zip,"
        " grace-hopper.zip, x1.zip, x2.zip, x3.zip and 3 more:"
        " add them to it, or name the files by id",
        "two students are called Grace Hopper: s003, s004: name the files by id",
    )
    assert not any("roster:" in note or "called" in note for note in gather().notes)


@pytest.mark.parametrize(
    "name", ["s099.zip", "grace-hopper_x.zip", "Nobody_101_assignsubmission_file_.zip"]
)
def test_who_is_not_in_the_roster_is_kept_and_noted(
    handed_in: Callable[[str, bytes], Path], gather: Collect, name: str
) -> None:
    handed_in(name, zip_of({f"{KEY}.cpp": ANSWER}))

    one = only(gather(roster=ROSTER))

    assert one.answers and one.notes == (f"{one.student.id} is not in the roster",)
    assert one.student.id not in ("s001", "s003", "s004")


def test_a_file_name_that_points_to_somebody_else_is_noted(
    root: Path, handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    handed_in("s002.tgz", packed(root))

    one = only(gather(roster=ROSTER))

    assert one.student.id == "s001"
    assert one.notes == ("its file name points to another student than s001",)


def test_an_id_counts_before_what_else_somebody_is_called(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    handed_in("7.zip", zip_of({f"{KEY}.cpp": ANSWER}))
    handed_in("8.zip", zip_of({f"{KEY}.cpp": ANSWER}))

    collected = gather(roster="id,username\n7,8\n8,7\n")

    found = [(one.student.id, one.source) for one in collected.submissions]
    assert found == [("7", "7.zip"), ("8", "8.zip")]


@pytest.mark.parametrize(
    "name",
    [
        "Alan Turing_12346_assignsubmission_file_/lab-s001.tar.gz",
        "Alan Turing_12346_assignsubmission_file_/Ada Lovelace_12345_assignsubmission_file_.tgz",
        "Alan Turing_12346_assignsubmission_file_Ada_12345_assignsubmission_file_.tgz",
        "turingalan_102_9_adalovelace_101_8_x.tar.gz",
    ],
)
@pytest.mark.parametrize("roster", [ROSTER, ""])
def test_nobody_hands_in_under_anothers_name(
    root: Path, handed_in: Callable[[str, bytes], Path], gather: Collect, name: str, roster: str
) -> None:
    handed_in(name, packed(root))

    one = only(gather(roster=roster))

    assert one.student.id == ("s002" if roster else ("102" if "turing" in name else "12346"))
    assert one.notes == ("its manifest names another student: Ada Lovelace (s001)",)


def test_a_platform_and_a_manifest_that_agree_give_the_manifests_id(
    root: Path, handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    handed_in("Ada Lovelace_12345_assignsubmission_file_/x.tgz", packed(root))
    handed_in("turingalan_102_9_x.tgz", packed(root, "s002", "Alan Turing"))

    assert [one.student.id for one in gather().submissions] == ["s001", "s002"]


def test_the_roster_names_people_and_the_time_of_hand_in(
    root: Path, handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    handed_in("1.tgz", packed(root, "S001", "ada", created="2026-11-19T00:00:00Z"))
    handed_in("2.tgz", packed(root, "s001", "ada", created="2026-11-20T00:00:00Z"))
    roster = "id,name,submitted\ns001,Ada Lovelace,2026-11-22T00:00:00Z\n"

    with_roster, without = gather(roster=roster), gather()

    assert {one.student for one in with_roster.submissions} == {Student("s001", "Ada Lovelace")}
    times = [one.submitted_at for one in with_roster.submissions]
    assert times == ["2026-11-19T00:00:00Z", "2026-11-22T00:00:00Z"]
    assert with_roster.notes[-1].startswith("times of 1 earlier attempt are the students' own word")
    assert len([note for note in with_roster.notes if "own word" in note]) == 1
    assert "2 submissions: the time of hand-in is the student's own word" in without.notes[-1]


# What lies where.


def test_a_folder_of_archives_and_folders_is_a_class_and_says_so(
    root: Path, handed_in: Callable[[str, bytes], Path], gather: Collect, tmp_path: Path
) -> None:
    handed_in("s3.tgz", packed(root, "s3"))
    handed_in(f"s1/exercises/{KEY}.cpp", ANSWER)
    handed_in("s2/04-fix-one-after-another.cpp", ANSWER)
    handed_in("group/s4.zip", zip_of({f"{KEY}.cpp": ANSWER}))
    handed_in("group/s6.zip", zip_of({f"{KEY}.cpp": ANSWER}))
    handed_in(f"s5/clone/exercises/{KEY}.cpp", ANSWER)
    handed_in("list.txt", b"who has paid")
    handed_in(".DS_Store", b"x")

    collected = gather()

    assert [one.source for one in collected.submissions] == [
        "s1",
        "s2",
        "s3.tgz",
        "group/s4.zip",
        "s5/clone",
        "group/s6.zip",
    ]
    assert all(one.answers == {KEY: ANSWER} for one in collected.submissions)
    assert collected.notes[:2] == (
        "left out: list.txt",
        f"{tmp_path / 'class'}: a class of 6 submissions",
    )


def test_folders_in_folders_are_looked_through_to_a_depth_and_then_told(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    handed_in("a/b/c/s1.zip", zip_of({f"{KEY}.cpp": ANSWER}))
    handed_in("a/b/c/d/s2.zip", zip_of({f"{KEY}.cpp": OTHER}))

    found = {one.source: one for one in gather().submissions}

    assert found["a/b/c/s1.zip"].answers == {KEY: ANSWER}
    assert found["a/b/c/d"].notes == ("left out: s2.zip, an archive in the archive",)
    assert "there is no answer in it" in found["a/b/c/d"].problems[""]


def test_a_folder_with_answers_is_one_submission(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    handed_in(f"{KEY}.cpp", ANSWER)
    handed_in("x.zip", zip_of({f"{KEY}.cpp": OTHER}))

    assert only(gather()).answers == {KEY: ANSWER}


@pytest.mark.parametrize("loose", ["x.cpp", "04-fix-one-after-another.cpp", "manifest.json"])
@pytest.mark.parametrize(
    "others",
    [
        ["s1.zip"],
        ["s1.zip", "s2.zip", "s3.zip"],
        ["Ada_1_assignsubmission_file_/x.zip"],
        ["s1/a.zip", "s2/b.zip"],
        [f"s1/{KEY}.cpp", f"s2/{KEY}.cpp"],
        ["lovelaceada_101_1_04-fix-one-after-another.cpp"],
    ],
)
def test_a_loose_answer_beside_submissions_makes_no_class_one_student(
    handed_in: Callable[[str, bytes], Path], gather: Collect, loose: str, others: list[str]
) -> None:
    handed_in(loose, OTHER)
    for name in others:
        handed_in(name, ANSWER if name.endswith(".cpp") else zip_of({f"{KEY}.cpp": ANSWER}))

    collected = gather()

    count = f"{len(others)} submission{'s' if len(others) > 1 else ''}"
    assert [one.answers for one in collected.submissions] == [{KEY: ANSWER}] * len(others)
    assert f"left out: {loose}, beside {count}" in collected.notes


def test_answers_spilled_into_a_class_or_a_group_are_left_out_and_named(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    for number in range(7):
        handed_in(f"group/{number}.cpp", OTHER)
    for name in ("s1.zip", "s2.zip", "group/s3.zip", "group/s4.zip"):
        handed_in(name, zip_of({f"{KEY}.cpp": ANSWER}))
    handed_in(f"exercises/{KEY}.cpp", OTHER)

    collected = gather()

    assert [one.student.id for one in collected.submissions] == ["s1", "s2", "s3", "s4"]
    assert collected.notes[:2] == (
        "left out: group/0.cpp, group/1.cpp, group/2.cpp, group/3.cpp, group/4.cpp and 2 more,"
        " beside 2 submissions",
        "left out: exercises, beside 4 submissions",
    )


@pytest.mark.parametrize(
    "names",
    [
        ["lab", f"exercises/{KEY}.cpp", "a.zip", "b.zip"],
        [f"exercises/{KEY}.cpp", "a.zip"],
        [f"exercises/{KEY}.cpp", f"old/{OTHER_KEY}.cpp", f"older/{OTHER_KEY}.cpp"],
    ],
)
def test_a_students_own_course_stays_one_submission(
    handed_in: Callable[[str, bytes], Path], gather: Collect, names: list[str]
) -> None:
    for name in names:
        handed_in(name, zip_of({f"{KEY}.cpp": OTHER}) if name.endswith(".zip") else ANSWER)

    assert only(gather()).answers == {KEY: ANSWER}


def test_what_a_platform_named_for_a_student_is_that_students_whatever_else_is_in_it(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    folder = "Ada Lovelace_12345_assignsubmission_file_"
    for name in (f"{KEY}.cpp", "a.zip", "b.zip", "c.zip"):
        content = ANSWER if name.endswith(".cpp") else zip_of({f"{KEY}.cpp": OTHER})
        handed_in(f"{folder}/{name}", content)

    one = only(gather())

    assert one.student == Student("12345", "Ada Lovelace") and one.answers == {KEY: ANSWER}


@pytest.mark.parametrize(
    "files",
    [
        {"run.json": b" " * 9999 + b'{"schema": "lab/run/v1"}', "x.cpp": OTHER},
        {"journal.jsonl": b"", "results/ab/cd.json": b"{}", "reports/x.zip": b"PK"},
    ],
)
def test_the_results_of_a_run_are_no_submission(
    handed_in: Callable[[str, bytes], Path],
    gather: Collect,
    files: dict[str, bytes],
    tmp_path: Path,
) -> None:
    handed_in("s1.zip", zip_of({f"{KEY}.cpp": ANSWER}))
    for name, content in files.items():
        handed_in(f"class-results/{name}", content)

    collected = gather()

    assert only(collected).source == "s1.zip"
    assert collected.notes[0] == "left out: class-results, the results of a class run"
    with pytest.raises(LabError, match="holds the results of a class run: name the folder"):
        gather(tmp_path / "class/class-results")


def test_loose_files_that_a_platform_renamed_are_one_submission_a_student(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    handed_in("lovelaceada_101_1_04-fix-one-after-another-2.cpp", ANSWER)
    handed_in("lovelaceada_101_1_01-fix-timers.cpp", ANSWER)
    handed_in("turingalan_LATE_102_4_01-fix-timers.cpp", OTHER)

    ada, alan = gather(roster=ROSTER).submissions

    assert ada.student.id == "s001" and ada.answers == {KEY: ANSWER, OTHER_KEY: ANSWER}
    assert alan.student.id == "s002" and alan.answers == {OTHER_KEY: OTHER}
    assert alan.notes == ("the platform marks it late",)


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("s1.zip", b"no zip", "it is no archive"),
        ("s1.tar.gz", b"", "the file is empty"),
        ("s1", zip_of({"a": b"x"})[:-20], "the zip is damaged"),
        ("s1.7z", b"7z\xbc\xaf\x27\x1c", "7z archives are not read"),
        ("s1/empty/.DS_Store", b"x", "there is no file in it"),
    ],
)
def test_what_cannot_be_read_is_a_submission_that_says_why(
    root: Path,
    handed_in: Callable[[str, bytes], Path],
    gather: Collect,
    name: str,
    content: bytes,
    said: str,
) -> None:
    handed_in("s2.tgz", packed(root, "s2"))
    handed_in(name, content)

    bad, good = sorted(gather().submissions, key=lambda one: bool(one.answers))

    assert said in bad.problems[""] and bad.answers == {} and bad.student.id == "s1"
    assert good.answers == {KEY: ANSWER}


def test_links_in_a_class_are_refused_and_lead_nowhere(
    handed_in: Callable[[str, bytes], Path], gather: Collect, tmp_path: Path
) -> None:
    handed_in("s1.zip", zip_of({f"{KEY}.cpp": ANSWER}))
    (tmp_path / "class/s2").symlink_to("/etc")
    (tmp_path / "class/s3.zip").symlink_to("s1.zip")

    _, folder, file = gather().submissions

    assert "is a link" in folder.problems[""] and "is a link" in file.problems[""]


def test_a_name_that_is_no_utf8_can_still_be_written_down(
    root: Path, handed_in: Callable[[str, bytes], Path], gather: Collect, tmp_path: Path
) -> None:
    path = handed_in(os.fsdecode(b"s\xff.tgz"), packed(root))

    for one in (
        *gather().submissions,
        *gather(path).submissions,
        *gather(path, path.parent).submissions,
    ):
        assert one.source.encode().endswith("s\ufffd.tgz".encode())


def test_what_the_teacher_may_not_read_is_no_students_fault(
    handed_in: Callable[[str, bytes], Path], gather: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in("s1/exercises/x.cpp", ANSWER)
    handed_in("s2/04-fix-one-after-another.cpp", ANSWER)
    real = Path.is_dir

    def is_dir(path: Path) -> bool:
        if path.match("s1/*"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "is_dir", is_dir)

    with pytest.raises(
        LabError, match=r"^cannot read .*s1.*: Permission denied: make it readable$"
    ):
        gather()


def test_an_archive_that_the_teacher_may_not_read_is_named(
    handed_in: Callable[[str, bytes], Path], gather: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in("s2.zip", zip_of({f"{KEY}.cpp": ANSWER}))
    shut = handed_in("s1.zip", zip_of({f"{KEY}.cpp": ANSWER}))
    real = os.open

    def refused(path: str | Path, flags: int, *more: int, **named: int) -> int:
        if str(path) == str(shut):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(LabError, match=r"s1\.zip: Permission denied: make it readable$") as caught:
        gather()
    assert not isinstance(caught.value, BadArchive)


def test_what_is_no_file_at_all_is_not_opened(
    handed_in: Callable[[str, bytes], Path],
    gather: Collect,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handed_in("s1.zip", zip_of({f"{KEY}.cpp": ANSWER}))
    monkeypatch.chdir(tmp_path / "class")  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("plug")

    collected = gather()

    assert collected.notes[0] == "left out: plug" and only(collected).source == "s1.zip"


def test_paths_that_hold_nothing_are_one_line(
    handed_in: Callable[[str, bytes], Path], gather: Collect, tmp_path: Path
) -> None:
    handed_in("list.txt", b"x")

    with pytest.raises(LabError, match="no submission in"):
        gather()
    for name, why in [("none", "No such file"), ("x" * 300, "too long"), ("a\0b", "null byte")]:
        with pytest.raises(LabError, match=why):
            gather(tmp_path / name)


def test_the_order_is_that_of_ids_whatever_the_file_system_says(
    root: Path,
    handed_in: Callable[[str, bytes], Path],
    gather: Collect,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    names = [f"{number}.tgz" for number in range(20)]
    for number, name in enumerate(names):
        handed_in(name, packed(root, f"s{(7 * number) % 20:02}"))
    expected = gather()
    scandir, draw = os.scandir, random.Random(3)

    class Shuffled:
        def __init__(self, path: Path) -> None:
            with scandir(path) as there:
                self.entries = list(there)
            draw.shuffle(self.entries)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *ignored: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Shuffled)
    assert gather() == expected
    folder = tmp_path / "class"
    paths = [folder / name for name in names]
    assert gather(*paths) == gather(*reversed(paths), paths[0])
    assert [one.student.id for one in expected.submissions] == [f"s{n:02}" for n in range(20)]


def test_equal_answers_are_kept_once(
    handed_in: Callable[[str, bytes], Path], gather: Collect
) -> None:
    answer = b"// " + random.Random(1).randbytes(50_000).hex().encode()
    for number in range(100):
        handed_in(f"s{number}.tgz", tgz_of({f"{KEY}.cpp": answer}))

    tracemalloc.start()
    collected = gather()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len({id(one.answers[KEY]) for one in collected.submissions}) == 1
    assert peak < 3_000_000  # a hundred copies would be ten million
