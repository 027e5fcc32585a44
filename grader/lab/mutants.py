# Small changes to a program, one at a time: each makes another program, to be rejected.
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pygments.lexers import CppLexer
from pygments.token import Comment, Keyword, Number, Punctuation, String, Text

PREPROCESSOR = (Comment.Preproc, Comment.PreprocFile)
OPERATORS = re.compile(
    r"<=>|->\*?|<<=|>>=|<<|>>|[<>=!+\-*/%&|^]=|&&|\|\||\+\+|--|::|[<>=!+\-*/%&|^~?:.]"
)
# Comparisons are negated and moved by one; they have blanks around them, and <T> has none.
FLIPS = {
    "<": (">=", "<="),
    ">": ("<=", ">="),
    "<=": (">", "<"),
    ">=": ("<", ">"),
    "==": ("!=",),
    "!=": ("==",),
    "&&": ("||",),
    "||": ("&&",),
    "+": ("-",),
    "-": ("+",),
    "+=": ("-=",),
    "-=": ("+=",),
    "++": ("--",),
    "--": ("++",),
    "/": ("*",),
    "%": ("*",),
}
ELEMENT = re.compile(r"^ +(\w+::\w+,)$", re.MULTILINE)  # a line of a list: `Block::taste,`
KEPT = (
    "using",
    "namespace",
    "struct",
    "class",
    "return",
    "co_return",
    "public",
    "private",
    "#",
    "template",
)


@dataclass(frozen=True)
class Mutant:
    """One changed program. `change` names it in the same way as long as the lines stay the same."""

    change: str
    text: str


@dataclass(frozen=True)
class Word:
    """A token that is neither blank nor comment, with its place in the text."""

    start: int
    text: str
    kind: Any

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def mutants(source: str) -> list[Mutant]:
    """Every mutant of `source` once, in the order of their places. A pure function."""
    words = list(read_words(source))
    made = [*small_changes(source, words), *statement_changes(source, words)]
    unique: dict[str, tuple[int, int]] = {}
    for start, end, text in made:
        if text != source:
            unique.setdefault(text, (start, end))
    order = sorted(unique.items(), key=lambda item: item[1])
    seen: Counter[str] = Counter()
    found = []
    for text, (start, end) in order:
        change = describe(source, text, start, end)
        seen[change] += 1
        again = f" ({seen[change]})" if seen[change] > 1 else ""
        found.append(Mutant(change + again, text))
    return found


def read_words(source: str) -> Iterator[Word]:
    at = 0
    for kind, text in CppLexer(ensurenl=False, stripnl=False).get_tokens(source):
        blank = kind in Text or (kind in Comment and kind not in PREPROCESSOR)
        if not blank and text.strip():
            yield Word(at, text, kind)
        at += len(text)


Change = tuple[int, int, str]  # where the changed part of the source begins and ends; the new text


def small_changes(source: str, words: list[Word]) -> Iterator[Change]:
    """Comparisons and operators flipped, constants changed, `co_await` dropped."""
    for word in words:
        if word.kind in Number.Integer and word.text.isdigit():
            yield replaced(source, word.start, word.end, str(int(word.text) + 1))
        elif word.kind in Keyword and word.text == "co_await":
            yield replaced(source, word.start, word.end + 1, "")
        elif word.text in ("true", "false"):
            yield replaced(source, word.start, word.end, "false" if word.text == "true" else "true")
    code = hide(source, words)
    for match in OPERATORS.finditer(code):
        operator, start, end = match.group(), match.start(), match.end()
        spaced = code[start - 1 : start] == " " and code[end : end + 1] == " "
        if operator in FLIPS and (spaced or operator in ("++", "--")):
            for other in FLIPS[operator]:
                yield replaced(source, start, end, other)


def hide(source: str, words: list[Word]) -> str:
    """`source` with blanks for comments, strings and preprocessor lines; places stay."""
    shown = [" " if letter != "\n" else letter for letter in source]
    for word in words:
        if word.kind not in String and word.kind not in Comment:
            shown[word.start : word.end] = word.text
    return "".join(shown)


def statement_changes(source: str, words: list[Word]) -> Iterator[Change]:
    """Statements dropped, and swapped with the next one of the block; a list's lines too."""
    before: tuple[int, int, int] | None = None
    lines = ((m.start(1), m.end(1), -1) for m in ELEMENT.finditer(source))
    for start, end, block in [*statements(words), *lines]:
        yield replaced(source, start, end, "")
        if before is not None and before[2] == block:
            other = source[start:end] + source[before[1] : start] + source[before[0] : before[1]]
            yield replaced(source, before[0], end, other)
        before = (start, end, block)


@dataclass(frozen=True)
class Block:
    """An open brace: its number, whether statements stand in it, and what was begun before it."""

    number: int
    holds_code: bool
    resumed: list[Word]  # the statement that goes on behind the closing brace


def statements(words: list[Word]) -> Iterator[tuple[int, int, int]]:
    """Where each plain statement inside a function begins and ends, and the number of its block.

    A statement ends with a semicolon outside of parentheses. What a struct declares is none.
    """
    blocks: list[Block] = []
    opened = 0
    head: list[Word] = []  # the statement so far
    for word in words:
        if word.kind in Comment:
            continue  # a preprocessor line
        if word.text == "{":
            opened += 1
            goes_on = (
                in_parentheses(head)
                or is_value(head)
                or at_depth_0(head, "=", "return", "co_return")
            )
            names = at_depth_0(head, "struct", "class", "enum", "namespace")
            blocks.append(Block(opened, not names and not is_value(head), head if goes_on else []))
            head = []
        elif word.text == "}" and blocks:
            head = blocks.pop().resumed
        elif word.text == ";" and not in_parentheses(head):
            inside = blocks and blocks[-1].holds_code
            if inside and head and head[0].text not in KEPT:
                yield head[0].start, word.end, blocks[-1].number
            head = []
        else:
            head = [*head, word]


def is_value(head: list[Word]) -> bool:
    """Whether a brace behind `head` begins a list of values: `Item{`, `= {`, `({`."""
    before_code = (
        ")",
        "]",
        "else",
        "do",
        "try",
        "const",
        "noexcept",
        "override",
        "mutable",
        "final",
    )
    return (
        not at_depth_0(head, "struct", "class", "enum", "namespace")
        and bool(head)
        and not (head[-1].text in before_code or at_depth_0(head[-3:], "->"))
    )


def in_parentheses(head: list[Word]) -> bool:
    return depths(head)[-1] > 0 if head else False


def at_depth_0(head: list[Word], *texts: str) -> bool:
    return any(w.text in texts and d == 0 for w, d in zip(head, depths(head), strict=True))


def depths(head: list[Word]) -> list[int]:
    found, depth = [], 0
    for word in head:
        if word.kind in Punctuation:
            depth += sum(c in "([" for c in word.text) - sum(c in ")]" for c in word.text)
        found.append(depth)
    return found


def replaced(source: str, start: int, end: int, text: str) -> Change:
    return start, end, source[:start] + text + source[end:]


def describe(source: str, text: str, start: int, end: int) -> str:
    """The change in one line: the lines it touches, before and after."""
    first = source.rfind("\n", 0, start) + 1
    last = source.find("\n", end)
    last = len(source) if last < 0 else last
    was = one_line(source[first:last])
    now = one_line(text[first : last + len(text) - len(source)])
    return f"{was} => {now or '(nothing)'}"


def one_line(text: str) -> str:
    return " ".join(re.sub(r"//[^\n]*", "", text).split())
