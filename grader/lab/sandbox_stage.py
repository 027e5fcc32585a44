# A class run's own copy of what answers are compiled and run with, and of nothing else.
#
# The copies can be read by every user, whatever the teacher's umask and however private the
# course's folder is; solutions and checks are not among them. `compile` and `run` are the root
# folders that the sandbox shows to compilers and to programs: a copied file has its own old path
# there, so that the precompiled header and the compiler's words stay right.
from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab import process
from lab.build import Toolbox
from lab.compile import answer_profile
from lab.course import Exercise
from lab.errors import LabError, LabFault
from lab.sandbox_words import DEVICES, INSIDE, LOCAL_NAMES

PREFIX = "lab-class-"
DRIVER_FILES = ("driver.hpp", "params.hpp", "script.hpp")
SANITIZER_NAMES = {  # by these an answer could set the options of its own sanitizer
    f"__{name}_{what}"
    for name in ("asan", "ubsan", "lsan", "tsan", "sanitizer")
    for what in ("default_options", "on_error", "on_print", "default_suppressions")
}
LINKS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")  # links into /usr on most systems


@dataclass(frozen=True)
class Stage:
    """The folder and what is in it. `mounts` are folders of the machine that compilers need."""

    folder: Path
    mounts: tuple[Path, ...]

    @property
    def compile_world(self) -> Path:
        return self.folder / "compile"

    @property
    def run_world(self) -> Path:
        return self.folder / "run"

    @property
    def jobs(self) -> Path:
        return self.folder / "jobs"

    @property
    def box(self) -> Path:
        return self.run_world / INSIDE.relative_to("/") / "init"

    @property
    def canary(self) -> Path:
        return self.folder / "canary"


@contextlib.contextmanager
def staged(
    tools: Toolbox, exercises: Sequence[Exercise], *, sanitize: bool = False
) -> Iterator[Stage]:
    """Makes the copies for `exercises`, and removes them at the end.

    Effects: stages whose run has been killed are removed first.
    Throws: LabError when the temporary folder cannot be written to.
    """
    refuse_private(Path(tempfile.gettempdir()).resolve())
    remove_stale()
    with own_folder() as folder:
        folder.chmod(0o755)
        try:
            stage = fill_stage(folder, tools, exercises, sanitize)
        except OSError as error:
            raise LabError(f"cannot copy to {folder}: {error}") from error
        yield stage


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """A temporary folder, gone at the end; if this process is killed, `remove_stale` finds it.

    Throws: LabError when the temporary folder cannot be written to.
    """
    while True:
        try:
            folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        except OSError as error:
            raise LabError(f"cannot write to {tempfile.gettempdir()}: {error.strerror}") from error
        with contextlib.ExitStack() as at_end:
            try:
                at_end.enter_context(held(folder))
            except (FileNotFoundError, BlockingIOError):
                continue  # before it was held, another run took it for a killed one's
            at_end.callback(shutil.rmtree, folder, ignore_errors=True)
            yield folder
            return


def refuse_private(folder: Path) -> None:
    """As root the answers belong to other users, who have to get at their folders."""
    for one in (folder, *folder.parents) if os.geteuid() == 0 else ():
        if one.is_dir() and not one.stat().st_mode & stat.S_IXOTH:
            raise LabError(f"other users may not enter {one}: set TMPDIR to a folder such as /tmp")


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Marks the stage as in use; the kernel takes the mark away when this process ends."""
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.stat(folder / "lock")  # still there, and not removed by the one who held it before
        yield
    finally:
        os.close(lock)


def remove_stale() -> None:
    """Removes our own folders that nobody holds any more."""
    for folder in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        with contextlib.suppress(OSError):
            about = folder.lstat()
            if about.st_uid != os.geteuid() or not stat.S_ISDIR(about.st_mode):
                continue
            with held(folder):
                shutil.rmtree(folder, ignore_errors=True)


def fill_stage(
    folder: Path, tools: Toolbox, exercises: Sequence[Exercise], sanitize: bool
) -> Stage:
    stage = Stage(folder, machine_folders(tools))
    stage.jobs.mkdir(mode=0o755)
    stage.jobs.chmod(0o755)
    copy(tools.bin / "lab-canary", stage.canary)
    for world in (stage.run_world, stage.compile_world):
        make_world(world, tools.bin / "lab-box")
    names: set[str] = set()
    for profile_files in compile_files(tools, exercises, sanitize):
        for path in profile_files:
            copy(path, within(stage.compile_world, path))
    for archive in archives(tools, exercises, sanitize):
        names |= defined_names(archive)
    names |= c_names(stage.canary) | SANITIZER_NAMES
    write(within(stage.compile_world, LOCAL_NAMES), "".join(f"{n}\n" for n in sorted(names)))
    fill_compile_world(stage)
    fill_run_world(stage, tools, any(ex.sanitize for ex in exercises) or sanitize)
    return stage


def compile_files(
    tools: Toolbox, exercises: Sequence[Exercise], sanitize: bool
) -> Iterator[Iterator[Path]]:
    """The files to copy, each once: headers, what is linked, and the exercises' drivers."""
    seen: set[Path] = set()

    def fresh(paths: Iterator[Path]) -> Iterator[Path]:
        for path in paths:
            if path not in seen:
                seen.add(path)
                yield path

    yield iter([tools.unit])
    for ex in exercises:
        profile = answer_profile(tools, ex, sanitize or ex.sanitize)
        yield fresh(path for path in profile.inputs if path.exists())
        yield fresh(headers(profile.compile))
        yield fresh(p for name in DRIVER_FILES if (p := ex.checks / name).is_file())


def headers(words: Sequence[str]) -> Iterator[Path]:
    """The headers that a compiler's words point to."""
    for word, following in zip(words, [*words[1:], ""]):
        if word.startswith("-I"):
            yield from sorted(p for p in Path(word[2:]).rglob("*") if p.is_file())
        elif word in ("-include", "-include-pch") and Path(following).is_file():
            yield Path(following)


def archives(tools: Toolbox, exercises: Sequence[Exercise], sanitize: bool) -> list[Path]:
    """The runtime's libraries: of these the linker takes only what nobody else defines."""
    linked = (p for ex in exercises for p in answer_profile(tools, ex, sanitize).inputs)
    return sorted({path for path in linked if path.suffix == ".a"})


def defined_names(library: Path, *options: str) -> set[str]:
    """The names that a library defines for others. Throws: LabFault when nm cannot tell."""
    command = ["nm", "--defined-only", "--extern-only", "--format=posix", *options, str(library)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise LabFault(f"nm cannot read {library}: {error}") from error
    # Strong ones alone (T, D, B, R, ...): what a header defines is weak, and in every object.
    found = (line.split() for line in done.stdout.splitlines())
    return {words[0].split("@")[0] for words in found if len(words) > 1 and words[1] in "TDBRSG"}


def c_names(program: Path) -> set[str]:
    """What the harness asks of the system's libraries: an answer's own `write` is its own alone.

    C++ names stay: two objects that share an inline function must agree on it.
    """
    libraries = [p for p in libraries_of(program) if p.name.startswith("lib")]
    command = ["nm", "--dynamic", "--defined-only", "--format=posix", *map(str, libraries)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    found = (line.split() for line in done.stdout.splitlines())
    names = {words[0].split("@")[0] for words in found if len(words) > 1 and words[1] in "TWiDBV"}
    return {name for name in names if not name.startswith("_Z")} - {"main", "_init", "_fini"}


def libraries_of(program: Path) -> list[Path]:
    """The shared libraries of a program of ours, the loader included."""
    done = process.run(["ldd", str(program)], process.Limits(wall_seconds=20))
    return [Path(found) for found in re.findall(r"(/\S+) \(0x", done.output)]


def make_world(world: Path, box: Path) -> None:
    """A root folder with the places at which a sandbox mounts something."""
    for name in ("proc", "dev", "tmp", "etc", str(INSIDE / "work").strip("/")):
        make_folder(world / name)
    copy(box, world / INSIDE.relative_to("/") / "init")
    for name in (*(f"dev/{device}" for device in DEVICES), "lab-box/program"):
        write(world / name, "")
    for link, target in (("fd", "fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")):
        (world / "dev" / link).symlink_to(f"/proc/self/{target}")
    for name in LINKS:
        if Path("/", name).is_symlink():
            (world / name).symlink_to(os.readlink(Path("/", name)))
    if Path("/etc/ld.so.cache").is_file():
        copy(Path("/etc/ld.so.cache"), world / "etc/ld.so.cache")


def machine_folders(tools: Toolbox) -> tuple[Path, ...]:
    """The folders in which compiler, linker and the system's headers lie."""
    found = [Path("/usr"), *(p for name in LINKS if (p := Path("/", name)).is_dir())]
    compiler = Path(tools.cxx).resolve()
    if not compiler.is_relative_to("/usr"):
        found.append(compiler.parent.parent)
    return tuple(path for path in found if not path.is_symlink())


def fill_compile_world(stage: Stage) -> None:
    world = stage.compile_world
    for folder in stage.mounts:
        make_folder(within(world, folder))
    if Path("/etc/alternatives").is_dir():  # Debian's names of the default tools
        shutil.copytree("/etc/alternatives", world / "etc/alternatives", symlinks=True)
        (world / "etc/alternatives").chmod(0o755)


def fill_run_world(stage: Stage, tools: Toolbox, sanitize: bool) -> None:
    needed = set(libraries_of(stage.canary))
    if sanitize:
        for name in ("libasan.so", "libubsan.so"):
            done = process.run([tools.cxx, f"-print-file-name={name}"])
            library = Path(done.output.strip())
            if library.is_symlink():  # its target has the name that programs ask for
                library = library.parent / os.readlink(library)
            if library.is_file():
                needed |= {library, *libraries_of(library)}
    for path in sorted(needed):
        place = path.parent.resolve() / path.name
        copy(path, within(stage.run_world, place))


def within(world: Path, path: Path) -> Path:
    return world / path.relative_to("/")


def make_folder(folder: Path) -> None:
    """Like mkdir -p, but everybody may enter, whatever the umask."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir()
        folder.chmod(0o755)


def copy(source: Path, target: Path) -> None:
    """A copy that everybody may read, as old as its source: compilers look at dates."""
    make_folder(target.parent)
    shutil.copyfile(source, target)
    about = source.stat()
    os.utime(target, ns=(about.st_atime_ns, about.st_mtime_ns))
    target.chmod(0o755 if about.st_mode & 0o100 else 0o644)


def write(path: Path, text: str) -> None:
    make_folder(path.parent)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)
