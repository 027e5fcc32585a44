# From a file to a verdict: read, compare with the stub, compile, judge.
from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from lab import build, process
from lab.answer import Answer, BadAnswer, read_answer, same_program
from lab.compile import Compiled, compile_answer
from lab.compile_errors import broken_tools, explain
from lab.course import Exercise
from lab.hints import render
from lab.judge import Options, judge
from lab.pristine import stub_of
from lab.places import Places
from lab.result import Hint, Result

WORKERS = 2


def grade(
    places: Places, ex: Exercise, path: Path | None = None, options: Options = Options()
) -> Result:
    """Grades `path`, or the student's own file, as the answer to `ex`.

    Throws: LabError when the lab cannot be built here. What is wrong with the answer, an
    unreadable file included, is a verdict and no exception.
    """
    file = path or ex.stub
    try:
        answer = read_answer(file, "" if path else ex.number)
    except BadAnswer as error:
        hint = Hint("bad-file", "", str(error))
        return Result(ex, "bad-submission", hint=hint, message=str(error), file=file)
    if untouched(places, ex, answer):
        told = {"facts": {"file": str(file)}}
        return Result(ex, "not-attempted", hint=render(ex, "not-attempted", told), file=file)
    tools = build.prepare(places, targets_for([ex], options), quiet=False)
    return grade_with(places, tools, ex, answer, options)


def grade_with(
    places: Places, tools: build.Toolbox, ex: Exercise, answer: Answer, options: Options
) -> Result:
    """The part that follows once everything around the answer is built."""
    sanitize = options.sanitize or ex.sanitize
    compiled = compile_answer(places, tools, ex, answer, sanitize=sanitize, box=options.box)
    if compiled.program is None:
        result = not_compiled(ex, answer, compiled)
    else:
        result = judge(ex, tools.bin / ex.target, compiled.program, options)
    result = result.timed("build", compiled.seconds)
    return replace(result, file=answer.path, compiler=compiled.messages)


def grade_many(
    places: Places,
    exercises: Sequence[Exercise],
    options: Options = Options(),
    done: Callable[[Result], None] = lambda result: None,
) -> list[Result]:
    """Grades the student's own files, two at a time, and returns the results in order.

    `done` is called in the caller's thread, in order, as results come in. Ctrl-C ends everything
    that was started before it leaves.
    """
    touched = [ex for ex in exercises if worth_building(places, ex)]
    if touched:
        build.prepare(places, targets_for(touched, options))
    results = []
    pool = ThreadPoolExecutor(max_workers=WORKERS)
    try:
        waiting = [pool.submit(grade, places, ex, None, options) for ex in exercises]
        for one in waiting:
            results.append(one.result())
            done(results[-1])
    except BaseException:
        process.stop_all()  # first, so that the workers have nothing left to wait for
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()
    return results


def targets_for(exercises: Sequence[Exercise], options: Options) -> list[str]:
    """The checkers, and the sanitized libraries if any of the exercises wants them."""
    targets = [ex.target for ex in exercises]
    if options.sanitize or any(ex.sanitize for ex in exercises):
        targets.append("lab-core-sanitize")
    if options.sanitize:  # those that are always sanitized have theirs already
        targets += [
            f"{ex.target.replace('check-', 'parts-', 1)}-sanitize"
            for ex in exercises
            if not ex.sanitize
        ]
    return targets


def worth_building(places: Places, ex: Exercise) -> bool:
    try:
        return not untouched(places, ex, read_answer(ex.stub))
    except BadAnswer:
        return False


def untouched(places: Places, ex: Exercise, answer: Answer) -> bool:
    """Whether the answer is the stub, comments and blanks apart."""
    kept = stub_of(places, ex)
    if not kept.is_file():
        return False
    return same_program(answer.text, kept.read_text(encoding="utf-8", errors="replace"))


def not_compiled(ex: Exercise, answer: Answer, compiled: Compiled) -> Result:
    """A verdict with the plain sentence as hint, for reports and JSON alike."""
    hint: Hint | None
    if compiled.verdict == "grader-error":
        said = broken_tools(compiled.messages)
        return Result(ex, "grader-error", hint=Hint("toolchain", "", said), message=said)
    if compiled.verdict == "compile-limit":
        hint = render(ex, "compile-limit", None)
    else:
        told = explain(compiled.messages, answer.path)
        hint = Hint(told.id, "", told.sentence)
    return Result(ex, compiled.verdict, hint=hint, message=hint.text if hint else "")
