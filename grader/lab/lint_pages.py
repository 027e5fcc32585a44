# The pages: every snippet, output, transcript and rule on them equals its source, word for word.
#
# A page marks what it copies with a comment before the block:
#   <!-- snippet: path#name -->    a function or class of a compiled file (see lint_cut.py)
#   <!-- output: path -->          what a program printed, from its .expected file
#   <!-- transcript: EX -->        the published transcript, as in the comment on top of the stub
#   <!-- rules: R1 R2 -->          a table of rules, as in lessons/RULES.md
#   <!-- timeline: path -->        drawn from a demo's trace; only the audit runs programs
# A line with nothing but `…` (or `// …`) in a block stands for any number of lines left out.
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.lint_cut import NotFound, cut
from lab.lint_files import Complaint, read, shown
from lab.rules import load_rules, plain
from lab.state import write_atomically

MARK = re.compile(r"<!--\s*(snippet|output|transcript|rules|timeline):\s*(.*?)\s*-->")
BANNED = re.compile(r"\b(simply|just|obviously|magic)\b", re.IGNORECASE)
MOST_WORDS = 1500
MOST_SNIPPET_LINES = 25
MUST_BE_CUT = ("cpp", "c++", "python", "js", "javascript")
LEFT_OUT = ("…", "// …", "# …")


@dataclass(frozen=True)
class Block:
    """A copy on a page: what it claims to be, and the lines from `first` to `last` that hold it."""

    kind: str
    source: str
    marked_at: int
    first: int
    lines: tuple[str, ...]
    language: str = ""

    @property
    def last(self) -> int:
        return self.first + len(self.lines)


def pages(root: Path) -> list[Path]:
    """The lesson pages; README and runtime/README may hold marked copies too."""
    return sorted((root / "lessons").glob("[0-9][0-9]-*/README.md"))


def marked_pages(root: Path) -> list[Path]:
    others = [
        root / "README.md",
        root / "runtime" / "README.md",
        *sorted((root / "docs").rglob("*.md")),
    ]
    return pages(root) + [page for page in others if page.is_file()]


def blocks(text: str) -> Iterator[Block]:
    """Every fenced block and every marked table, with the mark that stands before it."""
    lines = text.splitlines()
    mark, marked_at, at = None, 0, 0
    while at < len(lines):
        line = lines[at]
        found = MARK.search(re.sub(r"`[^`]*`", "", line))
        if found:
            mark, marked_at = found, at
        elif line.startswith("```"):
            end = next((i for i in range(at + 1, len(lines)) if lines[i].startswith("```")), at)
            kind, source = (mark[1], mark[2]) if mark else ("", "")
            copied = tuple(lines[at + 1 : end])
            yield Block(kind, source, marked_at, at + 1, copied, line[3:].strip())
            mark, at = None, max(end, at)
        elif mark and line.startswith("|"):
            end = next(
                (i for i in range(at, len(lines)) if not lines[i].startswith("|")), len(lines)
            )
            yield Block(mark[1], mark[2], marked_at, at, tuple(lines[at:end]))
            mark, at = None, end - 1
        elif mark and line.strip():
            yield Block(mark[1], mark[2], marked_at, marked_at, ())  # nothing follows the mark
            mark = None
        at += 1


def check_pages(root: Path) -> Iterator[Complaint]:
    """Copies on all pages; length and words of the lesson pages."""
    for page in marked_pages(root):
        name = shown(root, page)
        for block in blocks(read(page)):
            if block.kind:
                yield from check_block(root, name, block)
            elif block.language in MUST_BE_CUT and page in pages(root):
                message = "code without a snippet mark: cut it from a file that is compiled"
                yield Complaint(name, block.first, "snippet", message)
    for page in pages(root):
        yield from check_prose(shown(root, page), read(page))


def check_block(root: Path, name: str, block: Block) -> Iterator[Complaint]:
    line = block.marked_at + 1
    if not block.lines:
        yield Complaint(name, line, block.kind, "no block follows this mark")
        return
    if block.kind == "timeline":
        return
    if block.kind == "rules":
        yield from check_rules(root, name, block)
        return
    try:
        wanted = source_lines(root, block)
    except NotFound as error:
        if block.kind == "transcript":
            return  # a predict stub shows none; the audit compares with the judge
        yield Complaint(name, line, block.kind, f"there is no {error} in {block.source}")
        return
    except (OSError, UnicodeDecodeError, SyntaxError) as error:
        yield Complaint(name, line, block.kind, f"cannot read {block.source}: {error}")
        return
    difference = first_difference(block.lines, wanted)
    if difference is not None:
        message = f"differs from {block.source}: ./lab lint --fix-snippets copies it again"
        yield Complaint(name, block.first + difference + 1, block.kind, message)
    if block.kind == "snippet" and len(block.lines) > MOST_SNIPPET_LINES:
        message = f"{len(block.lines)} lines; {MOST_SNIPPET_LINES} is the most for a snippet"
        yield Complaint(name, line, block.kind, message)


def source_lines(root: Path, block: Block) -> list[str]:
    """What the block must be. Throws: NotFound, OSError, SyntaxError."""
    path, _, names = block.source.partition("#")
    if block.kind == "snippet":
        return cut(root / path, names).splitlines()
    if block.kind == "output":
        return (root / path).read_text(encoding="utf-8").splitlines()
    return published_transcript(root / "exercises" / f"{block.source}.cpp")


def published_transcript(stub: Path) -> list[str]:
    """The lines such as `[  300] soup: ready` in the comment on top of a stub."""
    found = re.findall(r"^//\s+(\[ *\d+\] .*)$", stub.read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise NotFound("transcript")
    return found


def first_difference(copied: Sequence[str], wanted: Sequence[str]) -> int | None:
    """The first line of `copied` that is not as in `wanted`; `…` stands for lines left out."""
    at = 0
    for index, line in enumerate(copied):
        if line.strip() in LEFT_OUT:
            following = copied[index + 1] if index + 1 < len(copied) else None
            while at < len(wanted) and wanted[at] != following:
                at += 1
            continue
        if at >= len(wanted) or wanted[at] != line:
            return index
        at += 1
    return None if at == len(wanted) else len(copied)


def check_rules(root: Path, name: str, block: Block) -> Iterator[Complaint]:
    """Each row `| R1 name | text |` says what the rule book says, and every rule has its row."""
    rules = load_rules(root)
    rows = {}
    for line in block.lines:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 2 and re.match(r"R\d+", cells[0]):
            rows[cells[0].split()[0]] = cells
    for number in block.source.split():
        rule = rules.get(number)
        if rule is None or number not in rows:
            yield Complaint(name, block.marked_at + 1, "rules", f"{number} is missing")
        elif [plain(cell) for cell in rows[number]] != [f"{number} {rule.name}", rule.text]:
            message = f"{number} differs from lessons/RULES.md"
            yield Complaint(name, block.marked_at + 1, "rules", message)


def prose(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are read as sentences: no code, no tables, no comments."""
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced and not line.startswith("|"):
            yield number, re.sub(r"<!--.*?-->", "", line)


def check_prose(name: str, text: str) -> Iterator[Complaint]:
    words = 0
    for number, line in prose(text):
        words += sum(bool(re.search(r"\w", word)) for word in line.split())
        for match in BANNED.finditer(re.sub(r"`[^`]*`", "", line)):
            yield Complaint(name, number, "words", f"'{match[0]}' helps no reader")
    if words > MOST_WORDS:
        message = f"{words} words of prose; {MOST_WORDS} is the most for a page"
        yield Complaint(name, 1, "words", message)


def fix_pages(root: Path) -> list[str]:
    """Copies again every snippet and output that differs. Returns: the pages changed."""
    changed = []
    for page in marked_pages(root):
        text = read(page)
        lines = text.splitlines()
        for block in reversed(list(blocks(text))):
            if block.kind not in ("snippet", "output", "transcript") or not block.lines:
                continue
            try:
                wanted = source_lines(root, block)
            except (NotFound, OSError, SyntaxError):
                continue  # lint says so
            if first_difference(block.lines, wanted) is not None:
                lines[block.first : block.last] = wanted
        fixed = "\n".join(lines) + "\n"
        if fixed != text:
            write_atomically(page, fixed.encode())
            changed.append(shown(root, page))
    return changed
