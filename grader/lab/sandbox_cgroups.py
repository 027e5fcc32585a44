# Control groups: the kernel's own count of all that a stranger's program and its children take.
#
# Version 2 has one tree, version 1 one for each controller; both are used the same way: a folder
# is made, limits are written into it, and whoever writes its number to cgroup.procs is in it.
from __future__ import annotations

import contextlib
import itertools
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CONTROLLERS = ("memory", "pids")
PREFIX = "lab-"
_numbers = itertools.count()


@dataclass(frozen=True)
class Cgroups:
    """Where groups can be made: one folder (version 2), or one a controller (version 1)."""

    parents: tuple[Path, ...]
    why: str = ""  # why none can be made

    @contextlib.contextmanager
    def group(self, memory_bytes: int, processes: int) -> Iterator[tuple[Path, ...]]:
        """One group, as its folders; none where groups cannot be made. It is gone at the end."""
        name = f"{PREFIX}{os.getpid()}-{next(_numbers)}"
        folders = tuple(parent / name for parent in self.parents)
        try:
            for folder in folders:
                folder.mkdir()
                limit(folder, memory_bytes, processes)
            yield folders
        finally:
            for folder in folders:
                remove(folder)


def find_cgroups() -> Cgroups:
    """Looks for a place where this process may make groups, and removes what killed runs left."""
    if os.geteuid() != 0:
        return Cgroups((), "control groups need root")
    for find in (parents_of_version_2, parents_of_version_1):
        parents = find()
        if parents:
            for parent in parents:
                remove_stale(parent)
            return Cgroups(parents)
    return Cgroups((), "this machine lets nobody make control groups for memory and processes")


def mounts(kind: str) -> list[tuple[Path, set[str]]]:
    """The mounted trees of one version, each with its options."""
    found = []
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/mounts").read_text().splitlines():
            words = line.split()
            if words[2] == kind:
                found.append((Path(words[1]), set(words[3].split(","))))
    return found


def parents_of_version_2() -> tuple[Path, ...]:
    for root, _ in mounts("cgroup2"):
        with contextlib.suppress(OSError):
            if not set(CONTROLLERS) <= set((root / "cgroup.controllers").read_text().split()):
                continue
            wanted = " ".join(f"+{name}" for name in CONTROLLERS)
            (root / "cgroup.subtree_control").write_text(wanted)
            return (root,)
    return ()


def parents_of_version_1() -> tuple[Path, ...]:
    trees = mounts("cgroup")
    found = []
    for name in CONTROLLERS:
        root = next((path for path, words in trees if name in words), None)
        if root is None or not os.access(root, os.W_OK):
            return ()
        found.append(own_folder(root, name))
    return tuple(found)


def own_folder(root: Path, controller: str) -> Path:
    """Our own group in a tree, so that limits on us hold for those below; or the root."""
    with contextlib.suppress(OSError, StopIteration):
        lines = (line.split(":", 2) for line in Path("/proc/self/cgroup").read_text().splitlines())
        own = root / next(p for _, names, p in lines if controller in names.split(",")).strip("/")
        if own.is_dir() and os.access(own, os.W_OK):
            return own
    return root


def limit(folder: Path, memory_bytes: int, processes: int) -> None:
    """Writes the limits, by the names of whichever version this is. Throws: OSError."""
    limits = {
        "memory.max": memory_bytes,
        "memory.limit_in_bytes": memory_bytes,
        "pids.max": processes,
    }
    for name, most in limits.items():
        if (folder / name).exists():
            (folder / name).write_text(str(most))
    swap = {"memory.swap.max": 0, "memory.memsw.limit_in_bytes": memory_bytes}
    for name, most in swap.items():
        with contextlib.suppress(OSError):  # a kernel that does not count swap has no such file
            (folder / name).write_text(str(most))


def remove(folder: Path) -> None:
    """A group can be removed when its last process has left the kernel: a moment after its end."""
    for _ in range(100):
        try:
            folder.rmdir()
            return
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(0.01)


def remove_stale(parent: Path) -> None:
    """Removes the groups of runs that are dead."""
    for folder in parent.glob(PREFIX + "*"):
        owner = re.fullmatch(rf"{PREFIX}(\d+)-\d+", folder.name)
        if owner and not Path("/proc", owner[1]).exists():
            with contextlib.suppress(OSError):
                folder.rmdir()


def refusals(folders: tuple[Path, ...]) -> int:
    """How often the kernel ended a process of the group because its memory was used up."""
    total = 0
    for folder in folders:
        for name in ("memory.events", "memory.oom_control"):
            with contextlib.suppress(OSError):
                found = re.search(r"^oom_kill (\d+)", (folder / name).read_text(), re.MULTILINE)
                total += int(found[1]) if found else 0
    return total
