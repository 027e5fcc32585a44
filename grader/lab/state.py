# Safe files: written whole or not at all, and by one ./lab at a time.
from __future__ import annotations

import contextlib
import fcntl
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lab.errors import LabError

TEMPORARY = re.compile(r"\..+\.\d+\.new")  # what write_atomically calls a file until it is whole


def write_atomically(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Replaces `path` by `content` in one step: a reader sees the old file or the new one.

    `durable` waits until the disk has it, as is due to what a student wrote.
    Throws: LabError when the folder or the disk refuses.
    """
    with atomic_file(path, durable=durable) as out:
        out.write(content)


@contextlib.contextmanager
def atomic_file(path: Path, *, durable: bool = False) -> Iterator[BinaryIO]:
    """Like write_atomically, for what is too large to hold: `path` changes when the block ends.

    A block that throws leaves the old file as it was. Throws: LabError as write_atomically does.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "wb") as out:
            yield out
            if durable:
                out.flush()
                os.fsync(out.fileno())
        os.replace(temporary, path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise LabError(f"cannot write {path}: {error.strerror}") from error
        raise


@contextlib.contextmanager
def locked(path: Path, waiting: str = "") -> Iterator[None]:
    """Holds the lock file `path`; says `waiting` on standard error if another process holds it.

    The kernel drops the lock when its process ends, so a killed ./lab never blocks the next one.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise LabError(f"cannot write {path}: {error.strerror}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting:
                print(waiting, file=sys.stderr, flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
