# Programs run with limits, and nothing stays behind.
from __future__ import annotations

import os
import select
import signal
import sys
from pathlib import Path

import pytest

from lab import process
from lab.process import Limits

PYTHON = sys.executable


def test_output_is_kept_up_to_the_limit_and_read_to_the_end() -> None:
    done = process.run([PYTHON, "-c", "print('x' * 1_000_000)"], Limits(keep_bytes=1000))

    assert (done.status, len(done.output), done.cut) == (0, 1000, True)


def test_an_endless_loop_meets_the_cpu_limit() -> None:
    done = process.run([PYTHON, "-c", "while True: pass"], Limits(cpu_seconds=1))

    assert done.status == -signal.SIGXCPU
    assert done.hit_cpu_limit


def test_a_program_that_only_waits_meets_the_wall_limit_with_its_children(tmp_path: Path) -> None:
    script = "import os, signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    script += "child = os.fork()\nif child: open('child', 'w').write(str(child))\nsignal.pause()\n"

    done = process.run([PYTHON, "-c", script], Limits(wall_seconds=1.0), cwd=tmp_path)

    assert done.timed_out and done.status == -signal.SIGKILL
    assert_gone(int((tmp_path / "child").read_text()))


def assert_gone(pid: int) -> None:
    """The kernel ends a killed process when it next gives it a processor: wait for that."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        assert select.select([handle], [], [], 30)[0], f"process {pid} still runs"
    finally:
        os.close(handle)


def test_an_exception_ends_the_program() -> None:
    with pytest.raises(KeyboardInterrupt):
        with process.started([PYTHON, "-c", "import signal; signal.pause()"]) as child:
            raise KeyboardInterrupt

    assert child.returncode is not None


def test_stop_all_ends_everything_and_lets_nothing_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_stopping", False)
    with process.started([PYTHON, "-c", "import signal; signal.pause()"]) as child:
        process.stop_all()
        assert child.poll() is not None

    with pytest.raises(KeyboardInterrupt):
        process.run([PYTHON, "-c", ""])


def test_bytes_that_are_no_text_do_no_harm() -> None:
    code = "import sys; sys.stdout.buffer.write(bytes(range(256)))"

    done = process.run([PYTHON, "-c", code], Limits())

    assert done.status == 0 and "\ufffd" in done.output


def test_compilers_speak_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    monkeypatch.setenv("GCC_COLORS", "error=01;31")

    env = process.plain_environment()

    assert env["LC_ALL"] == "C.UTF-8"
    assert "LANGUAGE" not in env and "GCC_COLORS" not in env
    assert os.environ["LANGUAGE"] == "de"
