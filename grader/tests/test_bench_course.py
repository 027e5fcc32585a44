# `./lab bench growth` and `./lab bench course`: curves from a script, saves in the made course.
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bench_programs import built, hurry
from conftest import Lab, write

from lab import build
from lab.bench import growth
from lab.bench.course import Copy, Figure, audits, copied, exercises, first_start
from lab.bench.growth import Point
from lab.bench.watching import GOAL_MOLD, figures, linker, measured_saves
from lab.commands import bench
from lab.errors import LabFault

__all__ = ["built", "hurry"]  # fixtures
pytestmark = pytest.mark.usefixtures("hurry")


CURVES = """#!/bin/sh
[ "$1" = list ] && echo "wheel heap" && exit
[ "$1" = wheel ] && echo "wheel 100 10 ns" && echo "wheel 1000 12 ns"
[ "$1" = heap ] && echo "heap 100 20 ns"
exit 0
"""


def test_curves_are_measured_and_drawn(
    lab: Lab, built: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(built / "aio-growth", CURVES, program=True)
    drawn: list[Point] = []
    monkeypatch.setattr(growth, "draw", lambda points, picture: drawn.extend(points))

    code, out, _ = lab("bench", "growth", "--reps", "2", "-o", "g.svg")

    assert (code, out) == (0, "g.svg\ng.json\n")
    assert [(p.curve, p.size, p.value, p.samples) for p in drawn] == [
        ("wheel", 100, 10.0, 2),
        ("wheel", 1000, 12.0, 2),
        ("heap", 100, 20.0, 2),
    ]
    told = json.loads((root / "g.json").read_text())
    assert (told["schema"], told["reps"], len(told["points"])) == ("lab/growth/v1", 2, 3)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("#!/bin/sh\nexit 1\n", "says nothing"),
        ("#!/bin/sh\n[ $1 = list ] && echo wheel || kill -ABRT $$\n", "wheel: it crashed: SIGABRT"),
        ("#!/bin/sh\n[ $1 = list ] && echo wheel || echo oops\n", "it printed no point"),
    ],
)
def test_a_curve_that_fails_is_a_fault(lab: Lab, built: Path, text: str, why: str) -> None:
    write(built / "aio-growth", text, program=True)

    code, _, err = lab("bench", "growth")

    assert code == 3 and why in err


# A launcher as ./lab is one, for the made course.
LAUNCHER = f"""#!/bin/sh
export LAB_ROOT="$(dirname "$0")" PYTHONPATH='{Path(build.__file__).parents[1]}'
exec '{sys.executable}' -m lab "$@"
"""


@pytest.fixture
def copy(root: Path) -> Copy:
    write(root / "lab", LAUNCHER, program=True)
    return Copy(root, "made")


def test_saves_are_timed_from_the_write_to_the_verdict(copy: Copy) -> None:
    wanted = exercises(copy)
    copy.run("list")  # keeps the stubs, as the first command of a student does

    found = measured_saves(copy, wanted, 2, lambda line: None)

    assert [(f.what, f.samples) for f in found] == [
        ("save to verdict (ld)", 4),
        ("  01-1", 2),
        ("  01-4", 2),
    ]
    assert all(0 < f.seconds < 60 for f in found)


def test_a_solution_that_is_rejected_is_no_figure(copy: Copy) -> None:
    wanted = exercises(copy)
    copy.run("list")
    write(wanted[0].solution, "// verdict: wrong-time M02\nint solved();\n")

    with pytest.raises(LabFault, match="the solution of 01-1 is not accepted"):
        measured_saves(copy, wanted, 1, lambda line: None)


def test_first_start_and_audits_are_timed(copy: Copy) -> None:
    wanted = exercises(copy)

    started, judged = first_start(copy, wanted[0])
    cold, again = audits(copy)

    assert (started.goal, judged.goal, cold.goal, again.goal) == (30.0, None, 180.0, None)
    assert 0 < started.seconds < judged.seconds
    assert cold.seconds > 0 and again.seconds > 0


def test_a_copy_that_does_not_work_is_a_fault(copy: Copy) -> None:
    write(copy.root / "lab", "#!/bin/sh\necho 'lab: no compiler' >&2; exit 2\n", program=True)

    with pytest.raises(LabFault, match="failed: lab: no compiler"):
        first_start(copy, exercises(copy)[0])


def test_the_median_of_all_saves_has_the_goal(copy: Copy) -> None:
    told = figures("mold", {"01-1": [0.1, 0.3, 0.2], "01-4": [0.4, 0.5, 0.6]})

    assert [(f.what, f.seconds, f.goal) for f in told] == [
        ("save to verdict (mold)", pytest.approx(0.35), GOAL_MOLD),
        ("  01-1", 0.2, None),
        ("  01-4", 0.5, None),
    ]
    assert linker(copy) == "ld"


def git(root: Path, *words: str) -> None:
    name = ("-c", "user.name=x", "-c", "user.email=x@x")
    subprocess.run(["git", *name, *words], cwd=root, check=True, capture_output=True)


def test_the_copy_is_the_last_commit_and_is_gone_afterwards(root: Path) -> None:
    write(root / ".gitignore", ".lab/\n")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "first")
    mine = write(root / "exercises/01-basics/01-predict-lifecycle.cpp", "int mine();\n")

    with copied(root) as copy:
        assert copy.commit.endswith(" first")
        assert "stub" in (copy.root / mine.relative_to(root)).read_text()
    assert not copy.root.exists()
    assert mine.read_text() == "int mine();\n"


def test_without_git_the_copy_is_the_files_as_they_are(root: Path) -> None:
    with copied(root) as copy:
        assert (copy.root / "lessons/RULES.md").is_file()
        assert not (copy.root / ".lab").exists()


def test_course_figures_as_json(lab: Lab, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [Figure("save", 0.25, 0.3, 5), Figure("again", 9.0)]
    monkeypatch.setattr(bench, "course_figures", lambda *a, **k: iter(told))

    code, out, _ = lab("bench", "course", "--json")

    assert code == 0
    assert [json.loads(line)["met"] for line in out.splitlines()] == [True, None]
    assert "<= 0.3" in lab("bench", "course")[1]
