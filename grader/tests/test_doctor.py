# `./lab doctor` and `./lab test`: what they find missing, what they run, and how they end.
from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Lab, write

from lab import tools
from lab.commands import doctor
from lab.tools import Finding, Found, Tool


@pytest.mark.parametrize(
    ("version", "least", "enough"),
    [
        ("3.25.1", "3.25", True),
        ("3.24.9", "3.25", False),
        ("12", "12", True),
        ("11.4.0", "12", False),
        ("10.0", "9.9", True),
        ("", "3.25", True),
        ("3.30.0-rc1", "3.25", True),
    ],
)
def test_versions_are_compared_as_numbers(version: str, least: str, enough: bool) -> None:
    assert tools.new_enough(version, least) is enough


def test_a_program_is_found_with_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "cmake", "#!/bin/sh\necho cmake version 3.22.1\n", program=True)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert tools.find_program("cmake") == Found(str(tmp_path / "cmake"), "3.22.1")
    assert tools.find_program("ninja") == Found()


def test_a_compiler_that_is_new_enough_wins_over_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "c++", "#!/bin/sh\necho 11\n", program=True)
    write(tmp_path / "clang++", "#!/bin/sh\necho clang version 16.0.6\n", program=True)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)

    assert tools.find_compiler("compiler") == Found(str(tmp_path / "clang++"), "16.0.6", "16")


def finding(tool: str, found: Found, manager: str = "apt-get") -> Finding:
    return tools.judge(next(t for t in tools.TOOLS if t.name == tool), found, manager)


def test_each_state_has_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    assert finding("cmake", Found("/usr/bin/cmake", "3.25.1")).state == "ok"
    old = finding("cmake", Found("/usr/bin/cmake", "3.22.1"))
    assert old.state == "too-old"
    assert old.mend == "sudo apt-get install -y --no-install-recommends cmake"
    missing = finding("nlohmann-json", Found(), "dnf")
    assert (missing.state, missing.mend) == ("missing", "sudo dnf install -y json-devel")
    assert "pip install rich" in finding("rich", Found(), "brew").mend
    assert finding("ninja", Found(), "").mend == "install ninja by hand"


def only(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    monkeypatch.setattr(doctor, "survey", lambda: list(findings))


def test_all_there_is_exit_0(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, finding("cmake", Found("/usr/bin/cmake", "3.25.1")))

    code, out, _ = lab("doctor")

    assert code == 0
    assert "This machine has all that the course needs." in out


def test_what_is_missing_is_named_with_one_command(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "find_manager", lambda: "apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    only(
        monkeypatch, finding("cmake", Found("/usr/bin/cmake", "3.22.1")), finding("click", Found())
    )

    code, out, _ = lab("doctor")

    assert code == 1
    assert "too old" in out and "needed: 3.25 or later" in out
    assert out.endswith("  apt-get install -y --no-install-recommends cmake python3-click\n")


def test_what_only_authors_need_is_no_fault(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, finding("clang-tidy-19", Found()))

    code, out, _ = lab("doctor")

    assert code == 0
    assert "clang-tidy-19" in out


def test_json_has_every_tool(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, finding("cmake", Found()))

    code, out, _ = lab("doctor", "--json")

    report = json.loads(out)
    assert code == 1
    assert report["schema"] == "lab/doctor/v1" and report["ok"] is False
    assert [(t["name"], t["state"]) for t in report["tools"]] == [("cmake", "missing")]


def test_every_tool_can_be_looked_for() -> None:
    assert all(isinstance(tool, Tool) for tool in tools.TOOLS)
    assert {f.state for f in tools.survey()} <= {"ok", "missing", "too-old"}


PRESETS = (
    '{"configurePresets": [{"name": "base", "hidden": true}, {"name": "lab"}, {"name": "asan"}]}'
)


@pytest.fixture
def fake_cmake(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """cmake and ctest that write down how they were called; ctest closes as the real one does."""
    log = tmp_path / "calls"
    write(root / "CMakePresets.json", PRESETS)
    write(
        tmp_path / "fakes/cmake",
        f'#!/bin/sh\necho "cmake $*" >>"{log}"\nexit $BROKEN\n',
        program=True,
    )
    closing = "echo '100% tests passed, 0 tests failed out of 3'"
    write(
        tmp_path / "fakes/ctest",
        f'#!/bin/sh\necho "ctest $*" >>"{log}"\n{closing}\nexit $FAILED\n',
        program=True,
    )
    monkeypatch.setenv("PATH", f"{tmp_path}/fakes:/usr/bin:/bin")
    return log


def test_the_closing_lines_of_ctest_close_the_output(lab: Lab, fake_cmake: Path) -> None:
    code, out, _ = lab("test", "--jobs", "2")

    assert code == 0
    assert out.endswith("100% tests passed, 0 tests failed out of 3\n")
    calls = fake_cmake.read_text().splitlines()
    assert "--preset lab" in calls[0] and "-DLAB_PYTHON=" in calls[0]
    assert "--build" in calls[1]
    assert "-LE ^exercise$" in calls[2] and "--parallel 2" in calls[2]


def test_labels_and_presets_reach_ctest(lab: Lab, root: Path, fake_cmake: Path) -> None:
    lab("test", "--preset", "asan", "--label", "runtime", "--label", "wrong")

    calls = fake_cmake.read_text().splitlines()
    assert f"-B {root}/build/asan" in calls[0]
    assert "-L ^(runtime|wrong)$" in calls[2]


def test_failing_tests_are_exit_1(
    lab: Lab, fake_cmake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAILED", "8")

    assert lab("test")[0] == 1


def test_a_course_that_does_not_configure_is_a_fault(
    lab: Lab, fake_cmake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROKEN", "1")

    code, _, err = lab("test")

    assert code == 3
    assert "does not configure" in err
    assert "ctest" not in fake_cmake.read_text()


def test_an_unknown_preset_is_one_line(lab: Lab, fake_cmake: Path) -> None:
    code, _, err = lab("test", "--preset", "fast")

    assert code == 2
    assert "CMakePresets.json has lab, asan" in err
