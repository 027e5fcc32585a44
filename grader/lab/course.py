# The course as data: lessons and exercises from lesson.toml, and what a typed name means.
from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from lab.errors import LabError, LabFault

KINDS = ("predict", "order", "fix", "implement", "build")


@dataclass(frozen=True)
class Belief:
    """A wrong belief that the checker can recognise: the rule that it breaks, and the hint."""

    id: str
    rule: str
    text: str


@dataclass(frozen=True)
class Exercise:
    """One exercise. `key` is its name everywhere: in every tree, report and command."""

    root: Path
    key: str
    title: str
    kind: str
    stars: int
    points: int
    minutes: int
    sanitize: bool = False
    hints: tuple[str, ...] = ()
    beliefs: Mapping[str, Belief] = field(default_factory=dict)

    @property
    def lesson(self) -> str:
        return self.key.split("/")[0]

    @property
    def slug(self) -> str:
        return self.key.split("/")[1]

    @property
    def number(self) -> str:
        """The short name that people type: 01-4."""
        return f"{self.lesson[:2]}-{int(self.slug[:2])}"

    @property
    def stub(self) -> Path:
        """The file that the student edits."""
        return self.root / "exercises" / f"{self.key}.cpp"

    @property
    def solution(self) -> Path:
        return self.root / "solutions" / f"{self.key}.cpp"

    @property
    def checks(self) -> Path:
        return self.root / "grader" / "checks" / self.key

    @property
    def driver(self) -> Path:
        return self.checks / "driver.hpp"

    @property
    def parts(self) -> list[Path]:
        """What is compiled once: how cases are drawn, what a driver does by itself."""
        found = (self.checks / name for name in ("params.cpp", "driver.cpp"))
        return [path for path in found if path.is_file()]

    @property
    def target(self) -> str:
        """The name of the checker, as a CMake target and as a file."""
        return f"check-{self.lesson}-{self.slug}"

    @property
    def parts_target(self) -> str:
        """The CMake target of `parts`; a checker is never built without them."""
        return f"parts-{self.lesson}-{self.slug}"


@dataclass(frozen=True)
class Lesson:
    """One lesson: a folder name such as 01-basics, its title and its exercises in order."""

    root: Path
    name: str
    title: str
    exercises: tuple[Exercise, ...]

    @property
    def number(self) -> str:
        return self.name[:2]

    @property
    def page(self) -> Path:
        return self.root / "lessons" / self.name / "README.md"


@dataclass(frozen=True)
class Course:
    """All lessons, in order."""

    root: Path
    lessons: tuple[Lesson, ...]

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        return tuple(ex for lesson in self.lessons for ex in lesson.exercises)

    def find(self, name: str) -> list[Exercise]:
        """What `name` means: one exercise, or all of a lesson. Throws LabError when unclear."""
        lesson = self.lesson_named(name)
        if lesson is not None:
            return list(lesson.exercises)
        return [self.find_one(name)]

    def find_all(self, names: Sequence[str]) -> list[Exercise]:
        """The exercises that `names` mean, each once, in the order asked; all without names."""
        if not names:
            return list(self.exercises)
        found = {ex.key: ex for name in names for ex in self.find(name)}
        return list(found.values())

    def find_one(self, name: str) -> Exercise:
        """The one exercise that `name` means. Throws LabError for none and for several."""
        found = list(self.candidates(name))
        if len(found) == 1:
            return found[0]
        lesson = self.lesson_named(name)
        if lesson is not None:
            raise LabError(
                f"'{name}' is a whole lesson: name one exercise, such as {examples(lesson)}"
            )
        if found:
            raise LabError(f"'{name}' could be {listed(found)}: say which one")
        raise LabError(f"there is no exercise '{name}'{self.suggestion(name)}")

    def candidates(self, name: str) -> Iterator[Exercise]:
        """The exercises that `name` fits: exactly if any does so, else as a beginning."""
        wanted = plain_name(name)
        exact = [ex for ex in self.exercises if wanted in exact_names(ex)]
        if exact or not wanted:
            yield from exact
            return
        for ex in self.exercises:
            if ex.key.startswith(wanted) or ex.slug[3:].startswith(wanted):
                yield ex

    def lesson_named(self, name: str) -> Lesson | None:
        """The lesson of a number (02, 2) or a name (02-scheduling, scheduling)."""
        wanted = plain_name(name).rstrip("/")
        for lesson in self.lessons:
            if wanted in (lesson.name, lesson.name[3:]):
                return lesson
            if re.fullmatch(r"\d{1,2}", wanted) and int(wanted) == int(lesson.number):
                return lesson
        return None

    def find_lesson(self, name: str) -> Lesson:
        """The lesson that `name` means; an exercise's name means its lesson."""
        lesson = self.lesson_named(name)
        if lesson is not None:
            return lesson
        found = list(self.candidates(name))
        if found and len({ex.lesson for ex in found}) == 1:
            return next(one for one in self.lessons if one.name == found[0].lesson)
        known = ", ".join(one.name for one in self.lessons)
        raise LabError(f"there is no lesson '{name}': the lessons are {known}")

    def suggestion(self, name: str) -> str:
        """`: did you mean …` with the nearest names, or how to list them all."""
        if re.fullmatch(r"\d{1,2}", name):
            known = ", ".join(one.name for one in self.lessons)
            return f" and no lesson of that number: there are {known}"
        names = {n: ex for ex in self.exercises for n in exact_names(ex)}
        close = difflib.get_close_matches(plain_name(name), names, n=3, cutoff=0.6)
        near = {names[n].key: names[n] for n in close}
        if not near:
            return ": ./lab list shows them all"
        return f": did you mean {listed(list(near.values()))}?"


def plain_name(name: str) -> str:
    """What was typed, without what the shell's completion adds around a key."""
    text = name.strip().replace("\\", "/").removeprefix("./").removesuffix(".cpp").strip("/")
    return re.sub(r"^(exercises|solutions|grader/checks)/", "", text).lower()


def exact_names(ex: Exercise) -> tuple[str, ...]:
    """Every complete name of `ex`: key, slug, and its numbers with and without zeros."""
    lesson, number = int(ex.lesson[:2]), int(ex.slug[:2])
    numbers = [
        f"{first}{sep}{second}"
        for first in (f"{lesson}", f"{lesson:02}")
        for sep in "-/."
        for second in (f"{number}", f"{number:02}")
    ]
    return (ex.key, ex.slug, ex.slug[3:], f"{ex.lesson}-{ex.slug}", *numbers)


def listed(exercises: Sequence[Exercise]) -> str:
    """`01-3 fix-silent-call or 01-4 …`: at most four of them."""
    names = [f"{ex.number} {ex.slug[3:]}" for ex in exercises[:4]]
    if len(exercises) > 4:
        names.append("others")
    return " or ".join(names)


def examples(lesson: Lesson) -> str:
    return lesson.exercises[0].number if lesson.exercises else "another"


def load(root: Path) -> Course:
    """Reads every lesson.toml below `root`. Throws LabFault for one that cannot be understood."""
    folders = sorted((root / "lessons").glob("[0-9][0-9]-*"))
    lessons = [load_lesson(root, f) for f in folders if (f / "lesson.toml").is_file()]
    if not lessons:
        raise LabFault(f"no lesson found in {root / 'lessons'}: is the checkout complete?")
    return Course(root, tuple(lessons))


def load_lesson(root: Path, folder: Path) -> Lesson:
    source = folder / "lesson.toml"
    try:
        data = tomllib.loads(source.read_text(encoding="utf-8"))
        exercises = tuple(read_exercise(root, folder.name, e) for e in data.get("exercise", []))
        return Lesson(root, folder.name, str(data["title"]), exercises)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LabFault(f"{source.relative_to(root)}: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LabFault(f"{source.relative_to(root)}: missing or wrong: {error}") from error


def read_exercise(root: Path, lesson: str, data: Mapping[str, Any]) -> Exercise:
    slug = str(data["slug"])
    if not re.fullmatch(r"\d\d-[a-z0-9-]+", slug):
        raise ValueError(f"slug {slug!r} is not NN-name")
    if data["kind"] not in KINDS:
        raise ValueError(f"kind of {slug} is not one of {', '.join(KINDS)}")
    beliefs = {
        name: Belief(name, str(b.get("rule", "")), str(b["text"]))
        for name, b in data.get("beliefs", {}).items()
    }
    return Exercise(
        root=root,
        key=f"{lesson}/{slug}",
        title=str(data["title"]),
        kind=str(data["kind"]),
        stars=int(data["stars"]),
        points=int(data["points"]),
        minutes=int(data["minutes"]),
        sanitize=bool(data.get("sanitize", False)),
        hints=tuple(str(h) for h in data.get("hints", [])),
        beliefs=beliefs,
    )
