# One answer's way to its stored result. The same function works here, in a thread of a class run
# and on a machine of a cluster: it takes data, gives data, and writes nothing that lasts.
from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from lab import build
from lab.answer import Answer
from lab.classroom.flags import flags_of
from lab.compile import compile_alone
from lab.course import Exercise
from lab.errors import LabError
from lab.grade import not_compiled
from lab.judge import Options, judge
from lab.places import Places
from lab.report import kept_report
from lab.result import Result

SCHEMA = "lab/answer/v1"
TRIES = 3  # for what is our own fault; a wrong answer is never tried again


@dataclass(frozen=True)
class Rules:
    """What a result depends on, besides the answer: course, cases, limits, the secret seed."""

    version: str
    seed: int
    cases: int = 5
    cpu_seconds: int = 5
    memory_mib: int = 256
    sanitize: bool = False

    def digest(self, exercise: str, answer: str) -> str:
        """The name of the result: equal for equal answers under equal rules."""
        told = json.dumps([exercise, answer, asdict(self)], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class Job:
    """One distinct answer to be graded."""

    digest: str
    exercise: str
    answer: str


def answer_name(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def grade_text(
    places: Places, tools: build.Toolbox, ex: Exercise, text: bytes, rules: Rules
) -> dict[str, Any]:
    """Grades `text` as the answer to `ex`. Returns: the stored result; never an exception for
    anything that the answer is or does."""
    result = lost(ex.key, text, "it was not run")
    for _ in range(TRIES):
        try:
            with tempfile.TemporaryDirectory(prefix="lab-answer-", ignore_cleanup_errors=True) as w:
                result = once(places, tools, ex, Answer(Path(w) / f"{ex.slug}.cpp", text), rules)
        except (OSError, LabError) as error:
            why = error.strerror if isinstance(error, OSError) else None
            result = lost(ex.key, text, why or str(error))
        if result["verdict"] != "grader-error":
            break
    return result


def once(
    places: Places, tools: build.Toolbox, ex: Exercise, answer: Answer, rules: Rules
) -> dict[str, Any]:
    """One try, in the folder of the answer's path. Throws: OSError and LabError, our own faults."""
    answer.path.write_bytes(answer.content)
    sanitize = rules.sanitize or ex.sanitize
    compiled = compile_alone(tools, ex, answer, sanitize=sanitize)
    # No path of this machine may reach a report, nor decide where a line is cut.
    messages = compiled.messages.replace(f"{answer.path.parent}/", "")
    messages = messages.replace(f"{places.root}/", "")
    named = Answer(Path(answer.path.name), answer.content)
    if compiled.program is None:
        result = not_compiled(ex, named, replace(compiled, messages=messages))
    else:
        options = Options(seed=rules.seed, cases=rules.cases, cpu_seconds=rules.cpu_seconds)
        result = judge(ex, tools.bin / ex.target, compiled.program, options)
    return stored(replace(result, compiler=messages, file=named.path), answer)


def stored(result: Result, answer: Answer) -> dict[str, Any]:
    """The result as the run keeps it: lab/answer/v1."""
    text = answer.content.decode("utf-8", "replace")
    stub = result.exercise.stub.read_text(encoding="utf-8", errors="replace")
    return {
        "schema": SCHEMA,
        "exercise": result.exercise.key,
        "verdict": result.verdict,
        "cases": [
            {**case.to_json(), "message": case.message, "warnings": list(case.warnings)}
            | {"name": "published" if index == 0 else f"fresh {index}"}
            for index, case in enumerate(result.cases)
        ],
        "shown": result.shown,
        "hint": result.hint.to_json() if result.hint else None,
        "message": result.message,
        "compiler": result.compiler,
        "feedback": kept_report(replace(result, source=text)),
        "flags": flags_of(text, stub),
        "source": text,
    }


def lost(ex_key: str, text: bytes, why: str) -> dict[str, Any]:
    """The result of an answer that could not be graded at all: our fault, and said so."""
    told: Mapping[str, Any] = {"id": "grader-error", "rule": None, "text": why}
    return {
        "schema": SCHEMA,
        "exercise": ex_key,
        "verdict": "grader-error",
        "cases": [],
        "shown": None,
        "hint": told,
        "message": why,
        "compiler": "",
        "feedback": f"Not graded yet: a fault of the grader ({why}).\n",
        "flags": [],
        "source": text.decode("utf-8", "replace"),
    }
