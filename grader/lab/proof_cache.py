# Remembers what an audit found out: an answer is judged again only when something has changed.
from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lab.answer import Answer
from lab.build import Toolbox
from lab.compile import answer_profile, cache_key, includes_neighbours
from lab.course import Exercise
from lab.errors import LabError
from lab.places import Places
from lab.result import Case, Hint, Line, Result
from lab.state import write_atomically

TEXTS = Path(__file__).with_name("messages.toml")


def proof_key(tools: Toolbox, ex: Exercise, answer: Answer, sanitize: bool) -> str | None:
    """A name made of all that a verdict depends on: the program, the checker and the hints' texts.

    Returns: None when the answer includes files that nobody watches.
    """
    if includes_neighbours(answer):
        return None
    profile = answer_profile(tools, ex, sanitize)
    seen = hashlib.sha256(cache_key(tools, profile, ex, answer).encode())
    seen.update(hashlib.sha256((tools.bin / ex.target).read_bytes()).digest())
    seen.update(hashlib.sha256(TEXTS.read_bytes()).digest())
    beliefs = [asdict(belief) for belief in ex.beliefs.values()]
    seen.update(json.dumps([beliefs, ex.hints, ex.points]).encode())
    return seen.hexdigest()


def remembered(places: Places, ex: Exercise, key: str) -> Result | None:
    """What came out for the same program and checker; None when nobody has asked yet."""
    try:
        data = json.loads((folder(places) / key).read_text(encoding="utf-8"))
        return Result(exercise=ex, **read(data))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(places: Places, key: str, result: Result) -> None:
    """A fault of the lab is not remembered: it may be gone the next time."""
    if result.verdict == "grader-error":
        return
    data = asdict(result)
    del data["exercise"], data["file"]
    with contextlib.suppress(LabError):  # a full disk costs time and nothing else
        write_atomically(folder(places) / key, json.dumps(data).encode())


def read(data: dict[str, Any]) -> dict[str, Any]:
    cases = []
    for case in data.pop("cases"):
        whole: dict[str, Any] = {**case, "warnings": tuple(case["warnings"])}
        for part in ("expected", "actual"):
            whole[part] = tuple(Line(**line) for line in case[part])
        cases.append(Case(**whole))
    hint = data.pop("hint")
    return {**data, "cases": tuple(cases), "hint": Hint(**hint) if hint else None}


def folder(places: Places) -> Path:
    return places.state / "proofs"
