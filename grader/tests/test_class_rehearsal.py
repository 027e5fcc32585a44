# A whole class run with a made course: what must come out, and that a broken judge is never let in.
from __future__ import annotations

import json
from pathlib import Path

import made_run
import pytest
from conftest import CHECKER, Lab, write

from lab.classroom import session
from lab.classroom.reports import FORMATS

VERDICTS = {
    "ada": ["accepted", "wrong-order", "not-attempted"],
    "bob": ["accepted", "accepted", "not-attempted"],
    "cem": ["crashed", "not-attempted", "not-attempted"],
    "dua": ["bad-submission", "wrong-order", "not-attempted"],
    "eva": ["not-attempted", "timed-out", "not-attempted"],
}


@pytest.fixture
def handed_in(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A class, graded by the made course's compiler and checkers."""
    made, folder = made_run.make(tmp_path / "class")
    monkeypatch.setenv("LAB_ROOT", str(made))
    monkeypatch.setattr(session, "make_crew", made_run.bench_crew)
    return folder


def checkers(handed_in: Path) -> dict[str, Path]:
    """The programs that judge, by exercise."""
    built = handed_in.parent / "course/.lab/build/bin"
    keys = (made_run.FIRST, made_run.SECOND)
    return {key: built / ("check-" + key.replace("/", "-")) for key in keys}


def graded(lab: Lab, handed_in: Path, *words: str) -> tuple[int, str, str]:
    out = handed_in.parent / "out"
    return lab("grade", str(handed_in), f"--out={out}", "--seed=7", "--jobs=1", *words)


def test_a_class_is_graded_as_it_should_be(lab: Lab, handed_in: Path) -> None:
    code, _, err = graded(lab, handed_in, "--format=json")
    assert (code, err) == (0, "")

    report = json.loads((handed_in.parent / "out/reports/class.json").read_text())
    found = {s["id"]: [g["verdict"] for g in s["grades"]] for s in report["students"]}
    assert found == VERDICTS
    for path in handed_in.parent.glob("out/results/*/*.json"):
        result = json.loads(path.read_text())
        seeds = [case["seed"] for case in result["cases"]]
        assert len(seeds) == 5 or result["verdict"] == "bad-submission", "all cases are asked for"


def test_every_report_names_every_student(
    lab: Lab, handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "make_crew", made_run.canned_crew)
    out = handed_in.parent / "out"
    for name in FORMATS:
        code, _, err = lab(
            "grade", str(handed_in), f"--out={out}-{name}", "--seed=7", f"--format={name}"
        )
        assert code == 0, err
        files = [path for path in Path(f"{out}-{name}/reports").rglob("*") if path.is_file()]
        told = "\n".join(f"{path} {path.read_text()}" for path in files)
        assert [student for student in VERDICTS if student not in told] == [], name


BROKEN = {
    "accepts everything": ("found = re.search", "found = None and re.search"),
    "rejects everything": ('("accepted", None)', '("crashed", None)'),
    "skips a case": ('"cases": cases', '"cases": cases[:-1]'),
    "accepts in spite of a case": (
        '"cases": cases',
        '"cases": [*cases[:-1], dict(good, verdict="hang")]',
    ),
    "is silent": ("print(json", "str(json"),
    "contradicts its status": ("sys.exit(0 if", "sys.exit(1 if"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_nobody_is_graded_by_a_judge_that(lab: Lab, handed_in: Path, how: str) -> None:
    old, new = BROKEN[how]
    for program in checkers(handed_in).values():
        text = program.read_text()
        assert old in text
        program.write_text(text.replace(old, new))

    code, out, err = graded(lab, handed_in)

    assert code == 3 and out == ""
    assert err.startswith("lab: nobody was graded: the ") and err.count("\n") == 1
    assert list(handed_in.parent.glob("out/results/*/*")) == []


def test_nobody_is_graded_by_the_judge_of_another_exercise(lab: Lab, handed_in: Path) -> None:
    first, second = checkers(handed_in).values()
    texts = first.read_text(), second.read_text()
    first.write_text(texts[1])
    second.write_text(texts[0])

    code, _, err = graded(lab, handed_in)

    assert code == 3 and "the checker is for" in err


def test_a_judge_that_breaks_later_costs_nobody_a_point(lab: Lab, handed_in: Path) -> None:
    assert CHECKER  # its word NONSENSE stands for a checker that falls over
    write(handed_in / f"eva/exercises/{made_run.SECOND}.cpp", "int f; // NONSENSE")

    code, out, _ = graded(lab, handed_in, "--format=json")

    assert code == 3 and "1 grade missing by our fault" in out
    report = json.loads((handed_in.parent / "out/reports/class.json").read_text())
    found = {s["id"]: [g["verdict"] for g in s["grades"]] for s in report["students"]}
    assert found == VERDICTS | {"eva": ["not-attempted", "grader-error", "not-attempted"]}
