# What the course needs from a machine: each tool, how to find it, which version, which package.
from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

MANAGERS = {
    "apt-get": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "pacman": "pacman -Sy --needed --noconfirm",
    "brew": "brew install",
}

# The launcher (grader/setup.sh) knows the first rows too: it runs without Python. A test compares.
PACKAGES: dict[str, dict[str, str]] = {
    "compiler": {"apt-get": "g++", "dnf": "gcc-c++ libasan libubsan", "": "gcc"},
    "cmake": {"": "cmake"},
    "ninja": {"apt-get": "ninja-build", "dnf": "ninja-build", "": "ninja"},
    "doctest": {"apt-get": "doctest-dev", "dnf": "doctest-devel", "": "doctest"},
    "nlohmann-json": {"apt-get": "nlohmann-json3-dev", "dnf": "json-devel", "": "nlohmann-json"},
    "python": {"pacman": "python", "": "python3"},
    "jinja2": {"pacman": "python-jinja", "brew": "", "": "python3-jinja2"},
    "node": {"brew": "node", "": "nodejs"},
    "git": {"": "git"},
    "lld": {"": "lld"},
    "bubblewrap": {"": "bubblewrap"},
    "mold": {"": "mold"},
    "libuv": {"apt-get": "libuv1-dev", "dnf": "libuv-devel", "": "libuv"},
    "asio": {"apt-get": "libasio-dev", "dnf": "asio-devel", "": "asio"},
    "libev": {"apt-get": "libev-dev", "dnf": "libev-devel", "": "libev"},
    "libevent": {"apt-get": "libevent-dev", "dnf": "libevent-devel", "": "libevent"},
    "liburing": {"apt-get": "liburing-dev", "dnf": "liburing-devel", "": "liburing"},
    "clang-format-19": {"dnf": "clang-tools-extra", "pacman": "clang", "brew": "llvm@19"},
    "clang-tidy-19": {"dnf": "clang-tools-extra", "pacman": "clang", "brew": "llvm@19"},
    "clang++-19": {"apt-get": "clang-19", "dnf": "clang", "pacman": "clang", "brew": "llvm@19"},
    "black": {"pacman": "python-black", "": "black"},
    "mypy": {"dnf": "python3-mypy", "": "mypy"},
    "shellcheck": {"dnf": "ShellCheck", "": "shellcheck"},
}
HEADERS = {
    "doctest": "doctest/doctest.h",
    "nlohmann-json": "nlohmann/json.hpp",
    "libuv": "uv/version.h",
    "asio": "asio.hpp",
    "libev": "ev.h",
    "libevent": "event2/event.h",
    "liburing": "liburing.h",
}
INCLUDES = ("/usr", "/usr/local", "/opt/homebrew")
COMPILERS = ("c++", "g++", "clang++", "g++-14", "g++-13", "g++-12", "clang++-19", "clang++-18")


@dataclass(frozen=True)
class Found:
    """What there is of a tool: where, and which version; `least` is what this kind needs."""

    path: str = ""
    version: str = ""
    least: str = ""


@dataclass(frozen=True)
class Tool:
    """One thing that the course uses, and for what: check, test, class, authors, extra, bench."""

    name: str
    least: str
    use: str
    find: Callable[[str], Found]

    @property
    def needed(self) -> bool:
        """Whether the course cannot be done, or not be tested, without it."""
        return self.use in ("check", "test")


@dataclass(frozen=True)
class Finding:
    """A tool as this machine has it: `state` is ok, missing or too-old."""

    tool: Tool
    found: Found
    state: str
    mend: str

    @property
    def ok(self) -> bool:
        return self.state == "ok"


def package(manager: str, name: str) -> str:
    """The package that holds `name`; nothing where pip serves instead."""
    names = PACKAGES.get(name)
    if names is None:  # a Python module, or a tool that is its own package
        prefix = {"pacman": "python-", "brew": ""}.get(manager, "python3-")
        return "" if manager == "brew" else prefix + name
    return names.get(manager, names.get("", name))


def find_manager() -> str:
    return next((name for name in MANAGERS if shutil.which(name)), "")


def mend(manager: str, names: Sequence[str]) -> str:
    """The command that installs what is called `names`; a sentence where none is known."""
    packages = " ".join(p for name in names if (p := package(manager, name)))
    if manager and packages:
        sudo = "" if manager == "brew" or os.geteuid() == 0 else "sudo "
        return f"{sudo}{MANAGERS[manager]} {packages}"
    if manager:
        return f"{sys.executable} -m pip install {' '.join(names)}"
    return f"install {' and '.join(names)} by hand"


def version_of(command: Sequence[str]) -> str:
    """The first version number that the command prints."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    match = re.search(r"\d+(\.\d+)+|^\d+$", done.stdout, re.MULTILINE)
    return match[0] if match else ""


def find_program(name: str) -> Found:
    other = {"ninja": "ninja-build", "node": "nodejs", "bubblewrap": "bwrap"}.get(name, name)
    path = shutil.which(name) or shutil.which(other)
    return Found(path, version_of([path, "--version"])) if path else Found()


def find_compiler(name: str) -> Found:
    """The compiler that CMake takes, or the first other one that is new enough."""
    own = os.environ.get("CXX")
    found = [compiler(path) for c in ([own] if own else []) + list(COMPILERS) if (path := which(c))]
    good = [one for one in found if new_enough(one.version, one.least)]
    return (good or found or [Found()])[0]


def which(name: str) -> str:
    return shutil.which(name) or ""


def compiler(path: str) -> Found:
    try:
        told = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return Found(path)
    least = "15" if "Apple" in told else "16" if "clang" in told else "12"
    return Found(path, version_of([path, "-dumpversion"]), least)


def find_python(name: str) -> Found:
    return Found(sys.executable, ".".join(str(part) for part in sys.version_info[:3]))


def find_module(name: str) -> Found:
    try:
        spec = importlib.util.find_spec(name)
    except ImportError:
        spec = None
    if spec is None or spec.origin is None:
        return Found()
    try:
        return Found(spec.origin, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Found(spec.origin)


def find_header(name: str) -> Found:
    """A library that is a header: its version stands in macros such as …_VERSION_MAJOR."""
    header = HEADERS[name]
    for folder in (os.environ.get("CMAKE_PREFIX_PATH") or INCLUDES[0], *INCLUDES):
        path = Path(folder, "include", header)
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")[:200_000]
            macros = re.findall(r"define \w+_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", text)
            named = re.search(r"version (\d+\.\d+\.\d+)", text)
            return Found(str(path), ".".join(macros[:3]) or (named[1] if named else ""))
    return Found()


def new_enough(version: str, least: str) -> bool:
    """Whether `version` is at least `least`; a version that nobody tells is taken as good."""
    if not version or not least:
        return True
    numbers = [[int(n) for n in re.findall(r"\d+", text)] for text in (version, least)]
    return numbers[0] >= numbers[1]


TOOLS = (
    Tool("compiler", "12", "check", find_compiler),
    Tool("cmake", "3.25", "check", find_program),
    Tool("ninja", "1.10", "check", find_program),
    Tool("doctest", "2.4.9", "check", find_header),
    Tool("nlohmann-json", "3.10", "check", find_header),
    Tool("python", "3.11", "check", find_python),
    Tool("click", "8.1", "check", find_module),
    Tool("rich", "13", "check", find_module),
    Tool("watchdog", "2", "check", find_module),
    Tool("jinja2", "3", "check", find_module),
    Tool("pytest", "7", "test", find_module),
    Tool("hypothesis", "6", "test", find_module),
    Tool("jsonschema", "4.10", "test", find_module),
    Tool("bubblewrap", "0.8", "class", find_program),
    Tool("distributed", "2022.12", "class", find_module),
    Tool("node", "18", "extra", find_program),
    Tool("git", "2", "extra", find_program),
    Tool("mold", "1", "extra", find_program),
    *(
        Tool(n, "", "bench", find_header)
        for n in ("libuv", "asio", "libev", "libevent", "liburing")
    ),
    Tool("uvloop", "", "bench", find_module),
    Tool("clang++-19", "19", "authors", find_program),
    Tool("clang-format-19", "19", "authors", find_program),
    Tool("clang-tidy-19", "19", "authors", find_program),
    Tool("black", "23.1", "authors", find_module),
    Tool("mypy", "1.0", "authors", find_module),
    Tool("shellcheck", "0.8", "authors", find_program),
)


def survey(tools: Sequence[Tool] = TOOLS) -> list[Finding]:
    """Looks for every tool on this machine."""
    manager = find_manager()
    return [judge(tool, tool.find(tool.name), manager) for tool in tools]


def judge(tool: Tool, found: Found, manager: str) -> Finding:
    if not found.path:
        state = "missing"
    else:
        state = "ok" if new_enough(found.version, found.least or tool.least) else "too-old"
    return Finding(tool, found, state, "" if state == "ok" else mend(manager, [tool.name]))
