# `./lab reset`: back to the stub; the version that stood there is kept.
from __future__ import annotations

import click

from lab import pristine
from lab.desk import Desk, shown
from lab.options import command as lab_command


@lab_command("reset", "./lab reset 01-4")
@click.argument("exercise", metavar="EX")
@click.pass_obj
def command(desk: Desk, exercise: str) -> int:
    """Put the stub back; ./lab undo brings your version back again."""
    ex = desk.course.find_one(exercise)
    done = pristine.reset(desk.places, ex)
    click.echo(f"{shown(done.file)} is the stub again.")
    if done.kept_as is not None:
        click.echo(f"Your version is kept as {shown(done.kept_as)}: ./lab undo {ex.number}")
    return 0
