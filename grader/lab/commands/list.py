# `./lab list`: the map of the course with the student's progress.
from __future__ import annotations

import json
from typing import Any

import click

from lab.course import Exercise
from lab.desk import Desk
from lab.options import command as lab_command
from lab.options import json_option
from lab.progress import COUNTING, Progress
from lab.text import columns, fit, wrap

WHOLE_LINE = 80  # columns from which kind, stars and minutes have room


@lab_command("list", "./lab list 01")
@click.argument("lesson", required=False)
@json_option
@click.pass_obj
def command(desk: Desk, lesson: str | None, as_json: bool) -> int:
    """Show the lessons, the exercises and your progress."""
    course, now = desk.course, desk.progress
    lessons = [course.find_lesson(lesson)] if lesson else list(course.lessons)
    if as_json:
        rows = [row(ex, now) for one in lessons for ex in one.exercises]
        click.echo(json.dumps({"schema": "lab/list/v1", "exercises": rows}, ensure_ascii=False))
        return 0
    following = now.next_exercise(course)
    for one in lessons:
        click.echo(click.style(f"{one.number}  {one.title}", bold=True))
        for ex in one.exercises:
            click.echo(line(ex, now, is_next=ex == following))
    click.echo()
    click.echo(wrap(COUNTING, indent=" "))
    return 0


def line(ex: Exercise, now: Progress, *, is_next: bool) -> str:
    done = now.accepted(ex.key)
    mark = "+" if done else (">" if is_next else " ")
    name = fit(f"{ex.number} {ex.slug[3:]}", min(28, columns() - 32))
    state = now.record(ex.key).verdict if ex.key in now.exercises else "not-attempted"
    state = click.style("accepted", fg="green") if done else state
    parts = [name, f"{now.points(ex):>2}/{ex.points:<2} points", state]
    if columns(WHOLE_LINE) >= WHOLE_LINE:
        parts[1:2] = [fit(ex.kind, 10) + fit("*" * ex.stars, 6), f"{parts[1]} {ex.minutes:>3} min"]
    return f" {mark} " + "  ".join(parts)


def row(ex: Exercise, now: Progress) -> dict[str, Any]:
    record = now.record(ex.key)
    return {
        "exercise": ex.key,
        "title": ex.title,
        "kind": ex.kind,
        "stars": ex.stars,
        "minutes": ex.minutes,
        "accepted": record.accepted,
        "verdict": record.verdict,
        "attempts": record.attempts,
        "hints": record.hints,
        "points": record.points(ex),
        "max_points": ex.points,
    }
