# `./lab next`: the next exercise, its file, and what to type.
from __future__ import annotations

import json

import click

from lab.desk import Desk, shown
from lab.options import command as lab_command
from lab.options import json_option


@lab_command("next", "./lab next")
@json_option
@click.pass_obj
def command(desk: Desk, as_json: bool) -> int:
    """Show the next exercise that is not accepted."""
    ex = desk.progress.next_exercise(desk.course)
    if as_json:
        key, file = (ex.key, str(ex.stub)) if ex else (None, None)
        click.echo(json.dumps({"schema": "lab/next/v1", "exercise": key, "file": file}))
        return 0
    if ex is None:
        click.echo("Every exercise is accepted. ./lab list shows the map.")
        return 0
    click.echo(click.style(f"{ex.number} {ex.slug[3:]}: {ex.title}", bold=True))
    click.echo(f"  {ex.kind}, {'*' * ex.stars}, {ex.points} points, about {ex.minutes} minutes")
    click.echo(f"  read:   ./lab read {ex.lesson[:2]}")
    click.echo(f"  edit:   {shown(ex.stub)}")
    click.echo(f"  check:  ./lab check {ex.number}   or, at every save, ./lab watch {ex.number}")
    return 0
