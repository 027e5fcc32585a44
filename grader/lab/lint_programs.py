# The checks that other programs do: clang-format, clang-tidy, black, mypy, shellcheck.
from __future__ import annotations

import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from lab import process
from lab.lint_files import Complaint, files
from lab.places import Places
from lab.tools import find_manager, mend

CLANG_FORMAT, CLANG_TIDY = "clang-format-19", "clang-tidy-19"
LIMITS = process.Limits(cpu_seconds=900, wall_seconds=900, keep_bytes=8 << 20)
SAID = re.compile(r"^(?P<path>[^:\n]+):(?P<line>\d+):(?:\d+:)? (?:error|warning): (?P<text>.*)$")
TIDY_FOLDERS = (
    "runtime/src/",
    "grader/judge/src/",
    "grader/harness/src/",
    "grader/sandbox/src/",
)
SHELL = ("lab", "grader/setup.sh", ".ci/run")


@dataclass(frozen=True)
class Outcome:
    """What a program found; `skipped` says why it could not be asked."""

    complaints: tuple[Complaint, ...] = ()
    skipped: str = ""


def absent(name: str) -> Outcome:
    """A missing program is a note at a desk, and a failure in CI, where nobody reads notes."""
    said = f"{name} is not here, so its check was left out; {mend(find_manager(), [name])}"
    if os.environ.get("CI") == "true":
        return Outcome((Complaint("lint", 1, name, said),))
    return Outcome(skipped=said)


def has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def run(root: Path, command: Sequence[str | Path]) -> process.Finished:
    env = process.plain_environment() | {"MYPYPATH": str(root / "grader")}
    return process.run(command, LIMITS, cwd=root, env=env, join_streams=True)


def parse(root: Path, output: str, check: str) -> Iterator[Complaint]:
    """The lines `path:line: error: text` of a program, once each."""
    seen = set()
    for line in output.splitlines():
        match = SAID.match(line)
        if match is None:
            continue
        path = Path(os.path.normpath(root / match["path"]))
        if not path.is_relative_to(root):
            continue  # the system's own headers
        name = path.relative_to(root).as_posix()
        complaint = Complaint(name, int(match["line"]), check, match["text"])
        if complaint not in seen:
            seen.add(complaint)
            yield complaint


def failed(done: process.Finished, complaints: list[Complaint], check: str) -> Outcome:
    """A program that fails without saying where has failed all the same."""
    if done.status != 0 and not complaints:
        last = (done.output.strip().splitlines() or [f"status {done.status}"])[-1]
        complaints.append(Complaint("lint", 1, check, f"failed: {last[:200]}"))
    return Outcome(tuple(complaints))


def clang_format(root: Path, fix: bool = False) -> Outcome:
    """One complaint for each file that clang-format would change."""
    if shutil.which(CLANG_FORMAT) is None:
        return absent(CLANG_FORMAT)
    sources = [str(path) for path in files(root, ".cpp", ".hpp")]
    if not sources:
        return Outcome()
    if fix:
        return failed(run(root, [CLANG_FORMAT, "-i", *sources]), [], CLANG_FORMAT)
    done = run(root, [CLANG_FORMAT, "--dry-run", "-Werror", *sources])
    by_file: dict[str, Complaint] = {}
    for complaint in parse(root, done.output, CLANG_FORMAT):
        text = "not formatted: ./lab lint --fix does it"
        told = Complaint(complaint.path, complaint.line, CLANG_FORMAT, text)
        by_file.setdefault(complaint.path, told)
    return failed(done, list(by_file.values()), CLANG_FORMAT)


def clang_tidy(root: Path, places: Places, jobs: int = 2) -> Outcome:
    """Slow: some seconds a file. Needs the build's compile_commands.json."""
    if shutil.which(CLANG_TIDY) is None:
        return absent(CLANG_TIDY)
    if not (places.build / "compile_commands.json").is_file():
        return Outcome(skipped="clang-tidy was left out: nothing is configured yet (./lab test)")
    sources = [
        p for p in files(root, ".cpp") if p.relative_to(root).as_posix().startswith(TIDY_FOLDERS)
    ]

    def one(path: Path) -> process.Finished:
        command = [CLANG_TIDY, "-p", str(places.build), "--quiet", str(path)]
        return run(root, command)

    found: dict[Complaint, None] = {}
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        for done in pool.map(one, sources):
            complaints = list(parse(root, done.output, CLANG_TIDY))
            found |= dict.fromkeys(failed(done, complaints, CLANG_TIDY).complaints)
    return Outcome(tuple(found))


def black(root: Path, fix: bool = False) -> Outcome:
    if not has_module("black"):
        return absent("black")
    mode = [] if fix else ["--check"]
    done = run(root, [sys.executable, "-m", "black", *mode, "--quiet", str(root / "grader")])
    if done.status == 0:
        return Outcome()
    named = run(root, [sys.executable, "-m", "black", "--check", str(root / "grader")])
    wrong = re.findall(r"^would reformat (.*)$", named.output, re.MULTILINE)
    text = "not formatted: ./lab lint --fix does it"
    complaints = [Complaint(str(Path(w).relative_to(root)), 1, "black", text) for w in wrong]
    return failed(done, complaints, "black")


def mypy(root: Path, places: Places) -> Outcome:
    if not has_module("mypy"):
        return absent("mypy")
    cache = f"--cache-dir={places.state / 'mypy'}"
    done = run(
        root, [sys.executable, "-m", "mypy", "--strict", cache, str(root / "grader" / "lab")]
    )
    return failed(done, list(parse(root, done.output, "mypy")), "mypy")


def shellcheck(root: Path) -> Outcome:
    if shutil.which("shellcheck") is None:
        return absent("shellcheck")
    scripts = [name for name in SHELL if (root / name).is_file()]
    if not scripts:
        return Outcome()
    done = run(root, ["shellcheck", "-x", "--format=gcc", *scripts])
    said = re.sub(r": note: ", ": warning: ", done.output)
    return failed(done, list(parse(root, said, "shellcheck")), "shellcheck")
