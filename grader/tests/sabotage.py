# Breaks the grader on purpose, in one way after the other: do the tests that should notice notice?
#
#   PYTHONPATH=grader /usr/bin/python3 grader/tests/sabotage.py [NAME...]
#
# Each sabotage happens in a forked copy of this process, which then runs the tests named with it.
# Prints a line for each; ends with 1 if the tests stayed green in spite of one.
from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from lab import judge
from lab.classroom import job, points, reports, run, session
from lab.classroom.job import Rules
from lab.classroom.reports import FORMATS
from lab.course import Exercise

TESTS = Path(__file__).parent
REHEARSAL, RUN, POINTS = "test_class_rehearsal.py", "test_class_run.py", "test_class_points.py"
WHOLE = ["-k", "as_it_should_be or every_report"]
COMMITS = ["-k", "two_jobs or on_the_disk or called_done or nothing_twice"]


@dataclass(frozen=True)
class Sabotage:
    """`commit` breaks something in this process; the tests of `file` that `words` choose notice."""

    name: str
    commit: Callable[[], None]
    file: str
    words: Sequence[str] = ()


def say(verdict: str) -> Callable[[], None]:
    """The judge gives everybody the same verdict, and means it."""

    def commit() -> None:
        real = judge.read_result

        def read_result(ex: Exercise, data: Any) -> Any:
            said = {**data, "verdict": verdict}
            said["cases"] = [{**case, "verdict": verdict} for case in data["cases"]]
            return real(ex, said)

        judge.read_result = read_result
        agree(verdict)

    return commit


def agree(verdict: str) -> None:
    """The checkers' status fits the verdict, so that nothing contradicts it."""
    real = judge.process.run

    def run_program(words: Sequence[Any], *more: Any, **named: Any) -> Any:
        done = real(words, *more, **named)
        return replace(done, status=int(verdict != "accepted")) if "--program" in words else done

    judge.process.run = run_program


def ask_for_one_case_less() -> None:
    real = job.Options
    job.Options = lambda **named: real(**{**named, "cases": named["cases"] - 1})  # type: ignore


def believe_part_of_the_cases() -> None:
    real = judge.understand
    judge.understand = lambda ex, done, cases=None: real(ex, done)


def swap_exercises() -> None:
    real = Exercise.target.fget
    assert real is not None

    def target(ex: Exercise) -> str:
        swapped = {"01-predict-lifecycle": "04-fix-one-after-another"}
        swapped |= {there: here for here, there in swapped.items()}
        found: str = real(ex)
        return found.replace(ex.slug, swapped.get(ex.slug, ex.slug))

    Exercise.target = property(target)  # type: ignore


def drop_a_student(name: str) -> Callable[[], None]:
    def commit() -> None:
        real = FORMATS[name]
        broken = {
            name: lambda report, folder: real(replace(report, students=report.students[1:]), folder)
        }
        reports.FORMATS = {**FORMATS, **broken}

    return commit


def double_partial_credit() -> None:
    real = points.earned

    def earned(policy: Any, info: Any, one: Any, most: Any) -> Any:
        step = real(policy, info, one, most)
        return step if one.verdict == "accepted" else replace(step, points=2 * step.points)

    points.earned = earned


def mix_exercises() -> None:
    real = Rules.digest
    Rules.digest = lambda rules, exercise, answer: real(rules, "", answer)  # type: ignore


def commit_too_early() -> None:
    def commit(store: Any, journal: Any, one: Any, result: Any, done: Any) -> None:
        journal.end(one.digest, "")
        store.write_result(one.digest, result)
        done(one, result)

    run.commit = commit


def forget_what_is_done() -> None:
    run.missing = lambda store, journal, jobs: list(jobs)


def call_faults_done() -> None:
    run.FAULT = "another verdict"


def rehearse_nothing() -> None:
    session.rehearse = lambda *about, **more: 0


SABOTAGES = [
    Sabotage("the judge accepts everything", say("accepted"), REHEARSAL),
    Sabotage("the judge rejects everything", say("crashed"), REHEARSAL),
    Sabotage("a case is not asked for", ask_for_one_case_less, REHEARSAL),
    Sabotage("missing cases are believed", believe_part_of_the_cases, REHEARSAL, ["-k", "skips"]),
    Sabotage("two exercises are swapped", swap_exercises, REHEARSAL),
    Sabotage("nothing is rehearsed", rehearse_nothing, REHEARSAL, ["-k", "everything"]),
    *(
        Sabotage(f"{name} drops a student", drop_a_student(name), REHEARSAL, ["-k", "every_report"])
        for name in FORMATS
    ),
    Sabotage("partial credit is doubled", double_partial_credit, POINTS),
    Sabotage("equal answers to two exercises are one", mix_exercises, RUN, COMMITS),
    Sabotage("the journal says done before the disk has it", commit_too_early, RUN, COMMITS),
    Sabotage("what is done is done again", forget_what_is_done, RUN, COMMITS),
    Sabotage("a fault of ours is called done", call_faults_done, RUN, COMMITS),
]


CONTROLS = [  # nothing is broken, and the tests must stay green
    Sabotage("nothing", lambda: None, REHEARSAL, WHOLE),
    Sabotage("nothing", lambda: None, RUN, COMMITS),
]


def noticed(one: Sabotage) -> bool:
    """Whether the tests are red in a copy of this process that has been sabotaged."""
    pid = os.fork()
    if pid == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(quiet, stream)
        one.commit()
        words = ["-q", "-x", "-p", "no:cacheprovider", str(TESTS / one.file), *one.words]
        os._exit(int(pytest.main(words)))
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == pytest.ExitCode.TESTS_FAILED


def main() -> int:
    wanted = sys.argv[1:] or [one.name for one in SABOTAGES]
    wrong = 0
    for one in [*CONTROLS, *SABOTAGES]:
        if one.name in wanted or one in CONTROLS:
            seen = noticed(one)
            wrong += seen == (one in CONTROLS)
            print(f"{one.name}: {'noticed' if seen else 'NOT NOTICED'}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
