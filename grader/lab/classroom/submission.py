# What a student handed in, read but not believed: the answers, and what is odd about them.
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Student:
    """Who handed something in. `id` is unique in a class; a name need not be."""

    id: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Submission:
    """One archive or folder. Nothing in it is trusted: a claimed result is not even read.

    `problems` says, by exercise key, why an answer cannot be graded; the key "" means all of it.
    `submitted_at` is ISO 8601 in UTC, or "" where nobody knows.
    """

    source: str
    student: Student
    answers: Mapping[str, bytes]
    problems: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    submitted_at: str = ""
    course: str = ""
    tries: Mapping[str, int] = field(default_factory=dict)  # the student's own count of checks
    hints: Mapping[str, int] = field(default_factory=dict)  # and of hints that were read
