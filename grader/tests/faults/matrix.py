# Every call that the grader makes of its machine fails once, or is its last: what does a class lose?
#
#   /usr/bin/python3 grader/tests/faults/matrix.py --library FAULT.so            everything
#   /usr/bin/python3 grader/tests/faults/matrix.py --library FAULT.so --most 4   a sample
#
# A class is graded unbroken; then once for each fault in a forked copy of this process, which costs
# no start of Python. After each fault the same command runs again without one and must come to the
# same files, byte for byte. Prints one line for each fault that did not go as it must, then a sum.
from __future__ import annotations

import argparse
import contextlib
import ctypes
import errno
import json
import os
import shutil
import signal
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

KILL_BEFORE, KILL_AFTER, SHORT = -1, -2, -3
NAMED = {"KILL-BEFORE": KILL_BEFORE, "KILL-AFTER": KILL_AFTER, "SHORT": SHORT}
KILLS = ("KILL-BEFORE", "KILL-AFTER")

# What each function can come to. EINTR and short writes are no faults: the run must go on.
FATES = {
    "fork": ("EAGAIN", "ENOMEM", *KILLS),
    "pipe2": ("EMFILE", *KILLS),
    "open": ("EMFILE", "ENOSPC", "EIO", "EINTR", *KILLS),
    "read": ("EIO", "EINTR", "KILL-BEFORE"),
    "write": ("ENOSPC", "EIO", "EINTR", "SHORT", *KILLS),
    "fsync": ("EIO", "ENOSPC", *KILLS),
    "rename": ("EIO", "ENOSPC", *KILLS),
    "mkdir": ("ENOSPC", "EACCES", *KILLS),
    "ftruncate": ("EIO", *KILLS),
    "unlink": ("EIO", *KILLS),
    "kill": ("EPERM", "KILL-AFTER"),
    "thread": ("EAGAIN", *KILLS),
    "flock": ("ENOLCK", *KILLS),
}
HARMLESS = ("EINTR", "SHORT")
LIMIT_SECONDS = 120  # against a run that hangs


@dataclass(frozen=True)
class Fault:
    """The `nth` call of `function` has a fate of FATES."""

    function: str
    nth: int
    fate: str

    def __str__(self) -> str:
        return f"{self.function}:{self.nth}:{self.fate}"

    @property
    def number(self) -> int:
        return NAMED.get(self.fate) or int(getattr(errno, self.fate))


@dataclass(frozen=True)
class Ended:
    """How a run in a forked copy ended; `calls` how often it called each function."""

    status: int  # as waitpid gives it, decoded: negative for a signal
    out: str
    err: str
    calls: dict[str, int] = field(default_factory=dict)


class Shim:
    """The library that LD_PRELOAD has brought into this process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        if not hasattr(self._library, "lab_fault_arm"):
            raise SystemExit("matrix.py: the shim is not loaded")
        self._library.lab_fault_calls.restype = ctypes.c_long

    def arm(self, fault: Fault | None) -> None:
        if fault is None:
            self._library.lab_fault_arm(b"fork", ctypes.c_long(0), 0)
        else:
            name = fault.function.encode()
            self._library.lab_fault_arm(name, ctypes.c_long(fault.nth), fault.number)

    def calls(self) -> dict[str, int]:
        return {name: self._library.lab_fault_calls(name.encode()) for name in FATES}


def in_a_copy(work: Callable[[], int], shim: Shim, fault: Fault | None, folder: Path) -> Ended:
    """Runs `work` in a fork of this process, with `fault` from the beginning."""
    out, err, told = (folder / name for name in ("out.txt", "err.txt", "calls.json"))
    told.unlink(missing_ok=True)
    pid = os.fork()
    if pid == 0:
        signal.alarm(LIMIT_SECONDS)
        for number, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        shim.arm(fault)
        code = work()
        calls = shim.calls()
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        shim.arm(None)
        told.write_text(json.dumps(calls))
        os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    calls = json.loads(told.read_text()) if told.exists() else {}
    return Ended(status, out.read_text(), err.read_text(), calls)


def made(folder: Path, crew: str) -> tuple[Path, list[str]]:
    """A class, and a crew for it in the place of the usual one; `real` is the usual one.

    Returns: what was handed in, and more words for ./lab grade.
    """
    import made_run

    from lab.classroom import session

    if crew == "real":
        return made_run.made_class(folder / "in"), ["--only=01-4"]
    root, handed_in = made_run.make(folder)
    os.environ["LAB_ROOT"] = str(root)
    session.make_crew = made_run.canned_crew if crew == "canned" else made_run.bench_crew
    return handed_in, []


class Class:
    """A class that is graded again and again into one folder, and what must come of it."""

    def __init__(self, folder: Path, crew: str, formats: Sequence[str]) -> None:
        self.folder, self.out, self.crew = folder, folder / "out", crew
        self.scratch = folder / "tmp"
        self.scratch.mkdir()
        self.folder.chmod(0o755)  # for the sandbox's users
        tempfile.tempdir = os.environ["TMPDIR"] = str(self.scratch)
        handed_in, words = made(folder, crew)
        told = [f"--format={name}" for name in formats]
        self.command = ["grade", str(handed_in), f"--out={self.out}", "--resume", "--seed=7"]
        self.command += ["--jobs=1", *told, *words]

    def run(self) -> int:
        from lab import cli

        return cli.run(self.command)

    def files(self) -> dict[str, bytes]:
        """Everything that is to be the same; the journal tells how a run went, and is not."""
        if not self.out.exists():
            return {}
        found = (path for path in self.out.rglob("*") if path.is_file())
        kept = (path for path in found if path.name not in ("journal.jsonl", "lock"))
        return {str(path.relative_to(self.out)): self.content(path) for path in kept}

    def content(self, path: Path) -> bytes:
        """With the real sandbox a fault may cost a wall; then the reports say so, and must."""
        content = path.read_bytes()
        if self.crew == "real" and path.name in ("run.json", "class.json"):
            return json.dumps({**json.loads(content), "isolation": ""}).encode()
        return content

    def clear(self) -> None:
        for folder in (self.out, self.scratch):
            shutil.rmtree(folder, ignore_errors=True)
        self.scratch.mkdir()


def one_line(ended: Ended) -> bool:
    """Whether exactly one line says why, and that line is for people."""
    lines = ended.err.splitlines()
    if ended.status == 3 and not lines:
        return "try --resume" in ended.out
    return len(lines) == 1 and lines[0].startswith("lab: ") and "internal fault" not in ended.err


def complaints(one: Class, fault: Fault, whole: dict[str, bytes], shim: Shim) -> Iterator[str]:
    """What went wrong in a run with `fault`, and in the next one without."""
    one.clear()
    broken = in_a_copy(one.run, shim, fault, one.folder)
    died = broken.status == -signal.SIGKILL and fault.fate in KILLS
    if not died and broken.status not in (0, 2, 3):
        yield f"ended with {broken.status}: {broken.err.strip()}"
    if broken.status in (2, 3) and not one_line(broken):
        yield f"does not say in one line why it ended with {broken.status}: {broken.err.strip()!r}"
    if fault.fate in HARMLESS and broken.status != 0:
        yield f"is no fault, but ended with {broken.status}: {broken.err.strip()}"
    now = one.files()
    if broken.status == 0 and now != whole:
        yield f"ended well, but not with the same files: {difference(now, whole)}"
    for name, content in now.items():
        if name.startswith("results/") and name.endswith(".json") and content != whole[name]:
            if json.loads(content)["verdict"] != "grader-error":
                yield f"changed a verdict: {name}"
    again = in_a_copy(one.run, shim, None, one.folder)
    if again.status != 0 or again.err:
        yield f"could not be resumed: {again.status}, {again.err.strip()!r}"
    if one.files() != whole:
        yield f"left other files after --resume: {difference(one.files(), whole)}"
    left = sorted(path.name for path in one.scratch.iterdir())
    if left and (fault.function, fault.fate) != ("unlink", "EIO"):  # its disk refused to remove it
        yield f"left behind: {', '.join(left)}"
    yield from doubled(one.out / "journal.jsonl")


def difference(now: dict[str, bytes], whole: dict[str, bytes]) -> str:
    names = sorted(name for name in now.keys() | whole.keys() if now.get(name) != whole.get(name))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def doubled(journal: Path) -> Iterator[str]:
    """Whatever was graded again after it had been committed."""
    from lab.classroom.journal import read

    ends: Counter[str] = Counter()
    for record, _ in read(journal):
        name, event = str(record["name"]), record["event"]
        if event == "begin" and ends[name]:
            yield f"was graded again after it was committed: {name}"
        ends[name] += event == "end"
    if any(count > 1 for count in ends.values()):
        yield "was committed twice"


def chosen(calls: dict[str, int], most: int, only: Sequence[str]) -> Iterator[Fault]:
    """Every fault, or for each function and fate `most` of them, always the same ones."""
    for function, fates in FATES.items():
        if only and function not in only:
            continue
        for fate in fates:
            everyone = [Fault(function, n, fate) for n in range(1, calls[function] + 1)]
            everyone.sort(key=lambda fault: zlib.crc32(str(fault).encode()))
            yield from sorted(everyone[: most or None], key=lambda fault: fault.nth)


def preloaded(library: Path) -> None:
    """Starts this program again with the shim in it, unless it is there already."""
    if os.environ.pop("LAB_FAULT_LOADED", ""):
        os.environ.pop("LD_PRELOAD", None)  # not for children
        return
    loaded = {"LD_PRELOAD": str(library), "LAB_FAULT_LOADED": "1", "LC_ALL": "C.UTF-8"}
    os.execve(sys.executable, [sys.executable, "-P", *sys.argv], {**os.environ, **loaded})


def main() -> int:
    parser = argparse.ArgumentParser(description="Grades a class once for each fault there is.")
    parser.add_argument("--library", type=Path, required=True, help="fault.cpp as a shared object")
    parser.add_argument("--most", type=int, default=0, help="of one function and fate; 0: all")
    parser.add_argument("--only", action="append", default=[], help="a function; may be repeated")
    parser.add_argument("--crew", choices=["canned", "bench", "real"], default="canned")
    parser.add_argument("--format", action="append", default=[])
    parser.add_argument("--at", help="one fault, such as write:7:ENOSPC")
    asked = parser.parse_args()
    preloaded(asked.library.resolve())
    shim = Shim()
    memory = Path("/dev/shm")  # where fsync costs nothing; but programs may not run there
    place = memory if os.access(memory, os.W_OK) and asked.crew != "real" else None
    with tempfile.TemporaryDirectory(prefix="lab-faults-", dir=place) as name:
        one = Class(Path(name), asked.crew, asked.format or ["all"])
        one.run()  # here, so that every copy has all modules
        one.clear()
        counted = in_a_copy(one.run, shim, None, one.folder)
        whole = one.files()
        if counted.status != 0 or not whole:
            print(f"the unbroken run ended with {counted.status}: {counted.err}{counted.out}")
            return 1
        faults = list(chosen(counted.calls, asked.most, asked.only))
        if asked.crew == "real":  # a control group's file is never written by halves
            faults = [fault for fault in faults if fault.fate != "SHORT"]
        if asked.at:
            function, nth, fate = asked.at.split(":")
            faults = [Fault(function, int(nth), fate)]
        bad = 0
        for fault in faults:
            for complaint in complaints(one, fault, whole, shim):
                bad += 1
                print(f"{fault}: {complaint}", flush=True)
    said = ", ".join(f"{count} {name}" for name, count in counted.calls.items() if count)
    print(f"{len(faults)} faults, {bad} complaints; calls of an unbroken run: {said}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
