# `./lab compare`: the student's answer beside the solution, as code and as timelines.
from __future__ import annotations

import difflib
from collections.abc import Iterator

import click

from lab.answer import read_answer
from lab.course import Exercise
from lab.desk import Desk
from lab.errors import LabError
from lab.options import command as lab_command
from lab.programs import NotBuilt, answer_program
from lab.report import timeline_part
from lab.result import Case, Line
from lab.runner import Trace, run_traced
from lab.text import columns, fit, visible
from lab.timeline import draw

SIDE_BY_SIDE = 120  # columns from which two columns of code can be read


@lab_command("compare", "./lab compare 01-4 --yes")
@click.argument("exercise", metavar="EX")
@click.option("--yes", is_flag=True, help="Show the solution before yours is accepted.")
@click.pass_obj
def command(desk: Desk, exercise: str, yes: bool) -> int:
    """Show your answer beside the solution."""
    ex = desk.course.find_one(exercise)
    there_is_a_solution(ex)
    if not yes and not desk.progress.accepted(ex.key):
        ask(ex)
    click.echo(comparison(desk, ex))
    return 0


def there_is_a_solution(ex: Exercise) -> None:
    """Throws LabError in an edition without, before anything is asked."""
    if not ex.solution.is_file():
        raise LabError(f"this edition of the course has no solution for {ex.number}")


def ask(ex: Exercise) -> None:
    """Throws LabError unless the student says yes."""
    try:
        wanted = click.confirm(f"{ex.number} is not accepted yet. Show the solution?", err=True)
    except click.Abort:
        raise LabError(f"nobody answered: ./lab compare {ex.number} --yes shows it") from None
    if not wanted:
        raise LabError(f"not shown: ./lab hint {ex.number} gives a hint instead")


def comparison(desk: Desk, ex: Exercise) -> str:
    """Both texts, then both timelines."""
    width = columns(most=400)
    yours = visible_code(read_answer(ex.stub, ex.number).text)
    solution = visible_code(read_answer(ex.solution).text)
    code = beside if width >= SIDE_BY_SIDE else unified
    parts = [click.style(f"{ex.number}: yours and the solution", bold=True), ""]
    parts += code(yours, solution, width)
    parts += ["", *timelines(desk, ex, min(width, SIDE_BY_SIDE))]
    return "\n".join(parts)


def visible_code(text: str) -> list[str]:
    return [visible(line.expandtabs(4)) for line in text.splitlines()]


def unified(yours: list[str], solution: list[str], width: int) -> Iterator[str]:
    """One column: `-` only in yours, `+` only in the solution."""
    lines = difflib.unified_diff(yours, solution, "yours", "solution", lineterm="", n=3)
    colours = {"-": "red", "+": "green"}
    for line in list(lines) or ["  (the two are the same)"]:
        yield click.style(line, fg=colours[line[0]]) if line[:1] in colours else line


def beside(yours: list[str], solution: list[str], width: int) -> Iterator[str]:
    """Two columns; the mark between them says which lines differ."""
    side = (width - 3) // 2
    yield f"{fit('yours', side)} | solution"
    yield f"{'-' * side}-+-{'-' * side}"
    matcher = difflib.SequenceMatcher(None, yours, solution, autojunk=False)
    for what, a0, a1, b0, b1 in matcher.get_opcodes():
        mark = "|" if what == "equal" else "!"
        for index in range(max(a1 - a0, b1 - b0)):
            left = yours[a0 + index] if a0 + index < a1 else ""
            right = solution[b0 + index] if b0 + index < b1 else ""
            yield f"{fit(left, side)} {mark} {fit(right, side).rstrip()}".rstrip()


def timelines(desk: Desk, ex: Exercise, width: int) -> Iterator[str]:
    """The published case of both: transcripts side by side, then lanes."""
    right = run_traced(answer_program(desk.places, ex, ex.solution))
    try:
        mine = run_traced(answer_program(desk.places, ex))
    except NotBuilt as error:
        yield str(error)
        mine = Trace((), False, 0)
    yield from ("  In the published case:", "")
    yield from timeline_part(as_case(right.transcript, mine.transcript))
    for name, trace in (("yours", mine), ("solution", right)):
        drawn = draw(trace.events, width)
        if drawn:
            yield click.style(name, bold=True)
            yield from drawn
            yield ""


def as_case(expected: list[Line], actual: list[Line]) -> Case:
    """The solution's lines as what is expected, with the first place where yours differ."""
    longest = max(len(expected), len(actual))
    differing = (i for i in range(longest) if expected[i : i + 1] != actual[i : i + 1])
    first = next(differing, None)
    verdict = "accepted" if first is None else "wrong-content"
    return Case("published", 0, verdict, tuple(expected), tuple(actual), first)
