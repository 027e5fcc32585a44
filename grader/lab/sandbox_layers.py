# Tries every wall of the sandbox before a class run: a program of ours does what no answer may.
#
# Nothing is believed because an option was given or a file exists. The canary runs as answers do,
# and what it could not do is a layer that is on; what it could do is a layer that is off, and why.
from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lab import process
from lab.build import Toolbox
from lab.classroom.model import Isolation, Layer
from lab.errors import BrokenBox, LabError
from lab.sandbox import Box, Sandbox, make_shell, run_words
from lab.sandbox_cgroups import Cgroups, find_cgroups, refusals
from lab.sandbox_stage import Stage, copy, write
from lab.sandbox_words import CHANNEL, MIB, MOST_PROCESSES, WORK_BYTES
from lab.tools import find_manager, mend

LIMITS = process.Limits(cpu_seconds=10, wall_seconds=60)
SMALL_GROUP = (64 * MIB, 40)  # bytes and processes of the group that the canary is to overflow
FIRST_FREE = max(CHANNEL) + 1
INHERITED = 100  # a descriptor that the canary is not to get

# The name of each layer, and the canary's tries that it rests on.
LOOKS = {
    "own user": ("root",),
    "files": ("read", "write"),
    "network": ("network",),
    "processes": ("processes", "signals"),
    "first process": ("parent",),
    "namespaces": ("namespaces",),
    "system calls": ("calls",),
    "descriptors": ("descriptors",),
    "environment": ("environment", "terminal"),
    "time limit": ("cpu", "core"),
}
NEEDED = ("files", "network", "processes", "first process", "namespaces", "descriptors")


@dataclass(frozen=True)
class Seen:
    """What the canary's first run told: each try, and why it is open if it is."""

    fault: str
    open: dict[str, str]
    held: frozenset[str]

    def layer(self, name: str, tries: tuple[str, ...]) -> Layer:
        why = "; ".join(self.open[one] for one in tries if one in self.open)
        missing = [one for one in tries if one not in self.open and one not in self.held]
        if missing:
            why = "; ".join([*([why] if why else []), f"not tried: {', '.join(missing)}"])
        return Layer(name, not why, why)


def open_sandbox(
    tools: Toolbox, stage: Stage, *, allow_reduced: bool = False, trust: bool = False
) -> Sandbox:
    """Tries every wall with a real run, and says which of them stand.

    `allow_reduced` goes on as root without bubblewrap, `trust` without any sandbox: both only if
    there is no better one. Any number of workers may use it at once, each with a number of its own.
    Throws: LabError, with what to install or to say, when too few walls stand.
    """
    bwrap = shutil.which("bwrap")
    return probe(
        tools, stage, find_cgroups(), bwrap=bwrap, allow_reduced=allow_reduced, trust=trust
    )


def probe(
    tools: Toolbox,
    stage: Stage,
    cgroups: Cgroups,
    *,
    bwrap: str | None,
    allow_reduced: bool,
    trust: bool,
) -> Sandbox:
    """The best sandbox that this machine has with these means. See open_sandbox."""
    root = os.geteuid() == 0
    why = "bubblewrap is missing"
    if bwrap is not None:
        sandbox = tried(tools, stage, cgroups, bwrap)
        failed = [one for one in sandbox.isolation.layers if one.name in NEEDED and not one.on]
        if not failed and sandbox.isolation.mode == "full":
            return sandbox
        why = f"bubblewrap does not work here ({failed[0].why if failed else 'no layer was tried'})"
    if trust:
        isolation = Isolation("none", (Layer("sandbox", False, why),))
        return Sandbox(make_shell(stage, bwrap=None), stage, Cgroups(()), isolation)
    if root and allow_reduced:
        sandbox = tried(tools, stage, cgroups, None)
        if own_user(sandbox):
            return sandbox
    raise LabError(advice(why, root))


def own_user(sandbox: Sandbox) -> bool:
    return any(one.name == "own user" and one.on for one in sandbox.isolation.layers)


def advice(why: str, root: bool) -> str:
    """One line: what is wrong, and what to do."""
    if why == "bubblewrap is missing":
        first = mend(find_manager(), ["bubblewrap"])
    else:
        first = "allow user namespaces (in a container: run it with --privileged)"
    second = "--reduced to go on without it" if root else "--trust to run all answers unprotected"
    return f"{why}: {first}, or say {second}"


def tried(tools: Toolbox, stage: Stage, cgroups: Cgroups, bwrap: str | None) -> Sandbox:
    """A sandbox with its layers as found."""
    shell = make_shell(stage, bwrap=bwrap)
    sandbox = Sandbox(shell, stage, cgroups, Isolation("reduced" if bwrap is None else "full"))
    with sandbox.job(0) as box:
        assert box is not None
        seen = look(box)
        if seen.fault and bwrap is not None:
            return replace(
                sandbox, isolation=Isolation("none", (Layer("files", False, seen.fault),))
            )
        layers = [seen.layer(name, tries) for name, tries in LOOKS.items()]
        if not sandbox.uid(0):
            why = "only root can give each worker a user of its own"
            layers[0] = Layer("own user", False, why)
        layers += [compiler_layer(tools, box)]
        layers += list(limit_layers(box)) + [group_layer(box)]
    return replace(sandbox, isolation=replace(sandbox.isolation, layers=tuple(layers)))


def look(box: Box, *, compiling: bool = False) -> Seen:
    """Runs the tries that harm nobody: as a program, or as a compiler."""
    with contextlib.ExitStack() as at_end:
        secret = box.sandbox.stage.folder / "secret"
        secret.write_text("nobody inside reads this\n", encoding="utf-8")
        secret.chmod(0o644)
        at_end.callback(secret.unlink)
        server = at_end.enter_context(socket.create_server(("127.0.0.1", 0)))
        opened = os.open(secret, os.O_RDONLY | os.O_CLOEXEC)
        at_end.callback(os.close, opened)
        inherited = fcntl.fcntl(opened, fcntl.F_DUPFD_CLOEXEC, INHERITED)
        at_end.callback(os.close, inherited)
        facts = {
            "secret": secret,
            "port": server.getsockname()[1],
            "pid": os.getpid(),
            "first-free": 3 if compiling else FIRST_FREE,
        }
        arguments = ["look", *(f"{key}={value}" for key, value in facts.items())]
        if compiling:
            copy(box.sandbox.stage.canary, box.folder / "canary")
            done, _ = box.compile([[str(box.work / "canary"), *arguments]], LIMITS)
            fault = ""
        else:
            done, fault = run_canary(box, arguments, inherited=(inherited,))
    told = [re.fullmatch(r"(\S+) (held|open) (.*)", line) for line in done.output.splitlines()]
    found = [match.groups() for match in told if match]
    if not found and not fault:
        fault = f"the canary said nothing (status {done.status})"
    return Seen(
        fault,
        {name: why for name, state, why in found if state == "open"},
        frozenset(name for name, state, _ in found if state == "held"),
    )


def run_canary(
    box: Box, arguments: list[str], *, joins: tuple[Path, ...] = (), inherited: tuple[int, ...] = ()
) -> tuple[process.Finished, str]:
    """Runs the canary as a judged program. Returns: how it ended, and a fault of the sandbox."""
    words = box.sandbox.runner_words(box.worker)
    joined = [part for folder in joins for part in ("--join", str(folder / "cgroup.procs"))]
    words = [*words[:2], *joined, *words[2:], *arguments]
    places = {"program": str(box.sandbox.stage.canary)}
    secret = {"LAB_CANARY_SECRET": "1"}
    done, _, fault = run_words(
        words, LIMITS, places, cwd=box.folder, env=secret, pass_fds=inherited
    )
    return done, fault


def limit_layers(box: Box) -> Iterator[Layer]:
    """The limits of one program, each overrun for real."""
    tries = [
        ("memory limit", "alone", 256 * MIB),
        ("process limit", "fork", MOST_PROCESSES),
        ("file limit", "file", 16 * MIB),
    ]
    if not box.sandbox.reduced:
        tries.append(("work folder", "fill", WORK_BYTES))
    for name, what, most in tries:
        made, fault = how_far(box, what)
        why = fault or (f"a program got {made}, more than {most}" if made > most else "")
        yield Layer(name, not why, why)
    if box.sandbox.reduced:
        yield Layer("work folder", False, "without bubblewrap the folder for work has no size")


def how_far(box: Box, what: str, joins: tuple[Path, ...] = ()) -> tuple[int, str]:
    done, fault = run_canary(box, [what], joins=joins)
    made = re.search(r"^made (\d+)$", done.output, re.MULTILINE)
    if made is None:
        return 0, fault or f"the canary did not say how far it came (status {done.status})"
    return int(made[1]), ""


def group_layer(box: Box) -> Layer:
    """Whether the kernel counts memory and processes of a whole family."""
    name, cgroups = "control group", box.sandbox.cgroups
    if not cgroups.parents:
        return Layer(name, False, cgroups.why)
    try:
        with cgroups.group(*SMALL_GROUP) as folders:
            made, fault = how_far(box, "fork", folders)
            if fault or made > SMALL_GROUP[1]:
                return Layer(name, False, fault or f"it let {made} processes be made")
            run_canary(box, ["memory"], joins=folders)
            if refusals(folders) == 0:
                return Layer(name, False, "it let a family take more memory than it may")
    except OSError as error:
        return Layer(name, False, f"no group can be made: {error}")
    return Layer(name, True)


def compiler_layer(tools: Toolbox, box: Box) -> Layer:
    """Whether a compiler sees no more than it needs, and still works."""
    name = "compiler"
    try:
        seen = look(box, compiling=True)
        walls = ("read", "write", "network", "processes", "signals", "descriptors")
        layer = seen.layer(name, walls)
        if seen.fault or not layer.on:
            return replace(layer, on=False, why=seen.fault or layer.why)
        write(box.folder / "probe.cpp", "#include <vector>\nint main() {}\n")
        command = [tools.cxx, str(box.work / "probe.cpp"), "-o", str(box.work / "probe")]
        done, _ = box.compile([command], LIMITS)
        if done.status != 0:
            return Layer(name, False, f"it does not work: {done.output.strip()[:200]}")
        box.take("probe")
    except (BrokenBox, OSError) as error:
        return Layer(name, False, str(error))
    return layer
