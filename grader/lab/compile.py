# Compiles an answer into a program, behind a cache by content: nothing is built twice.
from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lab import process
from lab.answer import Answer
from lab.build import Profile, Toolbox
from lab.compile_errors import straight_quotes, tools_failed
from lab.course import Exercise
from lab.errors import BrokenBox, LabError
from lab.places import Places
from lab.sandbox_words import LOCAL_NAMES

if TYPE_CHECKING:
    from lab.sandbox import Box

LIMITS = process.Limits(cpu_seconds=20, wall_seconds=120, keep_bytes=64 * 1024)
KEPT_PROGRAMS = 80
LEAST_FREE_BYTES = 16 << 20
OWN_WORDS = re.compile(
    r"(?:\S*/)?(?:c\+\+|g\+\+|clang|cc1plus|as|ld|lld|mold|collect2|objcopy)\S*: "
)
ERROR = re.compile(r"^[^:\n]+:\d+:(?:\d+:)? (?:fatal )?error: ", re.MULTILINE)


@dataclass(frozen=True)
class Compiled:
    """A program, or why there is none.

    `verdict` is then does-not-compile, compile-limit, or grader-error for a broken compiler.
    """

    program: Path | None
    verdict: str = ""
    messages: str = ""
    seconds: float = 0.0


def profile_name(ex: Exercise, sanitize: bool) -> str:
    """Predict exercises are compiled without the runtime, so that they cannot run the program."""
    return ("ex" if ex.kind == "predict" else "lab") + ("-sanitize" if sanitize else "")


def answer_profile(tools: Toolbox, ex: Exercise, sanitize: bool) -> Profile:
    """The words for the exercise's answers, with the parts that were compiled before."""
    name = profile_name(ex, sanitize)
    profile = tools.profile(name)
    parts = tuple(tools.parts / name / ex.key / f"{source.stem}.o" for source in ex.parts)
    return replace(
        profile,
        link=(*(str(part) for part in parts), *profile.link),
        inputs=(*parts, *profile.inputs),
    )


def compile_answer(
    places: Places,
    tools: Toolbox,
    ex: Exercise,
    answer: Answer,
    *,
    sanitize: bool = False,
    box: Box | None = None,
) -> Compiled:
    """Compiles and links `answer` behind the exercise's driver.

    Effects: the program appears in the cache in one step, so an interrupt leaves no half of one.
    With a sandbox it lies in the job's folder, and goes with it.
    """
    begun = time.monotonic()
    profile = answer_profile(tools, ex, sanitize)
    if box is not None:
        return replace(
            translate_in(box, tools, profile, ex, answer), seconds=time.monotonic() - begun
        )
    program = places.cache / cache_key(tools, profile, ex, answer)
    if program.is_file() and not includes_neighbours(answer):
        with contextlib.suppress(OSError):
            os.utime(program)
        return Compiled(program, seconds=time.monotonic() - begun)
    make_folder(places.cache)
    # A name that no other run has: two checks of one file must not remove each other's parts.
    work = program.with_name(f"{program.name[:16]}-{os.getpid()}-{os.urandom(4).hex()}")
    try:
        done = translate(tools, profile, ex, answer, work)
        if done.program is None:
            return done
        os.replace(done.program, program)
    finally:
        for suffix in (".o", ".cpp", ".program"):
            work.with_suffix(suffix).unlink(missing_ok=True)
    prune(places.cache)
    return Compiled(program, messages=done.messages, seconds=time.monotonic() - begun)


def compile_alone(
    tools: Toolbox, ex: Exercise, answer: Answer, *, sanitize: bool = False
) -> Compiled:
    """Like compile_answer, but without the cache: everything stays in the answer's own folder."""
    work = answer.path.with_name("answer")
    return translate(tools, answer_profile(tools, ex, sanitize), ex, answer, work)


def translate(
    tools: Toolbox, profile: Profile, ex: Exercise, answer: Answer, work: Path
) -> Compiled:
    """One unit, then the link. Returns the messages of whichever failed."""
    source = plainly_named(answer, work.with_suffix(".cpp"))
    objects, program = work.with_suffix(".o"), work.with_suffix(".program")
    compiling, linking = steps(tools, profile, ex, source, objects, program)
    messages, seconds = "", 0.0
    for command in (compiling, linking):
        try:
            done = process.run(
                command, LIMITS, cwd=work.parent, env=process.plain_environment(), join_streams=True
            )
        except OSError as error:
            raise LabError(f"cannot start the compiler {tools.cxx}: {error.strerror}") from error
        text = done.output.replace(str(source), str(answer.path))
        messages, seconds = messages + text, seconds + done.seconds
        if done.status != 0:
            refuse_full_disk(work.parent)
            return Compiled(None, verdict_of(done, linking=command is linking), messages, seconds)
    return Compiled(program, messages=messages, seconds=seconds)


def steps(
    tools: Toolbox, profile: Profile, ex: Exercise, source: Path, objects: Path, program: Path
) -> tuple[list[str], list[str]]:
    """The commands that make a program of an answer: to compile it, and to link it."""
    macros = [f'-DLAB_ANSWER="{source}"', f'-DLAB_DRIVER="{ex.driver}"']
    compiling = [tools.cxx, *profile.compile, *macros, "-c", str(tools.unit), "-o", str(objects)]
    return compiling, [tools.cxx, str(objects), *profile.link, "-o", str(program)]


def translate_in(
    box: Box, tools: Toolbox, profile: Profile, ex: Exercise, answer: Answer
) -> Compiled:
    """The same in a sandbox, with a step between: what an answer defines under a name of the
    runtime or of the C library is for the answer alone. So it cannot write records of its own by
    being called `write`."""
    source, objects, program = (box.work / f"answer.{end}" for end in ("cpp", "o", "program"))
    compiling, linking = steps(tools, profile, ex, source, objects, program)
    localizing = [
        shutil.which("objcopy") or "/usr/bin/objcopy",
        f"--localize-symbols={LOCAL_NAMES}",
        str(objects),
    ]
    try:
        (box.folder / "answer.cpp").write_bytes(answer.content)
        (box.folder / "answer.cpp").chmod(0o644)
        done, _ = box.compile([compiling, localizing, linking], LIMITS)
        messages = done.output.replace(str(source), str(answer.path))
        if done.status != 0:
            refuse_full_disk(box.folder)
            return Compiled(None, verdict_in_box(done), messages, done.seconds)
        return Compiled(box.take("answer.program"), messages=messages, seconds=done.seconds)
    except (BrokenBox, OSError) as error:
        return Compiled(None, "grader-error", str(error))


def refuse_full_disk(folder: Path) -> None:
    """Throws: LabError when there is no room where a compiler has just failed: no word of it, and
    no verdict, can be believed then."""
    try:
        there = os.statvfs(folder)
    except OSError as error:
        raise LabError(f"cannot look at {folder}: {error.strerror}") from error
    if there.f_bavail * there.f_frsize < LEAST_FREE_BYTES or there.f_files and not there.f_favail:
        raise LabError(f"no space is left in {folder}: make room there, or set TMPDIR elsewhere")


def verdict_of(done: process.Finished, *, linking: bool) -> str:
    """Who is to blame for a failed step: the limits, the tools on this machine, or the answer."""
    if ran_into_limit(done):
        return "compile-limit"
    broken = tools_failed(straight_quotes(done.output), linking=linking)
    return "grader-error" if broken else "does-not-compile"


def verdict_in_box(done: process.Finished) -> str:
    """The same where compiler and linker have been tried before: only what they say of themselves
    is a fault of the machine. An answer can make them say much else."""
    if ran_into_limit(done):
        return "compile-limit"
    said = [line for line in done.output.splitlines() if OWN_WORDS.match(line)]
    broken = tools_failed("\n".join(said), linking=False) and not ERROR.search(done.output)
    return "grader-error" if broken else "does-not-compile"


def ran_into_limit(done: process.Finished) -> bool:
    """Whether time or memory ended the compiler, which then reports a child killed by a signal."""
    said = (
        r"(?:CPU time|File size) limit exceeded|fatal error: Killed signal|virtual memory exhausted"
        r"|out of memory allocating \d+ bytes"
    )
    return done.hit_cpu_limit or done.out_of_memory or re.search(said, done.output) is not None


def plainly_named(answer: Answer, copy: Path) -> Path:
    """The file to include: a copy when the name holds what a string literal cannot."""
    if not re.search(r'["\\\n?]', str(answer.path)):
        return answer.path
    copy.write_bytes(answer.content)
    return copy


def includes_neighbours(answer: Answer) -> bool:
    """Whether the answer includes files of the student's own, which the cache does not know."""
    return re.search(rb'^[ \t]*#[ \t]*include[ \t]*"', answer.content, re.MULTILINE) is not None


def cache_key(tools: Toolbox, profile: Profile, ex: Exercise, answer: Answer) -> str:
    """A name made of everything that the program depends on."""
    seen = hashlib.sha256()
    for part in (answer.content, os.fsencode(answer.path), ex.key.encode()):
        seen.update(hashlib.sha256(part).digest())
    for header in sorted([*ex.checks.glob("*.hpp"), *ex.checks.parent.glob("*.hpp")]):
        seen.update(hashlib.sha256(header.read_bytes()).digest())
    seen.update(json.dumps([tools.cxx, profile.compile, profile.link]).encode())
    for path in (tools.unit, *profile.inputs):
        seen.update(file_mark(path))
    return seen.hexdigest()


def file_mark(path: Path) -> bytes:
    try:
        status = path.stat()
    except OSError:
        return f"{path} missing".encode()
    return f"{path} {status.st_mtime_ns} {status.st_size}".encode()


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LabError(f"cannot write to {folder}: {error.strerror}") from error


def prune(cache: Path) -> None:
    """Drops the programs that were used longest ago, and leftovers of killed runs."""
    entries = []
    for path in cache.iterdir():
        with contextlib.suppress(OSError):
            entries.append((path.stat().st_mtime, path))
    entries.sort(reverse=True)
    hour_ago = time.time() - 3600
    for index, (used, path) in enumerate(entries):
        leftover = path.suffix != "" and used < hour_ago
        if leftover or index >= KEPT_PROGRAMS:
            with contextlib.suppress(OSError):
                path.unlink()
