# Asks an exercise's checker, a trusted program of its own, for the verdict on a compiled answer.
from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lab import process
from lab.course import Exercise
from lab.hints import render
from lab.result import VERDICTS, Case, Line, Result

if TYPE_CHECKING:
    from lab.sandbox import Box

LIMITS = process.Limits(cpu_seconds=600, wall_seconds=900, keep_bytes=64 << 20)


@dataclass(frozen=True)
class Options:
    """How to grade: a fixed first seed, the real clock, sanitizers, and in which sandbox.

    `cpu_seconds` 0 leaves a run the checker's own limit.
    """

    seed: int | None = None
    real_time: bool = False
    sanitize: bool = False
    cases: int | None = None
    box: Box | None = None
    cpu_seconds: int = 0
    memory_mib: int = 0


def judge(ex: Exercise, checker: Path, program: Path, options: Options = Options()) -> Result:
    """Runs the checker. What goes wrong in it is a grader-error, never the student's verdict."""
    command = [str(checker), "--program", str(program)]
    if options.seed is not None:
        command += ["--seed", str(options.seed)]
    if options.cases is not None:
        command += ["--cases", str(options.cases)]
    if options.real_time:
        command += ["--clock", "real"]
    if options.cpu_seconds:
        command += ["--cpu-seconds", str(options.cpu_seconds)]
        command += ["--wall-seconds", str(2 * options.cpu_seconds)]
    if options.memory_mib:
        command += ["--memory-mib", str(options.memory_mib)]
    try:
        with boxed(ex, command, options) as words:
            done = process.run(words, LIMITS)
    except OSError as error:
        return fault(ex, f"the checker cannot be started: {error.strerror}")
    result = understand(ex, done, options.cases)
    return result.timed("run", done.seconds)


@contextlib.contextmanager
def boxed(ex: Exercise, command: list[str], options: Options) -> Iterator[list[str]]:
    """The checker's command, which runs the program in a sandbox if there is one."""
    if options.box is None:
        yield command
        return
    with options.box.checker(
        sanitize=options.sanitize or ex.sanitize,
        cpu_seconds=options.cpu_seconds,
        memory_mib=options.memory_mib,
    ) as (before, behind):
        yield [*before, *command, *behind]


def understand(ex: Exercise, done: process.Finished, cases: int | None = None) -> Result:
    """Believes a checker only if status and JSON agree with each other and with the exercise, and
    if an accepted answer was accepted in each of the `cases` that were asked for."""
    if done.timed_out:
        return fault(ex, "the checker did not end")
    if done.status < 0:
        return fault(ex, f"the checker was ended by signal {-done.status}")
    try:
        data = json.loads(done.output)
        result = read_result(ex, data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        said = (done.errors.strip().splitlines() or ["nothing on standard error"])[-1][:200]
        return fault(ex, f"the checker gave no verdict (status {done.status}; {error}; {said})")
    if (done.status == 0) != result.accepted:
        return fault(ex, f"the checker says {result.verdict} but ended with {done.status}")
    if result.accepted:
        right = sum(case.verdict == "accepted" for case in result.cases)
        wanted = len(result.cases) if cases is None else cases
        if right != wanted or right != len(result.cases) or right == 0:
            return fault(ex, f"the checker accepts after {right} of {wanted} cases")
    return result


def read_result(ex: Exercise, data: Mapping[str, Any]) -> Result:
    if data["exercise"] != ex.key:
        raise ValueError(f"the checker is for {data['exercise']}")
    verdict = checked_verdict(data["verdict"])
    cases = tuple(read_case(one) for one in data["cases"])
    shown = data.get("shown")
    faulty = (c for c in data["cases"] if c["verdict"] != "accepted")
    failed: Mapping[str, Any] = next(faulty, {}) if shown is None else data["cases"][shown]
    told = dict(data.get("hint") or failed.get("hint") or {})
    message = str(data.get("message") or failed.get("message") or "")
    message = message or ("it gave no reason" if verdict == "grader-error" else "")
    told["facts"] = {
        **place_of(failed),
        "last_line": last_line(failed),
        "message": message,
        **dict(told.get("facts") or {}),
    }
    return Result(ex, verdict, cases, render(ex, verdict, told), message=message, shown=shown)


def place_of(case: Mapping[str, Any]) -> dict[str, str]:
    """Line and time of the first difference, which every text may ask for."""
    at = case.get("first_difference")
    if at is None:
        return {"line": "1", "t": "0"}
    lines = [*(case.get("expected") or [])[at : at + 1], *(case.get("actual") or [])[at : at + 1]]
    return {"line": str(int(at) + 1), "t": str(lines[0]["t_ms"] if lines else 0)}


def last_line(case: Mapping[str, Any]) -> str:
    """Where to begin to look when a run ended too soon."""
    if case.get("actual"):
        return "the last line of your timeline"
    return "the beginning of your program"


def checked_verdict(name: Any) -> str:
    if name not in VERDICTS:
        raise ValueError(f"unknown verdict {name!r}")
    return str(name)


def read_case(data: Mapping[str, Any]) -> Case:
    first = data.get("first_difference")
    return Case(
        name=str(data["name"]),
        seed=int(data["seed"]),
        verdict=checked_verdict(data["verdict"]),
        expected=read_lines(data.get("expected")),
        actual=read_lines(data.get("actual")),
        first_difference=None if first is None else int(first),
        message=str(data.get("message") or ""),
        warnings=tuple(str(one["text"]) for one in data.get("warnings") or []),
    )


def read_lines(data: Any) -> tuple[Line, ...]:
    return tuple(Line(int(one["t_ms"]), str(one["text"])) for one in data or [])


def fault(ex: Exercise, message: str) -> Result:
    told = {"id": "grader-error", "facts": {"message": message}}
    return Result(ex, "grader-error", hint=render(ex, "grader-error", told), message=message)
