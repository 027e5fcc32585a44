# How a command of ./lab is declared: its example in --help, and --no-color everywhere.
from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import click


class WholeNumber(click.IntRange):
    """A number for an option; the name is what a complaint about another word calls it."""

    name = "whole number"

    def get_metavar(self, *about: Any, **more: Any) -> str:
        return "N"


def command(name: str, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Declares a command; its help ends with `example`. NO_COLOR does what --no-color does."""

    def declare(function: Callable[..., Any]) -> click.Command:
        no_color = click.option(
            "--no-color",
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=without_colour,
            help="Print plain text.",
        )
        return click.command(name, epilog=f"Example: {example}")(no_color(function))

    return declare


def without_colour(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value or os.environ.get("NO_COLOR"):
        ctx.color = False
        while ctx.parent is not None:
            ctx = ctx.parent
            ctx.color = False


json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
