# The sandbox of a class run: compiles and runs strangers' answers, one job of a worker at a time.
from __future__ import annotations

import contextlib
import os
import platform
import re
import shutil
import signal
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lab import process
from lab.classroom.model import Isolation
from lab.errors import BrokenBox
from lab.sandbox_cgroups import Cgroups, refusals
from lab.sandbox_stage import Stage
from lab.sandbox_words import (
    COMPILE_LIMITS,
    MIB,
    MOST_PROCESSES,
    WORK,
    Shell,
    checker_words,
    compiler_words,
    fill,
    reduced_words,
    runner_words,
)

FIRST_UID = 61000  # beyond the users of usual systems; no name need be known for a number
TRIES = 3
RUN_MEMORY = 1024 * MIB  # of all of a program's processes, as the checker counts them
COMPILE_MEMORY = 1536 * MIB
PROGRAM_MEMORY = 256 * MIB
RUN_CPU_SECONDS = 5
MOST_PROGRAM_BYTES = 64 * MIB


@dataclass(frozen=True)
class Sandbox:
    """What keeps strangers' programs apart. `isolation` says which of its walls stand."""

    shell: Shell
    stage: Stage
    cgroups: Cgroups
    isolation: Isolation
    compile_seconds: int = COMPILE_LIMITS["cpu"]

    @property
    def reduced(self) -> bool:
        return self.shell.bwrap is None

    def uid(self, worker: int) -> int:
        """The user that a worker's jobs run as: its own, as root; else 0, which means: as we do."""
        return FIRST_UID + worker if os.geteuid() == 0 else 0

    def runner_words(
        self,
        worker: int,
        *,
        sanitize: bool = False,
        cpu_seconds: int = RUN_CPU_SECONDS,
        memory_bytes: int = PROGRAM_MEMORY,
    ) -> list[str]:
        """What the checker puts in the place of a program; see the checker's --wrap."""
        limits = {"cpu": cpu_seconds, "data": memory_bytes, "as": 4 * memory_bytes}
        if sanitize:  # reserves terabytes of addresses
            limits = {"cpu": cpu_seconds}
        return runner_words(self.shell, self.uid(worker), limits)

    @contextlib.contextmanager
    def job(self, worker: int) -> Iterator[Box | None]:
        """A folder of its own for one answer, gone at the end; None where nothing keeps it apart.

        Requires: a worker has one job at a time.
        """
        if self.isolation.mode == "none":
            yield None
            return
        folder = self.stage.jobs / f"{worker}-{os.urandom(4).hex()}"
        folder.mkdir(mode=0o700)
        try:
            if self.uid(worker):
                os.chown(folder, self.uid(worker), self.uid(worker))
            yield Box(self, worker, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Box:
    """The sandbox for one answer of one worker."""

    sandbox: Sandbox
    worker: int
    folder: Path  # of the job, outside

    @property
    def work(self) -> Path:
        """The job's folder, as a compiler sees it."""
        return self.folder if self.sandbox.reduced else WORK

    def compile(
        self, commands: Sequence[Sequence[str]], limits: process.Limits
    ) -> tuple[process.Finished, int]:
        """Runs `commands` in the job's folder, up to the first that fails.

        Returns: how the last one ended, with the output of all, and its place in `commands`.
        A group of processes that used up its memory has `out_of_memory` set.
        Throws: BrokenBox when the sandbox itself does not work, also when tried again.
        """
        fault = ""
        for _ in range(TRIES):
            memory = self.sandbox.cgroups.group(COMPILE_MEMORY, 4 * MOST_PROCESSES)
            with memory as folders:
                joins = [folder / "cgroup.procs" for folder in folders]
                done, index, fault = self._compile_once(commands, limits, joins)
                if refusals(folders) and done.status != 0:
                    return replace(done, out_of_memory=True), index
            if not fault:
                return done, index
        raise BrokenBox(fault)

    def _compile_once(
        self, commands: Sequence[Sequence[str]], limits: process.Limits, joins: Sequence[Path]
    ) -> tuple[process.Finished, int, str]:
        shell, uid = self.sandbox.shell, self.sandbox.uid(self.worker)
        if not self.sandbox.reduced:
            most = {"cpu": self.sandbox.compile_seconds}
            words = compiler_words(shell, uid, commands, self.folder, joins, most)
            return run_words(words, limits, {})
        output, index = "", 0
        for index, command in enumerate(commands):
            moved = [self._moved(word) for word in command]
            words = reduced_words(shell, uid, moved, joins)
            done, _, fault = run_words(words, limits, {}, cwd=self.folder)
            output += done.output
            if fault or done.status != 0:
                break
        return replace(done, output=output), index, fault

    def _moved(self, word: str) -> str:
        """Without a root folder of its own a compiler is told where the copies really lie."""
        world = self.sandbox.stage.compile_world
        path = re.search(r"/.*", word)
        if path and (world / path[0].strip('"<>').lstrip("/")).exists():
            inside = path[0].startswith(tuple(str(folder) for folder in self.sandbox.stage.mounts))
            return word if inside else word.replace(path[0], f"{world}{path[0]}", 1)
        return word

    @contextlib.contextmanager
    def checker(
        self, *, sanitize: bool, cpu_seconds: int = 0, memory_mib: int = 0
    ) -> Iterator[tuple[list[str], list[str]]]:
        """The words before a checker's path and behind it, while its group of processes exists.

        A limit of 0 is the usual one.
        """
        memory = memory_mib * MIB or PROGRAM_MEMORY
        most = MOST_PROCESSES + 8  # beside the program there are the checker and the sandbox
        with self.sandbox.cgroups.group(max(RUN_MEMORY, 4 * memory), most) as folders:
            before = checker_words(
                self.sandbox.shell, [folder / "cgroup.procs" for folder in folders]
            )
            words = self.sandbox.runner_words(
                self.worker,
                sanitize=sanitize,
                cpu_seconds=cpu_seconds or RUN_CPU_SECONDS,
                memory_bytes=memory,
            )
            behind = [part for word in words for part in ("--wrap", word)]
            behind += [part for folder in folders for part in ("--cgroup", str(folder))]
            yield before, behind + (["--no-memory-limit"] if sanitize else [])

    def take(self, name: str) -> Path:
        """A file that a compiler made, believed only if it is what it should be.

        Throws: BrokenBox when it is missing, no ordinary file, or too large.
        """
        path = self.folder / name
        try:
            about = path.lstat()
        except OSError as error:
            raise BrokenBox(f"the compiler left no {name}: {error.strerror}") from error
        if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_PROGRAM_BYTES:
            raise BrokenBox(f"the compiler's {name} is no ordinary file")
        return path


def run_words(
    words: Sequence[str],
    limits: process.Limits,
    places: dict[str, str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    pass_fds: Sequence[int] = (),
) -> tuple[process.Finished, int, str]:
    """Runs a sandbox's command.

    Returns: how the command inside ended, which one of several it was, and a fault of the sandbox.
    """
    ours, theirs = os.pipe()
    try:
        filled = fill(words, {**places, "status": str(theirs)})
        done = process.run(
            filled,
            limits,
            cwd=cwd,
            env={**process.plain_environment(), **(env or {})},
            join_streams=True,
            pass_fds=(theirs, *pass_fds),
        )
        os.close(theirs)
        theirs = -1
        report = os.read(ours, 4096).decode("ascii", "replace").splitlines()
    finally:
        os.close(ours)
        if theirs >= 0:
            os.close(theirs)
    return understand(done, report)


def understand(done: process.Finished, report: Sequence[str]) -> tuple[process.Finished, int, str]:
    """See run_words: from the report's lines, which grader/sandbox/src/init.hpp describes."""
    index = max(report.count("started") - 1, 0)
    last = report[-1] if report else ""
    if done.timed_out or last == "direct":
        return done, index, ""
    if match := re.fullmatch(r"ended (\d+)", last):
        status = os.waitstatus_to_exitcode(int(match[1]))
        return replace(done, status=status), index, ""
    if "started" in report and done.status in (-signal.SIGKILL, 128 + signal.SIGKILL):
        return replace(done, status=-signal.SIGKILL), index, "it was killed"
    said = (done.output.strip().splitlines() or ["without a word"])[-1][:200]
    return done, index, f"the sandbox does not start: {last.removeprefix('failed ') or said}"


def make_shell(stage: Stage, *, bwrap: str | None) -> Shell:
    return Shell(
        box=stage.box,
        bwrap=bwrap,
        run_world=stage.run_world,
        compile_world=stage.compile_world,
        mounts=stage.mounts,
        own_processes=counts_own_processes(),
    )


def counts_own_processes() -> bool:
    """Since Linux 5.14 a user namespace counts its processes by themselves."""
    match = re.match(r"(\d+)\.(\d+)", platform.release())
    return match is not None and (int(match[1]), int(match[2])) >= (5, 14)
