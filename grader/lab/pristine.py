# The stubs as they came, and every version that `reset` and `undo` have put aside.
from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from lab.course import Course, Exercise
from lab.errors import LabError
from lab.places import Places
from lab.state import write_atomically

UNPACKING_SECONDS = 120


def save_stubs(places: Places, course: Course) -> None:
    """Keeps a copy of every stub that has none yet: from git where it can, else as it lies here.

    Effects: nothing when all are kept, so that each start may call it.
    """
    for ex in course.exercises:
        kept = stub_of(places, ex)
        if kept.exists():
            continue
        content = from_git(ex)
        if content is None and looks_untouched(ex):
            content = ex.stub.read_bytes()
        if content is not None:
            write_atomically(kept, content)


def looks_untouched(ex: Exercise) -> bool:
    """Whether the file may be taken for the stub where git cannot tell, as in an unpacked archive.

    A stub asks numbered questions, and is no younger than what came with it. Taking an edited file
    for the stub would call that answer not attempted forever.
    """
    try:
        came = max(ex.driver.stat().st_mtime, (ex.root / "lessons/RULES.md").stat().st_mtime)
        young = ex.stub.stat().st_mtime > came + UNPACKING_SECONDS
        return b"TODO(" in ex.stub.read_bytes() and not young
    except OSError:
        return False


def stub_of(places: Places, ex: Exercise) -> Path:
    return places.pristine / f"{ex.key}.cpp"


def course_stub(places: Places, ex: Exercise) -> str:
    """The stub as the course has it now, for whoever compares others' answers with it: the kept
    copy may be of an older course."""
    newest = from_git(ex)
    if newest is None or b"TODO(" not in newest:
        kept = stub_of(places, ex)
        newest = kept.read_bytes() if kept.is_file() else b""
    return newest.decode("utf-8", "replace")


def from_git(ex: Exercise) -> bytes | None:
    """The stub in the checkout's newest commit, or None without git or outside a clone."""
    if not (ex.root / ".git").exists():
        return None
    where = f"HEAD:./{ex.stub.relative_to(ex.root).as_posix()}"
    try:
        shown = subprocess.run(
            ["git", "show", where], cwd=ex.root, capture_output=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return shown.stdout if shown.returncode == 0 else None


def edited(places: Places, course: Course) -> list[Exercise]:
    """The exercises whose files are not the stubs that git, or else the first start, knows."""
    found = []
    for ex in course.exercises:
        kept = stub_of(places, ex)
        came = from_git(ex) or (kept.read_bytes() if kept.is_file() else None)
        if came is not None and ex.stub.is_file() and ex.stub.read_bytes() != came:
            found.append(ex)
    return found


@dataclass(frozen=True)
class Restored:
    """What `reset` or `undo` did: where the version that stood there is kept now."""

    file: Path
    kept_as: Path | None


def reset(places: Places, ex: Exercise) -> Restored:
    """Puts the stub back. The present file is kept first, unless it is the stub."""
    kept = stub_of(places, ex)
    if not kept.exists():
        raise LabError(f"{ex.key} was edited before the first ./lab: no copy of its stub was kept")
    content = kept.read_bytes()
    _, newer = around_present(places, ex)
    if newer:  # an old version again: it is the newest now, so that undo brings back this one
        renew(places, ex)
    return replace_by(places, ex, content)


def renew(places: Places, ex: Exercise) -> None:
    """Puts the kept copy of the present content behind all other versions."""
    for version in backups(places, ex):
        if same_content(version, ex.stub):
            version.rename(next_version(places, ex))
            return


def undo(places: Places, ex: Exercise) -> Restored:
    """Brings back the version before the present one; called again, the one before that."""
    older, _ = around_present(places, ex)
    if not older:
        raise LabError(f"{ex.key} has no earlier version: only reset and undo put one aside")
    return replace_by(places, ex, older[-1].read_bytes())


def redo(places: Places, ex: Exercise) -> Restored:
    """Brings back the version that undo took away; after the last, the stub if reset put it."""
    older, newer = around_present(places, ex)
    if newer:
        return replace_by(places, ex, newer[0].read_bytes())
    stub = stub_of(places, ex)
    untouched = not ex.stub.is_file() or stub.is_file() and same_content(ex.stub, stub)
    if len(older) == len(backups(places, ex)) or untouched or not stub.is_file():
        raise LabError(f"{ex.key} has no later version: only undo leaves one behind")
    return replace_by(places, ex, stub.read_bytes())


def around_present(places: Places, ex: Exercise) -> tuple[list[Path], list[Path]]:
    """The versions before the present content and those after it; one that is new is the last."""
    versions = backups(places, ex)
    present = ex.stub.read_bytes() if ex.stub.is_file() else b""
    for index in range(len(versions) - 1, -1, -1):
        if versions[index].read_bytes() == present:
            return versions[:index], versions[index + 1 :]
    return versions, []


def same_content(left: Path, right: Path) -> bool:
    return left.read_bytes() == right.read_bytes()


def replace_by(places: Places, ex: Exercise, content: bytes) -> Restored:
    aside = back_up(places, ex)
    write_in_place(ex.stub, content)
    return Restored(ex.stub, aside)


def back_up(places: Places, ex: Exercise) -> Path | None:
    """Keeps the present file as a new version, unless it is the stub or is kept already."""
    if not ex.stub.is_file():
        return None
    content = ex.stub.read_bytes()
    same = [v for v in [*backups(places, ex), stub_of(places, ex)] if v.exists()]
    for version in same:
        if version.read_bytes() == content:
            return None if version == stub_of(places, ex) else version
    version = next_version(places, ex)
    write_atomically(version, content, durable=True)
    return version


def next_version(places: Places, ex: Exercise) -> Path:
    """A name that sorts behind all other versions."""
    last = max((int(v.name[:4]) for v in backups(places, ex)), default=0)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    return places.backup / ex.key / f"{last + 1:04}-{stamp}.cpp"


def backups(places: Places, ex: Exercise) -> list[Path]:
    """All versions put aside, oldest first."""
    return sorted((places.backup / ex.key).glob("[0-9]*.cpp"))


def write_in_place(path: Path, content: bytes) -> None:
    """Like write_atomically; a file that is a link keeps being one."""
    write_atomically(path.resolve(), content, durable=True)
