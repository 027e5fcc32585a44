# The launcher on machines that are made of a few symbolic links and fake tools.
from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lab import tools
from lab.places import find_places

ROOT = Path(__file__).resolve().parents[2]
MODULES = "click rich watchdog jinja2"
SHELLS = [["sh"], ["dash"], ["bash", "--posix"], ["busybox", "sh"]]
BASE = (
    "sh",
    "dash",
    "bash",
    "busybox",
    "cat",
    "cp",
    "cut",
    "env",
    "ls",
    "mkdir",
    "mv",
    "readlink",
    "sha256sum",
)

# Stands in for the grader: says how it was called.
GRADER = """# the grader's stand-in
import os, sys
print(sys.executable, os.getcwd(), *sys.argv[1:], sep="\\n")
sys.exit(7)
"""
# A tool that counts its calls; `python3` goes on to a real interpreter, with or without modules.
TOOL = '#!/bin/sh\necho "$0 $*" >>"{log}"\n{body}\n'
PYTHON = 'case "$2" in *importlib*) echo "$0" && {modules} ;; *) exec "{real}" "$@" ;; esac'


@dataclass
class Machine:
    """A PATH of its own, a shelf from which fake installers take, and a checkout."""

    home: Path
    checkout: Path
    shell: list[str] = field(default_factory=lambda: ["sh"])
    env: dict[str, str] = field(default_factory=dict)

    @property
    def bin(self) -> Path:
        return self.home / "bin"

    @property
    def log(self) -> str:
        path = self.home / "log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def tool(self, name: str, body: str = "exit 0", folder: str = "bin") -> Path:
        path = self.home / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TOOL.format(log=self.home / "log", body=body), encoding="utf-8")
        path.chmod(0o755)
        return path

    def python(self, name: str = "python3", modules: bool = True, folder: str = "bin") -> Path:
        answer = f'printf "%s\\n" "{self.checkout}/lab"' if modules else "exit 1"
        return self.tool(name, PYTHON.format(modules=answer, real=sys.executable), folder)

    def complete(self, folder: str = "bin") -> None:
        """Everything that the course needs, in the right versions."""
        self.python(folder=folder)
        version = 'case "$1" in --version) echo "{0} {1}" ;; *) echo {1} ;; esac'
        self.tool("c++", version.format("c++ (Debian)", "12"), folder)
        self.tool("cmake", 'echo "cmake version 3.25.1"', folder)
        self.tool("ninja", "echo 1.11", folder)
        for header in ("doctest/doctest.h", "nlohmann/json.hpp"):
            path = self.home / "prefix/include" / header
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")

    def installer(self, name: str = "apt-get", body: str = "") -> None:
        """A package manager that puts everything from the shelf into place."""
        self.complete(folder="shelf")
        shutil.move(self.home / "prefix", self.home / "shelf-prefix")
        copy = f'cp -r "{self.home}/shelf/." "{self.bin}" && cp -r "{self.home}/shelf-prefix/." "{self.home}/prefix"'
        self.tool(name, body or f'case "$*" in *install*) {copy} ;; esac')

    def user(self, number: int) -> None:
        self.tool("id", f"echo {number}")

    def environment(self) -> dict[str, str]:
        kept = {"PATH": str(self.bin), "HOME": str(self.home), "LANG": "C.UTF-8"}
        return kept | {"CMAKE_PREFIX_PATH": str(self.home / "prefix")} | self.env

    def run(
        self, *arguments: str, launcher: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                shutil.which(self.shell[0]) or "sh",
                *self.shell[1:],
                str(launcher or self.checkout / "lab"),
                *arguments,
            ],
            env=self.environment(),
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A bare machine: a shell, a few small tools, and a checkout in a folder with odd letters."""
    checkout = tmp_path / "mein Kurs ü"
    (checkout / "grader/lab").mkdir(parents=True)
    shutil.copy(ROOT / "lab", checkout / "lab")
    setup = (ROOT / "grader/setup.sh").read_text(encoding="utf-8")
    setup = setup.replace(" /usr/bin/python3 ", f' "{tmp_path}/system/python3" ')
    setup = setup.replace(" /usr /usr/local /opt/homebrew", "")
    (checkout / "grader/setup.sh").write_text(setup, encoding="utf-8")
    (checkout / "grader/lab/__init__.py").write_text("")
    (checkout / "grader/lab/__main__.py").write_text(GRADER)
    (tmp_path / "bin").mkdir()
    for name in BASE:
        where = shutil.which(name)
        if where:
            (tmp_path / "bin" / name).symlink_to(where)
    made = Machine(tmp_path, checkout)
    made.user(0)
    return made


@pytest.mark.parametrize("shell", SHELLS, ids=lambda words: words[0])
def test_a_complete_machine_is_handed_over_with_all_arguments(
    machine: Machine, shell: list[str]
) -> None:
    if shutil.which(shell[0]) is None:
        pytest.skip(f"no {shell[0]} here")
    machine.shell = shell
    machine.complete()

    done = machine.run("check", "01-4", "--file", "a b.cpp")

    assert done.returncode == 7, done.stderr
    assert done.stderr == ""
    assert done.stdout.splitlines()[1:] == [str(machine.home), "check", "01-4", "--file", "a b.cpp"]


def test_the_second_start_asks_no_tool_anything(machine: Machine) -> None:
    machine.complete()
    machine.run("list")
    before = machine.log

    assert machine.run("list").returncode == 7
    assert machine.log.removeprefix(before).count("\n") == 1  # the interpreter itself


def test_an_interpreter_that_is_gone_is_replaced(machine: Machine) -> None:
    machine.complete()
    machine.run("list")
    (machine.bin / "python3").unlink()
    machine.python(folder="system")

    assert machine.run("list").returncode == 7
    assert str(machine.home / "system/python3") in (machine.checkout / ".lab/python").read_text()


def test_a_tool_that_is_gone_is_noticed(machine: Machine) -> None:
    machine.complete()
    machine.run("check")
    (machine.bin / "cmake").unlink()

    done = machine.run("check")

    assert done.returncode == 2
    assert "missing or too old: cmake (" in done.stderr


def test_a_python_without_the_modules_gives_way_to_the_system_s(machine: Machine) -> None:
    machine.complete()
    machine.python(modules=False)
    machine.python(folder="system")

    assert machine.run("list").returncode == 7
    assert (
        (machine.checkout / ".lab/python")
        .read_text()
        .startswith(f"{machine.home}/system/python3\n")
    )


def test_the_tests_need_more_modules_than_the_rest(machine: Machine) -> None:
    machine.complete()
    machine.run("list")
    before = machine.log

    machine.run("test")

    assert "pytest hypothesis" in machine.log.removeprefix(before)
    assert (
        f"modules={MODULES} pytest hypothesis jsonschema\n"
        in (machine.checkout / ".lab/python").read_text()
    )


@pytest.mark.parametrize(("tool", "version"), [("cmake", "cmake version 3.24.9"), ("c++", "11")])
def test_what_is_too_old_counts_as_missing(machine: Machine, tool: str, version: str) -> None:
    machine.complete()
    machine.tool(tool, f'echo "{version}"')

    done = machine.run()

    assert done.returncode == 2
    assert re.search("missing or too old: (cmake|compiler) ", done.stderr)


def test_another_compiler_that_is_new_enough_is_handed_to_cmake(machine: Machine) -> None:
    machine.complete()
    machine.tool("c++", "echo 11")
    newer = machine.tool("g++-13", "echo 13")
    (machine.checkout / "grader/lab/__main__.py").write_text(
        "# says CXX\nimport os\nprint(os.environ['CXX'])\n"
    )

    assert machine.run().stdout == f"{newer}\n"
    assert machine.run().stdout == f"{newer}\n"  # from .lab/python


def test_a_bare_machine_is_set_up_by_its_package_manager(machine: Machine) -> None:
    machine.installer()

    done = machine.run("list")

    assert done.returncode == 7, done.stderr
    assert "missing or too old: compiler cmake ninja doctest nlohmann-json" in done.stderr
    assert "g++ cmake ninja-build doctest-dev nlohmann-json3-dev" in machine.log
    assert len(done.stdout.splitlines()) == 3  # nothing but what the grader prints


def test_without_any_package_manager_one_line_says_what_is_missing(machine: Machine) -> None:
    done = machine.run()

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "compiler cmake ninja" in done.stderr and "by hand" in done.stderr


def test_without_root_and_sudo_one_line_says_what_root_has_to_run(machine: Machine) -> None:
    machine.installer()
    machine.user(1000)

    done = machine.run()

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "have root run: apt-get install -y" in done.stderr


def test_sudo_asks_for_no_password_where_nobody_could_type_it(machine: Machine) -> None:
    machine.installer()
    machine.user(1000)
    machine.tool("sudo", 'shift; exec "$@"')

    assert machine.run().returncode == 7
    assert "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install" in machine.log


def test_an_installer_that_fails_leaves_one_clear_line_at_the_end(machine: Machine) -> None:
    machine.installer(body="echo 'no network' >&2; exit 100")

    done = machine.run()

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("lab: could not install: compiler cmake")
    assert not (machine.checkout / ".lab/python").exists()


def test_doctor_installs_nothing(machine: Machine) -> None:
    machine.installer()

    done = machine.run("doctor")

    assert done.returncode == 1
    assert "run: apt-get install -y" in done.stderr
    assert "apt-get" not in machine.log


def test_reading_needs_no_compiler(machine: Machine) -> None:
    machine.complete()
    (machine.bin / "c++").unlink()

    assert machine.run("read", "01").returncode == 7
    assert machine.run("check").returncode == 2


def test_modules_come_into_a_virtual_environment_where_no_package_has_them(
    machine: Machine,
) -> None:
    machine.complete()
    venv = machine.checkout / ".lab/venv/bin"
    machine.python("new-python", folder="shelf")
    make = f'mkdir -p "{venv}" && cp "{machine.home}/shelf/new-python" "{venv}/python"'
    body = PYTHON.format(modules="exit 1", real=sys.executable)
    machine.tool("python3", f'[ "$2" = venv ] && {{ {make}; exit; }}\n{body}')
    machine.tool("brew")

    done = machine.run("list")

    assert "making a virtual environment" in done.stderr
    assert f"{venv}/python -m pip install --quiet" in machine.log
    assert MODULES in machine.log


def in_terminal(machine: Machine, typed: str) -> tuple[int, str]:
    """Runs the launcher with a terminal at both ends, and types."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        ["sh", str(machine.checkout / "lab"), "list"],
        env=machine.environment(),
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        start_new_session=True,
    ) as child:
        os.close(theirs)
        os.write(ours, typed.encode())
        seen = b""
        try:
            while chunk := os.read(ours, 4096):
                seen += chunk
        except OSError:  # how Linux says that the other end is closed
            pass
        status = child.wait(timeout=60)
    os.close(ours)
    return status, seen.decode()


def test_in_a_terminal_it_asks_and_no_means_no(machine: Machine) -> None:
    machine.installer()

    status, seen = in_terminal(machine, "n\n")

    assert status == 2
    assert "Install now? [Y/n]" in seen and "nothing was installed" in seen
    assert "apt-get" not in machine.log


def test_in_a_terminal_it_asks_and_enter_means_yes(machine: Machine) -> None:
    machine.installer()

    assert in_terminal(machine, "\n")[0] == 7
    assert "apt-get install" in machine.log


def test_lab_yes_asks_nothing(machine: Machine) -> None:
    machine.installer()
    machine.env["LAB_YES"] = "1"

    status, seen = in_terminal(machine, "")

    assert status == 7
    assert "Install now?" not in seen


def test_it_finds_its_checkout_through_links(machine: Machine) -> None:
    machine.complete()
    (machine.home / "one").symlink_to("mein Kurs ü/lab")
    (machine.home / "bin/two").symlink_to("../one")

    assert machine.run("list", launcher=machine.home / "bin/two").returncode == 7
    assert (machine.checkout / ".lab/python").is_file()


def test_a_folder_that_cannot_be_written_keeps_its_state_where_the_grader_looks(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.complete()
    (machine.checkout / ".lab").write_text("a file is in the way, for root as well")
    cache = machine.home / "cache"
    machine.env["XDG_CACHE_HOME"] = str(cache)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))

    assert machine.run("list").returncode == 7
    assert (find_places(machine.checkout.resolve()).state / "python").is_file()


def test_no_folder_at_all_is_one_line(machine: Machine) -> None:
    machine.complete()
    (machine.checkout / ".lab").write_text("")
    (machine.home / "cache").write_text("")
    machine.env["XDG_CACHE_HOME"] = str(machine.home / "cache")

    done = machine.run("list")

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "XDG_CACHE_HOME" in done.stderr


@pytest.mark.parametrize("manager", sorted(tools.MANAGERS))
def test_launcher_and_doctor_know_the_same_packages(manager: str) -> None:
    names = [tool.name for tool in tools.TOOLS if tool.needed]
    setup = (ROOT / "grader/setup.sh").read_text(encoding="utf-8")
    function = re.search(r"^package\(\) \{.*?^\}$", setup, re.MULTILINE | re.DOTALL)
    assert function is not None

    script = f'{function[0]}\nmanager={manager}\nfor name in {" ".join(names)}; do echo "$name $(package $name)"; done'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == [f"{name} {tools.package(manager, name)}" for name in names]


def test_both_shell_files_are_clean() -> None:
    if shutil.which("shellcheck") is None:
        pytest.skip("no shellcheck here")
    done = subprocess.run(
        ["shellcheck", "-x", "lab", "grader/setup.sh"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == ""
