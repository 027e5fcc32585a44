# What the course costs its users: the first start, and the proof of all answers.
#
# Everything happens in a fresh clone in a temporary folder. Nobody's answers are touched, and what
# is measured is what another machine would get: the last commit.
from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab import course, process
from lab.course import Exercise
from lab.errors import LabError, LabFault

FIRST_GOAL, AUDIT_GOAL = 30.0, 180.0  # seconds
LEFT_OUT = (".lab", "build", ".git", "node_modules", "__pycache__")
LIMITS = process.Limits(cpu_seconds=7200, wall_seconds=7200, keep_bytes=1 << 20)


@dataclass(frozen=True)
class Figure:
    """One number, in seconds, with its goal if it has one. `samples` 1 is one try."""

    what: str
    seconds: float
    goal: float | None = None
    samples: int = 1

    @property
    def met(self) -> bool | None:
        return None if self.goal is None else self.seconds <= self.goal


@dataclass(frozen=True)
class Copy:
    """The course in a folder of its own."""

    root: Path
    commit: str

    @property
    def lab(self) -> str:
        return str(self.root / "lab")

    @property
    def environment(self) -> dict[str, str]:
        """Ours without what would lead the copy back to our own course, or colour its words."""
        dropped = ("LAB_ROOT", "PYTHONPATH", "PYTHONPYCACHEPREFIX")
        kept = {k: v for k, v in os.environ.items() if k not in dropped}
        return kept | {"NO_COLOR": "1"}

    def run(self, *words: str, accept: Collection[int] = (0,)) -> float:
        """Runs `./lab WORDS`. Returns: the seconds it took."""
        begun = time.monotonic()
        run([self.lab, *words], cwd=self.root, env=self.environment, accept=accept)
        return time.monotonic() - begun


@contextlib.contextmanager
def copied(root: Path) -> Iterator[Copy]:
    """The last commit of the course at `root`; its files as they are, where there is no git."""
    with tempfile.TemporaryDirectory(prefix="lab-bench-") as name:
        target = Path(name).resolve() / "course"
        git = shutil.which("git")
        if git and (root / ".git").exists():
            run([git, "clone", "--quiet", str(root), str(target)])
            commit = run([git, "-C", str(target), "log", "-1", "--format=%h %s"]).strip()
        else:
            shutil.copytree(root, target, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
            commit = "the files as they are"
        yield Copy(target, commit)


def run(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    accept: Collection[int] = (0,),
) -> str:
    """What a program printed. Throws: LabFault with its last line when it fails."""
    try:
        done = process.run(command, LIMITS, cwd=cwd, env=env)
    except OSError as error:
        raise LabFault(f"cannot start {command[0]}: {error.strerror}") from error
    if done.status not in accept:
        said = (done.errors.strip() or done.output.strip() or "no output").splitlines()[-1]
        raise LabFault(f"{' '.join(command[:3])} failed: {said}")
    return done.output


def exercises(copy: Copy, lesson: str = "01") -> list[Exercise]:
    """Those of one lesson. Throws: LabError in an edition without solutions."""
    found = course.load(copy.root).find_all([lesson])
    for ex in found:
        if not ex.solution.is_file():
            raise LabError(f"there is no solution to save: {ex.key} has none in this edition")
    return found


def first_start(copy: Copy, first: Exercise) -> list[Figure]:
    """`./lab` on a fresh clone, on a machine that has the packages; and until the first verdict,
    which is when runtime, harness and checker are built."""
    started = copy.run()
    shutil.copyfile(first.solution, first.stub)
    judged = started + copy.run("check", first.number)
    return [
        Figure("first ./lab on a fresh clone", started, FIRST_GOAL),
        Figure("fresh clone to first verdict", judged),
    ]


def audits(copy: Copy) -> list[Figure]:
    """The proof of all answers with nothing remembered, then once more."""
    shutil.rmtree(copy.root / ".lab/proofs", ignore_errors=True)
    accept = (0, 1)  # a complaint costs as much as a proof
    return [
        Figure("./lab audit, nothing remembered", copy.run("audit", accept=accept), AUDIT_GOAL),
        Figure("./lab audit, again", copy.run("audit", accept=accept)),
    ]
