# conformance: the interpreter is found, gets its files and options, and its end is the command's.
from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lab import build

Lab = Callable[..., tuple[int, str, str]]

# The fake interpreter prints its arguments, and fails when a file says so.
PROGRAM = f"""#!{sys.executable}
import sys
print(*sys.argv[1:])
sys.exit(any("wrong" in open(a).read() for a in sys.argv[1:] if not a.startswith("-")))
"""


@pytest.fixture
def scenario(root: Path) -> Path:
    """A built interpreter and a scenario."""
    program = root / ".lab/build/bin/conformance"
    program.write_text(PROGRAM)
    program.chmod(0o755)
    stamp = root / ".lab/build/lab-stamp.json"
    about = json.loads(stamp.read_text())
    about["sources"] = build.source_stamp(root)
    about["targets"].append("conformance")
    stamp.write_text(json.dumps(about))
    file = root / "one.json"
    file.write_text("{}")
    return file


def test_files_and_options_reach_the_interpreter(lab: Lab, scenario: Path) -> None:
    assert lab("conformance", "one.json", "one.json") == (0, "one.json one.json\n", "")
    code, out, _ = lab("conformance", "--ticks", "--batch", "one.json")
    assert (code, out) == (0, "--batch --ticks one.json\n")


def test_a_difference_is_status_1(lab: Lab, scenario: Path) -> None:
    scenario.write_text("wrong")
    assert lab("conformance", "--check", "one.json")[:2] == (1, "--check one.json\n")


def test_a_file_that_is_missing_is_said_before_anything_is_built(lab: Lab, root: Path) -> None:
    code, out, err = lab("conformance", "none.json")
    assert (code, out) == (2, "")
    assert "there is no file none.json" in err


def test_batch_and_check_exclude_each_other(lab: Lab, scenario: Path) -> None:
    code, _, err = lab("conformance", "--batch", "--check", "one.json")
    assert code == 2
    assert "exclude each other" in err


def test_a_changed_interpreter_is_built_anew(
    lab: Lab, scenario: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = root / "runtime/tests/conformance/main.cpp"
    source.parent.mkdir(parents=True)
    source.write_text("int main() {}")
    built: list[list[str]] = []
    monkeypatch.setattr(build, "build", lambda places, targets, quiet: built.append(targets))
    assert lab("conformance", "one.json")[0] == 0
    assert built == [["conformance"]]
