# One answer's way to its stored result. The same function works here, in a thread of a class run
# and on a machine of a cluster: it takes data, gives data, and writes nothing that lasts.
from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from lab import build
from lab.answer import Answer
from lab.classroom.flags import flags_of
from lab.compile import Compiled, compile_alone, compile_answer
from lab.course import Exercise
from lab.errors import LabError
from lab.grade import not_compiled
from lab.judge import Options, judge
from lab.places import Places
from lab.report import kept_report
from lab.result import Result
from lab.sandbox import Box
from lab.sandbox_stage import own_folder

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


BoxFor = Callable[[], contextlib.AbstractContextManager[Box | None]]


@dataclass(frozen=True)
class Job:
    """One distinct answer to be graded."""

    digest: str
    exercise: str
    answer: str


def answer_name(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def grade_text(
    places: Places,
    tools: build.Toolbox,
    ex: Exercise,
    text: bytes,
    rules: Rules,
    box_for: BoxFor,
) -> dict[str, Any]:
    """Grades `text` as the answer to `ex`, each try in a fresh box; in none for whom one trusts.

    Returns: the stored result; never an exception for anything that the answer is or does.
    """
    result = lost(ex.key, text, "it was not run")
    for _ in range(TRIES):
        try:
            with box_for() as box:
                result = once(places, tools, ex, text, rules, box)
        except (OSError, LabError) as error:
            why = error.strerror if isinstance(error, OSError) else None
            result = lost(ex.key, text, why or str(error))
        if result["verdict"] != "grader-error":
            break
    return result


def once(
    places: Places,
    tools: build.Toolbox,
    ex: Exercise,
    text: bytes,
    rules: Rules,
    box: Box | None,
) -> dict[str, Any]:
    """One try. Throws: OSError and LabError, which are our own faults."""
    named = Answer(Path(f"{ex.slug}.cpp"), text)
    options = Options(
        seed=rules.seed,
        cases=rules.cases,
        cpu_seconds=rules.cpu_seconds,
        memory_mib=rules.memory_mib,
        sanitize=rules.sanitize or ex.sanitize,
        box=box,
    )
    if box is not None:
        compiled = compile_answer(places, tools, ex, named, sanitize=options.sanitize, box=box)
        return judged(places, tools, ex, named, compiled, box.work, options)
    with own_folder() as made:
        placed = Answer(made / named.path, text)
        placed.path.write_bytes(text)
        compiled = compile_alone(tools, ex, placed, sanitize=options.sanitize)
        return judged(places, tools, ex, named, compiled, made, options)


def judged(
    places: Places,
    tools: build.Toolbox,
    ex: Exercise,
    answer: Answer,
    compiled: Compiled,
    folder: Path,
    options: Options,
) -> dict[str, Any]:
    """What becomes of a compiled answer. No path of this machine may reach a report, nor decide
    where a line is cut: compilers name `folder` and the course's root."""
    messages = compiled.messages.replace(f"{folder}/", "").replace(f"{places.root}/", "")
    if compiled.program is None:
        result = not_compiled(ex, answer, replace(compiled, messages=messages))
    else:
        result = judge(ex, tools.bin / ex.target, compiled.program, options)
    return stored(replace(result, compiler=messages, file=answer.path), answer)


def stored(result: Result, answer: Answer) -> dict[str, Any]:
    """The result as the run keeps it: lab/answer/v1."""
    text = answer.content.decode("utf-8", "replace")
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
        "flags": flags_of(text),
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
