# The failing check that README.md shows is what the command prints, the time it took apart.

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOK = re.compile(r", \d+\.\d+ s\)")


def test_the_check_in_the_readme_is_what_the_command_prints() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- check: (\S+) (\S+) -->\n```text\n(.*?)\n```", text, re.DOTALL)
    assert shown, "README.md shows no check"
    key, wrong, block = shown.groups()
    answer = ROOT / "grader/checks" / key / "wrong" / f"{wrong}.cpp"
    printed = subprocess.run(
        [sys.executable, "-m", "lab", "check", key, "--file", str(answer), "--seed", "1"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "grader"), "NO_COLOR": "1", "COLUMNS": "80"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert printed.returncode == 1, printed.stderr
    assert TOOK.sub(")", printed.stdout.rstrip("\n")) == TOOK.sub(")", block)
