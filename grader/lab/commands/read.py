# `./lab read`: a lesson's page in the terminal.
from __future__ import annotations

import sys

import click

from lab.desk import Desk
from lab.errors import LabFault
from lab.options import command as lab_command

WIDEST = 96


@lab_command("read", "./lab read 01")
@click.argument("lesson", required=False, metavar="[NN]")
@click.pass_context
def command(ctx: click.Context, lesson: str | None) -> int:
    """Show a lesson's page; without NN, the page of the next exercise."""
    desk: Desk = ctx.obj
    if lesson is None:
        following = desk.progress.next_exercise(desk.course)
        lesson = following.lesson if following else desk.course.lessons[0].name
    page = desk.course.find_lesson(lesson).page
    try:
        text = page.read_text(encoding="utf-8")
    except OSError as error:
        raise LabFault(f"cannot read {page}: {error.strerror}") from error
    show(text, colour=ctx.color is not False)
    return 0


def show(text: str, *, colour: bool) -> None:
    """Through a pager in a terminal, plainly otherwise."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(no_color=not colour, highlight=False)
    width = min(console.width, WIDEST)
    page = Markdown(text, hyperlinks=False)
    if sys.stdout.isatty() and sys.stdin.isatty():
        with console.pager(styles=colour):
            console.print(page, width=width)
    else:
        console.print(page, width=width)
