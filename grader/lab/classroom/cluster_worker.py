# What runs on a worker of a cluster: it grades one answer at a time, and only returns data.
from __future__ import annotations

import atexit
import contextlib
import fcntl
import json
import os
import socket
import stat
import tempfile
import threading
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from lab.classroom.bench import Bench, Trust
from lab.classroom.crew import reason
from lab.classroom.job import Rules, lost
from lab.classroom.model import Isolation
from lab.desk import Desk
from lab.errors import LabError
from lab.places import course_root
from lab.version import course_version

until_the_end = contextlib.ExitStack()
atexit.register(until_the_end.close)
one_at_a_time = threading.Lock()


def about_worker(about: str) -> str:
    """Returns: as JSON, why this worker cannot grade in that run, or nothing, and its walls."""
    data = json.loads(about)
    complaint, walls = "", Isolation("none")
    try:
        complaint = another_course(data["rules"]["version"])
        if not complaint:
            walls = workbench(about).isolation
    except LabError as error:
        complaint = str(error)
    return json.dumps({"complaint": complaint, "isolation": asdict(walls)})


@lru_cache(maxsize=4)
def another_course(version: str) -> str:
    """Why the course of this worker is not the one of that version, or nothing."""
    root = course_root()
    if course_version(root) == version:
        return ""
    return f"the course in {root} is another than the coordinator's: copy it there"


def grade_far(payload: str) -> str:
    """Grades one answer on this worker. Returns: the stored result, or a complaint, as JSON."""
    data = json.loads(payload)
    key, text = str(data.pop("exercise")), str(data.pop("text")).encode("utf-8")
    rules = Rules(**data["rules"])
    try:
        complaint = another_course(rules.version)  # a worker may have come later than the others
        if complaint:
            return json.dumps({"complaint": complaint, "host": socket.gethostname()})
        return json.dumps(workbench(json.dumps(data)).grade(own_number(), key, text, rules))
    except Exception as error:  # our fault with this answer, and none that ends a class
        return json.dumps(lost(key, text, reason(error)))


def workbench(about: str) -> Bench:
    """What a worker process keeps from one answer to the next. Throws: LabError."""
    with one_at_a_time:
        return opened_bench(about)


@lru_cache(maxsize=4)
def opened_bench(about: str) -> Bench:
    data = json.loads(about)
    desk = Desk()
    opened = Bench.opened(
        desk,
        [desk.course.find_one(key) for key in data["exercises"]],
        sanitize=Rules(**data["rules"]).sanitize,
        trust=Trust(**data["trust"]),
        quiet=True,
    )
    return until_the_end.enter_context(opened)


class Numbers(threading.local):
    """A number for each thread that grades; the open file holds the lock on it."""

    taken: tuple[int, BinaryIO] | None = None


numbers = Numbers()


def own_number() -> int:
    """A number that no other thread of any worker on this machine has while this one lives."""
    if numbers.taken is None:
        numbers.taken = take_number()
    return numbers.taken[0]


def take_number() -> tuple[int, BinaryIO]:
    folder = Path(tempfile.gettempdir()) / f"lab-workers-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    about = folder.lstat()
    if about.st_uid != os.getuid() or not stat.S_ISDIR(about.st_mode):
        raise LabError(f"{folder} belongs to somebody else: remove it, or set TMPDIR")
    for number in range(1000):
        handle = open(folder / str(number), "ab")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            continue
        return number, handle  # the kernel drops the lock when the process ends
    raise LabError(f"a thousand workers run on this machine: {folder} has no free number")
