# `./lab new`: the skeleton is whole, overwrites nothing, and the course still reads.
from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import Lab, write

from lab import course
from lab.answer import same_program
from lab.course import KINDS
from lab.lint_course import check_exercise, read_wrong
from lab.skeletons import parse_key, plan, registration

ROOT = Path(__file__).resolve().parents[2]
LIST = "foreach(exercise IN ITEMS\n    01-basics/01-predict-lifecycle\n    01-basics/09-build-x)\nendforeach()\n"


@pytest.mark.parametrize(
    "key",
    [
        "",
        "nonsense",
        "1-basics/01-fix-x",
        "01-basics/fix-x",
        "01-basics/08-teach-x",
        "01-basics/08-fix-",
        "../01-a/08-fix-x",
        "01-Basics/08-fix-x",
    ],
)
def test_a_key_that_is_none_is_one_line(lab: Lab, root: Path, key: str) -> None:
    code, _, err = lab("new", key)

    assert code == 2
    assert "is no key: NN-lesson/MM-kind-name" in err


def test_every_file_of_the_anatomy_is_made(lab: Lab, root: Path) -> None:
    write(root / "CMakeLists.txt", LIST)

    code, out, _ = lab("new", "01-basics/08-fix-late-guest")

    assert code == 0
    checks = root / "grader/checks/01-basics/08-fix-late-guest"
    for path in (
        root / "exercises/01-basics/08-fix-late-guest.cpp",
        root / "solutions/01-basics/08-fix-late-guest.cpp",
        *(checks / name for name in ("params.hpp", "params.cpp", "driver.hpp", "check.cpp")),
        *(checks / name for name in ("wrong/takes-no-time.cpp", "right/another-way.cpp")),
    ):
        assert path.is_file(), path
    assert "./lab audit 01-8" in out
    assert (
        "01-basics/08-fix-late-guest\n    01-basics/09-build-x)"
        in (root / "CMakeLists.txt").read_text()
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_skeleton_has_only_the_complaints_that_answers_are_missing(
    lab: Lab, root: Path, kind: str
) -> None:
    rule_book = (ROOT / "lessons/RULES.md").read_text(encoding="utf-8")
    write(root / "lessons/RULES.md", rule_book)
    lab("new", f"01-basics/08-{kind}-late-guest")

    ex = course.load(root).find_one("01-8")

    assert (ex.kind, ex.title) == (kind, "Late guest")
    assert {c.check for c in check_exercise(ex)} == {"wrong", "right"}
    assert not same_program(ex.stub.read_text(), ex.solution.read_text())
    wrong = read_wrong(ex.checks / "wrong/takes-no-time.cpp")
    assert wrong is not None and wrong.hint in ex.beliefs
    includes = "#include <ex.hpp>" if kind == "predict" else "#include <aio/lab.hpp>"
    assert includes in ex.stub.read_text()


def test_a_new_lesson_gets_its_data_and_its_page(lab: Lab, root: Path) -> None:
    lab("new", "03-callbacks/01-order-door-bells")

    lesson = course.load(root).find_lesson("03")

    assert lesson.title == "Callbacks"
    assert [ex.slug for ex in lesson.exercises] == ["01-order-door-bells"]
    assert lesson.page.read_text().splitlines()[1] == "# 03 Callbacks"


def test_nothing_is_overwritten(lab: Lab, root: Path) -> None:
    before = (root / "lessons/01-basics/lesson.toml").read_text()
    stray = write(root / "solutions/01-basics/08-fix-late-guest.cpp", "// mine\n")

    code, _, err = lab("new", "01-basics/08-fix-late-guest")

    assert code == 2
    assert "is there already: nothing was written" in err
    assert stray.read_text() == "// mine\n"
    assert not (root / "exercises/01-basics/08-fix-late-guest.cpp").exists()
    assert (root / "lessons/01-basics/lesson.toml").read_text() == before


def test_an_entry_that_is_there_is_not_made_twice(lab: Lab, root: Path) -> None:
    lab("new", "01-basics/08-fix-late-guest")
    for path in plan(root, parse_key("01-basics/08-fix-late-guest")):
        path.unlink()

    code, _, err = lab("new", "01-basics/08-fix-late-guest")

    assert code == 2
    assert "has 08-fix-late-guest already" in err


def test_without_a_list_of_exercises_it_says_what_to_add(lab: Lab, root: Path) -> None:
    out = lab("new", "01-basics/08-fix-late-guest")[1]

    assert "Add lab_add_exercise(01-basics/08-fix-late-guest) to CMakeLists.txt." in out


def test_the_course_s_own_list_can_be_extended() -> None:
    changed = registration(ROOT, "99-last/01-fix-it")

    assert list(changed) == [ROOT / "CMakeLists.txt"]
    assert "    99-last/01-fix-it)" in changed[ROOT / "CMakeLists.txt"]


def test_it_says_how_to_take_everything_back(lab: Lab, root: Path) -> None:
    write(root / "CMakeLists.txt", LIST)
    toml = root / "lessons/01-basics/lesson.toml"
    before = (toml.read_text().splitlines(), LIST.splitlines())

    out = lab("new", "01-basics/08-fix-late-guest")[1]

    back = out.split("To take it back:\n")[1]
    first, last = (int(n) for n in re.findall(r"lines (\d+) to (\d+) of lessons/", back)[0])
    lines = toml.read_text().splitlines()
    assert lines[: first - 1] + lines[last:] == before[0]
    (line,) = (int(n) for n in re.findall(r"line (\d+) of CMakeLists.txt", back))
    lines = (root / "CMakeLists.txt").read_text().splitlines()
    assert lines[: line - 1] + lines[line:] == before[1]
    removed = re.findall(r"^  (rm .*)$", back, re.MULTILINE)
    for command in removed:
        subprocess.run(["sh", "-c", command], cwd=root, check=True)
    assert not list(root.glob("**/*late-guest*"))


def test_a_new_lesson_is_taken_back_whole(lab: Lab, root: Path) -> None:
    back = lab("new", "03-callbacks/01-order-door-bells")[1].split("To take it back:\n")[1]

    assert "lessons/03-callbacks/lesson.toml lessons/03-callbacks/README.md" in back
    assert "and remove" not in back
