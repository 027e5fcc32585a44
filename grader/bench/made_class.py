# Makes a class to measure with: submissions of one exercise, a third of them identical.
#
#   PYTHONPATH=grader python3 grader/bench/made_class.py FOLDER --students 5000 --exercise 01-4
#
# The answers are the course's own solution, known wrong and other right answers; those that are
# not identical differ in one comment, so that each has to be compiled and run. Answers that use up
# a limit are left out: a class has few, and they would measure the limit.
from __future__ import annotations

import argparse
import io
import tarfile
from pathlib import Path

from lab import course
from lab.course import Exercise
from lab.lint_course import read_wrong, right_files, wrong_files
from lab.places import course_root

SLOW = ("timed-out", "runaway", "compile-limit", "output-limit", "out-of-memory", "process-limit")


def pool(ex: Exercise) -> list[str]:
    """The texts that the class hands in, in a fixed order."""
    wrong = [path for path in wrong_files(ex) if (w := read_wrong(path)) and w.verdict not in SLOW]
    return [path.read_text() for path in (ex.solution, *right_files(ex), *wrong)]


def answer(texts: list[str], number: int) -> str:
    if number % 3 == 0:
        return texts[0]
    return f"{texts[number % len(texts)]}\n// handed in by student {number}\n"


def write_archive(path: Path, name: str, text: str) -> None:
    content = text.encode()
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(content), 0o644
        archive.addfile(member, io.BytesIO(content))


def make(folder: Path, ex: Exercise, students: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    texts = pool(ex)
    for number in range(students):
        path = folder / f"student-{number:05}_s{number:05}.tar.gz"
        write_archive(path, f"exercises/{ex.key}.cpp", answer(texts, number))


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes a class of submissions.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--students", type=int, default=5000)
    parser.add_argument("--exercise", default="01-4")
    asked = parser.parse_args()
    ex = course.load(course_root()).find_one(asked.exercise)
    make(asked.folder, ex, asked.students)
    print(f"{asked.students} submissions of {ex.key} in {asked.folder}")


if __name__ == "__main__":
    main()
