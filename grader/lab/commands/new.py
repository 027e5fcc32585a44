# `./lab new`: the skeleton of a new exercise, whole enough to be built and audited at once.
from __future__ import annotations

import click

from lab import skeletons
from lab.desk import Desk, shown
from lab.options import command as lab_command


@lab_command("new", "./lab new 01-basics/08-fix-late-guest")
@click.argument("key", metavar="KEY")
@click.pass_obj
def command(desk: Desk, key: str) -> int:
    """Make the skeleton of a new exercise.

    KEY is NN-lesson/MM-kind-name; kind is predict, order, fix, implement or build.
    """
    new = skeletons.parse_key(key)
    root = desk.places.root
    for path in skeletons.create(root, new):
        click.echo(f"  {shown(path)}")
    if not skeletons.registered(root, new.key):
        click.echo(f"\nAdd lab_add_exercise({new.key}) to CMakeLists.txt.")
    number = new.names["number"]
    click.echo("\nIt builds as it is; make it yours, then prove it:\n")
    click.echo(f"  ./lab audit {number}")
    click.echo(f"  ./lab check {number} --file solutions/{new.key}.cpp")
    click.echo("\ndocs/authors-guide.md goes through the files one by one.")
    return 0
