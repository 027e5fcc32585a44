# Cuts a function or a class out of a source file by its name: sources carry no markers.
from __future__ import annotations

import ast
import re
import textwrap
from pathlib import Path

OPENING = {"(": ")", "[": "]", "{": "}"}
NOT_CODE = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*\""""
    r"""|(?<![0-9A-Za-z])'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|^[ \t]*\#[^\n]*(?:\\\n[^\n]*)*""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


class NotFound(Exception):
    """The file has nothing of that name."""


def cut(path: Path, names: str) -> str:
    """What `names` means in the file: `a` or `A::b`, several with commas, all without a name.

    Returns: the text without the indentation that all lines share, and without a last line end.
    Throws: NotFound, OSError.
    """
    text = path.read_text(encoding="utf-8")
    if not names:
        return without_opening_comment(text, path.suffix)
    one = cut_python if path.suffix == ".py" else cut_braces
    pieces = [one(text, name.strip()) for name in names.split(",")]
    return "\n\n".join(textwrap.dedent(piece).strip("\n") for piece in pieces)


def without_opening_comment(text: str, suffix: str) -> str:
    """The whole file, less the comment that says what it is for: the page around it says that."""
    mark = "#" if suffix == ".py" else "//"
    lines = text.splitlines()
    while lines and (lines[0].startswith(mark) or not lines[0].strip()):
        del lines[0]
    return "\n".join(lines).rstrip("\n")


def cut_python(text: str, name: str) -> str:
    """A function or class of a Python file; `Class.method` as well."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    node: ast.AST = ast.parse(text)
    for part in re.split(r"\.|::", name):
        inside = (n for n in ast.walk(node) if isinstance(n, kinds) and n.name == part)
        node = next(inside, ast.Pass())
    if not isinstance(node, kinds):
        raise NotFound(name)
    first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
    return "\n".join(text.splitlines()[first - 1 : node.end_lineno])


def cut_braces(text: str, name: str) -> str:
    """A function or class of a C++ or JavaScript file."""
    code = NOT_CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    span = find_class(code, name) or find_function(code, name) or find_constant(code, name)
    if span is None and "::" in name:  # a member that is defined inside its class
        outer, _, member = name.rpartition("::")
        whole = find_class(code, outer)
        if whole is not None:
            inner = find_function(code[whole[0] : whole[1]], member)
            span = (whole[0] + inner[0], whole[0] + inner[1]) if inner else None
    if span is None:
        raise NotFound(name)
    start = text.rfind("\n", 0, span[0]) + 1
    return text[start : span[1]]


def find_function(code: str, name: str) -> tuple[int, int] | None:
    """Where the first definition (not a declaration, not a call) of `name` begins and ends."""
    for match in re.finditer(rf"(?<![\w:.]){re.escape(name)}\s*\(", code):
        body = body_after(code, closing(code, match.end() - 1) + 1)
        if body is not None:
            return beginning(code, match.start()), closing(code, body) + 1
    return None


def body_after(code: str, at: int) -> int | None:
    """The brace that opens the body behind a parameter list, or None for a declaration or call."""
    initialisers = False
    while at < len(code):
        char = code[at]
        if char == "{":
            if not initialisers or code[:at].rstrip()[-1:] in ")}":
                return at
            at = closing(code, at)
        elif char in "([":
            at = closing(code, at)
        elif char in ");}]=" or (char == "," and not initialisers):
            return None
        elif char == ":" and code[at + 1 : at + 2] != ":" and code[at - 1] != ":":
            initialisers = True
        at += 1
    return None


def find_class(code: str, name: str) -> tuple[int, int] | None:
    words = rf"\b(?:class|struct|union|enum(?:\s+class)?)\s+(?:\[\[.*?\]\]\s*)?{re.escape(name)}\b"
    match = re.search(words + r"[^;{(]*\{", code)
    if match is None:
        return None
    end = closing(code, match.end() - 1) + 1
    return beginning(code, match.start()), end + (code[end : end + 1] == ";")


def find_constant(code: str, name: str) -> tuple[int, int] | None:
    """`const name = …;`, the way in which JavaScript names small functions."""
    match = re.search(rf"^(?:const|let|var)\s+{re.escape(name)}\b", code, re.MULTILINE)
    if match is None:
        return None
    at = match.end()
    while at < len(code) and code[at] != ";":
        at = closing(code, at) + 1 if code[at] in OPENING else at + 1
    return match.start(), at + 1


def beginning(code: str, at: int) -> int:
    """The first character of the declaration in which `at` lies; a comment before it stays out."""
    before = max(code.rfind(char, 0, at) for char in ";{}")
    label = re.compile(r"\s*(?:public|private|protected):").match(code, before + 1)
    start = label.end() if label else before + 1
    while start < at and code[start].isspace():
        start += 1
    return start


def closing(code: str, at: int) -> int:
    """The bracket that closes the one at `at`; the end of the text if none does."""
    depth = 0
    for index in range(at, len(code)):
        if code[index] in OPENING:
            depth += 1
        elif code[index] in OPENING.values():
            depth -= 1
            if depth == 0:
                return index
    return len(code)
