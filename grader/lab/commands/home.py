# `./lab` without a command: a welcome the first time, then where you are and what is next.
from __future__ import annotations

import click

from lab import progress
from lab.desk import Desk, interactive, shown
from lab.text import plural, wrap

WELCOME = (
    "Welcome to Event Loop Lab. You will learn how one pair of hands does many things at once:"
    " read a page, say what a program prints, run it, and then write one yourself."
)
COMMANDS = """\
  ./lab read 01     the first page, about 15 minutes
  ./lab watch       checks your file at every save, and moves on when it is right
  ./lab list        the map
  ./lab --help      all commands
"""


def home(desk: Desk) -> int:
    """Prints the place in the course. Returns: the exit code."""
    course, now = desk.course, desk.progress
    if not now.welcomed:
        click.echo(wrap(WELCOME, indent="") + "\n")
        click.echo(COMMANDS)
        progress.update(desk.places, lambda p: setattr(p, "welcomed", True))
    done = sum(now.accepted(ex.key) for ex in course.exercises)
    points = sum(now.record(ex.key).points(ex) for ex in course.exercises)
    most = sum(ex.points for ex in course.exercises)
    exercises = plural(len(course.exercises), "exercise")
    click.echo(f"{done} of {exercises} accepted, {points} of {most} points.")
    following = now.next_exercise(course)
    if following is None:
        click.echo("All of it is done.")
        return 0
    click.echo(f"Next: {following.number} {following.slug[3:]}: {following.title}")
    click.echo(f"      edit {shown(following.stub)}, then ./lab check {following.number}")
    if interactive() and click.confirm("Start ./lab watch now?", default=True):
        from lab.commands.watch import watch

        return watch(desk, following, stay=False)
    return 0
