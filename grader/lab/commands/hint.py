# `./lab hint`: one more rung of an exercise's ladder, and what it costs.
from __future__ import annotations

import json

import click

from lab import progress
from lab.course import Exercise
from lab.desk import Desk
from lab.options import command as lab_command
from lab.options import json_option
from lab.text import plural, wrap


@lab_command("hint", "./lab hint 01-4")
@click.argument("exercise", required=False, metavar="[EX]")
@json_option
@click.pass_obj
def command(desk: Desk, exercise: str | None, as_json: bool) -> int:
    """Show one more hint: the first is free, each later one costs 20 %."""
    ex = desk.one_or_next(exercise)
    rung = take_rung(desk, ex)
    if as_json:
        text = ex.hints[rung - 1] if rung else None
        about = {"schema": "lab/hint/v1", "exercise": ex.key, "hint": rung, "of": len(ex.hints)}
        click.echo(json.dumps({**about, "text": text}, ensure_ascii=False))
        return 0
    click.echo("\n".join(tell(ex, rung)))
    return 0


def take_rung(desk: Desk, ex: Exercise) -> int:
    """Counts one more hint, up to the last. Returns: the number of the hint to show, 0 for none."""

    def change(now: progress.Progress) -> None:
        record = now.record(ex.key)
        record.hints = min(record.hints + 1, len(ex.hints))

    return progress.update(desk.places, change).record(ex.key).hints


def tell(ex: Exercise, rung: int) -> list[str]:
    """All hints so far, the new one last, and what the next one costs."""
    if rung == 0:
        return [f"{ex.number} has no hints: ./lab read {ex.lesson[:2]} is the page."]
    left = len(ex.hints) - rung
    best = round(ex.points * (10 - 2 * (rung - 1)) / 10)
    cost = "free" if rung == 1 else f"in your own progress {best} of {ex.points} points remain"
    lines = []
    for number, text in enumerate(ex.hints[:rung], 1):
        title = click.style(f"Hint {number} of {len(ex.hints)} for {ex.number}", bold=True)
        lines += [title + (f" ({cost})" if number == rung else ""), wrap(text), ""]
    if left:
        lines.append(f"  {plural(left, 'hint')} left; the next costs 20 % of the points.")
    else:
        shows = "read" if ex.kind == "predict" else "trace"
        what = ex.lesson[:2] if ex.kind == "predict" else ex.number
        about = "is the page" if ex.kind == "predict" else "shows what your program does"
        lines.append(f"  That was the last one. ./lab {shows} {what} {about}.")
    return lines
