# `./lab predict`: asks in which order the lines come, before it shows them.
from __future__ import annotations

import os
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from lab import process, progress
from lab.desk import Desk, shown
from lab.errors import LabError
from lab.options import WholeNumber
from lab.options import command as lab_command
from lab.programs import Demo, answer_program, demo_program, find_program
from lab.report import line_at
from lab.result import Line
from lab.runner import run_traced
from lab.text import fit, visible

SHARES = (100, 70)  # per cent for the first and second instance; LATER for all further ones
LATER = 40
TRANSCRIPT_LINE = re.compile(r"\s*// *\[ *\d+\] ")
HIDDEN = "//   (the transcript, which you are about to predict)"


@lab_command("predict", "./lab predict 01-basics/lifecycle")
@click.argument("name", metavar="EX")
@click.option("--seed", type=WholeNumber(min=0), default=0, help="Which case; 0 is published.")
@click.pass_obj
def command(desk: Desk, name: str, seed: int) -> int:
    """Ask for the order of a program's lines, then show it."""
    key, source, lines = instance(desk, name, seed)
    tries = desk.progress.record(key).predictions
    shuffled = shuffle(lines, f"{key} {seed} {tries}")
    show_question(source, shuffled)
    answer = read_order(len(shuffled))
    said = [shuffled[number - 1] for number in answer]
    right = [line.text for line in said] == [line.text for line in lines]
    show_answer(lines, said, right)
    share = note(desk, key, right)
    if right:
        click.echo(f"Right: {share} % of a prediction's points.")
    else:
        click.echo(f"Not yet. Another try, shuffled anew: ./lab predict {name}")
    return 0 if right else 1


def instance(desk: Desk, name: str, seed: int) -> tuple[str, Path, list[Line]]:
    """The key, the file to read, and the right lines of an exercise or a demo."""
    ex = find_program(desk.course, name)
    if isinstance(ex, Demo):
        return ex.key, ex.source, demo_lines(demo_program(desk.places, ex))
    if not ex.solution.is_file():
        raise LabError(f"{ex.number} cannot be predicted here: this edition has no solutions")
    trace = run_traced(answer_program(desk.places, ex, ex.solution), seed)
    if trace.end:
        raise LabError(f"the solution of {ex.number} does not run: {trace.end}")
    return ex.key, ex.stub, trace.transcript


def demo_lines(program: Path) -> list[Line]:
    """A demo prints its transcript: `[ 1000] World`."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("LAB_")}
    done = process.run([program], process.Limits(cpu_seconds=5, wall_seconds=30), env=env)
    lines = []
    for printed in done.output.splitlines():
        stamp, closed, said = printed.partition("] ")
        if closed and stamp.lstrip("[ ").isdigit():
            lines.append(Line(int(stamp.lstrip("[ ")), said))
    return lines


def shuffle(lines: Sequence[Line], seed: str) -> list[Line]:
    """The same shuffle each time, and never the right order if there is another."""
    mixed = list(lines)
    chance = random.Random(seed)
    for _ in range(10):
        chance.shuffle(mixed)
        if [line.text for line in mixed] != [line.text for line in lines]:
            break
    return mixed


def show_question(source: Path, shuffled: Sequence[Line]) -> None:
    click.echo(f"The program: {shown(source)}\n")
    for code in without_answer(source.read_text(encoding="utf-8")):
        click.echo(f"  {visible(code)}")
    click.echo("\nIts lines, shuffled:\n")
    for number, line in enumerate(shuffled, 1):
        click.echo(f"  {number:>2}  {visible(line.text)}")
    click.echo()


def without_answer(text: str) -> list[str]:
    """The program's lines; a transcript in its comment would tell what is asked here."""
    lines: list[str] = []
    for line in text.splitlines():
        if TRANSCRIPT_LINE.match(line) is None:
            lines.append(line)
        elif not lines or lines[-1] != HIDDEN:
            lines.append(HIDDEN)
    return lines


def read_order(count: int) -> list[int]:
    """Each number once, from the terminal or from standard input. Asks again in a terminal only."""
    if count == 0:
        raise LabError("this program says nothing, so there is no order to predict")
    while True:
        if sys.stdin.isatty():
            text = click.prompt("The order in which they come, such as 2 1 3", err=True)
        else:
            text = sys.stdin.read(10_000)
        problem, numbers = understand(text, count)
        if not problem:
            return numbers
        if not sys.stdin.isatty():
            raise LabError(f"{problem}: give the numbers 1 to {count}, each once")
        click.echo(f"  {problem}: give the numbers 1 to {count}, each once", err=True)


def understand(text: str, count: int) -> tuple[str, list[int]]:
    """Returns: what is wrong with the text, or nothing, and the numbers."""
    words = text.replace(",", " ").split()
    if not all(word.isascii() and word.isdigit() for word in words):
        return "only numbers, please", []
    numbers = [int(word) for word in words]
    if sorted(numbers) != list(range(1, count + 1)):
        return f"{len(numbers)} numbers do not make an order of {count} lines", []
    return "", numbers


def show_answer(lines: Sequence[Line], said: Sequence[Line], right: bool) -> None:
    """The transcript, beside what was said where the two differ."""
    click.echo()
    for index, line in enumerate(lines):
        right_line = line_at(lines, index)
        if right or said[index].text == line.text:
            click.echo(f"    {right_line}")
        else:
            click.echo(f"  > {fit(right_line, 40)} you said: {visible(said[index].text)}")
    click.echo()


def note(desk: Desk, key: str, right: bool) -> int:
    """Counts the prediction. Returns: the share of the points that a right one earns now."""
    share = LATER

    def change(now: progress.Progress) -> None:
        nonlocal share
        record = now.record(key)
        share = SHARES[record.predictions] if record.predictions < len(SHARES) else LATER
        record.predictions += 1
        record.predicted = record.predicted or right

    progress.update(desk.places, change)
    return share
