# `./lab undo`: the version before the present one; called again, the one before that.
from __future__ import annotations

import click

from lab import pristine
from lab.desk import Desk, shown
from lab.options import command as lab_command


@lab_command("undo", "./lab undo 01-4")
@click.argument("exercise", metavar="EX")
@click.pass_obj
def command(desk: Desk, exercise: str) -> int:
    """Bring back the version that reset or undo put aside."""
    ex = desk.course.find_one(exercise)
    done = pristine.undo(desk.places, ex)
    click.echo(f"{shown(done.file)} is the version before.")
    if done.kept_as is not None:
        click.echo(f"What stood there is kept as {shown(done.kept_as)}.")
    return 0
