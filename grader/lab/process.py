# Runs a program with limits on time and output, and leaves nothing behind.
#
# Each program leads a process group of its own, so that its children can be ended with it. The
# CPU limit is set from outside, right after the start, because code between fork and exec is not
# safe while other threads run; the wall limit is the backstop where prlimit is missing.
from __future__ import annotations

import contextlib
import os
import resource
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """What a program may use; `memory_bytes` 0 sets no limit (ASan maps terabytes)."""

    cpu_seconds: int = 20
    wall_seconds: float = 120.0
    keep_bytes: int = 64 * 1024
    memory_bytes: int = 0


@dataclass(frozen=True)
class Finished:
    """How a program ended. `output` holds at most `keep_bytes` of what it printed."""

    status: int
    output: str
    errors: str
    cut: bool
    timed_out: bool
    seconds: float
    out_of_memory: bool = False

    @property
    def hit_cpu_limit(self) -> bool:
        return self.timed_out or self.status in (-signal.SIGXCPU, -signal.SIGKILL)


_live: set[subprocess.Popen[bytes]] = set()
_live_lock = threading.Lock()
_stopping = False


def run(
    command: Sequence[str | Path],
    limits: Limits = Limits(),
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    join_streams: bool = False,
    on_output: Callable[[str], None] | None = None,
    pass_fds: Sequence[int] = (),
) -> Finished:
    """Runs `command` to its end or to a limit.

    Effects: on any exception, Ctrl-C included, the whole process group is ended first.
    Throws: OSError when the program cannot be started.
    """
    begun = time.monotonic()
    starting = started(command, cwd=cwd, env=env, join_streams=join_streams, pass_fds=pass_fds)
    with starting as child:
        return finish(child, limits, begun, on_output)


def finish(
    child: subprocess.Popen[bytes],
    limits: Limits,
    begun: float,
    on_output: Callable[[str], None] | None = None,
) -> Finished:
    """Goes with a program that was started at `begun` to its end or to a limit."""
    limit(child, limits)
    kept, cut, timed_out = collect(child, limits, begun, on_output)
    if timed_out:
        end_group(child)
    status = child.wait()
    texts = [b.decode("utf-8", "replace") for b in kept]
    return Finished(status, texts[0], texts[1], cut, timed_out, time.monotonic() - begun)


@contextlib.contextmanager
def started(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    join_streams: bool = False,
    pass_fds: Sequence[int] = (),
    output: int | None = subprocess.PIPE,
    own_session: bool = False,
) -> Iterator[subprocess.Popen[bytes]]:
    """A running program that is gone when the block ends, however it ends.

    `output` is where both streams go: a pipe, nowhere (DEVNULL), or with None where ours go.
    With `own_session` the kernel weighs it against other sessions, no longer as a part of ours.
    """
    if _stopping:
        raise KeyboardInterrupt
    child = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if join_streams else output,
        cwd=cwd,
        env=env,
        pass_fds=pass_fds,
        process_group=None if own_session else 0,
        start_new_session=own_session,  # which leads a process group of its own as well
    )
    with _live_lock:
        _live.add(child)
    try:
        yield child
    finally:
        end_group(child)
        child.wait()
        with _live_lock:
            _live.discard(child)
        for stream in (child.stdout, child.stderr):
            if stream is not None:
                stream.close()


def limit(child: subprocess.Popen[bytes], limits: Limits) -> None:
    """Sets the kernel's limits on a program that runs already."""
    prlimit = getattr(resource, "prlimit", None)
    if prlimit is None:
        return
    # SIGXCPU at the soft limit names the reason; SIGKILL follows for those who ignore it.
    wanted = [
        (resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 2),
        (resource.RLIMIT_CORE, 0, 0),
    ]
    if limits.memory_bytes:
        wanted.append((resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes))
    for kind, soft, hard in wanted:
        with contextlib.suppress(OSError, ValueError):  # already gone, or a lower limit holds
            prlimit(child.pid, kind, (soft, hard))


def collect(
    child: subprocess.Popen[bytes],
    limits: Limits,
    begun: float,
    on_output: Callable[[str], None] | None,
) -> tuple[list[bytes], bool, bool]:
    """Reads both streams to their ends. Returns what was kept, whether cut, whether too late."""
    kept = [bytearray(), bytearray()]
    cut = False
    with selectors.DefaultSelector() as ready:
        for index, stream in enumerate((child.stdout, child.stderr)):
            if stream is not None:
                ready.register(stream, selectors.EVENT_READ, index)
        while ready.get_map():
            left = begun + limits.wall_seconds - time.monotonic()
            if left <= 0:
                return [bytes(k) for k in kept], cut, True
            for key, _ in ready.select(left):
                chunk = os.read(key.fd, 65536)
                if not chunk:
                    ready.unregister(key.fileobj)
                    continue
                buffer = kept[key.data]
                room = limits.keep_bytes - len(buffer)
                buffer += chunk[: max(room, 0)]
                cut = cut or len(chunk) > room
                if on_output is not None:
                    on_output(chunk.decode("utf-8", "replace"))
    return [bytes(k) for k in kept], cut, False


def end_group(child: subprocess.Popen[bytes]) -> None:
    """Ends the program and all that it started. A compiler gets a moment to remove its files."""
    if child.poll() is None:
        signal_group(child, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=0.5)
    signal_group(child, signal.SIGKILL)


def signal_group(child: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)


def stop_all() -> None:
    """Ends every program that any thread has started, and lets no thread start another."""
    global _stopping
    _stopping = True
    with _live_lock:
        children = list(_live)
    for child in children:
        end_group(child)


def plain_environment() -> dict[str, str]:
    """The environment for compilers: English messages in UTF-8, no colours."""
    kept = {k: v for k, v in os.environ.items() if k not in ("LANGUAGE", "GCC_COLORS")}
    return kept | {"LC_ALL": "C.UTF-8", "TERM": "dumb", "NO_COLOR": "1"}
