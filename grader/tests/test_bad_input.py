# Every kind of bad input gets one clear line and the right exit code.
from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lab import build

Lab = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]


def make_folder(path: Path) -> None:
    path.mkdir()


def make_binary(path: Path) -> None:
    path.write_bytes(b"\x7fELF\0\0\0")


def make_latin(path: Path) -> None:
    path.write_bytes(b"int x;\n// \xe4\n")


def make_empty(path: Path) -> None:
    path.write_bytes(b" \n")


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_huge(path: Path) -> None:
    path.write_bytes(b"//" + b"x" * (1 << 20))


BAD_FILES: list[tuple[Callable[[Path], object], str]] = [
    (make_folder, "is a folder"),
    (make_binary, "is a binary file"),
    (make_latin, "is no UTF-8 text (line 2)"),
    (make_empty, "is empty"),
    (make_pipe, "is no ordinary file"),
    (make_huge, "is larger than 1 MiB"),
    (lambda path: None, "does not exist"),
]


@pytest.mark.parametrize("make, said", BAD_FILES, ids=[said for _, said in BAD_FILES])
def test_a_file_that_cannot_be_graded_gets_one_line_and_2(
    lab: Lab, root: Path, make: Callable[[Path], object], said: str
) -> None:
    make(root / "odd ü.cpp")

    code, out, err = lab("check", "01-4", "--file", "odd ü.cpp")

    assert code == 2
    assert out == ""
    assert err.startswith("lab: odd ü.cpp ") and said in err
    assert "./lab reset" not in err  # it would help only with the student's own file
    assert len(err.splitlines()) == 1


def test_an_unreadable_file_gets_one_line_and_2(
    lab: Lab, answer: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = answer("int x();")

    def refuse(name: object, *rest: object, **more: object) -> object:
        if str(name) == str(path):
            raise PermissionError(13, "Permission denied")
        return open(name, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("lab.answer.open", refuse, raising=False)

    code, out, err = lab("check", "01-4", "--json")

    assert code == 2
    assert json.loads(out)["results"][0]["verdict"] == "bad-submission"
    assert err == f"lab: cannot read {path}: Permission denied\n"


def test_one_bad_file_does_not_stop_the_others(lab: Lab, answer: Write, root: Path) -> None:
    answer("int right();")
    (root / "exercises/01-basics/01-predict-lifecycle.cpp").unlink()

    code, out, err = lab("check", "01")

    assert code == 2
    assert "+ 01-4" in out and "bad-submission" in out
    assert "does not exist" in err


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["check", "nonsense"], "there is no exercise 'nonsense'"),
        (["check", "fix"], "'fix' could be"),
        (["check", "--file", "x.cpp"], "--file needs exactly one exercise"),
        (["check", "01", "--file", "x.cpp"], "--file needs exactly one exercise"),
        (["check", "--seed", "0"], "Invalid value for '--seed'"),
        (["check", "--seed", "many"], "Invalid value for '--seed'"),
        (["check", "--bogus"], "No such option"),
        (["chek"], "did you mean 'check'?"),
        (["../check"], "there is no command"),
        (["trace", "01-4", "--format", "html"], "format 'html' is not here yet"),
        (["reset"], "Missing argument 'EX'"),
    ],
)
def test_bad_usage_gets_one_line_and_2(lab: Lab, arguments: list[str], said: str) -> None:
    code, out, err = lab(*arguments)

    assert code == 2
    assert out == ""
    assert said in err and len(err.splitlines()) == 1


def test_a_lost_answer_is_told_how_to_get_its_stub_back(lab: Lab, answer: Write) -> None:
    answer("int x();").unlink()

    assert "./lab reset 01-4 brings the stub back" in lab("check", "01-4")[2]


@pytest.mark.parametrize("word", ["abc", "1.5"])
def test_a_seed_that_is_no_number_is_told_so(lab: Lab, root: Path, word: str) -> None:
    code, _, err = lab("check", "01-4", "--seed", word)

    assert code == 2
    assert err == f"lab: Invalid value for '--seed': '{word}' is not a valid whole number.\n"


@pytest.mark.parametrize(
    "missing, words",
    [
        (["lab-core", "check-01-basics-04-fix-late"], "the runtime, once"),
        (["check-01-basics-04-fix-late"], "the checker of 01-4"),
        (["check-02-x-11-build-it", "check-01-y-02-fix-it"], "the checkers of 01-2, 02-11"),
        (["demo.01-basics.hello"], "the demo"),
    ],
)
def test_the_line_about_building_names_what_is_built(missing: list[str], words: str) -> None:
    assert build.what_is_built(set(missing)) == words
