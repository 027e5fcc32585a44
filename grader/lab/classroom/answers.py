# Finds the answers in the files of a submission: by key, or by a file name that only one can have.
from __future__ import annotations

import codecs
import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath, Path

from lab.answer import BadAnswer, refuse
from lab.classroom import manifest
from lab.classroom.shelf import shown
from lab.course import Course

MOST_NOTES = 20
OTHER_TREES = ("solutions", "wrong", "right", "grader", "checks", "pristine", "backup")


@dataclass
class Found:
    """The answers by key, why others cannot be graded, and what was left out."""

    answers: dict[str, bytes] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def is_utf16(content: bytes) -> bool:
    """By its mark, or since every other byte of its first characters, which are ASCII, is 0."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    first = content[:16]
    return len(first) == 16 and (
        (not any(first[::2]) and all(first[1::2])) or (not any(first[1::2]) and all(first[::2]))
    )


def number(stem: str) -> str:
    """`01-04` of `01-4`; "" of what is no number of an exercise."""
    found = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", stem)
    return f"{int(found[1]):02}-{int(found[2]):02}" if found else ""


def number_of(key: str) -> str:
    """`01-04` of `01-basics/04-fix-one-after-another`; the key itself where it has no numbers."""
    found = re.match(r"([0-9]{2})-[^/]*/([0-9]{2})-", key)
    return f"{found[1]}-{found[2]}" if found else key


class Finder:
    """Knows the course's keys. Made once for a class."""

    def __init__(self, course: Course) -> None:
        self.keys = {ex.key: ex.key for ex in course.exercises}
        slugs = [ex.slug for ex in course.exercises]
        self.by_slug = {ex.slug: ex.key for ex in course.exercises if slugs.count(ex.slug) == 1}
        numbers = [number_of(ex.key) for ex in course.exercises]
        self.by_number = {
            n: ex.key for n, ex in zip(numbers, course.exercises) if numbers.count(n) == 1
        }
        self.nearest: Callable[[str], str] = lru_cache(4096)(self._nearest)

    def find(self, files: Mapping[str, bytes]) -> Found:
        """Sorts `files` into answers and the rest.

        Of two files for one exercise the one at the better place counts: `exercises/KEY.cpp`, then
        `KEY.cpp`, then either of them deeper, then the file name alone, then its number alone, such
        as `01-4.cpp`. Two at equally good places
        that differ are a problem, since nobody knows which one is meant.
        """
        found, offers, left = Found(), dict[str, list[tuple[int, str]]](), list[str]()
        for name in sorted(files):
            key, rank = self.place(name)
            if key:
                offers.setdefault(key, []).append((rank, name))
            elif name != manifest.NAME:
                left.append(name)
        for key, places in sorted(offers.items()):
            best = [name for rank, name in sorted(places) if rank == min(places)[0]]
            left += [name for rank, name in places if name not in best]
            self.choose(key, best, files, found)
        found.notes += [self.left_out(name) for name in sorted(left)[:MOST_NOTES]]
        if len(left) > MOST_NOTES:
            found.notes.append(f"left out: {len(left) - MOST_NOTES} more")
        return found

    def choose(self, key: str, names: list[str], files: Mapping[str, bytes], found: Found) -> None:
        """Takes the answer to `key`, or says why it cannot be graded."""
        contents = {files[name] for name in names}
        if len(contents) > 1:
            two = " and ".join(shown(name) for name in names[:2])
            found.problems[key] = f"{two} both answer it: hand in one"
            return
        content = contents.pop()
        if is_utf16(content):
            found.problems[key] = f"{shown(names[0])} is UTF-16 text: save it as UTF-8"
            return
        try:
            refuse(Path(shown(names[0])), content, "hand in the file that you edited")
        except BadAnswer as error:
            found.problems[key] = str(error)
        else:
            found.answers[key] = content

    def place(self, name: str) -> tuple[str, int]:
        """The key that a file answers, or "", and how good its place is: 0 is best."""
        if not name.casefold().endswith(".cpp"):
            return "", 0
        parts = name[: -len(".cpp")].casefold().split("/")
        key = self.keys.get("/".join(parts[-2:]), "")
        if set(parts[:-2]) & set(OTHER_TREES):
            return "", 0
        if not key:
            by_name = self.by_slug.get(parts[-1], "")
            return (by_name, 3) if by_name else (self.by_number.get(number(parts[-1]), ""), 4)
        if len(parts) == 2 or parts[:-2] == ["exercises"]:
            return key, 1 if len(parts) == 2 else 0
        return key, 2

    def left_out(self, name: str) -> str:
        last = PurePosixPath(name).name
        near = self.nearest(last)
        return f"left out: {shown(name)}" + (f": did you mean {near}?" if near != last else "")

    def _nearest(self, name: str) -> str:
        """The exercise's file whose name is nearly `name`; else `name` itself."""
        stem = name.casefold()[:80].removesuffix(".cpp")
        close = difflib.get_close_matches(stem, self.by_slug, n=1, cutoff=0.75)
        return f"{close[0]}.cpp" if close else name
