# Reads an answer file: is it a text that can be graded, and has the student touched it at all?
from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lab.errors import LabError

MOST_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """A file that can be graded: where it lies and what it holds."""

    path: Path
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8")


class BadAnswer(LabError):
    """The file cannot be graded; the message says why and what to do."""


def read_answer(path: Path, own: str = "") -> Answer:
    """Reads `path`, which is the student's own file of exercise `own` if that is named.

    Throws: BadAnswer, with one line, for anything that is no C++ text.
    """
    advice = f"./lab reset {own} brings the stub back" if own else "name a .cpp file"
    if path.is_dir():
        raise BadAnswer(f"{path} is a folder: name the .cpp file in it")
    try:
        if not path.is_file() and path.exists():
            raise BadAnswer(f"{path} is no ordinary file: name a .cpp file")
        with open(path, "rb") as source:
            content = source.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise BadAnswer(f"{path} does not exist: {advice}") from error
    except OSError as error:
        raise BadAnswer(f"cannot read {path}: {error.strerror}") from error
    refuse(path, content, advice)
    return Answer(path.resolve(), content)


def refuse(path: Path, content: bytes, advice: str) -> None:
    """Throws BadAnswer for content that no compiler should see."""
    if len(content) > MOST_BYTES:
        raise BadAnswer(f"{path} is larger than 1 MiB: an answer is a small text file")
    if not content.strip():
        raise BadAnswer(f"{path} is empty: {advice}")
    if b"\0" in content:
        raise BadAnswer(f"{path} is a binary file: an answer is C++ text")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadAnswer(f"{path} is no UTF-8 text (line {line}): save it as UTF-8") from error


TOKEN = re.compile(
    r"""(?P<string>R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)[\"]"""
    r"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
    r"""|(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<space>\s+)""",
    re.DOTALL,
)


def essence(text: str) -> str:
    """`text` without comments and blanks: what is left decides whether the stub was touched."""
    return TOKEN.sub(lambda m: m.group("string") or "", text.removeprefix("\ufeff"))


def same_program(left: str, right: str) -> bool:
    return essence(left) == essence(right)
