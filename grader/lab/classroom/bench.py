# Where answers are graded on this machine: the built tools, and the sandbox around each answer.
from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lab import build
from lab.classroom.crew import Stored
from lab.classroom.job import Rules, grade_text
from lab.classroom.model import Isolation
from lab.course import Exercise
from lab.desk import Desk
from lab.grade import targets_for
from lab.judge import Options
from lab.places import Places
from lab.sandbox import Sandbox
from lab.sandbox_layers import open_sandbox
from lab.sandbox_stage import staged


@dataclass(frozen=True)
class Trust:
    """How much isolation a teacher insists on; the default is all of it."""

    reduced: bool = False  # also with some walls missing
    anyone: bool = False  # without any


@dataclass(frozen=True)
class Bench:
    """Everything that one answer after the other needs."""

    places: Places
    tools: build.Toolbox
    exercises: Mapping[str, Exercise]
    sandbox: Sandbox

    @property
    def isolation(self) -> Isolation:
        return self.sandbox.isolation

    @staticmethod
    @contextlib.contextmanager
    def opened(
        desk: Desk,
        exercises: Sequence[Exercise],
        *,
        sanitize: bool,
        trust: Trust,
        quiet: bool,
    ) -> Iterator[Bench]:
        """Builds what is missing and tries the sandbox; both are there until the block ends.

        Throws: LabError.
        """
        targets = targets_for(exercises, Options(sanitize=sanitize))
        tools = build.prepare(desk.places, targets, quiet=quiet)
        with staged(tools, exercises, sanitize=sanitize) as stage:
            sandbox = open_sandbox(tools, stage, allow_reduced=trust.reduced, trust=trust.anyone)
            yield Bench(desk.places, tools, {ex.key: ex for ex in exercises}, sandbox)

    def grade(self, number: int, key: str, text: bytes, rules: Rules) -> Stored:
        """Grades one answer as member `number` of the crew."""
        ex = self.exercises[key]
        return grade_text(
            self.places, self.tools, ex, text, rules, lambda: self.sandbox.job(number)
        )
