# Hostile answers in the real sandbox: none is accepted, none leaves a trace, none reaches the next.
from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hostile_answers import EXERCISES, Hostile, tried
from lab import build
from lab.answer import Answer
from lab.course import Exercise, load
from lab.errors import LabError
from lab.grade import grade_with, targets_for
from lab.judge import Options
from lab.places import find_places
from lab.result import Result
from lab.sandbox import Sandbox
from lab.sandbox_layers import open_sandbox
from lab.sandbox_stage import staged

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = Options(seed=11, cases=3, cpu_seconds=1)  # a runaway costs a second, not five


@dataclass(frozen=True)
class Room:
    """The sandbox of all tests here, and what a hostile answer may want to reach."""

    sandbox: Sandbox
    tools: build.Toolbox
    exercises: dict[str, Exercise]
    targets: dict[str, str]
    right: dict[str, Result]

    def grade(self, ex: Exercise, text: str, worker: int = 0) -> Result:
        with self.sandbox.job(worker) as box:
            answer = Answer(Path("/home/student/answer.cpp"), text.encode())
            options = replace(OPTIONS, box=box)
            return grade_with(find_places(ROOT), self.tools, ex, answer, options)


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    places = find_places(ROOT)
    course = load(ROOT)
    exercises = {number: course.find_one(number) for number in EXERCISES}
    tools = build.prepare(places, targets_for(list(exercises.values()), OPTIONS), quiet=True)
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory(prefix="lab-hostile-") as temporary,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        Path(temporary).chmod(0o755)
        patch.setattr(tempfile, "tempdir", temporary)
        patch.setenv("TMPDIR", temporary)
        outside = Path(temporary, "outside")
        outside.write_text("secret\n", encoding="utf-8")
        outside.chmod(0o644)
        with staged(tools, list(exercises.values())) as stage:
            try:
                sandbox = open_sandbox(tools, stage)
            except LabError as error:
                pytest.skip(str(error))
            targets = {
                "ROOT": str(ROOT),
                "OUTSIDE": str(outside),
                "STAGE": str(stage.folder),
                "PID": str(os.getpid()),
                "PORT": str(server.getsockname()[1]),
            }
            room = Room(replace(sandbox, compile_seconds=4), tools, exercises, targets, {})
            for number, ex in exercises.items():
                room.right[number] = grade_right(room, number)
                assert room.right[number].accepted, room.right[number]
            yield room
        assert os.listdir(temporary) == ["outside"], "the stage or a run's folder was left"


def grade_right(room: Room, number: str) -> Result:
    ex = room.exercises[number]
    result = room.grade(ex, ex.solution.read_text(encoding="utf-8"), worker=1)
    return replace(result, seconds={})


def left_behind(room: Room) -> list[str]:
    """Processes of a sandbox, groups and folders that should be gone."""
    found = [str(path) for path in room.sandbox.stage.jobs.iterdir()]
    found += [str(path) for path in Path(tempfile.gettempdir()).glob("lab-run-*")]
    for parent in room.sandbox.cgroups.parents:
        found += [str(path) for path in parent.glob(f"lab-{os.getpid()}-*")]
    ours = str(room.sandbox.stage.folder)
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            words = (process / "cmdline").read_text(errors="replace")
            # Another class run's processes are called the same, but stand on another stage.
            if ours in words or ours in (process / "mountinfo").read_text():
                found.append(f"{process.name} {words!r}")
    return found


@pytest.mark.parametrize(
    ("hostile", "number"), tried(), ids=lambda one: one if isinstance(one, str) else one.name
)
def test_a_hostile_answer_gets_its_verdict_and_leaves_nothing(
    room: Room, hostile: Hostile, number: str
) -> None:
    ex = room.exercises[number]
    mounts = Path("/proc/self/mounts").read_text()

    result = room.grade(ex, hostile.answer(ex, room.targets))

    assert result.verdict in hostile.verdicts, (result.verdict, result.message, result.compiler)
    assert left_behind(room) == []
    assert Path("/proc/self/mounts").read_text() == mounts


@pytest.mark.parametrize("number", EXERCISES)
def test_after_all_of_them_a_right_answer_gets_the_same_result(room: Room, number: str) -> None:
    assert grade_right(room, number) == room.right[number]
