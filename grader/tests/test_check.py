# `./lab check` from a file to the exit code: verdicts, JSON and reports.
from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lab import build, process
from lab.errors import LabError
from lab.places import Places

Lab = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]


def test_an_accepted_answer_ends_with_0(lab: Lab, answer: Write) -> None:
    answer("int right();")

    code, out, err = lab("check", "01-4")

    assert code == 0
    assert "01-4 fix-one-after-another: accepted  (10 of 10 points" in out
    assert "./lab next" in out
    assert err == ""


def test_a_wrong_answer_shows_timeline_cause_rule_hint_and_next_step(
    lab: Lab, answer: Write
) -> None:
    answer("// verdict: wrong-time M02\nint wrong();")

    code, out, err = lab("check", "01-4")

    assert code == 1
    assert "  > [  100] B                           | [  300] B\\x1b[31m" in out
    assert 'Cause: Line 2 should be "B" at 100 ms; yours is "B\\x1b[31m" at 300 ms.' in out
    assert "Rule R1 Lazy coroutines. Calling makes a Coro object. None of its body runs." in out
    assert "You awaited line 2, 300 ms in all." in out
    assert "./lab check 01-4 --seed 7" in out
    assert "\x1b" not in out
    assert max(len(line) for line in out.splitlines()) <= 80


def test_json_is_the_contract(lab: Lab, answer: Write) -> None:
    answer("// verdict: wrong-time M02\nint wrong();")

    code, out, _ = lab("check", "01-4", "--json", "--seed", "3")

    data = json.loads(out)
    assert code == 1
    assert set(data) == {"schema", "course", "results", "summary"}
    assert data["schema"] == "lab/check/v1"
    (result,) = data["results"]
    keys = ["exercise", "verdict", "points", "max_points", "cases", "hint", "seconds"]
    assert list(result) == keys
    assert result["exercise"] == "01-basics/04-fix-one-after-another"
    assert result["verdict"] == "wrong-time" and result["points"] == 0
    assert result["cases"][1] == {
        "name": "fresh 1",
        "seed": 3,
        "verdict": "wrong-time",
        "expected": [{"t_ms": 0, "text": "A"}, {"t_ms": 100, "text": "B"}],
        "actual": [{"t_ms": 0, "text": "A"}, {"t_ms": 300, "text": "B\x1b[31m"}],
        "first_difference": 1,
    }
    assert result["hint"] == {
        "id": "M02",
        "rule": "R1",
        "text": "You awaited line 2, 300 ms in all.",
    }
    assert set(result["seconds"]) == {"build", "run"}
    assert data["summary"] == {"accepted": 0, "points": 0, "max_points": 10}


def test_many_exercises_get_a_line_each(lab: Lab, answer: Write) -> None:
    answer("int right();")
    answer("// verdict: hang\nint wrong();", "01-basics/01-predict-lifecycle")

    code, out, _ = lab("check")

    assert code == 1
    assert "- 01-1 predict-lifecycle             hang                0/5 points" in out
    assert "+ 01-4 fix-one-after-another         accepted           10/10 points" in out
    assert "- 02-1 fix-timers                    not-attempted       0/5 points" in out
    assert "1 of 3 accepted, 10 of 20 points." in out


def test_the_stub_is_not_attempted_and_nothing_is_built(
    lab: Lab, answer: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "prepare", lambda *a, **k: pytest.fail("built something"))
    answer("  int  stub( ) ; /* I will\nstart soon */ // tomorrow\n")

    code, out, _ = lab("check", "01-4")

    assert code == 1
    assert "not-attempted" in out and "./lab read 01" in out


def test_a_syntax_error_shows_the_plain_sentence_above_the_compilers(
    lab: Lab, answer: Write
) -> None:
    answer("BROKEN")

    code, out, _ = lab("check", "01-4")

    assert code == 1
    assert "does-not-compile" in out
    plain = out.index("Line 3: a `;` is missing")
    assert plain < out.index("04-fix-one-after-another.cpp:3:5: error: expected ';' before")


@pytest.mark.parametrize("text", ["KILL", "NONSENSE", "LIE verdict: accepted"])
def test_a_checker_that_breaks_is_never_the_students_fault(
    lab: Lab, answer: Write, text: str
) -> None:
    answer(f"// {text}\nint x();")

    code, out, _ = lab("check", "01-4", "--json")

    assert code == 3
    assert json.loads(out)["results"][0]["verdict"] == "grader-error"
    assert lab("list", "--json")[1].count('"attempts": 0') == 3


def test_another_file_is_graded_and_leaves_no_trace(lab: Lab, root: Path) -> None:
    folder = root / 'a "quoted" folder'
    folder.mkdir()
    (folder / "my answer.cpp").write_text("int right();")

    code, out, _ = lab("check", "01-4", "--file", str(folder / "my answer.cpp"))

    assert code == 0
    assert "accepted" in out
    assert json.loads(lab("list", "--json")[1])["exercises"][1]["attempts"] == 0


def test_no_compiler_gets_one_line_and_2(
    lab: Lab, answer: Write, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    (places.build / "lab.json").unlink()
    monkeypatch.setattr("shutil.which", lambda name: None if "+" in name else f"/usr/bin/{name}")
    answer("int x();")

    code, _, err = lab("check", "01-4")

    assert (code, err) == (
        2,
        "lab: no C++ compiler found: ./lab doctor says how to install one\n",
    )


def test_a_compiler_that_went_away_gets_one_line_and_2(
    lab: Lab, answer: Write, places: Places
) -> None:
    (places.build / "fake c++").unlink()
    answer("int x();")

    code, _, err = lab("check", "01-4")

    assert code == 2
    assert "cannot start the compiler" in err and len(err.splitlines()) == 1


def test_a_build_folder_of_somebody_else_gets_one_line_and_2(
    lab: Lab, answer: Write, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    (places.build / "lab-stamp.json").unlink()
    monkeypatch.setattr(build, "writable", lambda folder: folder != places.build)
    answer("int x();")

    code, _, err = lab("check", "01-4")

    assert code == 2
    assert err == f"lab: cannot write to {places.build}: make it yours (chown), or remove it\n"


def test_an_unexpected_fault_gets_one_line_and_3(
    lab: Lab, answer: Write, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*arguments: object, **more: object) -> None:
        raise ZeroDivisionError("by\nzero")

    monkeypatch.setattr(build, "prepare", break_down)
    answer("int x();")

    code, _, err = lab("check", "01-4")

    assert code == 3
    assert err.startswith("lab: internal fault: ZeroDivisionError: by zero")
    assert len(err.splitlines()) == 1
    assert "break_down" in (places.state / "last-error.txt").read_text()


def test_ctrl_c_ends_what_was_started(
    lab: Lab, answer: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[bool] = []

    def interrupt(*arguments: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "prepare", interrupt)
    monkeypatch.setattr(process, "stop_all", lambda: stopped.append(True))
    answer("int x();")

    code, _, err = lab("check", "01-4")

    assert (code, err.strip()) == (130, "lab: stopped")
    assert stopped


def test_the_third_same_hint_in_a_row_points_to_the_page(lab: Lab, answer: Write) -> None:
    answer("// verdict: wrong-time M02\nint wrong();")

    outputs = [lab("check", "01-4")[1] for _ in range(3)]

    assert "You awaited line 2" in outputs[1]
    assert all("You awaited line 2" in output for output in outputs)
    assert "third time in a row" in outputs[2] and "third time" not in outputs[1]


def test_faults_know_their_exit_code() -> None:
    assert LabError("x").exit_code == 2
