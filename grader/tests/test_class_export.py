# Exports: an edition without answers that is whole, graders that always answer, safe layouts.
from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lab import course
from lab.classroom.exports import annotate
from lab.classroom.exports.autograder import hand_in
from lab.classroom.exports.autograder import main as autograder_main
from lab.classroom.exports.files import (
    EARLIEST,
    CourseFiles,
    Member,
    course_files,
    even,
    under,
    write_archive,
)
from lab.classroom.exports.gradescope import autograder
from lab.classroom.exports.plagiarism import lay_out
from lab.classroom.exports.recipes import container, workflow
from lab.classroom.exports.student import edition
from lab.classroom.exports.templates import PACKAGES
from lab.classroom.submission import Student, Submission
from lab.errors import LabError
from lab.places import Places

REPOSITORY = Path(__file__).resolve().parents[2]
Lab = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> CourseFiles:
    """This very course."""
    loaded = course.load(REPOSITORY)
    return course_files(Places(REPOSITORY, REPOSITORY / ".lab"), loaded)


@pytest.fixture(scope="module")
def unpacked(files: CourseFiles, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The students' edition as a student unpacks it."""
    folder = tmp_path_factory.mktemp("student")
    write_archive(folder / "lab.tar.gz", under("lab", edition(files)), files.when)
    with tarfile.open(folder / "lab.tar.gz") as archive:
        archive.extractall(folder)
    return folder / "lab"


def secret_lines(text: str) -> set[str]:
    """Lines of code long enough to be nobody's but the solution's."""
    stripped = (line.strip() for line in text.splitlines())
    return {line for line in stripped if len(line) > 45 and not line.startswith("//")}


def test_the_students_edition_has_no_answer_in_it(files: CourseFiles) -> None:
    members = edition(files)

    assert not [n for n in members if re.search(r"solutions/|/wrong/|/right/|survivors", n)]
    assert not [n for n in members if re.search(r"(?:^|/)(?:tests|bench|conformance)/", n)]
    assert "grader/lab/commands/conformance.py" not in members
    assert not re.search(
        r"teachers|conformance|lab (?:grade|audit)", members["README.md"].content.decode()
    )
    everything = "\n".join(one.content.decode("utf-8", "replace") for one in members.values())
    for ex in course.load(REPOSITORY).exercises:
        stub = files.members[f"exercises/{ex.key}.cpp"].content.decode()
        only_solved = secret_lines(ex.solution.read_text(encoding="utf-8")) - secret_lines(stub)
        told = [line for line in only_solved if line in everything]
        assert len(told) <= len(only_solved) // 2, (ex.key, told)


def test_the_students_edition_is_whole(unpacked: Path) -> None:
    loaded = course.load(unpacked)
    assert len(loaded.exercises) == len(course.load(REPOSITORY).exercises)
    for ex in loaded.exercises:
        assert ex.stub.is_file() and ex.driver.is_file() and (ex.checks / "check.cpp").is_file()
    assert os.access(unpacked / "lab", os.X_OK)
    asked = (
        "import importlib, pkgutil, lab\n"
        "for m in pkgutil.walk_packages(lab.__path__, 'lab.'):\n"
        "    try: m.name.endswith('__main__') or importlib.import_module(m.name)\n"
        "    except ModuleNotFoundError as e:\n"
        "        if e.name.startswith('lab'): raise\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(unpacked / "grader")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", asked], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_no_page_of_the_students_edition_leads_to_what_is_not_there(unpacked: Path) -> None:
    for page in unpacked.rglob("*.md"):
        prose = re.sub(
            r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
            assert (page.parent / target).exists(), f"{page.relative_to(unpacked)}: {target}"


def test_the_students_edition_knows_itself_as_the_same_version(unpacked: Path) -> None:
    version = pytest.importorskip("lab.version")

    assert version.course_version(unpacked) == version.course_version(REPOSITORY)


@pytest.mark.parametrize("name", ["x.tar.gz", "x.zip"])
def test_an_archive_is_the_same_bytes_each_time(tmp_path: Path, name: str) -> None:
    members = {"b": Member(b"two", program=True), "a": Member(b"one")}
    for folder, order in (("first", members), ("second", dict(sorted(members.items())))):
        before = os.umask(0o077 if folder == "first" else 0o022)
        try:
            write_archive(tmp_path / folder / name, order, 1_700_000_000)
        finally:
            os.umask(before)

    if name.endswith("gz"):
        assert (tmp_path / "first" / name).read_bytes()[4:8] == bytes(4)  # no time of packing
    first, second = ((tmp_path / folder / name).read_bytes() for folder in ("first", "second"))
    assert first == second


def test_programs_stay_programs_and_times_are_one(tmp_path: Path) -> None:
    members = {"lab": Member(b"#!", program=True), "text": Member(b"")}
    write_archive(tmp_path / "x.zip", members, 1_700_000_000)
    write_archive(tmp_path / "x.tgz", members, 1_700_000_000)

    with zipfile.ZipFile(tmp_path / "x.zip") as packed:
        modes = [stat.S_IMODE(one.external_attr >> 16) for one in packed.infolist()]
        assert modes == [0o755, 0o644]
        assert {one.create_system for one in packed.infolist()} == {3}  # else modes mean nothing
        assert {one.date_time for one in packed.infolist()} == {(2023, 11, 14, 22, 13, 20)}
    with tarfile.open(tmp_path / "x.tgz") as opened:
        assert [(one.mode, one.uid, one.mtime) for one in opened] == [
            (0o755, 0, 1_700_000_000),
            (0o644, 0, 1_700_000_000),
        ]
    with pytest.raises(LabError, match="should end with .tar.gz or .zip"):
        write_archive(tmp_path / "x.rar", members, 0)
    assert (even(0), even(1_700_000_001)) == (EARLIEST, 1_700_000_000)


def test_an_exercise_goes_out_as_the_stub_whatever_was_typed_into_it(
    root: Path, places: Places, lab: Lab
) -> None:
    lab("next")
    stub = root / "exercises/01-basics/04-fix-one-after-another.cpp"
    before = stub.read_bytes()
    stub.write_text("int my_answer();\n", encoding="utf-8")

    found = course_files(places, course.load(root)).members

    assert found["exercises/01-basics/04-fix-one-after-another.cpp"].content == before


def test_what_git_does_not_know_stays_here_and_is_named(
    root: Path, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("README.md", "lab", "CMakeLists.txt"):
        (root / name).write_text("# x\n", encoding="utf-8")
    (root / ".gitignore").write_text(".lab/\n", encoding="utf-8")
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
            cwd=root,
            check=True,
        )
    (root / "lessons/exam-questions.md").write_text("secret", encoding="utf-8")
    stub = "exercises/02-scheduling/01-fix-timers.cpp"
    before = (root / stub).read_bytes()
    (root / stub).write_text("int typed();\n", encoding="utf-8")

    code, out, err = lab("export", "student", "-o", "s.zip")

    assert code == 0, err
    assert "left out, since git does not know them: lessons/exam-questions.md" in err
    with zipfile.ZipFile(root / "s.zip") as packed:
        names = packed.namelist()
        assert "event-loop-lab/lessons/01-basics/lesson.toml" in names
        assert packed.read(f"event-loop-lab/{stub}") == before
        assert not [n for n in names if "exam" in n or "solutions" in n or ".lab" in n]


WRONG_USE = [
    (["student", "--policy", "p.toml"], "--policy is nothing that export student needs"),
    (["github", "--from", "x"], "--from is nothing that export github needs"),
    (["plagiarism"], "name the submissions: ./lab export plagiarism --from"),
    (["gradescope", "--policy", "none.toml"], "cannot read none.toml"),
    (["gradescope", "-o", "x.tar.gz"], "Gradescope takes nothing else"),
    (["student", "-o", "x.rar"], "should end with .tar.gz or .zip"),
    (["student", "--exercises", "01"], "--exercises is nothing"),
    (["github"], "--repository OWNER/NAME says so"),
    (["github", "--repository", "a/b\n  evil: x"], "--repository OWNER/NAME says so"),
    (["github", "--repository", "a/b"], "export it from a git clone"),
    (["everything"], "is not one of"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG_USE, ids=[" ".join(a) for a, _ in WRONG_USE])
def test_what_cannot_be_exported_is_one_line(
    root: Path, lab: Lab, arguments: list[str], said: str
) -> None:
    (root / "README.md").write_text("# x\n", encoding="utf-8")

    code, out, err = lab("export", *arguments)

    assert (code, out) == (2, "")
    assert said in err and err.count("\n") == 1
    assert not list(root.glob("x.*")) and not (root / "grade.yml").exists()


# Gradescope: run_autograder beside a fake course whose `lab` does what a test wants.

GOOD = {"score": 4.5, "output": "1 of 1 accepted.", "tests": []}
FAKE_LAB = """#!/bin/sh
printf '%s\\n' "$@" >"$FAKE/arguments"
FAKE_IN=$2 FAKE_ROSTER=$8
while [ "$1" != --out ]; do shift; done
mkdir -p "$2/reports/gradescope"
{does}
"""
WRITE = """cat >"$2/reports/gradescope/gs1234.json" <<'END'
{json}
END"""


@pytest.fixture
def base(tmp_path: Path, files: CourseFiles) -> Path:
    """A machine of Gradescope's, with a submission; its path has a blank."""
    base = tmp_path / "auto grader"
    (base / "submission").mkdir(parents=True)
    (base / "submission/02-order-dinner.cpp").write_text("int x;\n", encoding="utf-8")
    about = {"created_at": "2026-12-02T10:00:00-07:00"}
    users = [{"id": 1234, "name": "Ada, Countess", "email": "ada@example.org"}]
    (base / "submission_metadata.json").write_text(
        json.dumps({**about, "users": users}), encoding="utf-8"
    )
    ex = course.load(REPOSITORY).find("01-2")
    for name, member in autograder(files, ex, b"").items():
        if not name.startswith("course/") or name.startswith("course/grader/lab/"):
            target = base / "source" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(member.content)
            target.chmod(0o755 if member.program else 0o644)
    return base


def run_autograder(base: Path, does: str, seconds: str = "60") -> tuple[dict[str, object], str]:
    """What is in results.json, and what was said, after the fake grader has done `does`."""
    fake = base / "source/course/lab"
    fake.write_text(FAKE_LAB.format(does=does), encoding="utf-8")
    fake.chmod(0o755)
    environment = {**os.environ, "LAB_AUTOGRADER": str(base), "LAB_SECONDS": seconds}
    folder = Path(sys.executable).parent
    environment |= {"FAKE": str(base), "PATH": f"{folder}:{os.environ['PATH']}"}
    done = subprocess.run(
        [base / "source/run_autograder"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,  # for a mistake in it alone
    )
    assert done.returncode == 0
    results = json.loads((base / "results/results.json").read_text(encoding="utf-8"))
    return results, done.stderr


def in_process(
    base: Path, does: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[dict[str, object], list[str]]:
    """The same without the shell around it; also the arguments that the fake grader got."""
    fake = base / "source/course/lab"
    fake.write_text(FAKE_LAB.format(does=does), encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("FAKE", str(base))
    (base / "results").mkdir()
    code = autograder_main([str(base), str(base / "source/course"), "01-2"])
    results = json.loads((base / "results/results.json").read_text(encoding="utf-8"))
    assert code == int(str(results.get("output", "")).startswith("Not graded yet"))
    return results, (base / "arguments").read_text(encoding="utf-8").splitlines()


def test_the_autograder_hands_the_graders_word_on(base: Path) -> None:
    results, said = run_autograder(base, WRITE.format(json=json.dumps(GOOD)))

    assert results == GOOD, said
    arguments = (base / "arguments").read_text(encoding="utf-8").splitlines()
    assert arguments[0] == "grade"
    assert arguments[1].endswith("/in/gs1234")
    assert arguments[-2:] == ["--only", "01-2"]
    assert {"gradescope", "--reduced"} <= set(arguments)


FAILURES = [
    ("exit 3", "no report"),
    (WRITE.format(json="{"), "half a file"),
    (WRITE.format(json='{"output": "x"}'), "no score"),
    (WRITE.format(json='{"score": "5"}'), "a text for a score"),
    (WRITE.format(json='{"tests": [{"name": "x"}]}'), "a test without a score"),
    (WRITE.format(json="[]"), "a list"),
    ('rm -r "$2"; exit 0', "the folder gone"),
]


@pytest.mark.parametrize("does", [f[0] for f in FAILURES], ids=[f[1] for f in FAILURES])
def test_a_grader_that_fails_leaves_a_valid_file_that_is_no_grade(
    base: Path, does: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    results, _ = in_process(base, does, monkeypatch)

    assert results["score"] == 0
    assert str(results["output"]).startswith("Not graded yet: a fault of the grader, not of your")


def test_a_grader_that_is_killed_leaves_it_too(base: Path) -> None:
    results, said = run_autograder(base, "kill -9 $$")

    assert str(results["output"]).startswith("Not graded yet")
    assert "not graded (status 1)" in said


def test_a_grader_that_never_ends_is_ended_and_the_file_is_there(base: Path) -> None:
    os.mkfifo(base / "never")

    results, said = run_autograder(base, 'cat "$FAKE/never"', seconds="0.5")

    assert str(results["output"]).startswith("Not graded yet")
    assert "status 124" in said


def test_without_python_there_is_a_file_all_the_same(base: Path) -> None:
    environment = {"LAB_AUTOGRADER": str(base), "PATH": str(base)}
    for tool in ("mkdir", "cat", "timeout"):
        (base / tool).symlink_to(f"/usr/bin/{tool}")

    subprocess.run(["/bin/sh", base / "source/run_autograder"], env=environment, check=True)

    results = json.loads((base / "results/results.json").read_text(encoding="utf-8"))
    assert str(results["output"]).startswith("Not graded yet")


def test_links_pipes_and_odd_metadata_do_not_stop_the_autograder(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(base / "submission/pipe")
    (base / "submission/link.cpp").symlink_to("/etc/passwd")
    (base / "submission_metadata.json").write_text('{"users": [{"id": "../../x"}]}')
    write = WRITE.replace("gs1234", "student").format(json=json.dumps(GOOD))
    seen = 'cp -R "$FAKE_IN" "$FAKE/seen"'

    results, arguments = in_process(base, f"{seen}\n{write}", monkeypatch)

    assert results == GOOD
    assert arguments[1].endswith("/in/student")
    names = sorted(one.name for one in (base / "seen").iterdir())
    assert names == ["02-order-dinner.cpp", "link.cpp"]
    assert (base / "seen/link.cpp").is_symlink()


# What lies in the submission, which of it the grader gets, and which folders and files it finds.
LAYOUTS = [
    (["02-order-dinner.cpp", "notes.txt"], "gs1234", ["02-order-dinner.cpp", "notes.txt"]),
    (["hw/week/02-order-dinner.cpp", "__MACOSX/x"], "gs1234", ["02-order-dinner.cpp"]),
    (["hw/01-basics/02-order-dinner.cpp"], "gs1234", ["01-basics/02-order-dinner.cpp"]),
    (["exercises/01-basics/02-x.cpp"], "gs1234", ["exercises/01-basics/02-x.cpp"]),
    (["lab-somebody-else.tar.gz", "README.txt"], "gs1234.tar.gz", None),
    (["hw/mine.ZIP"], "gs1234.zip", None),
    (["old.zip", "02-order-dinner.cpp"], "gs1234", ["02-order-dinner.cpp", "old.zip"]),
    (["one.zip", "two.zip"], "gs1234", ["exercises", "one.zip", "two.zip"]),
    (["README.txt"], "gs1234", ["README.txt", "exercises"]),
    ([], "gs1234", ["exercises"]),
]


@pytest.mark.parametrize(("there", "name", "found"), LAYOUTS, ids=[str(a[0]) for a in LAYOUTS])
def test_whatever_lies_in_a_submission_is_the_students(
    tmp_path: Path, there: list[str], name: str, found: list[str] | None
) -> None:
    submission = tmp_path / "submission"
    submission.mkdir()
    for one in there:
        (submission / one).parent.mkdir(parents=True, exist_ok=True)
        (submission / one).write_bytes(b"x")

    given = hand_in(submission, tmp_path / "in", "gs1234")

    assert given == tmp_path / "in" / name
    if found is not None:
        leaves = (one for one in given.rglob("*") if one.is_file() or not any(one.iterdir()))
        assert sorted(one.relative_to(given).as_posix() for one in leaves) == found


def test_name_and_time_are_gradescopes(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_process(base, 'cp "$FAKE_ROSTER" "$FAKE/roster"', monkeypatch)

    rows = list(csv.reader(io.StringIO((base / "roster").read_text(encoding="utf-8"))))
    assert rows == [
        ["id", "name", "email", "submitted"],
        ["gs1234", "Ada, Countess", "ada@example.org", "2026-12-02T10:00:00-07:00"],
    ]


def test_the_autograder_holds_nothing_worth_stealing_and_what_grading_needs(
    files: CourseFiles,
) -> None:
    members = autograder(files, (), b"[run]\nseed = 5\n")

    assert not [n for n in members if re.search(r"solutions/|/wrong/|/right/|grader/.*tests/", n)]
    for name in ("setup.sh", "run_autograder", "course/lab"):
        assert members[name].program
    assert "course/grader/lab/commands/grade.py" in members
    assert "course/grader/lab/classroom/exports/autograder.py" in members
    assert members["course/policy.toml"].content == b"[run]\nseed = 5\n"
    assert sum(len(one.content) for one in members.values()) < 10 << 20


def test_scripts_and_recipes_are_sound(files: CourseFiles, tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml")
    ex = course.load(REPOSITORY).find("01")
    members = autograder(files, ex, None)
    for name in ("setup.sh", "run_autograder"):
        (tmp_path / name).write_bytes(members[name].content)
        subprocess.run(["sh", "-n", tmp_path / name], check=True)
        try:
            subprocess.run(["shellcheck", tmp_path / name], check=True)
        except FileNotFoundError:
            pass  # lint asks for it on the machines of authors
    recipe = container(files, ex, "abc")["Containerfile"].content.decode()
    assert "@(" not in recipe and " 01-1 01-2" in recipe
    assert re.findall(r"^(ARG|FROM|RUN|COPY|WORKDIR|LABEL|ENTRYPOINT)\b", recipe, re.MULTILINE) == (
        "ARG FROM RUN COPY WORKDIR RUN LABEL ENTRYPOINT".split()
    )
    text = workflow(REPOSITORY, ex, "me/course")
    job = yaml.safe_load(text)["jobs"]["grade"]
    uses = [step["uses"] for step in job["steps"] if "uses" in step]
    assert len(uses) == 3
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one) for one in uses)
    assert all("${{" not in step.get("run", "") for step in job["steps"])
    for number, step in enumerate(job["steps"]):
        if "run" in step:
            script = tmp_path / f"step{number}"
            script.write_text(step["run"], encoding="utf-8")
            subprocess.run(["bash", "-n", script], check=True)
    assert "--only 01-1" in job["steps"][3]["run"]
    assert job["steps"][3]["env"] == {"NAME": "${{ github.event.repository.name }}"}
    assert job["steps"][0]["with"]["path"] == "answers/${{ github.event.repository.name }}"


def test_the_packages_are_those_that_the_proving_machine_installs() -> None:
    script = (REPOSITORY / ".ci/run").read_text(encoding="utf-8")
    known = set(re.search(r"packages=\((.*?)\)", script, re.DOTALL)[1].split())  # type: ignore[index]

    assert set(PACKAGES) - known - {"lld", "bubblewrap", "python3-jsonschema"} == set()


def test_annotations_cannot_be_broken_out_of(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hint = {"text": "one\n::set-env name=x::y 100%\r\x1b[31m"}
    key = "01-basics/02-x"
    about = {"exercise": key, "points": 0, "max_points": 5, "problem": ""}
    grades = [
        {**about, "verdict": "wrong-order", "answer": "a"},
        {**about, "verdict": "accepted", "answer": "b", "points": 2.5},
        {**about, "verdict": "bad-submission", "answer": None, "problem": "it is empty"},
    ]
    report = {"students": [{"grades": grades}], "answers": {"a": {"hint": hint}, "b": {}}}
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/class.json").write_text(json.dumps(report), encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))

    assert annotate.main(tmp_path) == 0

    lines = capfd.readouterr().out.splitlines()
    assert lines == [
        "::error file=exercises/01-basics/02-x.cpp,line=1,title=01-basics/02-x%3A wrong-order"
        "::wrong-order. one%0A::set-env name=x::y 100%25%0A\\x1b[31m",
        "::error file=exercises/01-basics/02-x.cpp,line=1,title=01-basics/02-x%3A bad-submission"
        "::bad-submission. it is empty",
    ]
    assert "| 01-basics/02-x | accepted | 2.5 of 5 |" in (tmp_path / "summary").read_text()
    assert annotate.main(tmp_path / "nowhere") == 3
    assert capfd.readouterr().out.startswith("::error title=Not graded::a fault of the grader")


def test_answers_are_laid_out_one_folder_a_student_and_never_elsewhere(
    root: Path, tmp_path: Path
) -> None:
    ex = course.load(root).find_one("01-4")
    stub = ex.stub.read_bytes()

    def hand(id_: str, content: bytes, at: str = "", name: str = "") -> Submission:
        source = f"{3000 - int(at[8:10] or 0)}"  # names say nothing about times
        return Submission(source, Student(id_, name), {ex.key: content}, submitted_at=at)

    submissions = [
        hand("ada", b"int second();\n", "2026-12-02T00:00:00Z", "=cmd|'/c calc'!A1"),
        hand("ada", b"int first();\n", "2026-12-01T00:00:00Z"),
        hand("../../evil", b"int evil();\n"),
        hand("Ada", b"int other();\n"),
        hand("CON", b"int con();\n"),
        hand("lazy", b"  // mine\n" + stub),
        hand("binary", b"\0\1"),
    ]
    out = tmp_path / "plag"

    made = lay_out(submissions, [ex], {ex.key: stub}, out)

    assert [(one.number, one.count, one.answers) for one in made] == [("01-4", 4, 5)]
    folder = out / "01-basics-04-fix-one-after-another"
    file = "04-fix-one-after-another.cpp"
    assert (folder / "base" / file).read_bytes() == stub
    assert (folder / "submissions/ada" / file).read_bytes() == b"int second();\n"
    assert (folder / "submissions/ada~1" / file).read_bytes() == b"int first();\n"
    names = sorted(one.name for one in (folder / "submissions").iterdir())
    assert len(names) == len({name.casefold() for name in names}) == 5
    assert not list(tmp_path.rglob("*evil")) and not [n for n in names if n.startswith(".")]
    people = (out / "students.csv").read_text(encoding="utf-8")
    assert "'=cmd" in people
    readme = (out / "README.md").read_text(encoding="utf-8")
    assert f"-bc {folder.name}/base -r {folder.name}.jplag {folder.name}/submissions" in readme
    assert (
        f"moss -l cc -d -b {folder.name}/base/{file} {folder.name}/submissions/*/{file}" in readme
    )
    assert "@" not in re.sub(r"https?://\S+", "", readme)


def test_each_distinct_answer_of_a_student_is_compared(root: Path, tmp_path: Path) -> None:
    ex = course.load(root).find_one("01-4")
    texts = [b"int a();\n", b"int b();\n", b"int a();\n", b"\0", b"int c();\n", b"int c();\n"]
    submissions = [
        Submission(f"s{n}", Student("Ada"), {ex.key: text}, submitted_at=f"2026-12-0{n}T00:00:00Z")
        for n, text in enumerate(texts, 1)
    ]

    lay_out(submissions[::-1], [ex], {ex.key: ex.stub.read_bytes()}, tmp_path)

    found = sorted(tmp_path.glob("*/submissions/*/*.cpp"))
    last = found[0].parent.name
    assert [one.parent.name for one in found] == [last, f"{last}~2", f"{last}~3"]
    assert [one.read_bytes() for one in found] == [texts[5], texts[1], texts[2]]
    people = (tmp_path / "students.csv").read_text(encoding="utf-8").splitlines()
    assert people[1:] == [f"{last},Ada,,"]
    assert "`ada~2`" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_a_folder_that_is_in_use_is_not_written_into(root: Path, lab: Lab) -> None:
    (root / "plagiarism").mkdir()
    (root / "plagiarism/mine").write_text("x", encoding="utf-8")

    code, _, err = lab("export", "plagiarism", "--from", "exercises")

    assert code == 2 and "is there already" in err


@pytest.mark.parametrize(
    ("what", "name"), [("student", "mine.zip"), ("gradescope", "mine.zip"), ("container", "m.tgz")]
)
def test_a_file_that_is_there_is_replaced_only_if_told(
    root: Path, lab: Lab, what: str, name: str
) -> None:
    (root / "README.md").write_text("# x\n", encoding="utf-8")
    (root / name).write_text("mine", encoding="utf-8")

    code, out, err = lab("export", what, "-o", name)

    assert (code, out) == (2, "") and err.count("\n") == 1
    assert f"{name} is there already" in err and "--force" in err
    assert (root / name).read_text(encoding="utf-8") == "mine"
    assert lab("export", what, "-o", name, "--force")[0] == 0
    assert (root / name).read_bytes() != b"mine"


def test_a_folder_is_no_place_for_an_archive(root: Path, lab: Lab) -> None:
    (root / "x.zip").mkdir()

    code, _, err = lab("export", "student", "-o", "x.zip", "--force")

    assert code == 2 and "x.zip is a folder" in err and err.count("\n") == 1


def test_a_container_can_be_a_folder_as_the_clusters_page_says(root: Path, lab: Lab) -> None:
    page = (REPOSITORY / "docs/cluster.md").read_text(encoding="utf-8")
    told = re.findall(r"\./lab (export container[^&\n]*)", page)
    (root / "lab").write_text("#!/bin/sh\n", encoding="utf-8")
    (root / "lab").chmod(0o755)

    for command in told:
        code, out, err = lab(*command.split())
        assert code == 0 and "Containerfile" in out, err

    assert told and (root / "image/Containerfile").is_file()
    assert os.access(root / "image/course/lab", os.X_OK)
    recipe = (root / "image/Containerfile").read_text(encoding="utf-8")
    there = re.search(r"COPY course (\S+)", recipe)
    assert there and f'"PYTHONPATH": "{there[1]}/grader"' in page
    before = {one: one.stat().st_mtime_ns for one in (root / "image").rglob("*")}
    code, _, err = lab("export", "container", "-o", "image")
    assert code == 2 and "image is there already: name an empty folder" in err
    assert before == {one: one.stat().st_mtime_ns for one in (root / "image").rglob("*")}


def test_a_workflow_takes_the_policy_from_the_commit_and_no_other(root: Path, lab: Lab) -> None:
    def commit() -> None:
        for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
            known = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
            subprocess.run(["git", *known, *arguments], cwd=root, check=True)

    (root / "docs").mkdir(exist_ok=True)
    commit()
    policy = root / "docs/p.toml"
    policy.write_text("[rounding]\nstep = 1\n", encoding="utf-8")
    asked = ("export", "github", "--repository", "a/b", "--policy")

    code, _, err = lab(*asked, "docs/p.toml")
    assert code == 2 and "commit docs/p.toml first" in err and not (root / "grade.yml").exists()
    commit()
    assert lab(*asked, "docs/p.toml", "--exercises", "01-4")[0] == 0
    text = (root / "grade.yml").read_text(encoding="utf-8")
    assert (
        "classroom50 \\\n            --policy course/docs/p.toml \\\n            --only 01-4\n"
        in text
    )

    policy.write_text("[rounding]\nstep = 2\n", encoding="utf-8")
    assert "commit docs/p.toml first" in lab(*asked, "docs/p.toml", "--force")[2]
    outside = root.parent / f"{root.name}-else.toml"
    outside.write_text('schema = "lab/policy/v1"\n', encoding="utf-8")
    assert "must lie in the course" in lab(*asked, str(outside), "--force")[2]


def test_without_a_solution_nobody_is_asked_whether_to_see_it(root: Path, lab: Lab) -> None:
    for one in (root / "solutions").rglob("*.cpp"):
        one.unlink()

    code, out, err = lab("compare", "01-4")

    assert (code, out) == (2, "")
    assert "no solution for 01-4" in err and "Show" not in err and err.count("\n") == 1
