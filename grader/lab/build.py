# Builds what an answer needs, once: runtime, harness and checkers, by CMake into .lab/build.
from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab import process
from lab.errors import LabError, LabFault
from lab.places import Places, writable
from lab.state import locked, write_atomically

SOURCES = (
    "lessons",
    "runtime",
    "grader/harness",
    "grader/judge",
    "grader/sandbox",
    "grader/checks",
    "cmake",
)
TOP_FILES = ("CMakeLists.txt", "CMakePresets.json")
IGNORED = ("wrong", "right", "tests", "bench", "elsewhere", "__pycache__")
SUFFIXES = (".hpp", ".cpp", ".h", ".in", ".cmake", ".txt", ".json")


@dataclass(frozen=True)
class Profile:
    """How answers of one kind are compiled and linked, and the files that this depends on."""

    compile: tuple[str, ...]
    link: tuple[str, ...]
    inputs: tuple[Path, ...]


@dataclass(frozen=True)
class Toolbox:
    """What lab.json says: compiler, harness's unit, folders of checkers and parts, profiles."""

    cxx: str
    unit: Path
    bin: Path
    parts: Path
    profiles: dict[str, Profile]

    def profile(self, name: str) -> Profile:
        if name not in self.profiles:
            raise LabFault(f"the build has no profile '{name}': remove .lab/build and try again")
        return self.profiles[name]


def prepare(places: Places, targets: Sequence[str], *, quiet: bool = False) -> Toolbox:
    """Makes sure that `targets` are built and newer than their sources.

    Complexity: one stat per source file when nothing changed; no process is started.
    Throws: LabError without compiler or CMake; LabFault when the course's own code does not build.
    """
    wanted = ["lab-core", *targets]
    if not is_fresh(places, wanted):
        refuse_unwritable(places)
        note = "lab: another ./lab is building; waiting for it"
        with locked(places.state / "build.lock", "" if quiet else note):
            if not is_fresh(places, wanted):
                build(places, wanted, quiet)
    return read_toolbox(places)


def is_fresh(places: Places, targets: Sequence[str]) -> bool:
    """Whether a build with exactly these sources has finished for every target."""
    try:
        stamp = json.loads((places.build / "lab-stamp.json").read_text())
        return (
            (places.build / "lab.json").is_file()
            and stamp["sources"] == source_stamp(places.root)
            and stamp["root"] == str(places.root)
            and set(targets) <= set(stamp["targets"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def source_stamp(root: Path) -> str:
    """Newest change and number of the sources: cheap, and different after every edit."""
    newest, count = 0, 0
    for status in source_files(root):
        newest = max(newest, status.st_mtime_ns)
        count += 1
    return f"{newest}-{count}"


def source_files(root: Path) -> Iterator[os.stat_result]:
    for name in TOP_FILES:
        if (root / name).is_file():
            yield (root / name).stat()
    folders = [str(root / name) for name in SOURCES if (root / name).is_dir()]
    while folders:
        for entry in os.scandir(folders.pop()):
            if entry.is_dir():
                if entry.name not in IGNORED:
                    folders.append(entry.path)
            elif entry.name.endswith(SUFFIXES):
                yield entry.stat()


def refuse_unwritable(places: Places) -> None:
    for folder in (places.state, places.build):
        if folder.exists() and not writable(folder):
            raise LabError(f"cannot write to {folder}: make it yours (chown), or remove it")


def build(places: Places, targets: Sequence[str], quiet: bool) -> None:
    """Configures if need be, and builds. Ctrl-C stops at once; the next call goes on from there."""
    cmake = require_tools()
    forget_moved(places)
    stamp = source_stamp(places.root)
    known = built_targets(places, stamp)
    progress = Progress(quiet, what_is_built(set(targets) - known))
    if not (places.build / "lab.json").is_file() or not (places.build / "build.ninja").is_file():
        step(places, progress, [cmake, "--preset", "lab", "-B", str(places.build)], "configure")
    command = [cmake, "--build", str(places.build), "--target", *sorted(set(targets))]
    step(places, progress, command, "build")
    progress.done()
    content = {
        "root": str(places.root),
        "sources": stamp,
        "targets": sorted(known | set(targets)),
    }
    write_atomically(places.build / "lab-stamp.json", json.dumps(content).encode())


def forget_moved(places: Places) -> None:
    """Drops a build whose course was moved or copied here: its paths lead to the old place."""
    if was_made_elsewhere(places.build, places.root):
        shutil.rmtree(places.build, ignore_errors=True)
        shutil.rmtree(places.cache, ignore_errors=True)


def was_made_elsewhere(made: Path, source: Path) -> bool:
    """Whether the CMake build in `made` was configured for another source than `source`."""
    try:
        text = (made / "CMakeCache.txt").read_text()
    except (OSError, ValueError):
        return False
    home = re.search(r"^CMAKE_HOME_DIRECTORY:\w+=(.*)$", text, re.MULTILINE)
    return home is not None and Path(home[1]) != source


def built_targets(places: Places, stamp: str) -> set[str]:
    try:
        old = json.loads((places.build / "lab-stamp.json").read_text())
        return set(old["targets"]) if old["sources"] == stamp else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def require_tools() -> str:
    """The path of cmake. Throws LabError when cmake, a builder or a compiler is missing."""
    cmake = shutil.which("cmake")
    if cmake is None:
        raise LabError("cmake is missing: ./lab doctor says how to install it")
    if shutil.which("ninja") is None and shutil.which("ninja-build") is None:
        raise LabError("ninja is missing: ./lab doctor says how to install it")
    named = os.environ.get("CXX")
    if not any(shutil.which(name) for name in ([named] if named else ["c++", "g++", "clang++"])):
        raise LabError("no C++ compiler found: ./lab doctor says how to install one")
    return cmake


def step(places: Places, progress: Progress, command: list[str], name: str) -> None:
    """Runs one cmake command; its output goes to .lab/build.log and, on failure, into one line."""
    limits = process.Limits(cpu_seconds=3600, wall_seconds=3600, keep_bytes=1 << 20)
    env = process.plain_environment()
    done = process.run(
        command, limits, cwd=places.root, env=env, join_streams=True, on_output=progress.show
    )
    log = places.state / "build.log"
    write_atomically(log, done.output.encode())
    if done.status != 0:
        progress.done()
        raise LabFault(f"the course itself does not {name} ({first_error(done.output)}): see {log}")


def first_error(output: str) -> str:
    """The first line that says what went wrong, shortened."""
    lines = [line.strip() for line in output.splitlines()]
    for index, line in enumerate(lines):
        if line.startswith("CMake Error"):  # what it is about stands in the lines below
            return " ".join([line, *lines[index + 1 : index + 4]])[:200]
    said = [line for line in lines if re.search(r"\berror:", line)]
    failed = [line for line in lines if line.startswith("FAILED")]
    return (said or failed or lines or ["no output"])[0][:160]


def what_is_built(missing: set[str]) -> str:
    """Words for the targets that are to be built."""
    if "lab-core" in missing:
        return "the runtime, once"
    checker = re.compile(r"check-(\d\d)-\D.*?-(\d\d)-.*")
    found = (checker.fullmatch(target) for target in sorted(missing))
    numbers = [f"{match[1]}-{int(match[2])}" for match in found if match]
    if numbers:
        return f"the checker{'s' if len(numbers) > 1 else ''} of {', '.join(numbers)}"
    if "lab-core-sanitize" in missing:
        return "the runtime with the sanitizers, once"
    return "the demo" if any(t.startswith("demo.") for t in missing) else "one more part"


class Progress:
    """One line on standard error that grows: `lab: building the checker of 01-4: 12 of 57`."""

    def __init__(self, quiet: bool, what: str) -> None:
        self.what = what
        self.live = not quiet and sys.stderr.isatty()
        self.begun = time.monotonic()
        self.said = quiet
        self.shown = False

    def show(self, chunk: str) -> None:
        """Called with each piece of cmake's output."""
        if not self.said and not self.live:
            self.said = True
            print(f"lab: building {self.what}", file=sys.stderr, flush=True)
        counts = re.findall(r"\[(\d+)/(\d+)\]", chunk)
        if self.live and counts and time.monotonic() - self.begun > 0.5:
            at, of = counts[-1]
            self.shown = True
            print(
                f"\rlab: building {self.what}: {at} of {of} ",
                end="",
                file=sys.stderr,
                flush=True,
            )

    def done(self) -> None:
        if self.shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def read_toolbox(places: Places) -> Toolbox:
    """Reads lab.json. Throws LabFault when it is not as agreed."""
    source = places.build / "lab.json"
    try:
        data = json.loads(source.read_text(encoding="utf-8"))
        return Toolbox(
            cxx=str(data["cxx"]),
            unit=Path(data["unit"]),
            bin=Path(data["bin"]),
            parts=Path(data["parts"]),
            profiles={name: read_profile(one) for name, one in data["profiles"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LabFault(f"{source} cannot be used ({error}): remove {places.build}") from error


def read_profile(data: dict[str, Any]) -> Profile:
    return Profile(
        compile=tuple(str(a) for a in data["compile"]),
        link=tuple(str(a) for a in data["link"]),
        inputs=tuple(Path(p) for p in data.get("inputs", [])),
    )
