# Programs to run and to look at: a student's answer, a solution, or a lesson's demo.
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lab import build
from lab.answer import read_answer
from lab.compile import compile_answer
from lab.compile_errors import broken_tools, explain
from lab.course import Course, Exercise
from lab.errors import LabError, LabFault
from lab.places import Places


class NotBuilt(LabError):
    """The answer does not compile, so there is nothing to run."""

    exit_code = 1


@dataclass(frozen=True)
class Demo:
    """A lesson's program, named as in `./lab run 01-basics/hello`."""

    lesson: str
    name: str
    source: Path

    @property
    def target(self) -> str:
        return f"demo.{self.lesson}.{self.name}"


def answer_program(
    places: Places, ex: Exercise, file: Path | None = None, *, sanitize: bool = False
) -> Path:
    """Compiles `file`, or the student's own answer. Throws NotBuilt with one line of why."""
    answer = read_answer(file or ex.stub)
    sanitize = sanitize or ex.sanitize
    tools = build.prepare(places, ["lab-core-sanitize"] if sanitize else [])
    done = compile_answer(places, tools, ex, answer, sanitize=sanitize)
    if done.program is None:
        if done.verdict == "compile-limit":
            raise NotBuilt(f"{ex.number}: the compiler ran into its limit; see ./lab check")
        if done.verdict == "grader-error":
            raise LabFault(broken_tools(done.messages))
        sentence = explain(done.messages, answer.path).sentence
        raise NotBuilt(f"{ex.number} does not compile. {sentence} (./lab check {ex.number})")
    return done.program


def find_demo(course: Course, name: str) -> Demo | None:
    """The demo of that name: 01-basics/hello, 01/hello, or hello where only one lesson has it."""
    lesson_name, _, demo_name = name.removesuffix(".cpp").removeprefix("lessons/").rpartition("/")
    if lesson_name:
        lesson = course.lesson_named(lesson_name)
        lessons = [lesson] if lesson else []
    else:
        lessons = list(course.lessons)
    found = [
        Demo(one.name, demo_name, source)
        for one in lessons
        if (source := one.page.with_name(f"{demo_name}.cpp")).is_file()
    ]
    return found[0] if len(found) == 1 else None


def demo_program(places: Places, demo: Demo) -> Path:
    """Builds a demo with CMake, as the course's own tests do."""
    tools = build.prepare(places, [demo.target])
    return tools.bin / "demo" / demo.lesson / demo.name
