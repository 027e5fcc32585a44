# What every file of the course must be: short, introduced by its first line, free of leftovers.
from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("runtime", "grader", "lessons", "exercises", "solutions", "docs", "cmake", "conformance")
SKIPPED = ("__pycache__", ".pytest_cache", ".mypy_cache", ".hypothesis", "node_modules")
CODE = (".cpp", ".hpp", ".py", ".js", ".cmake", ".sh")
NO_COLUMNS = (".cmake", ".js")
COMMENT = {".cpp": "//", ".hpp": "//", ".js": "//", ".py": "#", ".cmake": "#", ".sh": "#"}
MOST_LINES = 450
MOST_FUNCTION_LINES = 60
MOST_COLUMNS = 100
MOST_CORE_LINES = 5450  # the runtime's floors 0 to 6, lines of code and comments
MOST_RUNTIME_LINES = 11000  # all of it
LONG_FUNCTIONS = ("runtime/tests/conformance/generate.py",)  # one branch for each step it can draw
# The hook of the authors looks for the same word; these places talk about it instead of leaving it.
MAY_SAY_TODO = ("exercises/", "docs/", "grader/lab/", "grader/tests/")


@dataclass(frozen=True, order=True)
class Complaint:
    """One thing to mend: where, which check found it, and what is wrong, in one line."""

    path: str
    line: int
    check: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} [{self.check}]"


def files(root: Path, *suffixes: str, under: tuple[str, ...] = FOLDERS) -> Iterator[Path]:
    """The course's own files below `under`, sorted; with `suffixes`, those that end so."""
    for folder in under:
        for parent, folders, names in os.walk(root / folder):
            folders[:] = sorted(f for f in folders if f not in SKIPPED)
            for name in sorted(names):
                if not suffixes or name.endswith(suffixes):
                    yield Path(parent, name)


def shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def check_files(root: Path) -> Iterator[Complaint]:
    """Sizes, first lines, columns, leftovers, and the ends of lines."""
    for path in files(root, *CODE):
        name, text = shown(root, path), read(path)
        lines = text.splitlines()
        if len(lines) > MOST_LINES and "/tests/" not in name:
            yield Complaint(name, 1, "size", f"{len(lines)} lines; {MOST_LINES} is the most")
        yield from check_first_line(name, path.suffix, lines)
        yield from check_lines(name, text, lines)
        if path.suffix == ".py" and name not in LONG_FUNCTIONS:
            yield from check_functions(name, text)
    yield from check_runtime_size(root)


def check_runtime_size(root: Path) -> Iterator[Complaint]:
    """The runtime is read in two evenings: its core, and all of it, have a most of lines."""
    core = whole = 0
    for path in files(root, ".cpp", ".hpp", under=("runtime/include", "runtime/src")):
        text = read(path)
        lines = sum(1 for line in text.splitlines() if line.strip())
        whole += lines
        core += lines if is_core(root, path, text) else 0
    for what, lines, most in (
        ("floors 0 to 6", core, MOST_CORE_LINES),
        ("all floors", whole, MOST_RUNTIME_LINES),
    ):
        if lines > most:
            message = f"{what}: {lines} lines of code and comments; {most} is the most"
            yield Complaint("runtime", 1, "size", message)


def is_core(root: Path, path: Path, text: str) -> bool:
    """A header names its floor; a source stands where the header that it includes first stands."""
    header = re.search(r'^#include "(aio/[^"]+)"', text, re.MULTILINE)
    if (
        path.suffix == ".cpp"
        and header
        and (first := root / "runtime/include" / header[1]).is_file()
    ):
        text = read(first)
    floor = re.search(r"^// Floor (\d)\.", text, re.MULTILINE)
    return floor is not None and int(floor[1]) <= 6


def check_first_line(name: str, suffix: str, lines: list[str]) -> Iterator[Complaint]:
    """A file says in its first line what it is for; scripts say it after `#!`."""
    first = next((line for line in lines if not line.startswith("#!")), "")
    if not first.startswith(COMMENT[suffix]) or first.startswith("#include"):
        yield Complaint(name, 1, "first-line", "the first line must say what the file is for")


def check_lines(name: str, text: str, lines: list[str]) -> Iterator[Complaint]:
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_COLUMNS and "/tests/" not in name and not name.endswith(NO_COLUMNS):
            message = f"{len(line)} columns; {MOST_COLUMNS} is the most"
            yield Complaint(name, number, "columns", message)
        if line != line.rstrip() or "\t" in line:
            yield Complaint(name, number, "blanks", "a tab, or blanks at the end of the line")
        if re.search(r"\bTODO\b", line) and not name.startswith(MAY_SAY_TODO):
            yield Complaint(name, number, "todo", "only stubs say so: write it, or file it")
    if text and not text.endswith("\n"):
        yield Complaint(name, len(lines), "blanks", "no line end after the last line")


def check_functions(name: str, text: str) -> Iterator[Complaint]:
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        yield Complaint(name, error.lineno or 1, "syntax", str(error.msg))
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > MOST_FUNCTION_LINES:
                message = f"{node.name} has {size} lines; {MOST_FUNCTION_LINES} is the most"
                yield Complaint(name, node.lineno, "size", message)
