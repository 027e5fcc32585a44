# Text for a terminal: control characters made visible, and columns of a fixed width.
from __future__ import annotations

import contextlib
import shutil
import textwrap
import unicodedata
from collections.abc import Iterator
from contextvars import ContextVar

WIDEST = 80  # lines that are longer are hard to read
NARROWEST = 40

fixed: ContextVar[int] = ContextVar("fixed", default=0)  # columns for a text that is kept


def visible(text: str) -> str:
    """`text` with every control or format character spelled out, such as \\x1b for escape.

    Effects: nothing that a student's program printed can move the cursor or change a colour.
    """
    if text.isprintable():  # nearly always, and a hundred times as fast
        return text
    return "".join(spell(c) if needs_spelling(c) else c for c in text)


def needs_spelling(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def spell(char: str) -> str:
    named = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    code = ord(char)
    return named.get(char) or (f"\\x{code:02x}" if code < 256 else f"\\u{{{code:x}}}")


def visible_lines(text: str) -> str:
    """Like visible, but keeps line ends and turns tabs into spaces: for compiler messages."""
    return "\n".join(visible(line.expandtabs(4)) for line in text.split("\n"))


def width(text: str) -> int:
    """How many columns a terminal uses for `text`."""
    return sum(char_width(c) for c in text)


def char_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fit(text: str, columns: int) -> str:
    """`text` cut (with `...`) or padded to exactly `columns`."""
    if width(text) > columns:
        kept = ""
        for char in text:
            if width(kept) + char_width(char) > columns - 3:
                break
            kept += char
        text = kept + "..."
    return text + " " * (columns - width(text))


def columns(most: int = WIDEST) -> int:
    """How wide to write: the terminal's width, or COLUMNS, but no more than `most`."""
    if fixed.get():
        return fixed.get()
    return max(NARROWEST, min(most, shutil.get_terminal_size((WIDEST, 24)).columns))


def one_line(text: str) -> str:
    """`text` without line ends; blanks inside a line stay, since they may be quoted output."""
    return " ".join(line.strip() for line in text.splitlines()).strip()


def wrap(text: str, indent: str = "  ") -> str:
    """One paragraph, wrapped to the terminal and indented. A word, such as a path, stays whole."""
    return textwrap.fill(
        one_line(text),
        width=columns(),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def ordinal(number: int) -> str:
    """`second`, `third`; figures from eleven on."""
    words = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
    if number <= len(words):
        return words[number - 1]
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number}{('th', 'st', 'nd', 'rd')[last] if last < 4 else 'th'}"


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


@contextlib.contextmanager
def fixed_columns(number: int = WIDEST) -> Iterator[None]:
    """While this lasts, `columns` is `number` in this thread, whatever the terminal says."""
    token = fixed.set(number)
    try:
        yield
    finally:
        fixed.reset(token)
