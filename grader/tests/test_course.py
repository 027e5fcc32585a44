# What a name on the command line means, and the one line for a name that means nothing.
from __future__ import annotations

from pathlib import Path

import pytest

from lab.course import Course, load
from lab.errors import LabError, LabFault


@pytest.fixture
def course(root: Path) -> Course:
    return load(root)


@pytest.mark.parametrize(
    "name",
    [
        "01-4",
        "1-4",
        "01/4",
        "01-04",
        "01/04",
        "1.4",
        "01-basics/04-fix-one-after-another",
        "04-fix-one-after-another",
        "fix-one-after-another",
        "fix-one",
        "FIX-ONE",
        "exercises/01-basics/04-fix-one-after-another.cpp",
        "./exercises/01-basics/04-fix-one-after-another.cpp",
        "01-basics-04-fix-one-after-another",
    ],
)
def test_every_spelling_of_an_exercise_means_it(course: Course, name: str) -> None:
    assert course.find_one(name).key == "01-basics/04-fix-one-after-another"


@pytest.mark.parametrize("name", ["01", "1", "01-basics", "basics", "01-basics/"])
def test_a_lesson_means_all_of_its_exercises(course: Course, name: str) -> None:
    assert [ex.number for ex in course.find(name)] == ["01-1", "01-4"]


@pytest.mark.parametrize(
    "name, said",
    [
        ("01-9", "there is no exercise '01-9'"),
        ("predikt-lifecycle", "did you mean 01-1 predict-lifecycle?"),
        ("77", "no lesson of that number"),
        ("fix", "could be 01-4 fix-one-after-another or 02-1 fix-timers"),
        ("01", "is a whole lesson"),
        ("", "there is no exercise ''"),
        ("zzz\x1b[31m", "./lab list shows them all"),
    ],
)
def test_a_name_that_means_nothing_or_several_is_refused(
    course: Course, name: str, said: str
) -> None:
    with pytest.raises(LabError) as refused:
        course.find_one(name)

    assert said in str(refused.value)
    assert refused.value.exit_code == 2


def test_all_names_give_each_exercise_once(course: Course) -> None:
    assert [ex.number for ex in course.find_all(["01-4", "01"])] == ["01-4", "01-1"]
    assert len(course.find_all([])) == 3


@pytest.mark.parametrize(
    "text",
    ["title = ", 'title = "x"\n[[exercise]]\nslug = "04-x"\n', "exercise = 3\ntitle='x'"],
)
def test_a_broken_lesson_is_the_courses_fault(root: Path, text: str) -> None:
    (root / "lessons/01-basics/lesson.toml").write_text(text)

    with pytest.raises(LabFault) as fault:
        load(root)

    assert "lessons/01-basics/lesson.toml" in str(fault.value)
