# The machine meanwhile: who else used it, how to wait for a quiet moment, and what it is.
from __future__ import annotations

import contextlib
import os
import platform
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

STAT = Path("/proc/stat")
QUIET_CORES = 0.3
LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 0.4
PRECEDENCE = -15
VERSIONS = ("libuv1-dev", "libasio-dev", "libev-dev", "libevent-dev", "python3-uvloop", "nodejs")


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


def busy_seconds(stat: Path = STAT) -> float:
    """Processor time that all programs together have used since the start; 0 where unknown.

    Counts user, nice, system, interrupts, and what a host took from a virtual machine.
    """
    try:
        words = stat.read_text().split("\n", 1)[0].split()[1:]
        numbers = [int(word) for word in words]
    except (OSError, ValueError):
        return 0.0
    return (sum(numbers[:3]) + sum(numbers[5:8])) / os.sysconf("SC_CLK_TCK")


def own_seconds() -> float:
    """Processor time of this process and of all children that have ended."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in both)


def process_seconds(pid: int) -> float:
    """Processor time of a running process with all its threads, in steps of 10 ms."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


class Watch:
    """Measures, from its making on, how many cores others use."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.busy = busy_seconds()
        self.own = own_seconds()

    def foreign_cores(self) -> float:
        seconds = time.monotonic() - self.begun
        others = busy_seconds() - self.busy - (own_seconds() - self.own)
        return max(0.0, others / seconds) if seconds > 0 else 0.0


def wait_until_quiet() -> None:
    """Waits until nobody else computes, but not for long: on a busy machine that never comes."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        watch = Watch()
        time.sleep(LOOK_SECONDS)
        if watch.foreign_cores() <= QUIET_CORES:
            return


def noise_limit(threads: int) -> float:
    """How many cores others may use during a sample before it counts as disturbed."""
    spare = cores() - threads
    return 1.0 if spare >= 1 else 0.25


def prefer(pid: int) -> None:
    """Puts a process that leads a session of its own before others, as far as we are allowed to.

    Linux gives each session the same share, whatever the nice values in it: so both are set.
    """
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, PRECEDENCE)
        Path(f"/proc/{pid}/autogroup").write_text(str(PRECEDENCE))


def pin(pid: int, core: int) -> None:
    """Keeps a process on one core; without effect where that cannot be asked for."""
    with contextlib.suppress(OSError, AttributeError):
        allowed = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(pid, {allowed[core % len(allowed)]})


def processor() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def load() -> float:
    return os.getloadavg()[0]


def first_line(command: Sequence[str]) -> str:
    """What a program says first; nothing when it is not there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout.splitlines() or [""])[0].strip()


def compiler(cache: Path) -> str:
    """The compiler that a CMake build used, in its own words."""
    with contextlib.suppress(OSError):
        for line in cache.read_text(errors="replace").splitlines():
            if line.startswith("CMAKE_CXX_COMPILER:"):
                return first_line([line.split("=", 1)[1], "--version"])
    return ""


def package_versions() -> str:
    """The installed versions of the peers' packages, where dpkg knows them."""
    if shutil.which("dpkg-query") is None:
        return ""
    query = ["dpkg-query", "-W", "-f", "${Package} ${Version}\\n", *VERSIONS]
    done = subprocess.run(query, capture_output=True, text=True, timeout=20, check=False)
    rows = [line.split() for line in done.stdout.splitlines()]
    return ", ".join(f"{row[0]} {upstream(row[1])}" for row in rows if len(row) == 2)


def upstream(version: str) -> str:
    """`1.22.1` of Debian's `1:1.22.1-1+b2`."""
    return re.split(r"[-+~]", version.split(":")[-1])[0]
