# What the command line of ./lab grade asks for.
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lab.classroom.bench import Trust


@dataclass(frozen=True)
class Wishes:
    """One call of ./lab grade; None and "" mean that nothing was said."""

    paths: tuple[Path, ...]
    out: Path
    jobs: int | None = None
    formats: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    policy: Path | None = None
    roster: Path | None = None
    resume: bool = False
    quiet: bool = False
    cluster: str = ""
    seed: int | None = None
    trust: Trust = Trust()
    diff: Path | None = None  # an earlier run's folder, or its class.json

    @property
    def old_run(self) -> Path | None:
        """The folder of the run to compare with, if it is not this one."""
        if self.diff is None or not (self.diff / "run.json").is_file():
            return None
        return None if self.diff.resolve() == self.out.resolve() else self.diff
