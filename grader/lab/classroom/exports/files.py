# The course's own files, as they came, and archives of them that are the same bytes each time.
from __future__ import annotations

import gzip
import io
import os
import stat
import subprocess
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.course import Course
from lab.errors import LabError
from lab.lint_files import SKIPPED
from lab.places import Places
from lab.pristine import from_git, stub_of
from lab.state import write_atomically

FOLDERS = ("cmake", "docs", "exercises", "grader", "lessons", "runtime", "solutions", "conformance")
TOP = (
    ".clang-format .gitattributes .gitignore CHANGELOG.md CMakeLists.txt CMakePresets.json LICENSE"
    " README.md lab"
).split()
SUFFIXES = (".tar.gz", ".tgz", ".zip")
EARLIEST = 315_532_800  # 1980, where a zip's time begins


@dataclass(frozen=True)
class Member:
    """A file of an archive; `program` says that it may be run."""

    content: bytes
    program: bool = False


@dataclass(frozen=True)
class CourseFiles:
    """The course by file name. `when` is the time of all of them, in seconds; `left_out` names
    what lies there but is not known to git, and so perhaps nobody else's business."""

    members: Mapping[str, Member]
    when: int
    left_out: tuple[str, ...] = ()

    def only(self, wanted: Callable[[str], bool]) -> dict[str, Member]:
        return {name: one for name, one in self.members.items() if wanted(name)}


def course_files(places: Places, course: Course) -> CourseFiles:
    """Reads the course; each exercise is the stub, whatever has been typed into it.

    Throws: LabError where a stub was edited before a copy of it was kept.
    """
    root = places.root
    listed = git(root, "ls-files", "-z", "--cached")
    names = sorted(n for n in listed.split("\0") if is_ours(n)) if listed else sorted(walk(root))
    others = git(root, "ls-files", "-z", "--others", "--exclude-standard") if listed else ""
    members = {}
    for name in names:
        path = root / name
        if path.is_file() and not path.is_symlink():
            members[name] = Member(path.read_bytes(), bool(path.stat().st_mode & stat.S_IXUSR))
    touched = git(root, "diff", "-z", "--name-only", "--relative", "HEAD")
    for ex in course.exercises:
        name = ex.stub.relative_to(root).as_posix()
        if touched is not None and name in members and name not in touched.split("\0"):
            continue
        kept = stub_of(places, ex)
        stub = from_git(ex) or (kept.read_bytes() if kept.is_file() else None)
        if stub is None:
            raise LabError(f"{name} was edited before the first ./lab: no copy of its stub is kept")
        members[name] = Member(stub)
    left_out = tuple(sorted(n for n in (others or "").split("\0") if is_ours(n)))
    return CourseFiles(dict(sorted(members.items())), newest(root, members), left_out)


def is_ours(name: str) -> bool:
    return name in TOP or name.split("/")[0] in FOLDERS and "/" in name


def walk(root: Path) -> Iterator[str]:
    """Where git does not know, as in an unpacked archive: everything in the known places."""
    yield from (name for name in TOP if (root / name).is_file())
    for folder in FOLDERS:
        for parent, folders, names in os.walk(root / folder):
            folders[:] = [one for one in folders if one not in SKIPPED]
            yield from (Path(parent, name).relative_to(root).as_posix() for name in names)


def git(root: Path, *arguments: str) -> str | None:
    """What git says, or None without git or outside a clone."""
    if not (root / ".git").exists():
        return None
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None


def newest(root: Path, members: Mapping[str, Member]) -> int:
    """The time for all files: a later edition must be newer, or builds would not notice it.

    SOURCE_DATE_EPOCH, else the commit's time if nothing is changed, else that of the newest file.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    if told.isdigit():
        return even(int(told))
    if git(root, "status", "--porcelain", "--untracked-files=no") == "":
        return even(int(git(root, "log", "-1", "--format=%ct") or 0))
    return even(max(int((root / name).stat().st_mtime) for name in members))


def even(seconds: int) -> int:
    """A zip counts time in steps of two seconds."""
    return max(EARLIEST, seconds - seconds % 2)


def write_archive(path: Path, members: Mapping[str, Member], when: int) -> None:
    """Writes .tar.gz or .zip, by the name. Equal members give equal bytes on every machine.

    Throws: LabError for another name, or when the disk refuses.
    """
    if not path.name.endswith(SUFFIXES):
        raise LabError(f"{path} should end with .tar.gz or .zip: that says which one to make")
    pack = as_zip if path.name.endswith(".zip") else as_tar
    write_atomically(path, pack(dict(sorted(members.items())), when))


def write_folder(path: Path, members: Mapping[str, Member]) -> None:
    """Writes the files below `path`, programs as programs. Throws: LabError as the disk does."""
    for name, member in members.items():
        write_atomically(path / name, member.content)
        (path / name).chmod(mode_of(member))


def as_tar(members: Mapping[str, Member], when: int) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, member in members.items():
            about = tarfile.TarInfo(name)
            about.size, about.mtime, about.mode = len(member.content), when, mode_of(member)
            archive.addfile(about, io.BytesIO(member.content))
    return gzip.compress(packed.getvalue(), 9, mtime=0)


def as_zip(members: Mapping[str, Member], when: int) -> bytes:
    packed = io.BytesIO()
    date = time.gmtime(when)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, member in members.items():
            about = zipfile.ZipInfo(name, (date[0], date[1], date[2], date[3], date[4], date[5]))
            about.create_system = 3  # Unix, so that a program stays one
            about.external_attr = (stat.S_IFREG | mode_of(member)) << 16
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, member.content)
    return packed.getvalue()


def mode_of(member: Member) -> int:
    return 0o755 if member.program else 0o644


def under(folder: str, members: Mapping[str, Member]) -> dict[str, Member]:
    return {f"{folder}/{name}": member for name, member in members.items()}
