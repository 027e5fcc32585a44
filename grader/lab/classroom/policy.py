# The policy of a class: what counts, how much, and when it is late. Values, nothing is done here.
#
# All amounts are Decimal, so that a tenth is a tenth. policy_file.py reads a teacher's file.
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

from lab.course import Course

SCHEMA = "lab/policy/v1"

Amount = Decimal


@dataclass(frozen=True)
class Partial:
    """What an answer earns that is not accepted. `credit` is none, cases or verdicts."""

    credit: str = "none"
    verdicts: Mapping[str, Decimal] = field(default_factory=dict)  # per cent
    exercises: Mapping[str, str] = field(default_factory=dict)  # another credit, by key

    def credit_for(self, key: str) -> str:
        return self.exercises.get(key, self.credit)


@dataclass(frozen=True)
class Late:
    """When an answer is due and what lateness costs: `percent` for each started `per`."""

    due: datetime | None = None
    grace_minutes: int = 0
    per: str = "day"
    percent: Decimal = Decimal(0)
    most_percent: Decimal = Decimal(100)
    zero_after_days: int | None = None
    lessons: Mapping[str, datetime] = field(default_factory=dict)
    extensions: Mapping[str, int | datetime] = field(default_factory=dict)

    def due_for(self, lesson: str, student: str) -> datetime | None:
        """When this student's answers of `lesson` are due; None if they never are.

        An extension never makes a date earlier.
        """
        due = self.lessons.get(lesson, self.due)
        more = self.extensions.get(student)
        if due is None or more is None:
            return due
        return max(due, due + timedelta(days=more) if isinstance(more, int) else more)


@dataclass(frozen=True)
class Attempts:
    """Which attempt counts (best, last or first), and what more than one costs.

    `most` None means any number. `bad_submissions` says whether a file that cannot be read uses
    up an attempt.
    """

    count: str = "best"
    most: int | None = None
    extra_percent: Decimal = Decimal(0)
    bad_submissions: bool = False


@dataclass(frozen=True)
class Rounding:
    """To which step points are rounded, and where to: nearest (a half goes up), up or down."""

    step: Decimal = Decimal("0.01")
    mode: str = "nearest"


@dataclass(frozen=True)
class Run:
    """How answers are run. `seed` fixes the fresh cases of the whole class, None draws them."""

    cases: int = 5
    cpu_seconds: int = 5
    memory_mib: int = 256
    sanitize: bool = False
    seed: int | None = None


@dataclass(frozen=True)
class SelfTold:
    """Whether counts that students tell of themselves (nobody can check them) lower the points."""

    predictions: bool = False
    hints: bool = False


@dataclass(frozen=True)
class Policy:
    """Everything that a teacher decides. `exercises` are keys in course order; () means all."""

    title: str = ""
    exercises: tuple[str, ...] = ()
    points: Mapping[str, Decimal] = field(default_factory=dict)
    partial: Partial = Partial()
    late: Late = Late()
    attempts: Attempts = Attempts()
    rounding: Rounding = Rounding()
    run: Run = Run()
    self_told: SelfTold = SelfTold()

    def max_points(self, key: str, usual: float) -> Decimal:
        """What exercise `key` is worth, `usual` being what lesson.toml says."""
        return self.points.get(key, Decimal(str(usual)))

    def unknown_extensions(self, students: Iterable[str]) -> list[str]:
        """Ids with an extension that nobody in the class has: a slip of the pen, most likely."""
        return sorted(set(self.late.extensions) - set(students))

    def to_json(self) -> dict[str, Any]:
        """Every value, defaults too, in the form of the file: what run.json and reports keep."""
        late = tidy(vars(self.late))
        return {
            "schema": SCHEMA,
            "course": tidy({"title": self.title, "exercises": list(self.exercises) or None}),
            "points": tidy(self.points),
            "partial": tidy(vars(self.partial)),
            "late": late,
            "attempts": tidy(vars(self.attempts)),
            "rounding": tidy(vars(self.rounding)),
            "run": tidy(vars(self.run)),
            "self-told": tidy(vars(self.self_told)),
        }

    @staticmethod
    def from_json(data: Mapping[str, Any], name: str = "the stored policy") -> Policy:
        """What `to_json` gave. Throws LabError, beginning with `name`, for anything else."""
        from lab.classroom.policy_file import read

        return read(data, name)

    @staticmethod
    def load(path: Path, course: Course) -> Policy:
        """Reads a teacher's file. Throws LabError: one line with file, key and what is allowed."""
        from lab.classroom.policy_file import load

        return load(path, course)


def tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` as JSON, in the order of their names, without those that are not set."""
    return {key: plain(values[key]) for key in sorted(values) if values[key] is not None}


def plain(value: Any) -> Any:
    """A number stays exact: whole ones as int, others with at most two places."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return in_utc(value)
    return tidy(value) if isinstance(value, Mapping) else value


def in_utc(instant: datetime) -> str:
    """`2026-12-01T22:59:00Z`: one spelling for one instant."""
    return instant.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
