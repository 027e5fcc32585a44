# The course's data: every exercise is whole, and every hint is a text of the right kind and length.
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.course import Belief, Course, Exercise
from lab.hints import belief_for, built_in
from lab.lint_files import Complaint, read, shown
from lab.lint_pages import BANNED
from lab.result import VERDICTS
from lab.rules import load_rules

EXPECT = re.compile(r"// expect: (?P<verdict>[a-z-]+) (?P<hint>[A-Za-z0-9-]+)( — .+)$")
LEAST_WRONG, LEAST_RIGHT = 4, 2
LEAST_WORDS, MOST_WORDS = 80, 160
LADDER = 3
SHORT_LINE = 12  # a line of code as short as this gives nothing away


@dataclass(frozen=True)
class Wrong:
    """A known wrong answer, and the verdict and hint that its first line asks for."""

    path: Path
    verdict: str
    hint: str


def read_wrong(path: Path) -> Wrong | None:
    """None when the first line is not `// expect: VERDICT HINT — reason`."""
    first = read(path).partition("\n")[0]
    match = EXPECT.match(first)
    return Wrong(path, match["verdict"], match["hint"]) if match else None


def wrong_files(ex: Exercise) -> list[Path]:
    return sorted((ex.checks / "wrong").glob("*.cpp"))


def right_files(ex: Exercise) -> list[Path]:
    return sorted((ex.checks / "right").glob("*.cpp"))


def check_course(course: Course) -> Iterator[Complaint]:
    """All exercises, the files that no exercise owns, and the built-in hints."""
    for ex in course.exercises:
        yield from check_exercise(ex)
    yield from check_strays(course)
    for belief in built_in().values():
        yield from check_text(course.root, "grader/lab/messages.toml", belief, belief.id)


def check_exercise(ex: Exercise) -> Iterator[Complaint]:
    yield from check_trees(ex)
    yield from check_stub(ex)
    toml = f"lessons/{ex.lesson}/lesson.toml"
    named = set()
    for path in wrong_files(ex):
        wrong = read_wrong(path)
        if wrong is None or wrong.verdict not in VERDICTS:
            message = "the first line must be: // expect: VERDICT HINT — reason"
            yield Complaint(shown(ex.root, path), 1, "wrong", message)
            continue
        named |= {wrong.hint, wrong.hint.split("-")[0]}
        if belief_for(ex, wrong.hint) is None:
            message = f"no hint of the name {wrong.hint} in {toml}"
            yield Complaint(shown(ex.root, path), 1, "belief", message)
    for belief in ex.beliefs.values():
        where = f"{ex.number} {belief.id}"
        yield from check_text(ex.root, toml, belief, where)
        yield from check_spoiler(ex, toml, belief)
        if belief.id not in named:
            yield Complaint(toml, 1, "belief", f"{where}: no wrong answer proves it")
    if len(ex.hints) != LADDER:
        yield Complaint(toml, 1, "hints", f"{ex.number}: {len(ex.hints)} hints instead of {LADDER}")
    for hint in ex.hints:
        yield from check_words(toml, f"{ex.number} hint", hint)


def check_trees(ex: Exercise) -> Iterator[Complaint]:
    """The exercise's key is the same in every tree."""
    toml = f"lessons/{ex.lesson}/lesson.toml"
    needed = [ex.stub, ex.solution, ex.driver, ex.checks / "params.hpp", ex.checks / "check.cpp"]
    for path in needed:
        if not path.is_file():
            yield Complaint(toml, 1, "trees", f"{ex.number} has no {shown(ex.root, path)}")
    for kind, found, least in (
        ("wrong", wrong_files(ex), LEAST_WRONG),
        ("right", right_files(ex), LEAST_RIGHT),
    ):
        if len(found) < least:
            message = f"{len(found)} {kind} answers; {least} at least"
            yield Complaint(shown(ex.root, ex.checks), 1, kind, message)


def check_stub(ex: Exercise) -> Iterator[Complaint]:
    """Numbered questions, and the command that checks it, in the file that the student sees."""
    if not ex.stub.is_file():
        return
    name, text = shown(ex.root, ex.stub), read(ex.stub)
    if f"./lab check {ex.number}" not in text:
        yield Complaint(name, 1, "stub", f"does not say: ./lab check {ex.number}")
    numbers = re.findall(r"\bTODO(?:\((\d+)\))?", text)
    if numbers != [str(n) for n in range(1, len(numbers) + 1)] or not numbers:
        yield Complaint(name, 1, "stub", "the gaps must be numbered: TODO(1), TODO(2), …")
    yield from check_rules(ex, text)
    if ex.solution.is_file() and "TODO" in read(ex.solution):
        yield Complaint(shown(ex.root, ex.solution), 1, "todo", "the solution still has a gap")


def check_rules(ex: Exercise, stub: str) -> Iterator[Complaint]:
    """The page names the rules that the stub names."""
    page = ex.root / "lessons" / ex.lesson / "README.md"
    head = re.search(r"// Rules you need: .*?(?=\n#|\n//\n)", stub, re.DOTALL)
    if head is None or not page.is_file():
        return
    needed = sorted({int(number) for number in re.findall(r"\bR(\d+)", head[0])})
    told = re.search(rf"^Rules? ([R\d, ]+)\. File: `exercises/{ex.key}", read(page), re.MULTILINE)
    if told and [int(number) for number in re.findall(r"\d+", told[1])] != needed:
        names = ", ".join(f"R{number}" for number in needed)
        message = f"{ex.number}: the stub's rules are {names}, the page says {told[1]}"
        yield Complaint(shown(ex.root, page), 1, "rules", message)


def check_strays(course: Course) -> Iterator[Complaint]:
    """Files of an exercise that no lesson.toml knows."""
    known = {ex.key for ex in course.exercises}
    for tree in ("exercises", "solutions"):
        for path in sorted((course.root / tree).glob("*/*.cpp")):
            if f"{path.parent.name}/{path.stem}" not in known:
                yield Complaint(shown(course.root, path), 1, "trees", "no lesson.toml knows it")
    for path in sorted((course.root / "grader" / "checks").glob("*/*/check.cpp")):
        if f"{path.parents[1].name}/{path.parent.name}" not in known:
            yield Complaint(shown(course.root, path), 1, "trees", "no lesson.toml knows it")


def check_text(root: Path, source: str, belief: Belief, where: str) -> Iterator[Complaint]:
    """80 to 160 words, an existing rule, and none of the words that help nobody."""
    words = len(belief.text.split())
    if not LEAST_WORDS <= words <= MOST_WORDS:
        message = f"{where}: {words} words; {LEAST_WORDS} to {MOST_WORDS} are wanted"
        yield Complaint(source, 1, "belief", message)
    rules = load_rules(root)
    if belief.rule and rules and belief.rule not in rules:
        yield Complaint(source, 1, "belief", f"{where}: there is no rule {belief.rule}")
    yield from check_words(source, where, belief.text)


def check_words(source: str, where: str, text: str) -> Iterator[Complaint]:
    for match in BANNED.finditer(re.sub(r"`[^`]*`", "", text)):
        yield Complaint(source, 1, "words", f"{where}: '{match[0]}' helps no reader")


def check_spoiler(ex: Exercise, source: str, belief: Belief) -> Iterator[Complaint]:
    """No line that only the solution has may stand in a hint."""
    if not (ex.stub.is_file() and ex.solution.is_file()):
        return
    own = code_lines(read(ex.solution)) - code_lines(read(ex.stub))
    text = squeezed(belief.text.replace("`", ""))
    for line in sorted(own):
        if len(line) >= SHORT_LINE and line in text:
            yield Complaint(source, 1, "spoiler", f"{ex.number} {belief.id} tells: {line}")


def code_lines(text: str) -> set[str]:
    return {squeezed(re.sub(r"//.*", "", line)) for line in text.splitlines()} - {""}


def squeezed(text: str) -> str:
    return " ".join(text.split())
