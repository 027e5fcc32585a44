# Two recipes as files: a container that grades, and a GitHub workflow that grades at each push.
from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lab.classroom.exports.files import CourseFiles, Member, git, under
from lab.classroom.exports.gradescope import names_of
from lab.classroom.exports.templates import fill
from lab.course import Exercise
from lab.errors import LabError

REPOSITORY = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")
REMOTE = re.compile(r"(?:git@|https://|ssh://git@)github\.com[:/]([^/\s]+/[^/\s]+?)(?:\.git)?/?\s*")


def container(files: CourseFiles, exercises: Sequence[Exercise], version: str) -> dict[str, Member]:
    """A Containerfile, and the course with its solutions: before each class the grader is tried on
    them. The image is the teacher's."""
    recipe = fill("Containerfile", names=names_of(exercises), version=version)
    course = files.only(lambda name: not name.startswith("grader/tests/"))
    return {**under("course", course), "Containerfile": Member(recipe.encode())}


def workflow(
    root: Path, exercises: Sequence[Exercise], repository: str, policy: Path | None = None
) -> str:
    """The text of grade.yml, with the course pinned to the commit that is checked out here.

    `policy` is a file of that commit: the workflow takes it from there, not from the students.
    Throws: LabError when it cannot be known which repository, or which commit, or when the commit
    has another policy or none.
    """
    remote = REMOTE.fullmatch(git(root, "remote", "get-url", "origin") or "")
    named = repository or (remote[1] if remote else "")
    if not REPOSITORY.fullmatch(named):
        raise LabError("which repository has the course? --repository OWNER/NAME says so")
    commit = (git(root, "rev-parse", "HEAD") or "").strip()
    if not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        raise LabError("the workflow pins the course to a commit: export it from a git clone")
    options = f" \\\n            --policy {committed(root, policy)}" if policy else ""
    options += "".join(f" \\\n            --only {ex.number}" for ex in exercises)
    return fill("grade.yml", repository=named, commit=commit, options=options)


def committed(root: Path, policy: Path) -> str:
    """Where the workflow finds the policy. Throws: LabError unless the commit has it as it is."""
    path, top = policy.resolve(), root.resolve()
    name = path.relative_to(top).as_posix() if path.is_relative_to(top) else ""
    if not re.fullmatch(r"[A-Za-z0-9_./-]+", name):
        raise LabError(f"{policy} must lie in the course, under a name without blanks")
    known = git(root, "ls-files", "--", name)
    if not known or git(root, "diff", "--name-only", "HEAD", "--", name):
        raise LabError(f"commit {policy} first: the workflow takes it from the course's commit")
    return f"course/{name}"
