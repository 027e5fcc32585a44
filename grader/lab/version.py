# Which course this is: a name, and a digest over everything that decides a verdict.
from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from lab import course
from lab.course import Course

COURSE = "event-loop-lab"
SOURCES = (".cpp", ".hpp", ".cmake")
HEX_DIGITS = 16
UNCOUNTED = ("wrong", "right", "tests", "bench")  # proofs of the course; no verdict


def course_version(root: Path) -> str:
    """A digest over checks, harness, judge, runtime, flags, hints and lesson.toml files.

    Line ends do not count. Stubs, solutions, known wrong answers and pages decide no verdict and
    are left out: a student's edits change nothing.
    Complexity: reads some hundred small files, about 20 ms.
    """
    total = hashlib.sha256()
    for name, path in sorted(versioned_files(course.load(root))):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()[:HEX_DIGITS]


def versioned_files(loaded: Course) -> Iterator[tuple[str, Path]]:
    """Names, the same on every machine, and where each content lies."""
    for lesson in loaded.lessons:
        yield f"lessons/{lesson.name}/lesson.toml", lesson.page.with_name("lesson.toml")
    yield "grader/lab/messages.toml", loaded.root / "grader" / "lab" / "messages.toml"
    for folder in ("cmake", "grader/checks", "grader/harness", "grader/judge", "runtime"):
        for path in (loaded.root / folder).rglob("*"):
            parts = path.relative_to(loaded.root).parts
            if path.suffix in SOURCES and path.is_file() and not set(parts) & set(UNCOUNTED):
                yield "/".join(parts), path
