# What an honest submission may hold: regular files with plain names, few and small.
#
# Archives and folders put what they find on a Shelf, which counts the bytes that were really read
# and refuses the rest. Nothing here touches the disk, so no name can escape to anywhere.
from __future__ import annotations

import os
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from lab.errors import LabError
from lab.text import visible

MEBIBYTE = 1024 * 1024
MOST_PACKED_BYTES = 10 * MEBIBYTE
MOST_UNPACKED_BYTES = 20 * MEBIBYTE
MOST_FILE_BYTES = 4 * MEBIBYTE
MOST_MEMBERS = 1000
MOST_LEVELS = 8
MOST_NAME_CHARACTERS = 1024
CHUNK = 64 * 1024
AGAIN = "pack the answers with ./lab submit"
LINK = "is a link: hand in the file itself"
SPECIAL = "is no ordinary file: hand in ordinary files"
JUNK_FOLDERS = ("__MACOSX", ".git", ".lab")
JUNK_FILES = (".ds_store", "thumbs.db", "desktop.ini")


class BadArchive(LabError):
    """A submission that cannot be read. The message is one sentence for student and teacher."""


@dataclass(frozen=True)
class Contents:
    """What a submission holds, by name (parts joined by `/`), and what is odd about it."""

    files: dict[str, bytes]
    notes: tuple[str, ...] = ()


@dataclass
class Shelf:
    """Takes members one by one and refuses what no honest submission has.

    Invariant: `files` holds at most MOST_MEMBERS files of MOST_UNPACKED_BYTES in all, no two of
    which are the same file on any usual file system.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    members: int = 0
    unpacked_bytes: int = 0
    _spelled: dict[str, str] = field(default_factory=dict)
    _kinds: dict[str, bool] = field(default_factory=dict)  # True for a file, False for a folder

    def admit(self, raw: str, *, folder: bool = False) -> str | None:
        """Counts one member and checks its name.

        Returns: the name to keep a file under; None for folders, and for what only file managers
        and version control leave behind.
        Throws: BadArchive for a name that is unsafe, odd or taken.
        """
        self.members += 1
        if self.members > MOST_MEMBERS:
            raise BadArchive(f"it holds more than {MOST_MEMBERS} files and folders: {AGAIN}")
        name = clean_name(raw)
        if not name and not folder:
            raise BadArchive(f"it holds a file without a name: {AGAIN}")
        if not name or is_junk(name):
            return None
        self.refuse_twins(name, folder)
        return None if folder else name

    def refuse_twins(self, name: str, folder: bool) -> None:
        """Throws BadArchive if another member is, or elsewhere would be, the same file."""
        parts = name.split("/")
        for length in range(1, len(parts) + 1):
            path = "/".join(parts[:length])
            folded = unicodedata.normalize("NFC", path.casefold())
            is_file = length == len(parts) and not folder
            other = self._spelled.setdefault(folded, path)
            if other != path:
                pair = f"{shown(other)} and {shown(path)}"
                raise BadArchive(f"{pair} differ only in case or accents: rename one")
            if is_file and self._kinds.get(path):
                raise BadArchive(f"it holds two files of the name {shown(path)}: {AGAIN}")
            if self._kinds.setdefault(path, is_file) != is_file:
                raise BadArchive(f"{shown(path)} is a file and a folder at once: {AGAIN}")

    def read(self, name: str, stream: IO[bytes]) -> None:
        """Keeps what `stream` gives as the content of `name`, which was admitted before.

        Throws: BadArchive once too much has come, whatever size was claimed.
        """
        content = bytearray()
        while chunk := stream.read(CHUNK):
            content += chunk
            self.unpacked_bytes += len(chunk)
            if len(content) > MOST_FILE_BYTES:
                raise BadArchive(f"{shown(name)} is larger than {size(MOST_FILE_BYTES)}")
            if self.unpacked_bytes > MOST_UNPACKED_BYTES:
                raise BadArchive(too_much())
        self.files[name] = bytes(content)


def clean_name(raw: str) -> str:
    """`raw` without `.` and empty parts, composed (NFC). Throws BadArchive for unsafe names."""
    if "\0" in raw:
        raise BadArchive(f"{shown(raw)} is a name with a null byte: {AGAIN}")
    if any("\ud800" <= char <= "\udfff" for char in raw):
        raise BadArchive(f"{shown(raw)} is a name that is no UTF-8: rename the file")
    if len(raw) > MOST_NAME_CHARACTERS:
        raise BadArchive(f"{shown(raw)} is a name that is too long: {AGAIN}")
    if "\\" in raw:
        raise BadArchive(f"{shown(raw)} is a name with a backslash: {AGAIN}")
    if raw.startswith("/") or re.match(r"[A-Za-z]:", raw):
        raise BadArchive(f"{shown(raw)} is an absolute path: {AGAIN}")
    parts = [part for part in raw.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise BadArchive(f"{shown(raw)} leads out of the archive: {AGAIN}")
    if len(parts) > MOST_LEVELS:
        raise BadArchive(f"{shown(raw)} lies deeper than {MOST_LEVELS} levels: {AGAIN}")
    return unicodedata.normalize("NFC", "/".join(parts))


def is_junk(name: str) -> bool:
    """Whether a file manager or git made it, so that nobody needs to hear of it."""
    *folders, last = name.split("/")
    junk = any(part in JUNK_FOLDERS for part in (*folders, last))
    return junk or last.startswith("._") or last.casefold() in JUNK_FILES


def read_regular(path: Path, name: str, most: int) -> bytes:
    """The content of a regular file of at most `most` bytes; links and pipes are never opened."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    if stat.S_ISLNK(mode := path.lstat().st_mode):
        raise BadArchive(f"{shown(name)} {LINK}")
    if not stat.S_ISREG(mode):
        raise BadArchive(f"{shown(name)} {SPECIAL}")
    with open(os.open(path, flags), "rb") as source:
        about = os.fstat(source.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise BadArchive(f"{shown(name)} {SPECIAL}")  # swapped since it was looked at
        content = source.read(min(about.st_size, most) + 1)  # read() makes a buffer of that size
    if len(content) > most:
        raise BadArchive(f"{shown(name)} is larger than {size(most)}")
    return content


def shown(name: str) -> str:
    """A stranger's name, safe to print and short."""
    text = name if name.isascii() and name.isprintable() else visible(name)
    return text if len(text) <= 80 else f"{text[:77]}..."


def size(count: int) -> str:
    return f"{count // MEBIBYTE} MiB"


def too_much() -> str:
    return f"it unpacks to more than {size(MOST_UNPACKED_BYTES)}: {AGAIN}"
