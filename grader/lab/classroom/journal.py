# What has been begun and what is done, in a file that only grows.
#
# Each line carries a checksum, so that a line which a crash has torn, or a full disk has cut, is
# known for what it is: reading stops there, and the file is cut there before anything is added. A
# job that was begun and not ended is begun again; one that was begun twice is suspected of ending
# the grader itself, and is done last and alone.
from __future__ import annotations

import json
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lab.errors import LabError

SUSPICIOUS = 2  # unended beginnings, from which on a job runs alone
HOPELESS = 5  # unended beginnings, from which on it is not run again in this call


@dataclass
class History:
    """What a journal tells: digests that are done, and how often the others were begun in vain."""

    done: dict[str, str] = field(default_factory=dict)  # by digest: the checksum of its result
    begun: Counter[str] = field(default_factory=Counter)
    proved: set[str] = field(default_factory=set)  # rehearsals that went well

    def note(self, record: dict[str, Any]) -> None:
        name, event = str(record.get("name", "")), record.get("event")
        if event == "begin":
            self.begun[name] += 1
        elif event == "end":
            self.done[name] = str(record.get("check", ""))
            self.begun.pop(name, None)
        elif event == "back" and self.begun[name]:
            self.begun[name] -= 1
        elif event == "given-up":
            self.begun[name] = SUSPICIOUS
        elif event == "proved":
            self.proved.add(name)

    def suspected(self, name: str) -> bool:
        return self.begun[name] >= SUSPICIOUS


class Journal:
    """The journal of one run, open for adding. Use `opened` in a with statement."""

    def __init__(self, path: Path) -> None:
        """Reads what is there and cuts a torn end. Throws: LabError when it cannot be written."""
        self.path = path
        self.history = History()
        try:
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            size = 0
            for record, end in read(path):
                self.history.note(record)
                size = end
            os.ftruncate(self._fd, size)
            os.lseek(self._fd, size, os.SEEK_SET)
        except OSError as error:
            raise LabError(f"cannot write {path}: {error.strerror}") from error
        self._size = size

    def begin(self, name: str) -> None:
        self.add({"event": "begin", "name": name})

    def end(self, name: str, check: str) -> None:
        """Says that the result file of `name`, whose checksum is `check`, is safely on the disk."""
        self.add({"event": "end", "name": name, "check": check}, durable=True)

    def back(self, name: str) -> None:
        """Says that a beginning came to nothing for a reason that is not the job's."""
        self.add({"event": "back", "name": name})

    def given_up(self, name: str) -> None:
        """Says that a hopeless job was passed over; a later call may try again, alone."""
        self.add({"event": "given-up", "name": name})

    def proved(self, name: str) -> None:
        self.add({"event": "proved", "name": name}, durable=True)

    def add(self, record: dict[str, Any], *, durable: bool = False) -> None:
        """Adds one line, whole or not at all. Throws: LabError, and then nothing was added."""
        line = encode(record)
        try:
            written = 0
            while written < len(line):
                written += os.write(self._fd, line[written:])
            if durable:
                os.fsync(self._fd)
        except OSError as error:
            self.cut()
            raise LabError(f"cannot write {self.path}: {error.strerror}") from error
        self._size += len(line)
        self.history.note(record)

    def cut(self) -> None:
        """Takes half a line off again. If even that fails, the next reader cuts it off."""
        try:
            os.ftruncate(self._fd, self._size)
            os.lseek(self._fd, self._size, os.SEEK_SET)
        except OSError:
            pass

    def close(self) -> None:
        os.close(self._fd)

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *about: object) -> None:
        self.close()


def encode(record: dict[str, Any]) -> bytes:
    text = json.dumps(record, sort_keys=True, separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def decode(line: bytes) -> dict[str, Any] | None:
    """The record of one line, or None for a line that is not as it was written."""
    check, space, text = line.partition(b" ")
    if not (space and line.endswith(b"\n") and len(check) == 8):
        return None
    try:
        record = json.loads(text)
        right = int(check, 16) == zlib.crc32(text[:-1])
    except ValueError:
        return None
    return record if right and isinstance(record, dict) else None


def read(path: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """Each good record with the place behind it, up to the first line that is not good."""
    with open(path, "rb") as source:
        place = 0
        for line in source:
            record = decode(line)
            if record is None:
                return
            place += len(line)
            yield record, place
