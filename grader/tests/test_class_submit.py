# ./lab submit: one file to hand in, the same bytes for the same answers, and nothing overwritten.

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
import pytest
from class_archives import KEY, OTHER_KEY, tgz_of
from hypothesis import given, settings
from hypothesis import strategies as st

from lab import build, course
from lab.classroom import manifest, packing
from lab.classroom.archive import unpack
from lab.classroom.collect import collect
from lab.classroom.manifest import HONESTY, Manifest, entry_for
from lab.classroom.submission import Student
from lab.commands import submit
from lab.errors import LabError, LabFault

Lab = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]
ME = ("--name", "Ada Lovelace", "--id", "s001", "--yes")


def test_submit_packs_what_was_touched_and_says_what_stays_out(
    lab: Lab, answer: Write, root: Path
) -> None:
    answer("int mine();\n")

    code, out, err = lab("submit", *ME)

    assert (code, err) == (0, "")
    assert "Goes in (1 answer):\n  01-4 fix-one-after-another\n" in out
    assert "Stays out:\n  untouched: 01-1, 02-1\n" in out
    assert "+ 01-4 fix-one-after-another" in out and "accepted" in out
    assert "1 of 1 accepted. Packed as lab-s001.tar.gz for Ada Lovelace (s001)." in out
    files = unpack((root / "lab-s001.tar.gz").read_bytes()).files
    assert sorted(files) == [f"exercises/{KEY}.cpp", "manifest.json"]


def test_what_is_submitted_is_what_is_collected(lab: Lab, answer: Write, root: Path) -> None:
    answer("// verdict: wrong-time M02\nint mine();\n")
    answer("int other();\n", OTHER_KEY)
    lab("check", "01-4")
    lab("check", "01-4")

    code, _, _ = lab("submit", *ME, "-o", "out.tgz")
    one = collect([root / "out.tgz"], course.load(root)).submissions[0]

    assert code == 1  # packed all the same
    assert one.student == Student("s001", "Ada Lovelace")
    assert one.answers == {
        KEY: b"// verdict: wrong-time M02\nint mine();\n",
        OTHER_KEY: b"int other();\n",
    }
    assert one.tries == {KEY: 2, OTHER_KEY: 0} and one.notes == () and one.problems == {}


def test_the_manifest_says_who_what_and_when_and_no_verdict(
    lab: Lab, answer: Write, root: Path
) -> None:
    content = answer("int mine();\n").read_bytes()
    lab("submit", *ME)

    text = unpack((root / "lab-s001.tar.gz").read_bytes()).files["manifest.json"].decode()
    data = json.loads(text)

    assert data["schema"] == "lab/submission/v1" and data["course"] == "event-loop-lab"
    assert data["student"] == {"id": "s001", "name": "Ada Lovelace"}
    assert data["honesty"] == HONESTY
    assert data["answers"] == [
        {
            "exercise": KEY,
            "file": f"exercises/{KEY}.cpp",
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "tries": 0,
            "hints": 0,
        }
    ]
    assert manifest.utc_time(data["created"]) == data["created"] != ""
    assert "verdict" not in text and "accepted" not in text


def test_only_the_exercises_named_go_in(lab: Lab, answer: Write, root: Path) -> None:
    answer("int mine();\n")
    answer("int other();\n", OTHER_KEY)

    code, out, _ = lab("submit", "02-1", *ME)

    assert code == 0 and "01-4" not in out
    assert f"exercises/{KEY}.cpp" not in unpack((root / "lab-s001.tar.gz").read_bytes()).files


def test_a_file_that_cannot_be_read_stays_out_and_is_told(
    lab: Lab, answer: Write, root: Path
) -> None:
    answer("int mine();\n")
    (root / f"exercises/{OTHER_KEY}.cpp").write_bytes(b"\xff\xfe")

    code, out, err = lab("submit", *ME)

    assert code == 2 and "02-1 fix-timers: " in out and "is no UTF-8 text" in out
    assert err.count("\n") == 1 and "is no UTF-8 text" in err
    assert len(unpack((root / "lab-s001.tar.gz").read_bytes()).files) == 2


def test_without_an_answer_there_is_nothing_to_submit(lab: Lab, root: Path) -> None:
    code, _, err = lab("submit", *ME)

    assert code == 2 and "nothing to submit" in err
    assert not list(root.glob("*.tar.gz"))


@pytest.mark.parametrize(
    "options, said",
    [
        ((), "who hands this in? Without a terminal add --name and --id"),
        (("--id", "s1"), "who hands this in? Without a terminal add --name\n"),
        (("--name", "Ada", "--id", "s1"), "without a terminal add --yes to agree to: "),
        (("--name", "Ada", "--id", "../s1", "--yes"), "'../s1' is no id: an id has letters"),
        (("--name", "Ada", "--id", "a b", "--yes"), "'a b' is no id"),
        (("--name", "\x07 ", "--id", "s1", "--yes"), "the name is empty"),
    ],
)
def test_without_a_terminal_what_is_missing_is_one_line(
    lab: Lab, answer: Write, root: Path, options: tuple[str, ...], said: str
) -> None:
    answer("int mine();\n")

    code, _, err = lab("submit", *options)

    assert code == 2 and said in err and err.count("\n") == 1
    assert not list(root.glob("*.tar.gz"))


def test_who_it_is_has_to_be_said_once(lab: Lab, answer: Write, root: Path) -> None:
    answer("int mine();\n")
    lab("submit", *ME)

    code, out, _ = lab("submit", "--yes")

    assert code == 0 and "for Ada Lovelace (s001)" in out
    (root / ".lab/student.json").write_bytes(b"broken")
    code, _, err = lab("submit", "--yes")
    assert code == 2 and "--name and --id" in err


def test_in_a_terminal_it_asks_once_and_takes_no_for_an_answer(
    lab: Lab, answer: Write, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer("int mine();\n")
    said = iter(["Ada Lovelace", "s001"])
    agreed = iter([False, True])
    asked: list[str] = []

    def confirm(text: str, **more: object) -> bool:
        asked.append(text)
        return next(agreed)

    monkeypatch.setattr(submit, "interactive", lambda: True)
    monkeypatch.setattr(click, "prompt", lambda text: asked.append(text) or next(said))
    monkeypatch.setattr(click, "confirm", confirm)

    code, out, err = lab("submit")
    assert code == 2 and "nothing was packed" in err and "I wrote these answers myself." in out
    assert not list(root.glob("*.tar.gz"))
    code, out, _ = lab("submit")
    assert code == 0 and (root / "lab-s001.tar.gz").is_file()
    assert asked == ["Your name", "Your student id", "Is this so?", "Is this so?"]


def test_json_is_one_object_and_nothing_else(lab: Lab, answer: Write) -> None:
    answer("int mine();\n")

    code, out, err = lab("submit", *ME, "--json")
    data = json.loads(out)

    assert (code, err) == (0, "")
    assert data["schema"] == "lab/submit/v1" and data["file"] == "lab-s001.tar.gz"
    assert [one["exercise"] for one in data["manifest"]["answers"]] == [KEY]
    assert [one["exercise"] for one in data["left_out"]] == [
        "01-basics/01-predict-lifecycle",
        OTHER_KEY,
    ]
    assert data["check"]["results"][0]["verdict"] == "accepted"


def test_only_the_students_own_submission_is_overwritten(
    lab: Lab, answer: Write, root: Path
) -> None:
    answer("int mine();\n")
    other = tgz_of({"notes.txt": b"x"})
    for name, content in [("thesis.pdf", b"%PDF"), ("other.tgz", other), ("empty", b"")]:
        (root / name).write_bytes(content)
        code, _, err = lab("submit", *ME, "-o", name)
        assert code == 2 and "exists and is no submission: name another file with -o" in err
        assert (root / name).read_bytes() == content
    (root / "link.tgz").symlink_to("thesis.pdf")
    assert lab("submit", *ME, "-o", "link.tgz")[0] == 2
    assert lab("submit", *ME, "-o", "exercises")[0] == 2
    assert lab("submit", *ME, "-o", "mine.tgz")[0] == 0
    assert lab("submit", *ME, "-o", "mine.tgz")[0] == 0
    code, _, err = lab("submit", "--id", "s002", "--yes", "-o", "mine.tgz")
    assert code == 2 and "is the submission of s001" in err


@pytest.mark.parametrize("error, code", [(LabError("no compiler"), 2), (LabFault("broken"), 3)])
def test_a_lab_that_cannot_grade_keeps_nobody_from_handing_in(
    lab: Lab,
    answer: Write,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: LabError,
    code: int,
) -> None:
    answer("int mine();\n")

    def fail(*arguments: object, **more: object) -> None:
        raise error

    monkeypatch.setattr(build, "prepare", fail)
    got, out, err = lab("submit", *ME)

    assert got == code and f"not graded here, but packed: {error}" in err
    assert (root / "lab-s001.tar.gz").is_file() and "Packed as" in out


def told(answers: dict[str, bytes]) -> Manifest:
    entries = tuple(entry_for(key, content, 0) for key, content in answers.items())
    return Manifest("s1", "Ä", "c", "v", "2026-11-21T20:00:00Z", entries)


def test_packing_is_the_same_byte_for_byte_and_says_nothing_of_the_machine() -> None:
    answers = {OTHER_KEY: b"b", KEY: b"a"}

    packed = packing.pack(told(answers), answers)

    assert packed == packing.pack(told(answers), dict(reversed(answers.items())))
    assert packed != packing.pack(replace(told(answers), created="2026-11-21T20:00:01Z"), answers)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        facts = {
            (m.uid, m.gid, m.uname, m.gname, oct(m.mode), m.mtime) for m in archive.getmembers()
        }
        assert archive.getnames() == [
            "manifest.json",
            f"exercises/{KEY}.cpp",
            f"exercises/{OTHER_KEY}.cpp",
        ]
    assert facts == {(0, 0, "", "", "0o644", 1795291200)}


KEYS = st.sampled_from([KEY, OTHER_KEY, "01-basics/01-predict-lifecycle"])


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    st.dictionaries(KEYS, st.binary(min_size=1, max_size=3000), min_size=1), st.text(max_size=30)
)
def test_what_is_packed_comes_out_again(answers: dict[str, bytes], name: str) -> None:
    mine = replace(told(answers), name=manifest.plain_text(name))

    contents = unpack(packing.pack(mine, answers))

    assert manifest.decode(contents.files.pop("manifest.json")) == mine
    assert manifest.verify(mine, contents.files) == []
    kept = {f"exercises/{key}.cpp": content for key, content in answers.items()}
    left = {name.split(",")[0].removeprefix("left out: ") for name in contents.notes}
    assert {**contents.files, **{name: kept[name] for name in left}} == kept
