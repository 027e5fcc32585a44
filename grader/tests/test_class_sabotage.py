# The tests of the class grader notice when it is broken: sabotage.py breaks it in nineteen ways.
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SABOTAGE = Path(__file__).with_name("sabotage.py")


def test_every_sabotage_turns_a_test_red() -> None:
    env = {**os.environ, "PYTHONPATH": str(SABOTAGE.parents[1])}
    command = [sys.executable, str(SABOTAGE)]
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.endswith("NOT NOTICED")] == ["nothing: NOT NOTICED"] * 2
    assert len(lines) == 21 and done.returncode == 0, done.stdout + done.stderr
