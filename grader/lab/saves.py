# Tells when a file has been saved: by the system's own events, or by looking ten times a second.
from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

PERIOD = 0.1


@contextlib.contextmanager
def saves(folder: Path, *, polling: bool = False) -> Iterator[int]:
    """A descriptor that becomes readable whenever something in `folder` changes."""
    read_end, write_end = os.pipe()
    os.set_blocking(read_end, False)
    os.set_blocking(write_end, False)

    def ring() -> None:
        with contextlib.suppress(OSError):  # full: a ring is waiting already; closed: over
            os.write(write_end, b"!")

    stop = (None if polling else watch_events(folder, ring)) or watch_times(folder, ring)
    try:
        yield read_end
    finally:
        stop()
        os.close(read_end)
        os.close(write_end)


def drain(descriptor: int) -> None:
    """Takes all rings that came so far."""
    with contextlib.suppress(BlockingIOError):
        while os.read(descriptor, 4096):
            pass


def watch_events(folder: Path, ring: Callable[[], None]) -> Callable[[], None] | None:
    """watchdog's observer. Returns: how to stop it; None where it cannot be started."""
    try:
        from watchdog.events import FileSystemEventHandler
        from watchdog.observers import Observer
    except ImportError:
        return None

    class Ring(FileSystemEventHandler):
        def on_any_event(self, event: Any) -> None:
            if event.event_type in ("created", "modified", "moved", "closed", "deleted"):
                ring()

    observer: Any = cast(Any, Observer)()  # watchdog 2 has no types
    try:
        observer.schedule(Ring(), str(folder), recursive=False)
        observer.start()
    except OSError:  # no inotify here, or no watch left
        return None

    def stop() -> None:
        observer.stop()
        observer.join(timeout=2)

    return stop


def watch_times(folder: Path, ring: Callable[[], None]) -> Callable[[], None]:
    """Looks at sizes and times of the folder's files. Returns: how to stop."""
    stopped = threading.Event()
    first = snapshot(folder)  # here, not in the thread: a save right after the start counts

    def look() -> None:
        before = first
        while not stopped.wait(PERIOD):
            now = snapshot(folder)
            if now != before:
                before = now
                ring()

    thread = threading.Thread(target=look, daemon=True)
    thread.start()

    def stop() -> None:
        stopped.set()
        thread.join(timeout=2)

    return stop


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    seen = {}
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            with contextlib.suppress(OSError):
                status = entry.stat()
                seen[entry.name] = (status.st_mtime_ns, status.st_size)
    return seen
