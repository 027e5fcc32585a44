# From what lies in a folder to submissions: whose they are, which answers they hold, what is odd.
#
# Nothing is dropped in silence, and no submission can stop the others: one that cannot be read is a
# Submission that says why.
from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lab.classroom import manifest
from lab.classroom.answers import MOST_NOTES, Finder
from lab.classroom.archive import kind_of, read_submission
from lab.classroom.identity import (
    SUFFIXES,
    Claim,
    Identity,
    Register,
    claim_of,
    identify,
    uploaded_name,
)
from lab.classroom.manifest import BadManifest, Manifest
from lab.classroom.roster import Entry, Roster
from lab.classroom.shelf import MEBIBYTE, BadArchive, is_junk, shown
from lab.classroom.submission import Submission
from lab.course import Course
from lab.errors import LabError
from lab.text import plural
from lab.version import COURSE, course_version

MOST_NAMED = 5  # in a note
MOST_RUN_BYTES = 64 * MEBIBYTE
RUN_SCHEMA = re.compile(rb'"schema"\s*:\s*"lab/run/v1"')
MOST_FOLDERS = 4  # class, group, student, and one folder around the archive
EARLIER_TIME = "times of {count} are the students' own word: the roster knows the last alone"
ADD = ": add them to it, or name the files by id"
RUN = "the results of a class run"
OWN_TIME = (
    "{count}: the time of hand-in is the student's own word;"
    " a roster with a column `submitted` settles it"
)


@dataclass(frozen=True)
class Collected:
    """All submissions, in the order of ids and sources, and what was found beside them."""

    submissions: tuple[Submission, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One archive or folder, or what a student uploaded as loose files into a common folder.

    `source` is how reports call it; `names` are its folders' and its own, the outermost first, and
    may tell whose it is.
    """

    path: Path
    source: str
    names: tuple[str, ...]
    loose: Mapping[str, Path] | None = None


def collect(paths: Sequence[Path], course: Course, roster: Roster | None = None) -> Collected:
    """Reads every submission that `paths` name: archives, folders, and folders full of them.

    Returns: the submissions; several of one student are attempts. Equal answers are one object, so
    that a class of equal answers costs the memory of one.
    Throws: LabError for a path that does not exist or may not be read, LabFault for a machine that
    fails; never for what is in a submission.
    Complexity: one pass; a submission's archive is let go before the next is read.
    """
    reader = Reader(course, roster)
    notes: list[str] = []
    submissions = [reader.read(item) for item in all_items(paths, notes)]
    submissions = with_times(submissions, reader)
    submissions.sort(key=lambda one: (one.student.id, one.source))
    own_times = [one for one in submissions if one.submitted_at and reader.own_time(one)]
    if earlier := sum(1 for one in own_times if reader.timed(one)):
        notes.append(EARLIER_TIME.format(count=plural(earlier, "earlier attempt")))
    if others := len(own_times) - earlier:
        notes.append(OWN_TIME.format(count=plural(others, "submission")))
    return Collected(tuple(submissions), (*notes, *reader.strangers()))


def all_items(paths: Sequence[Path], notes: list[str]) -> list[Item]:
    """The submissions below `paths`, each once, whatever the order of `paths` and folders."""
    found: dict[Path, Item] = {}
    distinct = sorted(set(paths), key=str)
    for path in distinct:
        try:
            path.stat()
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise LabError(f"{path}: {why}: name an archive or a folder") from error
        prefix = f"{legible(path.as_posix())}/" if len(distinct) > 1 else ""
        name = legible(path.resolve().name)
        whole = Item(path.resolve(), prefix.rstrip("/") or name, ())
        if is_run(path):
            notes.append(f"left out: {shown(str(path))}, {RUN}")
            continue
        if not path.is_dir() or is_submission(path, alone=len(distinct) == 1):
            items = [replace(whole, names=(name,))]
        else:
            items = class_items(whole, prefix, notes)
            if not items:
                raise LabError(f"no submission in {path}: it holds neither archives nor answers")
            notes.append(f"{shown(str(path))}: a class of {plural(len(items), 'submission')}")
        for item in items:
            found.setdefault(item.path, item)
    if distinct and not found:
        raise LabError(f"{distinct[0]} holds {RUN}: name the folder of the submissions")
    return sorted(found.values(), key=lambda item: item.source)


def legible(name: str) -> str:
    """A name of the file system as text that can be written down, whatever its bytes."""
    return os.fsencode(name).decode("utf-8", "replace")


def class_items(folder: Item, prefix: str, notes: list[str]) -> list[Item]:
    """The submissions in a folder, and in the folders of groups or students in it.

    Answers that lie loose beside them belong to nobody, and a note names them.
    """
    items: list[Item] = []
    uploads: dict[str, dict[str, Path]] = {}
    loose = []
    for entry in entries_of(folder.path):
        name = legible(entry.name)
        item = Item(Path(entry.path), f"{prefix}{name}", (*folder.names, name))
        if is_junk(name):
            continue
        if uploaded := uploaded_name(name):
            theirs = uploads.setdefault(uploaded[0], {})
            theirs[name if uploaded[1] in theirs else uploaded[1]] = item.path
        elif is_answer(entry):
            loose.append(item.source)
        elif is_run(item.path):
            notes.append(f"left out: {shown(item.source)}, {RUN}")
        elif entry.is_dir(follow_symlinks=False) and not is_submission(item.path):
            items += inner_items(item, notes)
        elif entry.is_dir(follow_symlinks=False) or entry.is_symlink() or is_archive(item.path):
            items.append(item)
        else:
            notes.append(f"left out: {shown(item.source)}")
    for uploader, files in uploads.items():
        path, names = folder.path / uploader, (*folder.names, uploader)
        items.append(Item(path, f"{prefix}{uploader}", names, files))
    if loose:
        notes.append(f"left out: {some(loose)}, beside {plural(len(items), 'submission')}")
    return items


def entries_of(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name."""
    with os.scandir(folder) as there:
        return sorted(there, key=lambda entry: entry.name)


def some(names: Sequence[str]) -> str:
    """The first few of `names`, and how many more there are."""
    rest = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(shown(name) for name in names[:MOST_NAMED]) + rest


def inner_items(folder: Item, notes: list[str]) -> list[Item]:
    """The submissions in a group's or a student's folder; an empty one is to be heard of as well.

    Where there is only one, the folder is likely to be named for the student: `s001/answers.zip`.
    """
    if len(folder.names) == MOST_FOLDERS:
        return [folder]
    inner = class_items(folder, f"{folder.source}/", notes)
    if len(inner) == 1 and not claim_of(inner[0].names[-1]).name:
        last = len(folder.names) - 1
        names = inner[0].names
        return [replace(inner[0], names=(*names[:last], *names[last + 1 :], names[last]))]
    return inner or [folder]


def is_submission(folder: Path, alone: bool = False) -> bool:
    """Whether a folder holds one student's answers itself, and is not a class with some beside it.

    `alone`: it is all that is to be collected, so that one archive in it makes it a class already.
    """
    try:
        entries = entries_of(folder)
        return any(is_answer(entry) for entry in entries) and not is_class(folder, entries, alone)
    except OSError:
        return True  # to be read, and refused with the reason


def is_answer(entry: os.DirEntry[str]) -> bool:
    """Whether it is a part of one submission: exercises/, a manifest, NN-name/ or a .cpp file."""
    if entry.is_dir(follow_symlinks=False):
        numbered = re.fullmatch(r"\d\d-[a-z0-9-]+", entry.name)
        return entry.name == "exercises" or bool(numbered and any(Path(entry.path).glob("*.cpp")))
    if entry.name == manifest.NAME:
        return entry.is_file()
    return entry.name.endswith(".cpp") and not uploaded_name(entry.name)


def is_class(folder: Path, entries: Sequence[os.DirEntry[str]], alone: bool) -> bool:
    """Whether archives, folders with answers or a platform's names tell of several students.

    A whole course is one student's, and so is a folder that a platform named for its student: what
    else is packed in there is that student's too.
    """
    whole = (folder / "exercises").is_dir() and (folder / "lab").is_file()
    if whole or claim_of(legible(folder.resolve().name)).platform:
        return False
    archives = folders = 0
    tree = any(is_answer(one) and one.is_dir(follow_symlinks=False) for one in entries)
    for entry in entries:
        if is_junk(legible(entry.name)) or is_answer(entry):
            continue
        packed = not entry.is_dir(follow_symlinks=False) and is_archive(Path(entry.path))
        if uploaded_name(entry.name):
            return True
        if packed or entry.is_dir(follow_symlinks=False):
            if claim_of(legible(entry.name)).platform:
                return True
        archives += packed
        folders += alone and not packed and holds_answers(entry)
    return archives >= (1 if alone and not tree else 2) or (folders >= 2 and not tree)


def holds_answers(entry: os.DirEntry[str]) -> bool:
    if not entry.is_dir(follow_symlinks=False):
        return False
    return any(
        is_answer(inner) or SUFFIXES.search(inner.name) for inner in entries_of(Path(entry.path))
    )


def is_run(folder: Path) -> bool:
    """Whether it is what a class run has written, which is nobody's submission."""
    try:
        if (folder / "journal.jsonl").is_file() and (folder / "results").is_dir():
            return True
        with open(folder / "run.json", "rb", opener=no_pipe) as file:
            return bool(RUN_SCHEMA.search(file.read(MOST_RUN_BYTES)))
    except OSError:
        return False


def no_pipe(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOFOLLOW)


def is_archive(path: Path) -> bool:
    """By content; by name as well, since a broken one must not get lost."""
    if SUFFIXES.search(path.name):
        return True
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        with open(path, "rb") as file:
            return kind_of(file.read(512)) != ""
    except OSError:
        return True


class Reader:
    """Makes submissions of items. Keeps one copy of each distinct answer."""

    def __init__(self, course: Course, roster: Roster | None) -> None:
        self._finder = Finder(course)
        self._keys = {ex.key for ex in course.exercises}
        self._register = Register(roster)
        self._version = course_version(course.root)
        self._kept: dict[bytes, bytes] = {}
        self._entries: dict[str, Entry] = {}
        self._strangers: list[str] = []
        self._namesakes: dict[str, tuple[Entry, ...]] = {}

    def timed(self, submission: Submission) -> bool:
        """Whether the roster says when it was handed in."""
        entry = self._entries.get(submission.student.id)
        return entry is not None and bool(entry.submitted)

    def own_time(self, submission: Submission) -> bool:
        """Whether the time of hand-in is not the roster's."""
        entry = self.entry(submission)
        return entry is None or not entry.submitted or submission.submitted_at != entry.submitted

    def entry(self, submission: Submission) -> Entry | None:
        return self._entries.get(submission.student.id)

    def read(self, item: Item) -> Submission:
        """Reads one archive or folder. What is wrong with it stands in the result.

        Throws: LabFault when the machine fails, which is no student's fault.
        """
        claims = [claim_of(name) for name in item.names]
        try:
            contents = read_submission(item.path, item.loose)
        except BadArchive as error:
            return self.unreadable(item, claims, str(error))
        told, said = self.manifest_of(contents.files)
        identity = self.identity(item, claims, told)
        found = self._finder.find(contents.files)
        problems = dict(found.problems)
        if not found.answers and not problems:
            problems[""] = "there is no answer in it: pack the answers with ./lab submit"
        notes = [*identity.notes, *said, *contents.notes[:MOST_NOTES], *found.notes]
        return Submission(
            source=item.source,
            student=identity.student,
            answers={key: self.keep(content) for key, content in found.answers.items()},
            problems=problems,
            notes=tuple(notes),
            submitted_at=told.created if told else "",
            course=told.version if told else "",
            tries=self.of_each(told, "tries") if told else {},
            hints=self.of_each(told, "hints") if told else {},
        )

    def unreadable(self, item: Item, claims: list[Claim], why: str) -> Submission:
        identity = self.identity(item, claims, None)
        return Submission(item.source, identity.student, {}, {"": why}, identity.notes)

    def identity(self, item: Item, claims: list[Claim], told: Manifest | None) -> Identity:
        """Whose `item` is; whom the roster does not know is kept in mind, to be told of."""
        found = identify(claims, told, self._register)
        if found.entry is not None:
            self._entries[found.student.id] = found.entry
        elif self._register.known:
            self._strangers.append(item.source)
            if found.namesakes:
                ids = sorted(shown(entry.student.id) for entry in found.namesakes)
                self._namesakes[", ".join(ids)] = found.namesakes
        return found

    def strangers(self) -> list[str]:
        """What to say of the submissions that fit nobody in the roster."""
        notes = []
        if self._strangers:
            fit = "fit" if len(self._strangers) > 1 else "fits"
            count = plural(len(self._strangers), "submission")
            notes.append(
                f"{count} {fit} nobody in the roster: {some(sorted(self._strangers))}{ADD}"
            )
        for ids, entries in sorted(self._namesakes.items()):
            count = "two" if len(entries) == 2 else str(len(entries))
            name = shown(entries[0].student.name)
            notes.append(f"{count} students are called {name}: {ids}: name the files by id")
        return notes

    def manifest_of(self, files: Mapping[str, bytes]) -> tuple[Manifest | None, list[str]]:
        """The manifest, if there is one that can be read, and what it makes worth a note."""
        content = files.get(manifest.NAME)
        if content is None:
            return None, []
        try:
            told = manifest.decode(content)
        except BadManifest as error:
            return None, [f"the manifest is not used: {error}"]
        said = manifest.verify(told, files)
        said[MOST_NOTES:] = [f"{len(said) - MOST_NOTES} more"] if len(said) > MOST_NOTES else []
        if told.course != COURSE:
            said.append(f"it was packed for another course: {shown(told.course) or 'unnamed'}")
        elif told.version != self._version:
            version = shown(told.version) or "unknown"
            said.append(f"packed with another version of the course: {version}")
        return told, said

    def of_each(self, told: Manifest, count: str) -> dict[str, int]:
        """What the student's own machine has counted, by exercise."""
        known = (one for one in told.answers if one.exercise in self._keys)
        return {one.exercise: getattr(one, count) for one in known}

    def keep(self, content: bytes) -> bytes:
        return self._kept.setdefault(content, content)


def with_times(submissions: list[Submission], reader: Reader) -> list[Submission]:
    """Puts the roster's times in: it knows of each student's last hand-in alone.

    An earlier attempt keeps the time that its manifest claims, if that is earlier.
    """
    last: dict[str, Submission] = {}
    for one in sorted(submissions, key=lambda one: (one.submitted_at, one.source)):
        last[one.student.id] = one
    timed = []
    for one in submissions:
        entry = reader.entry(one)
        if entry is not None and entry.submitted:
            own = one.submitted_at if one is not last[one.student.id] else ""
            one = replace(one, submitted_at=min(own or entry.submitted, entry.submitted))
        timed.append(one)
    return timed
