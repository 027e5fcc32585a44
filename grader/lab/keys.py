# Single key presses from a terminal, without waiting for Enter; nothing at all without a terminal.
from __future__ import annotations

import contextlib
import os
import sys
import termios
import tty
from collections.abc import Iterator


@contextlib.contextmanager
def key_presses() -> Iterator[int | None]:
    """The descriptor to read keys from, or None. The terminal is as before when the block ends."""
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        yield None
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield descriptor
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def read_key(descriptor: int) -> str:
    """The key that was pressed, in lower case; `q` at the end of input."""
    pressed = os.read(descriptor, 32)
    return pressed.decode("utf-8", "replace").lower()[:1] if pressed else "q"
