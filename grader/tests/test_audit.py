# `./lab audit`: a claim that does not hold is found, whatever its kind.
from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Lab, write

from lab import audit_pages, course
from lab.audit_answers import Claim, Proof, claims, trouble_with
from lab.audit_pages import check_transcripts
from lab.commands import audit
from lab.course import Belief, Exercise
from lab.result import Case, Hint, Line, Result
from lab.runner import Trace

KEY = "01-basics/04-fix-one-after-another"
TEXT = "You awaited line {line}, and it took {expected_total}."


def exercise(root: Path = Path("/course")) -> Exercise:
    beliefs = {"M02": Belief("M02", "R1", TEXT)}
    return Exercise(root, KEY, "One after another", "fix", 2, 10, 10, beliefs=beliefs)


def result(verdict: str, hint: str = "", text: str = "", compiler: str = "") -> Result:
    told = Hint(hint, "R1", text) if hint else None
    return Result(exercise(), verdict, hint=told, compiler=compiler)


def claim(kind: str, verdict: str = "accepted", hint: str = "") -> Claim:
    return Claim(exercise(), kind, Path("x.cpp"), verdict, hint)


FULL = "You awaited line 2, and it took 300 ms."
WARNED = "x.cpp:1:1: warning: unused"


@pytest.mark.parametrize(
    ("kind", "came", "holds"),
    [
        ("solution", result("accepted"), True),
        ("solution", result("wrong-time", "M02", FULL), False),
        ("solution", result("accepted", compiler=WARNED), False),
        ("right", result("accepted", compiler=WARNED), True),
        ("right", result("hang"), False),
        ("stub", result("incomplete"), True),
        ("stub", result("accepted"), False),
        ("stub", result("does-not-compile"), False),
        ("stub", result("grader-error"), False),
        ("stub", result("incomplete", compiler=WARNED), False),
        ("wrong", result("wrong-time", "M02", FULL), True),
        ("wrong", result("accepted"), False),
        ("wrong", result("wrong-order", "M02", FULL), False),
        ("wrong", result("wrong-time", "M05", FULL), False),
        ("wrong", result("wrong-time", "M02", "You awaited line ?, and it took 300 ms."), False),
    ],
)
def test_a_claim_holds_or_says_why_not(kind: str, came: Result, holds: bool) -> None:
    asked = claim(kind, "wrong-time", "M02") if kind == "wrong" else claim(kind)

    assert (trouble_with(asked, came) == "") is holds


def test_the_reason_names_both_sides() -> None:
    trouble = trouble_with(claim("wrong", "wrong-time", "M02"), result("hang", "hang"))

    assert trouble == "expected wrong-time M02, came hang hang"


def answers(root: Path) -> None:
    """Right and wrong answers for the fake checker, and a stub that it rejects."""
    checks = root / "grader/checks" / KEY
    write(root / f"exercises/{KEY}.cpp", "// TODO(1)\n// verdict: incomplete\nint stub();\n")
    write(root / f"solutions/{KEY}.cpp", "// solved\nint solved();\n")
    write(
        checks / "wrong/a.cpp", "// expect: wrong-time M02 — in a row\n// verdict: wrong-time M02\n"
    )
    write(checks / "right/b.cpp", "// another way\n")


def test_every_file_is_a_claim(root: Path) -> None:
    answers(root)
    ex = course.load(root).find_one("01-4")

    assert [(c.kind, c.path.name) for c in claims(ex)] == [
        ("stub", "04-fix-one-after-another.cpp"),
        ("solution", "04-fix-one-after-another.cpp"),
        ("wrong", "a.cpp"),
        ("right", "b.cpp"),
    ]


@pytest.fixture
def clean_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and data are lint's business, and tested there."""
    monkeypatch.setattr(audit, "check", lambda desk, proofs: [])


def test_a_course_that_holds_is_exit_0(lab: Lab, root: Path, clean_pages: None) -> None:
    answers(root)

    code, out, _ = lab("audit", "01-4")

    assert code == 0
    assert "01-4 fix-one-after-another" in out
    assert "4 of 4 answers are judged as they must be; 0 complaints" in out


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (f"exercises/{KEY}.cpp", "int a();\n", "stub: expected not accepted, came accepted"),
        (f"exercises/{KEY}.cpp", "BROKEN\n", "came does-not-compile"),
        (f"solutions/{KEY}.cpp", "// verdict: hang\n", "solution: expected accepted, came hang"),
        (f"grader/checks/{KEY}/right/b.cpp", "// verdict: hang\n", "right: expected accepted"),
        (
            f"grader/checks/{KEY}/wrong/a.cpp",
            "// expect: wrong-time M02 — x\n// verdict: wrong-time M05\n",
            "wrong: expected wrong-time M02, came wrong-time M05",
        ),
        (
            f"grader/checks/{KEY}/wrong/a.cpp",
            "// expect: wrong-time M02 — x\n",
            "wrong: expected wrong-time M02, came accepted",
        ),
        (f"grader/checks/{KEY}/right/b.cpp", "", "is empty"),
    ],
)
def test_each_false_claim_is_found(
    lab: Lab, root: Path, clean_pages: None, file: str, text: str, said: str
) -> None:
    answers(root)
    write(root / file, text)

    code, out, _ = lab("audit", "01-4")

    assert code == 1
    assert said in out
    assert "3 of 4 answers" in out


def test_json_tells_every_answer(lab: Lab, root: Path, clean_pages: None) -> None:
    answers(root)

    report = json.loads(lab("audit", "01-4", "--json")[1])

    assert report["schema"] == "lab/audit/v1"
    assert report["summary"] == {"answers": 4, "as_expected": 4, "complaints": 0}
    wrong = report["exercises"][0]["answers"][2]
    assert (wrong["expected"], wrong["verdict"], wrong["hint"]) == (
        "wrong-time M02",
        "wrong-time",
        "M02",
    )


def test_an_audit_leaves_the_student_s_programs_and_progress_alone(
    lab: Lab, root: Path, clean_pages: None
) -> None:
    answers(root)

    lab("audit", "01-4")

    assert not (root / ".lab/progress.json").exists()
    assert not (root / ".lab/cache").exists()


def test_complaints_about_pages_fail_the_audit(lab: Lab, root: Path) -> None:
    answers(root)

    code, out, _ = lab("audit", "01-4")

    assert code == 1
    assert "wrong answers; 4 at least [wrong]" in out


def proof(root: Path, *lines: Line) -> Proof:
    case = Case("published", 0, "accepted", expected=lines)
    return Proof(
        Claim(exercise(root), "solution", Path("x")), Result(exercise(), "accepted", (case,)), ""
    )


def test_the_published_transcript_is_the_judge_s(root: Path) -> None:
    proofs = [proof(root, Line(300, "soup: ready"))]
    stub = write(root / f"exercises/{KEY}.cpp", "// x\n//   [  300] soup: ready\n")
    assert list(check_transcripts(root, proofs)) == []

    write(stub, "// x\n//   [  400] soup: ready\n")
    write(root / "lessons/01-basics/README.md", f"<!-- transcript: {KEY} -->\n```text\nno\n```\n")
    assert [c.path for c in check_transcripts(root, proofs)] == [
        f"exercises/{KEY}.cpp",
        "lessons/01-basics/README.md",
    ]


def test_a_timeline_is_drawn_again(
    root: Path, places: audit_pages.Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = Trace((), True, 0)
    monkeypatch.setattr(audit_pages, "traced_demo", lambda places, demo: demo)
    monkeypatch.setattr(audit_pages, "run_traced", lambda program: nothing)
    monkeypatch.setattr(audit_pages, "draw", lambda events, columns: ["main  #..#"])
    page = root / "lessons/01-basics/README.md"
    write(page, "<!-- timeline: lessons/01-basics/a.cpp -->\n```text\nmain  #..#\n```\n")
    assert list(audit_pages.check_timelines(places)) == []

    write(page, "<!-- timeline: lessons/01-basics/a.cpp -->\n```text\nmain  #.#\n```\n")
    assert len(list(audit_pages.check_timelines(places))) == 1
