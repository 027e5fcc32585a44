# The machine refuses one call of the grader, or ends it there: a class loses time and nothing else.
#
# A sample of what grader/tests/faults/matrix.py does, always the same one.
from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FAULTS = Path(__file__).parent / "faults"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD is Linux's")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """fault.cpp as a shared object: CMake's, or one made here."""
    built = os.environ.get("LAB_FAULT_LIBRARY", "")
    if Path(built).is_file():
        return Path(built)
    compiler = shutil.which("c++")
    if compiler is None:
        pytest.skip("no C++ compiler to make the shim with")
    made = tmp_path_factory.mktemp("shim") / "libfault.so"
    words = ["-std=c++20", "-shared", "-fPIC", str(FAULTS / "fault.cpp"), "-o", str(made)]
    subprocess.run([compiler, *words], check=True, timeout=120)
    return made


def matrix(library: Path, *words: str) -> str:
    """Returns: the complaints, and a last line with their number."""
    command = [sys.executable, str(FAULTS / "matrix.py"), f"--library={library}", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=600).stdout


def test_no_fault_of_the_machine_costs_a_verdict(library: Path) -> None:
    assert " 0 complaints" in (said := matrix(library, "--most=1")), said


def test_no_fault_while_answers_are_compiled_and_run_costs_a_verdict(library: Path) -> None:
    words = ["--most=1", "--crew=bench", "--format=json"]
    words += [f"--only={name}" for name in ("fork", "pipe2", "kill", "thread")]
    assert " 0 complaints" in (said := matrix(library, *words)), said
