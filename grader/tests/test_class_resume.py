# A run that is gone on with keeps what it was told, and says what it cannot do.
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import made_run
import pytest
from conftest import Lab, write

from lab.classroom import session


@pytest.fixture
def handed_in(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A class whose results are made up, since only the bookkeeping is looked at."""
    made, folder = made_run.make(tmp_path / "class")
    monkeypatch.setenv("LAB_ROOT", str(made))
    monkeypatch.setattr(session, "make_crew", made_run.canned_crew)
    return folder


def run_of(out: Path) -> dict[str, Any]:
    return dict(json.loads((out / "run.json").read_text()))


def test_more_submissions_join_under_the_same_roster_and_exercises(
    lab: Lab, handed_in: Path, tmp_path: Path
) -> None:
    out, roster = tmp_path / "out", tmp_path / "roster.csv"
    write(roster, "id,name\nada,Ada L\nzoe,Zoe Late\n")
    first = ("grade", str(handed_in), f"--out={out}", f"--roster={roster}", "--only=01-4")
    assert lab(*first)[0] == 0
    roster.unlink()
    write(tmp_path / f"new/fay/{made_run.SECOND}.cpp", "int g; // verdict: accepted")
    write(tmp_path / f"new/zoe/{made_run.SECOND}.cpp", "int h; // verdict: accepted")

    code, _, err = lab("grade", str(tmp_path / "new"), f"--out={out}", "--resume")

    assert code == 0, err
    run = run_of(out)
    names = {student["id"]: student["name"] for student in run["students"]}
    assert names["ada"] == "Ada L" and names["zoe"] == "Zoe Late"
    assert {"bob", "cem", "dua", "eva", "fay"} < set(names)
    assert run["exercises"] == [made_run.SECOND]


def test_reports_that_are_there_do_not_grow_stale(
    lab: Lab, handed_in: Path, tmp_path: Path
) -> None:
    out, policy = tmp_path / "out", tmp_path / "policy.toml"
    assert lab("grade", str(handed_in), f"--out={out}", "--format=canvas")[0] == 0
    before = (out / "reports/canvas.csv").read_text()
    write(policy, 'schema = "lab/policy/v1"\n[points]\n"01-4" = 99\n')

    code, _, err = lab("grade", f"--out={out}", "--resume", f"--policy={policy}", "--format=moodle")

    assert code == 0, err
    assert "99" in (out / "reports/canvas.csv").read_text() and "99" not in before


def test_a_policy_chooses_among_what_was_read(lab: Lab, handed_in: Path, tmp_path: Path) -> None:
    out, policy = tmp_path / "out", tmp_path / "policy.toml"
    assert lab("grade", str(handed_in), f"--out={out}", "--only=01-1", "--only=01-4")[0] == 0
    write(policy, 'schema = "lab/policy/v1"\n[course]\nexercises = ["01-4"]\n')
    assert lab("grade", f"--out={out}", "--resume", f"--policy={policy}")[0] == 0
    assert run_of(out)["exercises"] == [made_run.SECOND]

    write(policy, 'schema = "lab/policy/v1"\n[course]\nexercises = ["01-1"]\n')
    code, _, err = lab("grade", f"--out={out}", "--resume", f"--policy={policy}")

    assert code == 2 and "has not read" in err and "name the submissions" in err
    assert run_of(out)["exercises"] == [made_run.SECOND]


def test_a_folder_with_something_else_in_it_is_no_output_folder(
    lab: Lab, handed_in: Path, tmp_path: Path
) -> None:
    write(tmp_path / "photos/cat.txt", "meow")

    code, _, err = lab("grade", str(handed_in), f"--out={tmp_path / 'photos'}")

    assert code == 2 and "not empty and holds no run" in err
    assert (tmp_path / "photos/cat.txt").read_text() == "meow"
