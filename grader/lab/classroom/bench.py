# Where answers are graded on this machine: the built tools, and the sandbox around each answer.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lab import build
from lab.classroom.crew import Stored
from lab.classroom.job import Rules, grade_text
from lab.course import Exercise
from lab.desk import Desk
from lab.grade import targets_for
from lab.judge import Options
from lab.places import Places


@dataclass(frozen=True)
class Bench:
    """Everything that one answer after the other needs."""

    places: Places
    tools: build.Toolbox
    exercises: Mapping[str, Exercise]

    @staticmethod
    def open(desk: Desk, exercises: Sequence[Exercise], *, sanitize: bool, quiet: bool) -> Bench:
        """Builds what is missing. Throws: LabError."""
        targets = targets_for(exercises, Options(sanitize=sanitize))
        tools = build.prepare(desk.places, targets, quiet=quiet)
        return Bench(desk.places, tools, {ex.key: ex for ex in exercises})

    def grade(self, number: int, key: str, text: bytes, rules: Rules) -> Stored:
        """Grades one answer as member `number` of the crew."""
        return grade_text(self.places, self.tools, self.exercises[key], text, rules)
