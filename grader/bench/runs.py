# What kills.py and class_run.py share: a class, a real ./lab grade, and what lies in its folder.
from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import made_class

from lab import course
from lab.places import course_root

SEED = 7  # of the fresh cases, so that two runs can be compared


@dataclass(frozen=True)
class Place:
    """A folder with a class in it; programs put their temporary files into `scratch`."""

    folder: Path

    @property
    def handed_in(self) -> Path:
        return self.folder / "in"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def scratch(self) -> Path:
        return self.folder / "tmp"

    def left_behind(self) -> list[str]:
        """What is in `scratch`; the locks of a cluster's workers stay for the next ones."""
        names = sorted(path.name for path in self.scratch.iterdir())
        return [name for name in names if not name.startswith("lab-workers-")]


@contextmanager
def made_place(students: int, exercise: str) -> Iterator[Place]:
    """A new class in a temporary folder that the sandbox's users may enter."""
    with tempfile.TemporaryDirectory(prefix="lab-bench-") as name:
        place = Place(Path(name))
        place.folder.chmod(0o755)
        place.scratch.mkdir()
        ex = course.load(course_root()).find_one(exercise)
        made_class.make(place.handed_in, ex, students)
        yield place


@dataclass(frozen=True)
class Way:
    """How a class is graded: more words, other variables (None takes one away), another umask."""

    name: str
    words: Sequence[str] = ()
    variables: Mapping[str, str | None] = field(default_factory=dict)
    umask: int = 0o022


def start(place: Place, out: Path, only: str, way: Way) -> subprocess.Popen[bytes]:
    """Begins to grade the class, or goes on with it. The program's id is the grader's own."""
    told = [str(course_root() / "lab"), "grade", str(place.handed_in), f"--out={out}", "--resume"]
    told += [f"--seed={SEED}", f"--only={only}", "--format=all", "--json", *way.words]
    changed: dict[str, str | None] = {**os.environ, "TMPDIR": str(place.scratch)}
    changed.update(way.variables)
    env = {name: value for name, value in changed.items() if value is not None}
    with open(place.folder / "said.txt", "wb") as said:
        return subprocess.Popen(
            told, stdout=said, stderr=subprocess.STDOUT, env=env, umask=way.umask
        )


def said(place: Place) -> str:
    """What the last run printed."""
    return (place.folder / "said.txt").read_text(errors="replace").strip()


def report_files(out: Path) -> dict[str, bytes]:
    """Everything that has to be the same: the reports and the stored results."""
    found = [path for name in ("reports", "results") for path in (out / name).rglob("*")]
    return {str(path.relative_to(out)): path.read_bytes() for path in found if path.is_file()}


def difference(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> str:
    """The first names that are not equal in both, or nothing."""
    names = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
