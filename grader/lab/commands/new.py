# `./lab new`: the skeleton of a new exercise, whole enough to be built and audited at once.
from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

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
    made = skeletons.create(root, new)
    for path in made.files:
        click.echo(f"  {shown(path)}")
    if not skeletons.registered(root, new.key):
        click.echo(f"\nAdd lab_add_exercise({new.key}) to CMakeLists.txt.")
    number = new.names["number"]
    click.echo("\nIt builds as it is; make it yours, then prove it:\n")
    click.echo(f"  ./lab audit {number}")
    click.echo(f"  ./lab check {number} --file solutions/{new.key}.cpp")
    click.echo("\ndocs/authors-guide.md goes through the files one by one.")
    click.echo("\nTo take it back:\n")
    for step in steps_back(made, root / "grader" / "checks" / new.key):
        click.echo(f"  {step}")
    return 0


def steps_back(made: skeletons.Made, checks: Path) -> Iterator[str]:
    """Commands for the files that are new, and the lines that were added to the others."""
    files = [path for path in made.new if checks not in path.parents]
    yield "rm " + " ".join(shlex.quote(shown(path)) for path in files)
    yield f"rm -r {shlex.quote(shown(checks))}"
    for path, (first, last) in made.added.items():
        lines = f"line {first}" if first == last else f"lines {first} to {last}"
        yield f"and remove {lines} of {shown(path)}"
