# The words of the commands that start a sandbox. Pure: from folders and numbers to lists of words.
#
# lab-box (user, cgroup, limits) starts bubblewrap (namespaces, file systems), which starts lab-box
# again as process 1 inside, which starts the command and reports its end. {program} and {status}
# are filled in by whoever starts the command: the checker, or lab.sandbox_run.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INSIDE = Path("/lab-box")  # our own folder in every sandbox: nothing else is called so
WORK = INSIDE / "work"
PROGRAM = INSIDE / "program"
LOCAL_NAMES = INSIDE / "local-names"  # what an answer defines under these names stays its own
PROCESSES = 64  # as the checker counts them; the kernel's own limit lies above, as the last wall
MOST_PROCESSES = PROCESSES + 16
CHANNEL = (3, 4)  # the descriptors between a program and its checker
MIB = 1 << 20
RUN_LIMITS = {"fsize": 16 * MIB, "nofile": 1024, "core": 0, "stack": 8 * MIB}
COMPILE_LIMITS = {
    "cpu": 20,
    "fsize": 64 * MIB,
    "nofile": 512,
    "core": 0,
    "data": 1536 * MIB,
    "as": 4096 * MIB,
}
WORK_BYTES = 16 * MIB
REDUCED = ("--own-directory", "--status", "{status}")  # the command is the caller's own child
DEVICES = ("null", "zero", "full", "random", "urandom")


@dataclass(frozen=True)
class Shell:
    """What the commands are made of; `bwrap` is None where there is no bubblewrap."""

    box: Path  # lab-box, as it lies outside
    bwrap: str | None
    run_world: Path  # the root folder of programs
    compile_world: Path  # the root folder of compilers
    mounts: tuple[Path, ...] = ()  # folders of the machine that compilers see too
    own_processes: bool = True  # whether the kernel counts a sandbox's processes by themselves


def runner_words(shell: Shell, uid: int, limits: Mapping[str, int]) -> list[str]:
    """The command for a judged program; {program} is its path outside."""
    if shell.bwrap is None and uid:  # the user's own count; else process 1 inside sets this
        limits = {**limits, "nproc": MOST_PROCESSES}
    enter = enter_words(shell, uid, {**RUN_LIMITS, **limits}, keep=CHANNEL)
    if shell.bwrap is None:
        return [*enter, *REDUCED, "--filter", "--", "{program}"]
    files = [
        "--proc",
        "/proc",
        "--size",
        str(WORK_BYTES),
        "--perms",
        "0700",
        "--tmpfs",
        "/tmp",
        "--chdir",
        "/tmp",
    ]
    files += ["--ro-bind", "{program}", str(PROGRAM)]
    variables = {"HOME": "/tmp", "TMPDIR": "/tmp"}
    return [
        *enter,
        *("--keep", "{status}", "--"),
        *bwrap_words(shell.bwrap, shell.run_world, files, variables),
        *init_words(shell, CHANNEL),
        str(PROGRAM),
    ]


def compiler_words(
    shell: Shell,
    uid: int,
    commands: Sequence[Sequence[str]],
    work: Path,
    joins: Sequence[Path] = (),
    limits: Mapping[str, int] = {},
) -> list[str]:
    """The command that runs `commands` one after the other in WORK, which is `work` outside.

    There is no /proc: through it an answer could include its own compiler's output, and wait.
    """
    enter = enter_words(shell, uid, {**COMPILE_LIMITS, **limits}, joins=joins)
    assert shell.bwrap is not None, "without bubblewrap commands run one by one"
    files = ["--bind", str(work), str(WORK), "--chdir", str(WORK)]
    for folder in shell.mounts:
        files += ["--ro-bind", str(folder), str(folder)]
    variables = {"HOME": str(WORK), "TMPDIR": str(WORK)}
    words = [
        *enter,
        *("--keep", "{status}", "--"),
        *bwrap_words(shell.bwrap, shell.compile_world, files, variables),
        *init_words(shell, ()),
    ]
    for index, command in enumerate(commands):
        words += [*(["--then"] if index else []), *command]
    return words


def reduced_words(
    shell: Shell, uid: int, command: Sequence[str], joins: Sequence[Path] = ()
) -> list[str]:
    """The command that runs a compiler without bubblewrap: another user, limits, nothing more."""
    enter = enter_words(shell, uid, COMPILE_LIMITS, joins=joins)
    return [*enter, *REDUCED, "--", *command]


def checker_words(shell: Shell, joins: Sequence[Path]) -> list[str]:
    """What stands before a checker, so that all it starts is counted."""
    if not joins:
        return []
    words = [str(shell.box), "enter", "--polite-parent"]
    return [*words, *options("--join", joins), "--"]


def enter_words(
    shell: Shell,
    uid: int,
    limits: Mapping[str, int],
    *,
    keep: Sequence[int] = (),
    joins: Sequence[Path] = (),
) -> list[str]:
    words = [str(shell.box), "enter", "--plain-environment", "--oom-score", "500"]
    words += options("--join", joins) + options("--keep", keep) + limit_words(limits)
    return [*words, *(["--uid", str(uid)] if uid else [])]


def init_words(shell: Shell, keep: Sequence[int]) -> list[str]:
    words = ["--", str(INSIDE / "init"), "init", "--status", "{status}", "--filter"]
    most = {"nproc": MOST_PROCESSES} if shell.own_processes else {}
    return [*words, *options("--keep", keep), *limit_words(most), "--"]


def bwrap_words(
    bwrap: str, world: Path, files: Sequence[str], variables: Mapping[str, str]
) -> list[str]:
    """Namespaces of its own, and a root folder that nobody can write to."""
    words = [bwrap, "--unshare-user", "--unshare-all", "--disable-userns", "--die-with-parent"]
    words += ["--new-session", "--as-pid-1", "--ro-bind", str(world), "/"]
    for name in DEVICES:
        words += ["--dev-bind", f"/dev/{name}", f"/dev/{name}"]
    for name, value in variables.items():
        words += ["--setenv", name, value]
    return [*words, *files]


def options(name: str, values: Sequence[object]) -> list[str]:
    return [word for value in values for word in (name, str(value))]


def limit_words(limits: Mapping[str, int]) -> list[str]:
    return options("--limit", [f"{name}={most}" for name, most in limits.items()])


def fill(words: Sequence[str], places: Mapping[str, str]) -> list[str]:
    """`words` with each {name} that stands alone replaced."""
    return [places.get(word[1:-1], word) if word.startswith("{") else word for word in words]
