# Makes the skeleton of a new exercise: every file that the anatomy asks for, small and whole.
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.course import KINDS
from lab.errors import LabError
from lab.state import write_atomically

TEMPLATES = Path(__file__).with_name("skeleton")
KEY = re.compile(r"(?P<lesson>\d\d-[a-z0-9-]+)/(?P<slug>\d\d-(?P<kind>[a-z]+)-[a-z0-9-]+)")


@dataclass(frozen=True)
class Skeleton:
    """A new exercise: its key, split up, and what the templates call by name."""

    lesson: str
    slug: str
    kind: str

    @property
    def key(self) -> str:
        return f"{self.lesson}/{self.slug}"

    @property
    def names(self) -> Mapping[str, str]:
        number, _, words = self.slug.partition("-")
        return {
            "key": self.key,
            "lesson": self.lesson,
            "slug": self.slug,
            "kind": self.kind,
            "number": f"{self.lesson[:2]}-{int(number)}",
            "short": f"{self.lesson}/{number}",
            "key_words": f"{self.lesson}/{number} {words}",
            "title": words.partition("-")[2].replace("-", " ").capitalize(),
        }


def parse_key(key: str) -> Skeleton:
    """Throws: LabError when `key` is not NN-lesson/MM-kind-name."""
    match = KEY.fullmatch(key)
    if match is None or match["kind"] not in KINDS:
        kinds = ", ".join(KINDS)
        raise LabError(
            f"'{key}' is no key: NN-lesson/MM-kind-name with one of {kinds}, "
            "such as 02-scheduling/03-fix-late-timer"
        )
    return Skeleton(match["lesson"], match["slug"], match["kind"])


def render(template: Path, names: Mapping[str, str]) -> str:
    from jinja2 import Environment, StrictUndefined

    # C++ is full of braces, so a name to fill in is written @(name)@.
    environment = Environment(
        variable_start_string="@(",
        variable_end_string=")@",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.from_string(template.read_text(encoding="utf-8")).render(names)


def plan(root: Path, new: Skeleton) -> dict[Path, str]:
    """Every new file with its text. A predict exercise is built without the runtime."""
    folder = TEMPLATES / ("predict" if new.kind == "predict" else "lab")
    checks = root / "grader" / "checks" / new.key
    targets = {
        "stub.cpp": root / "exercises" / f"{new.key}.cpp",
        "solution.cpp": root / "solutions" / f"{new.key}.cpp",
        "params.hpp": checks / "params.hpp",
        "params.cpp": checks / "params.cpp",
        "driver.hpp": checks / "driver.hpp",
        "check.cpp": checks / "check.cpp",
        "wrong.cpp": checks / "wrong" / "takes-no-time.cpp",
        "right.cpp": checks / "right" / "another-way.cpp",
    }
    return {path: render(folder / name, new.names) for name, path in targets.items()}


@dataclass(frozen=True)
class Made:
    """What `create` did: new files, and the first and last added line of files that grew."""

    new: tuple[Path, ...]
    added: Mapping[Path, tuple[int, int]]

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that is new or changed, in the order to read them."""
        return (*self.new, *self.added)


def create(root: Path, new: Skeleton) -> Made:
    """Writes the skeleton. Returns: what is new, so that it can be shown and taken back.

    Throws: LabError, before anything is written, when a file is there or the key is taken.
    """
    files = plan(root, new)
    there = [path for path in files if path.exists()]
    if there:
        raise LabError(f"{there[0].relative_to(root)} is there already: nothing was written")
    files |= lesson_files(root, new)
    files |= registration(root, new.key)
    added = {p: added_lines(p.read_text("utf-8"), text) for p, text in files.items() if p.exists()}
    for path, text in files.items():
        write_atomically(path, text.encode())
    return Made(tuple(path for path in files if path not in added), added)


def added_lines(before: str, after: str) -> tuple[int, int]:
    """The first and the last line of `after` that `before` lacks."""
    old, new = before.splitlines(), after.splitlines()
    first = next((i for i, line in enumerate(old) if line != new[i]), len(old))
    return first + 1, first + len(new) - len(old)


def lesson_files(root: Path, new: Skeleton) -> dict[Path, str]:
    """lesson.toml with one entry more; for a new lesson its page as well."""
    toml = root / "lessons" / new.lesson / "lesson.toml"
    page = toml.with_name("README.md")
    folder = "predict" if new.kind == "predict" else "lab"
    entry = render(TEMPLATES / folder / "entry.toml", new.names)
    if toml.is_file():
        text = toml.read_text(encoding="utf-8")
        if f'"{new.slug}"' in text:
            raise LabError(f"{toml.relative_to(root)} has {new.slug} already: nothing was written")
        return {toml: text.rstrip("\n") + "\n" + entry}
    title = new.lesson[3:].replace("-", " ").capitalize()
    head = f"# Lesson {new.lesson[:2]} as data: its exercises, their hints and their beliefs."
    files = {toml: f'{head}\n\ntitle = "{title}"\n{entry}'}
    if not page.exists():
        files[page] = render(TEMPLATES / "page.md", {**new.names, "title": title})
    return files


def registration(root: Path, key: str) -> dict[Path, str]:
    """CMakeLists.txt with the key in its list of exercises, in order; nothing if it has no list."""
    source = root / "CMakeLists.txt"
    text = source.read_text(encoding="utf-8") if source.is_file() else ""
    match = re.search(r"(foreach\(exercise IN ITEMS\s+)([^)]*)\)", text)
    if match is None or key in match[2].split():
        return {}
    keys = sorted([*match[2].split(), key])
    listed = "\n    ".join(keys)
    return {source: f"{text[: match.start(2)]}{listed}{text[match.end(2) :]}"}


def registered(root: Path, key: str) -> bool:
    """Whether CMakeLists.txt names the key."""
    source = root / "CMakeLists.txt"
    return source.is_file() and key in source.read_text(encoding="utf-8")
