# Programs to run and to look at: a student's answer, a solution, or a lesson's demo.
from __future__ import annotations

import difflib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from lab import build, process
from lab.answer import read_answer
from lab.compile import compile_answer
from lab.compile_errors import broken_tools, explain
from lab.course import Course, Exercise
from lab.errors import LabError, LabFault
from lab.places import Places
from lab.state import write_atomically


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
    def key(self) -> str:
        """The name that people type: 01-basics/hello."""
        return f"{self.lesson}/{self.name}"

    @property
    def target(self) -> str:
        return f"demo.{self.lesson}.{self.name}"


def answer_program(
    places: Places, ex: Exercise, file: Path | None = None, *, sanitize: bool = False
) -> Path:
    """Compiles `file`, or the student's own answer. Throws NotBuilt with one line of why."""
    answer = read_answer(file or ex.stub, "" if file else ex.number)
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


def find_program(course: Course, name: str) -> Demo | Exercise:
    """The demo or the exercise of that name. Throws LabError, with the nearest names, for none."""
    demo = find_demo(course, name)
    if demo is not None:
        return demo
    try:
        return course.find_one(name)
    except LabError:
        close = difflib.get_close_matches(name, demo_names(course), n=2, cutoff=0.8)
        if not close or list(course.candidates(name)):
            raise
        raise LabError(
            f"there is no program '{name}': did you mean {' or '.join(close)}?"
        ) from None


def demo_names(course: Course) -> list[str]:
    """Every demo as NN-lesson/name."""
    sources = [(lesson, lesson.page.parent.glob("*.cpp")) for lesson in course.lessons]
    return [f"{lesson.name}/{source.stem}" for lesson, found in sources for source in found]


def demo_program(places: Places, demo: Demo) -> Path:
    """Builds a demo with CMake, as the course's own tests do."""
    tools = build.prepare(places, [demo.target])
    return tools.bin / "demo" / demo.lesson / demo.name


def traced_demo(places: Places, demo: Path) -> Path:
    """Builds a demo as if it were an answer, for its trace: its main becomes the harness's entry.

    Throws: LabError when it does not compile, OSError when it cannot be read.
    """
    entry = 'extern "C" void lab_entry(std::uint64_t)'
    text = re.sub(r"\bint main\(\)", entry, demo.read_text(encoding="utf-8"))
    tools = build.prepare(places, [])
    profile = tools.profile("lab")
    program = places.state / "audit" / f"timeline-{demo.stem}"
    # Names that no other run has, as for answers: the program then appears in one step.
    work = program.with_name(f"{program.name}-{os.getpid()}-{os.urandom(4).hex()}")
    source, objects = work.with_suffix(".cpp"), work.with_suffix(".o")
    write_atomically(source, text.encode())
    macros = [f'-DLAB_ANSWER="{source}"', "-DLAB_DRIVER=<lab/driver.hpp>"]
    compiling = [tools.cxx, *profile.compile, *macros, "-c", str(tools.unit), "-o", str(objects)]
    linking = [tools.cxx, str(objects), *profile.link, "-o", str(work)]
    try:
        for command in (compiling, linking):
            done = process.run(command, env=process.plain_environment(), join_streams=True)
            if done.status != 0:
                raise LabError(f"{demo.name} does not compile: {build.first_error(done.output)}")
        os.replace(work, program)
    finally:
        for part in (source, objects, work):
            part.unlink(missing_ok=True)
    return program
