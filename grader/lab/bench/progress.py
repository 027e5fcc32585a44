# What is said while it is measured: one line that changes in a terminal, a few lines elsewhere.
from __future__ import annotations

import sys


class Progress:
    """Goes to standard error, so that standard output is the result alone."""

    def __init__(self) -> None:
        self.live = sys.stderr.isatty()
        self.last = ""

    def tell(self, line: str) -> None:
        """`line` begins with what changes seldom, up to its first comma."""
        stage = line.split(",", 1)[0]
        if self.live:
            print(f"\r\x1b[Klab: {line}"[:200], end="", file=sys.stderr, flush=True)
        elif stage != self.last:
            print(f"lab: {line}", file=sys.stderr, flush=True)
        self.last = stage

    def done(self) -> None:
        if self.live and self.last:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def say(line: str) -> None:
    print(f"lab: {line}", file=sys.stderr, flush=True)
