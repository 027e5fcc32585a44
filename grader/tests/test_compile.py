# Compiling an answer: runs that do not disturb each other, and tools that break.
from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lab import build, process
from lab.answer import read_answer
from lab.compile import compile_answer
from lab.course import load
from lab.places import Places, find_places

Lab = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]


def test_a_second_check_of_the_same_file_takes_nothing_from_the_first(
    lab: Lab, answer: Write, places: Places, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = read_answer(answer("int right();"))
    ex = load(root).find_one("01-4")
    tools = build.read_toolbox(places)
    usual = process.run
    steps: list[bool] = []

    def second_run_before_each_link(command: list[str], *more: Any, **named: Any) -> Any:
        steps.append("-c" in command)
        if len(steps) == 2:  # the first run is about to link what it has compiled
            compile_answer(places, tools, ex, read)
        return usual(command, *more, **named)

    monkeypatch.setattr(process, "run", second_run_before_each_link)
    done = compile_answer(places, tools, ex, read)

    assert steps == [True, False, True, False]
    assert done.verdict == "" and done.program is not None and done.program.is_file()
    assert list(places.cache.iterdir()) == [done.program]


@pytest.mark.parametrize(
    "text, said", [("NO_ASSEMBLER", "cannot execute 'as'"), ("NO_LINKER", "mold: fatal")]
)
def test_a_compiler_that_does_not_work_is_no_attempt(
    lab: Lab, answer: Write, text: str, said: str
) -> None:
    answer(f"// {text}\nint x();")

    code, out, _ = lab("check", "01-4")

    assert code == 3
    assert "grader-error" in out and "./lab doctor" in out
    assert "the compiler itself does not work" in " ".join(out.split())
    assert said in " ".join(out.split())
    assert lab("list", "--json")[1].count('"attempts": 0') == 3
    assert lab("run", "01-4")[0] == 3


def test_a_function_that_is_nowhere_is_still_the_answer_s_mistake(lab: Lab, answer: Write) -> None:
    answer("// UNDEFINED\nint x();")

    code, out, _ = lab("check", "01-4", "--json")

    result = json.loads(out)["results"][0]
    assert (code, result["verdict"], result["hint"]["id"]) == (1, "does-not-compile", "undefined")


@pytest.mark.parametrize("blocks, files", [(100, 5), (1 << 20, 0)])
def test_no_word_of_a_compiler_is_believed_where_no_space_is_left(
    lab: Lab, answer: Write, monkeypatch: pytest.MonkeyPatch, blocks: int, files: int
) -> None:
    answer("BROKEN")
    assert "does-not-compile" in lab("check", "01-4")[1]

    full = SimpleNamespace(f_bavail=blocks, f_frsize=4096, f_files=9, f_favail=files)
    monkeypatch.setattr(os, "statvfs", lambda path: full)
    code, _, told = lab("check", "01-4")

    assert code == 2
    assert "no space is left" in told and "TMPDIR" in told


def test_a_course_that_was_moved_is_built_anew(root: Path, tmp_path: Path) -> None:
    places = find_places(root)
    cache = places.build / "CMakeCache.txt"
    cache.write_text(f"X:STRING=1\nCMAKE_HOME_DIRECTORY:INTERNAL={root}\n")
    build.forget_moved(places)
    assert cache.is_file() and build.is_fresh(places, ["lab-core-sanitize"])

    moved = tmp_path / "moved"
    root.rename(moved)
    places = find_places(moved)
    assert not build.is_fresh(places, ["lab-core-sanitize"])
    build.forget_moved(places)
    assert not places.build.exists()
