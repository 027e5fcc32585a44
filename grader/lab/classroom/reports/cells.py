# Tables as CSV (RFC 4180, UTF-8) in which no cell is ever a formula.
from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from lab.classroom.reports.files import utf8
from lab.state import atomic_file
from lab.text import spell

Cell = str | int | float


class Own(str):
    """A text of ours that is written as it is, such as Moodle's `-` for no grade."""


# What makes a spreadsheet take a text for a formula; the wide forms do in some languages.
ACTIVE = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
KEPT = "\t\r\n"


def write_table(path: Path, rows: Iterable[Sequence[Cell]]) -> Path:
    """Writes `rows` as they come. Texts are quoted and defused, numbers are neither.

    Returns: `path`. Complexity: memory for one row.
    """
    with atomic_file(path) as out:
        for row in rows:
            out.write(utf8(line(row)))
    return path


def line(row: Sequence[Cell]) -> str:
    """One line of CSV with its end, CR LF."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([harmless(cell) for cell in row])
    return text.getvalue()


def harmless(cell: Cell) -> Cell:
    """Numbers are ours, too: a negative one is no formula."""
    return cell if isinstance(cell, (int, float, Own)) else defused(cell)


def defused(text: str) -> str:
    """`text` with an apostrophe in front if a spreadsheet would run it, and controls spelled out.

    Whoever matches names or ids by such a cell has to take the apostrophe away again.
    """
    if not text.isprintable():
        text = "".join(c if c in KEPT or not is_control(c) else spell(c) for c in text)
    return f"'{text}" if text.startswith(ACTIVE) else text


def is_control(char: str) -> bool:
    return char < " " or "\x7f" <= char < "\xa0"
