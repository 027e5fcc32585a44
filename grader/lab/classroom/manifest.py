# The manifest of a submission, lab/submission/v1: who hands in what, in the student's own words.
#
# A claim, not a proof: no verdict stands in it, and what it says is compared with what is there.
from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, TypeGuard

from lab.classroom.shelf import shown
from lab.errors import LabError

SCHEMA = "lab/submission/v1"
NAME = "manifest.json"
MOST_BYTES = 1024 * 1024
MOST_TEXT = 200
MOST_TRIES = 1_000_000
UNPRINTED = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
HONESTY = (
    "I wrote these answers myself. Where others, or what others wrote, have helped me, "
    "a comment in the answer says so."
)


class BadManifest(LabError):
    """The manifest cannot be used; the message says why."""


@dataclass(frozen=True)
class Entry:
    """One answer as the student's machine packed it."""

    exercise: str
    sha256: str
    size: int
    tries: int = 0
    hints: int = 0

    @property
    def file(self) -> str:
        return f"exercises/{self.exercise}.cpp"


@dataclass(frozen=True)
class Manifest:
    """What a student says about a submission. `created` is ISO 8601 in UTC, or "" if unknown."""

    id: str
    name: str
    course: str
    version: str
    created: str
    answers: tuple[Entry, ...]
    honesty: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "course": self.course,
            "version": self.version,
            "student": {"id": self.id, "name": self.name},
            "honesty": self.honesty,
            "created": self.created,
            "answers": [
                {
                    "exercise": one.exercise,
                    "file": one.file,
                    "sha256": one.sha256,
                    "size": one.size,
                    "tries": one.tries,
                    "hints": one.hints,
                }
                for one in self.answers
            ],
        }


def entry_for(exercise: str, content: bytes, tries: int, hints: int = 0) -> Entry:
    return Entry(exercise, hashlib.sha256(content).hexdigest(), len(content), tries, hints)


def encode(manifest: Manifest) -> bytes:
    return (json.dumps(manifest.to_json(), ensure_ascii=False, indent=1) + "\n").encode()


def decode(content: bytes) -> Manifest:
    """Reads a stranger's manifest. Throws BadManifest, and nothing else, for anything odd."""
    if len(content) > MOST_BYTES:
        raise BadManifest(f"{NAME} is larger than 1 MiB")
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadManifest(f"{NAME} is no JSON") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise BadManifest(f"{NAME} is not of schema {SCHEMA}")
    student, answers = data.get("student"), data.get("answers")
    if not isinstance(student, dict) or not isinstance(answers, list):
        raise BadManifest(f"{NAME} names no student or no answers")
    return Manifest(
        id=plain_id(student.get("id")),
        name=plain_text(student.get("name")),
        course=plain_text(data.get("course")),
        version=plain_text(data.get("version")),
        created=utc_time(data.get("created")),
        answers=tuple(read_entry(one) for one in answers),
        honesty=plain_text(data.get("honesty"), most=2000),
    )


def read_entry(data: Any) -> Entry:
    fields = data if isinstance(data, dict) else {}
    exercise, digest = fields.get("exercise"), fields.get("sha256")
    count = fields.get("size")
    if not isinstance(exercise, str) or not isinstance(digest, str) or not is_count(count):
        raise BadManifest(f"{NAME} describes an answer in an unknown way")
    tries, hints = (own_count(fields.get(name)) for name in ("tries", "hints"))
    return Entry(plain_text(exercise), plain_text(digest), count, tries, hints)


def own_count(value: Any) -> int:
    """What the student's own machine has counted; nonsense is nothing."""
    return value if is_count(value, MOST_TRIES) else 0


def is_count(value: Any, most: int = 1 << 62) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def plain_text(value: Any, most: int = MOST_TEXT) -> str:
    """`value` as one short line without control characters; "" for what is no text."""
    if not isinstance(value, str):
        return ""
    if value.isascii() and value.isprintable():  # as nearly always, and ten times as fast
        return " ".join(value[: 4 * most].split())[:most].strip()
    kept = "".join(" " if unicodedata.category(c) in UNPRINTED else c for c in value[: 4 * most])
    return unicodedata.normalize("NFC", " ".join(kept.split()))[:most].strip()


def plain_id(value: Any) -> str:
    """An id that may also be part of a file name; "" for any other."""
    text = plain_text(str(value) if is_count(value) else value)
    return text if re.fullmatch(r"[\w@+][\w@+. -]{0,99}", text) else ""


def utc_time(value: Any) -> str:
    """An ISO 8601 time as UTC to the second, such as 2026-01-31T23:59:59Z; "" for all else.

    A time without a zone is taken for UTC.
    """
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        return ""
    try:
        when = datetime.fromisoformat(value.strip())
        if when.tzinfo is None:
            when = when.replace(tzinfo=timezone.utc)
        in_utc = when.astimezone(timezone.utc).replace(microsecond=0, tzinfo=None)
        return f"{in_utc.isoformat()}Z"
    except (ValueError, OverflowError):
        return ""


def verify(manifest: Manifest, files: Mapping[str, bytes]) -> list[str]:
    """One sentence for each answer that is not what was packed: changed, missing, or added.

    `files` are those of the archive, by name. None of it is a verdict: answers are graded as found.
    """
    said = []
    listed = set()
    for one in manifest.answers:
        listed.add(one.file)
        content = files.get(one.file)
        if content is None:
            said.append(f"{shown(one.file)} is in the manifest, but not in the archive")
        elif one.sha256 != hashlib.sha256(content).hexdigest() or one.size != len(content):
            said.append(f"{shown(one.file)} was changed after it was packed")
    for name in sorted(files):
        if name.endswith(".cpp") and name not in listed:
            said.append(f"{shown(name)} was added after the rest was packed")
    return said
