# What the student has done: verdicts, hints taken, predictions. Kept in progress.json.
from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from lab.course import Course, Exercise
from lab.places import Places
from lab.state import locked, write_atomically
from lab.text import ordinal

# How an exercise's points become the student's own, for those who ask what is missing.
COUNTING = (
    "Points are yours/possible. A predict exercise counts in full at the first try, 70 per cent at"
    " the second and 40 later. The first hint is free; each later one costs 20 per cent."
)


def tries_percent(tries: int) -> int:
    """What is left of a prediction's points after so many tries."""
    return {0: 100, 1: 100, 2: 70}.get(tries, 40)


def hints_percent(hints: int) -> int:
    """What is left of the points after so many hints: the first is free."""
    return 20 * max(0, 5 - max(0, hints - 1))


@dataclass
class Record:
    """One exercise's history. Deductions show only here, never in `check --json`."""

    attempts: int = 0
    accepted: bool = False
    verdict: str = "not-attempted"
    hints: int = 0
    predictions: int = 0
    predicted: bool = False
    instances: int = 0
    last_hint: str = ""
    same_hint: int = 0
    charged: int | None = None  # hints taken until it was accepted; those read later are free

    def note_verdict(self, verdict: str, hint: str) -> None:
        """Counts one graded attempt; `same_hint` is how often in a row this hint came."""
        self.attempts += 1
        if not self.accepted and verdict not in ("does-not-compile", "compile-limit"):
            self.instances += 1
        self.verdict = verdict
        if verdict == "accepted" and not self.accepted:
            self.charged = self.hints
        self.accepted = self.accepted or verdict == "accepted"
        self.same_hint = self.same_hint + 1 if hint and hint == self.last_hint else int(bool(hint))
        self.last_hint = hint

    def points(self, ex: Exercise) -> int:
        """The student's own count: the first hint is free, each later one costs a fifth.

        A prediction earns everything at the first try, 70 % at the second, 40 % after that.
        """
        if not self.accepted:
            return 0
        tried = tries_percent(self.instances) if ex.kind == "predict" else 100
        return round(ex.points * tried * hints_percent(self.hints_charged) / 10000)

    @property
    def hints_charged(self) -> int:
        return self.hints if self.charged is None else self.charged

    def account(self, ex: Exercise) -> str:
        """What an accepted answer counts where that is less than all, and why; else nothing."""
        points = self.points(ex)
        if not self.accepted or points == ex.points:
            return ""
        reasons = []
        if ex.kind == "predict" and self.instances > 1:
            reasons.append(f"{ordinal(self.instances)} try")
        if self.hints_charged > 1:
            reasons.append(f"{self.hints_charged} hints")
        return f"counted: {points} of {ex.points}, {', '.join(reasons)}"


@dataclass
class Progress:
    """All records, by exercise key, and the key that the student looked at last."""

    exercises: dict[str, Record] = field(default_factory=dict)
    welcomed: bool = False

    def record(self, key: str) -> Record:
        return self.exercises.setdefault(key, Record())

    def accepted(self, key: str) -> bool:
        return key in self.exercises and self.exercises[key].accepted

    def points(self, ex: Exercise) -> int:
        return self.exercises[ex.key].points(ex) if ex.key in self.exercises else 0

    def next_exercise(self, course: Course, after: str = "") -> Exercise | None:
        """The first exercise behind `after` that is not accepted; else the first at all."""
        order = list(course.exercises)
        start = next((i + 1 for i, ex in enumerate(order) if ex.key == after), 0)
        for ex in order[start:] + order[:start]:
            if not self.accepted(ex.key):
                return ex
        return None


def load(places: Places) -> Progress:
    """Reads progress.json. A broken one is put aside under another name, and said so."""
    try:
        data = json.loads(places.progress.read_text(encoding="utf-8"))
        return from_json(data)
    except FileNotFoundError:
        return Progress()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        aside = places.progress.with_name("progress.broken.json")
        try:
            places.progress.replace(aside)
        except OSError:
            aside = places.progress
        print(f"lab: progress.json was damaged ({error}); kept as {aside}", file=sys.stderr)
        return Progress()


def from_json(data: Any) -> Progress:
    known = {f.name for f in fields(Record)}
    records = {
        str(key): Record(**{k: v for k, v in one.items() if k in known})
        for key, one in data["exercises"].items()
    }
    return Progress(records, bool(data.get("welcomed", False)))


def update(places: Places, change: Callable[[Progress], None]) -> Progress:
    """Reads, changes and writes back under a lock, so that two ./lab at once lose nothing."""
    with locked(places.state / "progress.lock"):
        progress = load(places)
        change(progress)
        text = json.dumps({"version": 1, **asdict(progress)}, indent=1, sort_keys=True)
        write_atomically(places.progress, text.encode())
    return progress
