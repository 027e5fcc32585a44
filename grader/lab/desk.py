# One student's desk: the course, the state folder and the progress, each read when first asked for.
from __future__ import annotations

import sys
from functools import cached_property
from pathlib import Path

from lab import course, pristine
from lab import progress as progress_file
from lab.course import Course, Exercise
from lab.errors import LabError
from lab.places import Places, find_places
from lab.progress import Progress
from lab.result import Result

UNCOUNTED = ("grader-error", "bad-submission", "not-attempted")


class Desk:
    """What commands share. Made once for each ./lab; click hands it to them."""

    @cached_property
    def places(self) -> Places:
        return find_places()

    @cached_property
    def course(self) -> Course:
        """The course; its stubs are kept before anything can touch them."""
        loaded = course.load(self.places.root)
        pristine.save_stubs(self.places, loaded)
        return loaded

    @property
    def progress(self) -> Progress:
        return progress_file.load(self.places)

    def one_or_next(self, name: str | None) -> Exercise:
        """The exercise of that name; without one, the next that is not accepted."""
        if name:
            return self.course.find_one(name)
        following = self.progress.next_exercise(self.course)
        if following is None:
            raise LabError("every exercise is accepted: name the one that you mean")
        return following

    def remember(self, results: list[Result]) -> Progress:
        """Counts graded attempts; a file that could not be graded is none."""

        def change(now: Progress) -> None:
            for result in results:
                if result.verdict not in UNCOUNTED:
                    hint = result.hint.id if result.hint else ""
                    now.record(result.exercise.key).note_verdict(result.verdict, hint)

        return progress_file.update(self.places, change)


def shown(path: Path) -> str:
    """`path` as one would type it here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def interactive() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()
