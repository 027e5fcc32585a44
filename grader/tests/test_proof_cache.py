# What an audit remembers: a result comes back as it was, and a fault of the lab is forgotten.
from __future__ import annotations

from pathlib import Path

from lab.course import Exercise
from lab.places import Places
from lab.proof_cache import remember, remembered
from lab.result import Case, Hint, Line, Result

LINES = (Line(0, "a"), Line(100, "ä"))


def exercise(root: Path) -> Exercise:
    return Exercise(root, "01-basics/05-x", "X", "fix", 1, 5, 5)


def test_a_result_comes_back_as_it_was(tmp_path: Path) -> None:
    places, ex = Places(tmp_path, tmp_path / ".lab"), exercise(tmp_path)
    case = Case("published", 0, "wrong-time", LINES, LINES[:1], 1, "late", ("never awaited",))
    result = Result(ex, "wrong-time", (case,), Hint("M02", "R3", "text"), {"run": 0.1}, "m", "c", 0)

    assert remembered(places, ex, "key") is None
    remember(places, "key", result)

    assert remembered(places, ex, "key") == result


def test_a_result_without_cases_and_hint_comes_back(tmp_path: Path) -> None:
    places, ex = Places(tmp_path, tmp_path / ".lab"), exercise(tmp_path)
    remember(places, "key", Result(ex, "does-not-compile"))
    assert remembered(places, ex, "key") == Result(ex, "does-not-compile")


def test_a_fault_of_the_lab_is_forgotten_and_a_damaged_note_is_no_result(tmp_path: Path) -> None:
    places, ex = Places(tmp_path, tmp_path / ".lab"), exercise(tmp_path)
    remember(places, "fault", Result(ex, "grader-error"))
    assert remembered(places, ex, "fault") is None
    remember(places, "key", Result(ex, "accepted"))
    (tmp_path / ".lab/proofs/key").write_text('{"verdict": "acc')
    assert remembered(places, ex, "key") is None
