# `./lab undo`: the version before the present one; called again, the one before that.
from __future__ import annotations

import click

from lab import pristine
from lab.desk import Desk, shown
from lab.options import command as lab_command


@lab_command("undo", "./lab undo 01-4")
@click.argument("exercise", metavar="EX")
@click.option("--redo", is_flag=True, help="Take an undo back: one version forward.")
@click.pass_obj
def command(desk: Desk, exercise: str, redo: bool) -> int:
    """Bring back the version that reset put aside; again, the one before.

    Nothing is lost on the way: undo keeps what stood there, and --redo goes forward again.
    """
    ex = desk.course.find_one(exercise)
    done = pristine.redo(desk.places, ex) if redo else pristine.undo(desk.places, ex)
    click.echo(f"{shown(done.file)} is the version {'after' if redo else 'before'}.")
    if done.kept_as is not None:
        click.echo(f"What stood there is kept as {shown(done.kept_as)}.")
    if not redo:
        click.echo(f"To take that back: ./lab undo {ex.number} --redo")
    return 0
