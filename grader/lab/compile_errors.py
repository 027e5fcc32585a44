# Puts one plain sentence above a compiler's first error, for the commonest mistakes.
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.compile_sentences import SENTENCES, Sentence
from lab.standard_names import ELSEWHERE, HEADERS

ERROR = re.compile(
    r"^(?P<file>[^:\n]+):(?P<line>\d+):(?P<col>\d+:)? (?:fatal )?error: (?P<what>.*)$"
)
LINKER = re.compile(r"[Uu]ndefined (?:reference to|symbols?[^:\n]*:) ['`]?(?P<name>[^'\n]+)'?")
# GNU ld and gold; lld; mold, which names the two objects between.
OWN_MAIN = re.compile(
    r"multiple definition of 'main'|duplicate symbol: (?:.*: )?main$", re.MULTILINE
)
DUPLICATE = re.compile(r"multiple definition of|duplicate symbol")
TOOLS = re.compile(
    r"cannot execute|error trying to exec|installation problem|unable to execute command"
    r"|cannot find -l|No space left on device|cannot open output file|unable to open output file"
    r"|(?:error|fatal error): cannot (?:create|write|open) .*\.(?:o|s|program)\b"
    r"|symbol lookup error|error while loading shared libraries"
)
NOISE = re.compile(
    r"^(In file included from|\s+from |In member function|.*: In (?:instantiation|function|member"
    r"|lambda|substitution|constructor)|.*: At global scope)"
)
UNAWAITED = re.compile(r"no known conversion .*from '(?:aio::)?(?:Coro|Task|Future)<[^']*' to")
UNITLESS = re.compile(
    r"no known conversion .*from '(?:[^']*' \(aka ')?(?:int|long|long int|double)'\)?"
    r" to '(?:const )?(?:aio::)?(?:ms|duration)\b"
    r"|cannot convert .* \(type '(?:[^']*' \{aka ')?(?:int|long int|double)'\}?\)"
    r" to type '(?:aio::)?(?:ms|duration)'"
)
SYSTEM_SLEEP = re.compile(r"\bco_await (?:::)?sleep\((?=[\s\S]*unsigned int)")
INSIDE = re.compile(r"In (?:lambda |member |static member )?function '(?P<head>[^\n]*)':")
HEAD = re.compile(r"^[ \t]*(?P<head>(?!return\b|else\b)[\w:<>,&* ]+\([^;{}]*\))\s*\{", re.MULTILINE)
RESULT = re.compile(r"\b(?:Coro|Generator|AsyncGenerator)\s*<|<lambda")
CAPTURING = re.compile(
    r"(?<![\[\w\])])\[(?!\[)[^\[\]\n]*[&=\w][^\[\]\n]*\]\s*(?:\([^()]*\)\s*)?(?:mutable\s*)?"
    r"->\s*(?:aio::)?Coro\b"
)
MOST_LINES = 12
OURS = ("Coro", "Task", "Future", "Transcript", "Sheet", "sleep", "gather", "create_task", "say")


@dataclass(frozen=True)
class Explained:
    """The plain sentence, the compiler's first error as it wrote it, and the student's line."""

    id: str
    sentence: str
    error: str
    line: int | None


@dataclass(frozen=True)
class CompilerError:
    """One error with the lines that belong to it."""

    file: str
    line: int
    what: str
    text: str
    before: str


def explain(messages: str, answer: Path) -> Explained:
    """Finds the first error in `messages` and says in one sentence what it means."""
    output = straight_quotes(messages)
    first = next(errors(output), None)
    if first is None:
        return explain_linking(output)
    found, match = recognise(first)
    line = student_line(first, answer)
    if in_driver(first, answer) and found.id != "missing-brace":
        # The answer compiled; the checker's call behind it does not fit what it found there.
        found, match, line = SENTENCES["wrong-signature"], None, None
    if found.id == "missing-co-return" and gives_a_plain_value(first, answer):
        found, match = SENTENCES["missing-return"], None
    sentence = found.sentence
    if found.id == "unknown-name" and match is not None:
        found, sentence = name_sentence(match)
    else:
        facts = match.groupdict() if match is not None else {}
        sentence = sentence.format(**{k: v or "" for k, v in facts.items()})
    where = f"Line {line}: " if line is not None else ""
    if not where:
        sentence = sentence[:1].upper() + sentence[1:]
    return Explained(found.id, where + sentence, first.text, line)


def dangling_lambda(text: str) -> str:
    """The sentence for a lambda that captures and is a coroutine, which no compiler minds."""
    found = CAPTURING.search(text)
    if found is None:
        return ""
    line = text.count("\n", 0, found.start()) + 1
    return f"Line {line}: {SENTENCES['dangling-lambda'].sentence}"


def straight_quotes(text: str) -> str:
    return text.replace("‘", "'").replace("’", "'").replace("`", "'")


def errors(output: str) -> Iterator[CompilerError]:
    """Every error in order, each with its code frame and notes, without the include stack."""
    lines = output.splitlines()
    starts = [(i, m) for i, line in enumerate(lines) if (m := ERROR.match(line))]
    previous = 0
    for position, (start, match) in enumerate(starts):
        end = starts[position + 1][0] if position + 1 < len(starts) else len(lines)
        kept = [line for line in lines[start:end] if not NOISE.match(line)]
        before = "\n".join(lines[previous:start])
        what, number = match["what"], int(match["line"])
        text = "\n".join(kept[:MOST_LINES])
        yield CompilerError(match["file"], number, what, text, before + "\n" + "\n".join(kept))
        previous = end


def student_line(error: CompilerError, answer: Path) -> int | None:
    """The line of the answer that the error, or a template instantiation around it, names."""
    if same_file(error.file, answer):
        return error.line
    found = re.search(rf"^{re.escape(str(answer))}:(\d+):", error.before, re.MULTILINE)
    return int(found[1]) if found else None


def same_file(name: str, answer: Path) -> bool:
    return name == str(answer) or name.endswith(f"/{answer.name}")


def in_driver(error: CompilerError, answer: Path) -> bool:
    return not same_file(error.file, answer) and error.file.endswith("driver.hpp")


def recognise(error: CompilerError) -> tuple[Sentence, re.Match[str] | None]:
    """The first sentence that fits. A failed call tells its reason in the notes."""
    if error.what.startswith("no matching"):
        if "construct_at" in error.what and "Coro<" in error.before:
            return SENTENCES["coro-copied"], None
        if UNAWAITED.search(error.text):
            return SENTENCES["missing-co-await"], None
        if "await_transform" in error.what and SYSTEM_SLEEP.search(error.before):
            return SENTENCES["sleep-without-unit"], None
        if UNITLESS.search(error.text):
            return SENTENCES["time-without-unit"], None
    if "missing terminating" in error.before:
        return SENTENCES["unclosed-text"], None
    bare = SENTENCES["bare-template"]
    if error.what.startswith("type/value mismatch"):
        for pattern in bare.patterns:
            if match := pattern.search(error.text):
                return bare, match
    for sentence in SENTENCES.values():
        for pattern in sentence.patterns:
            match = pattern.search(error.what)
            if match is not None:
                return sentence, match
    return SENTENCES["other"], None


def gives_a_plain_value(error: CompilerError, answer: Path) -> bool:
    """Whether the function that ends without a result is no coroutine, by its result type.

    g++ names the function above the error; for clang the head is looked up in the answer.
    """
    if not re.search(r"non-void function|function returning non-void", error.what):
        return False
    heads = [m["head"] for m in INSIDE.finditer(error.before)]
    if not heads and same_file(error.file, answer) and answer.is_file():
        text = answer.read_text(encoding="utf-8", errors="replace").splitlines()
        heads = [m["head"] for m in HEAD.finditer("\n".join(text[: error.line]))]
    return bool(heads) and RESULT.search(heads[-1].partition("(")[0]) is None


def name_sentence(match: re.Match[str]) -> tuple[Sentence, str]:
    """An unknown name is another language's, or lacks an include, or is a slip."""
    name = match["name"].removeprefix("std::")
    if name in OURS:
        found = SENTENCES["missing-preamble"]
        return found, found.sentence.format(name=name)
    base = re.split(r"[<(]", name)[0]
    if name in ELSEWHERE:
        found = SENTENCES["foreign-word"]
        return found, found.sentence.format(said=ELSEWHERE[name])
    header = HEADERS.get(base)
    if header is None:
        found = SENTENCES["unknown-name"]
        return found, found.sentence.format(name=name)
    found = SENTENCES["missing-include"]
    return found, found.sentence.format(name=base, header=header)


def tools_failed(output: str, *, linking: bool) -> bool:
    """Whether a compiler or linker could not do its work: no answer can be the reason for that."""
    if linking:
        return LINKER.search(output) is None and DUPLICATE.search(output) is None
    return next(errors(output), None) is None and TOOLS.search(output) is not None


def broken_tools(messages: str) -> str:
    """One sentence about a compiler that does not work, with its own first line of why."""
    lines = [line.strip() for line in messages.splitlines() if line.strip()]
    said = [line for line in lines if re.search(r"error|fatal|cannot", line)] or lines
    why = f" ({said[0][:160]})" if said else ""
    return f"the compiler itself does not work{why}: ./lab doctor says what this machine lacks"


def explain_linking(output: str) -> Explained:
    """No error with a line: the linker speaks, or a compiler that died."""
    undefined = LINKER.search(output)
    lines = [line for line in output.splitlines() if line.strip()]
    text = "\n".join(lines[:MOST_LINES])
    if undefined is not None:
        found = SENTENCES["undefined"]
        return Explained(found.id, found.sentence.format(name=undefined["name"]), text, None)
    if OWN_MAIN.search(output):
        found = SENTENCES["own-main"]
        return Explained(found.id, found.sentence[:1].upper() + found.sentence[1:], text, None)
    found = SENTENCES["other"]
    return Explained(found.id, found.sentence, text, None)
