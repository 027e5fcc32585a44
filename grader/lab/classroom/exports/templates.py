# Fills the templates of exports, and knows what a bare Debian or Ubuntu needs for grading.
from __future__ import annotations

from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("templates")
PACKAGES = (
    "g++ cmake ninja-build doctest-dev nlohmann-json3-dev lld bubblewrap python3"
    " python3-click python3-rich python3-watchdog python3-jinja2 python3-jsonschema"
).split()


def fill(template: str, **values: Any) -> str:
    """The template with @(name)@ filled in. An unknown name is an error, never an empty place."""
    from jinja2 import Environment, StrictUndefined

    # Shell, YAML and GitHub's expressions are full of braces.
    environment = Environment(
        variable_start_string="@(",
        variable_end_string=")@",
        block_start_string="@%",
        block_end_string="%@",
        comment_start_string="@#",
        comment_end_string="#@",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    text = (FOLDER / template).read_text(encoding="utf-8")
    return environment.from_string(text).render(packages=" ".join(PACKAGES), **values)
