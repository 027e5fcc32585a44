# Ends what a program has left behind, even processes that moved to a session of their own.
#
# On Linux this process adopts the orphans of those below it, so each of them can be found among its
# children. Elsewhere there is no such request, and ending the program's group has to do.
from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
ROUNDS = 200  # against a program that starts processes faster than they are ended
PAUSE = 0.005


@contextlib.contextmanager
def adopted() -> Iterator[None]:
    """While this lasts, orphans become our children; when it ends, so do they."""
    if not adopt(True):
        yield
        return
    before = children()
    try:
        yield
    finally:
        end_all_but(before)
        adopt(False)


def adopt(wanted: bool) -> bool:
    """Asks the kernel for the orphans below this process. Returns: whether it agreed."""
    if not sys.platform.startswith("linux"):
        return False
    with contextlib.suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, int(wanted), 0, 0, 0) == 0)
    return False


def children() -> set[int]:
    """The processes whose parent is this one, those that have ended but were not waited for too."""
    found: set[int] = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError):
                # pid (name) state parent; the name may hold blanks and brackets.
                after_name = (entry / "stat").read_text(errors="replace").rpartition(")")[2]
                if int(after_name.split()[1]) == os.getpid():
                    found.add(int(entry.name))
    return found


def end_all_but(kept: set[int]) -> None:
    """Ends adopted children until none is left: each one's own children are adopted in turn."""
    for _ in range(ROUNDS):
        strays = children() - kept
        if not strays:
            return
        for pid in strays:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        time.sleep(PAUSE)
