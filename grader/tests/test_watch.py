# `./lab watch` as a process: saves, keys, moving on, and an end that leaves nothing behind.
from __future__ import annotations

import contextlib
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lab import saves

Write = Callable[..., Path]
WATCH = [sys.executable, "-m", "lab", "watch", "01-4"]


@contextlib.contextmanager
def watching(*more: str) -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen(
        [*WATCH, *more],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    )
    try:
        yield child
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        assert child.stdout is not None
        child.stdout.close()


def read_until(child: subprocess.Popen[str], wanted: str) -> str:
    assert child.stdout is not None
    seen = ""
    for line in child.stdout:
        seen += line
        if wanted in line:
            return seen
    raise AssertionError(f"ended without {wanted!r}:\n{seen}")


@pytest.mark.parametrize("how", [[], ["--polling"]], ids=["events", "polling"])
def test_every_save_is_graded_and_a_right_one_moves_on(
    root: Path, answer: Write, how: list[str]
) -> None:
    with watching(*how) as child:
        read_until(child, "not-attempted")
        answer("// verdict: wrong-time M02\nint a();")
        assert "wrong-time" in read_until(child, "s from save to verdict")
        answer("BROKEN")
        assert "does-not-compile" in read_until(child, "s from save to verdict")
        answer("int right();")
        assert ": accepted" in read_until(child, "s from save to verdict")
        assert "Next: 02-1 fix-timers" in read_until(child, "exercises/02-scheduling/")


def test_an_editor_that_renames_is_seen(root: Path, answer: Write) -> None:
    with watching() as child:
        read_until(child, "not-attempted")
        new = root / "exercises/01-basics/.new"
        new.write_text("// verdict: hang\nint a();")
        new.replace(root / "exercises/01-basics/04-fix-one-after-another.cpp")
        assert ": hang" in read_until(child, "s from save to verdict")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_at_once(root: Path, number: int) -> None:
    with watching() as child:
        read_until(child, "./lab watch 01-4")
        child.send_signal(number)
        assert child.wait(timeout=20) == 130


def test_ctrl_c_in_the_middle_of_a_compile_leaves_nothing_and_loses_nothing(
    root: Path, answer: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    fifo = root / "fifo"
    os.mkfifo(fifo)
    monkeypatch.setenv("LAB_TEST_FIFO", str(fifo))
    file = answer("// HANG\nint x();")
    child = subprocess.Popen(
        [sys.executable, "-m", "lab", "check", "01-4"], stderr=subprocess.PIPE, text=True
    )
    compiler = int(fifo.read_text())

    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=20)

    assert (child.returncode, err.strip()) == (130, "lab: stopped")
    assert not Path(f"/proc/{compiler}").exists()
    assert not [p for p in (root / ".lab/cache").iterdir() if p.suffix]
    assert file.read_text() == "// HANG\nint x();"


def test_keys_work_in_a_terminal(root: Path) -> None:
    master, slave = pty.openpty()
    child = subprocess.Popen(WATCH, stdin=slave, stdout=slave, stderr=slave, process_group=0)
    os.close(slave)
    try:
        read_terminal(master, "q quit")
        os.write(master, b"h")
        assert "concept four" in read_terminal(master, "left; the next costs")
        os.write(master, b"l")
        assert "01-1 predict-lifecycle" in read_terminal(master, "02-1 fix-timers")
        os.write(master, b"x")
        read_terminal(master, "q quit")
        os.write(master, b"n")
        read_terminal(master, "Next: 02-1")
        os.write(master, b"q")
        assert child.wait(timeout=20) == 0
    finally:
        child.kill()
        child.wait()
        os.close(master)


def read_terminal(master: int, wanted: str) -> str:
    seen = ""
    while wanted not in seen:
        seen += os.read(master, 4096).decode("utf-8", "replace")
    return seen


def test_without_an_observer_the_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saves, "watch_events", lambda folder, ring: None)

    with saves.saves(tmp_path) as rings:
        (tmp_path / "x.cpp").write_text("int x;")
        os.set_blocking(rings, True)
        assert os.read(rings, 1) == b"!"
