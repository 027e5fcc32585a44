# What the teacher sees while a class is graded: a live table, or a plain line now and then.
from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable

from lab.classroom.crew import Stored
from lab.classroom.job import Job

EVERY_SECONDS = 10.0


class PlainProgress:
    """Lines on standard error, for logs: at most one in ten seconds."""

    def __init__(self, total: int, say: Callable[[str], None]) -> None:
        self.total = total
        self.done = 0
        self.verdicts: Counter[str] = Counter()
        self._say = say
        self._begun = self._said = time.monotonic()

    def note(self, job: Job, result: Stored) -> None:
        self.done += 1
        self.verdicts[result["verdict"]] += 1
        now = time.monotonic()
        if now - self._said >= EVERY_SECONDS:
            self._said = now
            self._say(self.line(now))

    def line(self, now: float) -> str:
        rate = self.done / max(now - self._begun, 1e-9)
        left = (self.total - self.done) / rate if rate else 0.0
        accepted = self.verdicts["accepted"]
        return (
            f"graded {self.done} of {self.total} answers, {accepted} accepted,"
            f" {rate:.1f} a second, {span(left)} left"
        )

    def __enter__(self) -> PlainProgress:
        return self

    def __exit__(self, *about: object) -> None:
        pass


class LiveProgress(PlainProgress):
    """A table that renews itself in a terminal."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.live import Live

        super().__init__(total, lambda line: None)
        self._live = Live(console=Console(stderr=True), refresh_per_second=4, transient=True)

    def note(self, job: Job, result: Stored) -> None:
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        super().note(job, result)
        table = Table(box=None, pad_edge=False)
        table.add_column("verdict")
        table.add_column("answers", justify="right")
        table.add_column("")
        for verdict, count in self.verdicts.most_common():
            table.add_row(verdict, str(count), ProgressBar(self.done, count, width=30))
        table.caption = self.line(time.monotonic())
        self._live.update(table)

    def __enter__(self) -> LiveProgress:
        self._live.start()
        return self

    def __exit__(self, *about: object) -> None:
        self._live.stop()


def progress(total: int, *, quiet: bool) -> PlainProgress:
    """The view that fits: nothing when `quiet`, a live table in a terminal, lines elsewhere."""
    if quiet:
        return PlainProgress(total, lambda line: None)
    if sys.stderr.isatty():
        return LiveProgress(total)
    return PlainProgress(total, lambda line: print(f"lab: {line}", file=sys.stderr, flush=True))


def span(seconds: float) -> str:
    """`42 s`, `5 min`, `2 h 10 min`."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
