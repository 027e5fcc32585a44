# Shows a result to a person: verdict, both timelines, the cause, the hint, what to type next.
from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from lab.course import Exercise
from lab.hints import sentence
from lab.result import Case, Hint, Line, Result
from lab.rules import Rule, load_rules
from lab.text import (
    columns,
    fit,
    fixed_columns,
    ordinal,
    plural,
    visible,
    visible_lines,
    width,
    wrap,
)

MOST_ROWS = 16
BEFORE, AFTER = 5, 8  # rows kept around the first difference of a long timeline
REPEATED = 3
COMMAND = 32  # columns for a command in front of what it does
STOPPED = ("timed-out", "runaway", "output-limit", "out-of-memory", "process-limit")


def summary_line(result: Result) -> str:
    """`01-4 fix-one-after-another   wrong-time   0/10` for lists of several exercises."""
    ex = result.exercise
    colour = verdict_colour(result.verdict)
    verdict = click.style(fit(result.verdict, 17), fg=colour)
    mark = "+" if result.accepted else "-"
    name = fit(f"{ex.number} {ex.slug[3:]}", 34)
    return f"{mark} {name} {verdict} {result.points:>3}/{ex.points} points"


def verdict_colour(verdict: str) -> str:
    if verdict == "accepted":
        return "green"
    return "yellow" if verdict in ("not-attempted", "grader-error") else "red"


def full_report(result: Result, *, repeats: int = 0, counted: str = "") -> str:
    """Everything about one result.

    `repeats` is how often in a row the same hint came; `counted`, what became of the points.
    """
    parts = [header(result), ""]
    if result.accepted and counted:
        parts += [f"  {counted}", ""]
    parts += list(explanation(result)) + list(hint_part(result, repeats))
    parts += list(next_part(result, result.failed_case))
    return "\n".join(parts)


def explanation(result: Result, *, kept: bool = False) -> Iterator[str]:
    """What happened and why it is wrong: the compiler's words, or both timelines and the cause."""
    case = result.failed_case
    if result.verdict in ("does-not-compile", "compile-limit"):
        yield from compiler_part(result)
    elif case is not None:
        yield from lambda_part(result)
        yield f"  In {case_name(case, kept)}:"
        yield ""
        yield from timeline_part(case)
        yield from warnings_part(result, case)
        yield from cause_part(result, case)
    elif result.message and not in_hint(result):
        yield wrap(visible(result.message))
        yield ""


def kept_report(result: Result) -> str:
    """What `full_report` says, as plain text that is the same whenever and wherever it is made:
    without times, commands and the class's secret seeds."""
    with fixed_columns():
        parts = list(explanation(result, kept=True)) + list(hint_part(result, 0))
        if result.accepted:
            parts = [f"All {plural(len(result.cases), 'case')} as expected."]
    return click.unstyle("\n".join(parts)).strip("\n") + "\n"


def header(result: Result) -> str:
    ex = result.exercise
    name = click.style(f"{ex.number} {ex.slug[3:]}", bold=True)
    verdict = click.style(result.verdict, fg=verdict_colour(result.verdict), bold=True)
    seconds = sum(result.seconds.values())
    points = f"({result.points} of {plural(ex.points, 'point')}, {seconds:.2f} s)"
    narrow = width(f"{ex.number} {ex.slug[3:]}: {result.verdict}  {points}") > columns()
    return f"{name}: {verdict}" + ("\n  " if narrow else "  ") + points


def compiler_part(result: Result) -> Iterator[str]:
    """The plain sentence, then the compiler's own first error as it stands."""
    from lab.compile_errors import explain

    explained = explain(result.compiler, result.file or result.exercise.stub)
    if result.verdict == "does-not-compile":
        yield wrap(visible(explained.sentence))
        yield ""
    shown = explained.error.replace(f"{Path.cwd()}/", "")
    for line in visible_lines(shown).split("\n"):
        yield f"  | {line}"[:200].rstrip()
    yield ""


def lambda_part(result: Result) -> Iterator[str]:
    """After a crash: the one cause in the source that compilers let pass."""
    from lab.compile_errors import dangling_lambda

    if result.verdict != "crashed":
        return
    text = result.source
    if not text and result.file is not None:
        with contextlib.suppress(OSError):
            text = result.file.read_text(encoding="utf-8", errors="replace")
    said = dangling_lambda(text)
    if said:
        yield wrap(said)
        yield ""


def case_name(case: Case, kept: bool) -> str:
    """Which case; its seed repeats it at one's desk, but is a class's secret in a kept report."""
    if case.seed == 0:
        return "the published case"
    return "a fresh case" if kept else f"a fresh case, seed {case.seed}"


def timeline_part(case: Case) -> Iterator[str]:
    """Expected and actual lines side by side, with a mark at the first difference."""
    if not case.expected:
        yield from only_yours(case)
        return
    side = side_columns()
    yield f"    {fit('expected', side)} | yours"
    yield f"    {'-' * side}-+-{'-' * side}"
    rows = max(len(case.expected), len(case.actual))
    first, last = window(rows, case.first_difference)
    if first > 0:
        yield f"    ... {plural(first, 'line')} as expected"
    for index in range(first, last):
        yield timeline_row(case, index)
        if index == case.first_difference:
            yield from whole_lines(case, index)
    if last < rows:
        yield f"    ... {plural(rows - last, 'line')} more"
    yield ""


def side_columns() -> int:
    """The columns for one side of a timeline: half of what indent and border leave."""
    return (columns() - 10) // 2


def only_yours(case: Case) -> Iterator[str]:
    """What was said by a run that ended before it could be compared: its last lines matter."""
    shown = case.actual[-AFTER:]
    if len(case.actual) > len(shown):
        yield f"    ... {plural(len(case.actual) - len(shown), 'line')} before"
    for line in shown:
        yield f"    {fit(line_text(line), columns() - 4).rstrip()}"
    how = "was stopped" if case.verdict in STOPPED else "ended"
    yield f"    (here it {how})" if shown else f"    (it {how} before it said anything)"
    yield ""


def window(rows: int, difference: int | None) -> tuple[int, int]:
    """Which rows to show: all of a short timeline, else those around the first difference."""
    if rows <= MOST_ROWS:
        return 0, rows
    centre = difference or 0
    first = max(0, min(centre - BEFORE, rows - BEFORE - AFTER - 1))
    return first, min(rows, first + BEFORE + AFTER + 1)


def timeline_row(case: Case, index: int) -> str:
    left, right = line_at(case.expected, index), line_at(case.actual, index)
    side = side_columns()
    text = f"{fit(left, side)} | {fit(right, side).rstrip()}".rstrip()
    if index != case.first_difference:
        return f"    {text}"
    return click.style(f"  > {text}", fg="red")


def whole_lines(case: Case, index: int) -> Iterator[str]:
    """The two lines that differ, one below the other, if their columns hide where they do."""
    left, right = line_at(case.expected, index), line_at(case.actual, index)
    side = side_columns()
    if left != right and fit(left, side) == fit(right, side):
        yield f"      expected: {left}"
        yield f"      yours:    {right}"


def line_at(lines: Sequence[Line], index: int) -> str:
    if index >= len(lines):
        return "(nothing)"
    return line_text(lines[index])


def line_text(line: Line) -> str:
    return f"[{line.t_ms:>5}] {visible(line.text)}"


def warnings_part(result: Result, case: Case) -> Iterator[str]:
    """What the runtime complained about in this case: often the whole answer."""
    told = [one for one in case.warnings if one not in result.message]
    for one in told:
        yield wrap(f"The loop warns: {visible(one)}")
    if told:
        yield ""


def cause_part(result: Result, case: Case) -> Iterator[str]:
    """The cause in one sentence, and the rule that decides it, word for word."""
    cause = visible(result.message or case.message)
    if not cause or cause.startswith("line "):
        cause = cause_of(case)
    if in_hint(result):
        cause = ""
    if cause:
        yield wrap(f"Cause: {sentence(cause)}")
    rule = rule_of(result)
    if rule is not None:
        yield wrap(f"Rule {rule}")
    if cause or rule is not None:
        yield ""


def in_hint(result: Result) -> bool:
    """Whether the hint's text repeats the judge's sentence already."""
    said = sentence(result.message)
    return bool(said and result.hint and said in result.hint.text)


def cause_of(case: Case) -> str:
    """The first difference as a sentence, for verdicts about the transcript."""
    at = case.first_difference
    if at is None:
        return "the lines are right, but something else about the run is not."
    expected = case.expected[at] if at < len(case.expected) else None
    actual = case.actual[at] if at < len(case.actual) else None
    if expected is None and actual is not None:
        return f"line {at + 1}, {quoted(actual)}, is one too many."
    if actual is None and expected is not None:
        return f"line {at + 1}, {quoted(expected)} at {expected.t_ms} ms, never came."
    if expected is None or actual is None:
        return "the transcripts differ."
    if expected.text == actual.text:
        came = f"{actual.t_ms} ms instead of {expected.t_ms} ms"
        return f"line {at + 1}, {quoted(expected)}, came at {came}."
    came = f"yours is {quoted(actual)} at {actual.t_ms} ms"
    return f"line {at + 1} should be {quoted(expected)} at {expected.t_ms} ms; {came}."


def quoted(line: Line) -> str:
    return f'"{fit(visible(line.text), 60).rstrip()}"'


def rule_of(result: Result) -> Rule | None:
    if result.hint is None:
        return None
    return load_rules(result.exercise.root).get(result.hint.rule)


def hint_part(result: Result, repeats: int) -> Iterator[str]:
    """The hint; from the third time in a row on also where the page speaks of it."""
    hint = result.hint
    if hint is None or not hint.text or result.verdict == "does-not-compile":
        return
    for paragraph in hint.text.split("\n\n"):
        yield wrap(visible(paragraph))
    if repeats >= REPEATED:
        yield ""
        often = f"It is the {ordinal(repeats)} time in a row."
        yield wrap(f"{often} {elsewhere(result.exercise, hint)}")
    yield ""


def elsewhere(ex: Exercise, hint: Hint) -> str:
    """Where else the belief is told: on the page, if that names it, else by the next hint."""
    code = hint.id.split("-")[0]
    with contextlib.suppress(OSError):
        page = (ex.root / "lessons" / ex.lesson / "README.md").read_text(encoding="utf-8")
        if f"({code})" in page:
            return f"./lab read {ex.lesson[:2]} tells it with a program: look for {code} there."
    return f"./lab hint {ex.number} looks at it from another side."


def next_part(result: Result, case: Case | None) -> Iterator[str]:
    """What to type next: commands, one a line, whole so that they can be copied."""
    steps = next_steps(result, case)
    room = max(COMMAND, *(len(what) for what, _ in steps))
    yield from (f"  {fit(what, room)} {why}".rstrip() for what, why in steps)


def next_steps(result: Result, case: Case | None) -> list[tuple[str, str]]:
    ex = result.exercise
    if result.accepted:
        return [("./lab next", "the next exercise"), (f"./lab compare {ex.number}", "the solution")]
    if result.verdict == "not-attempted":
        return [
            (f"./lab read {ex.lesson[:2]}", "the page"),
            (f"./lab watch {ex.number}", "check at every save"),
        ]
    if result.verdict == "grader-error":
        return [("./lab doctor", "what this machine has and lacks")]
    steps = [(f"./lab hint {ex.number}", "a hint")]
    if result.verdict not in ("does-not-compile", "compile-limit"):
        if ex.kind != "predict":
            again = f" --seed {case.seed}" if case is not None and case.seed != 0 else ""
            steps.append((f"./lab trace {ex.number}{again}", "what the loop did"))
        if case is not None and case.seed != 0:
            steps.append((f"./lab check {ex.number} --seed {case.seed}", "this case again"))
    steps.append((f"./lab watch {ex.number}", "check at every save"))
    return steps
