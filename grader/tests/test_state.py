# Nothing of the student is ever lost: progress, stubs, backups, locks, read-only checkouts.
from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from lab import course, places, pristine, progress, state, text
from lab.errors import LabError
from lab.places import Places

Lab = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]
KEY = "01-basics/04-fix-one-after-another"


def test_reset_and_undo_lose_nothing(lab: Lab, answer: Write) -> None:
    file = answer("int first();")
    stub = "// TODO(1): the stub of 01-basics/04-fix-one-after-another\nint stub();\n"

    code, out, _ = lab("reset", "01-4")

    assert code == 0 and "kept as .lab/backup/" in out
    assert file.read_text() == stub
    lab("undo", "01-4")
    assert file.read_text() == "int first();"
    file.write_text("int second();")
    lab("reset", "01-4")
    lab("undo", "01-4")
    assert file.read_text() == "int second();"
    lab("undo", "01-4")
    assert file.read_text() == "int first();"
    code, _, err = lab("undo", "01-4")
    assert code == 2 and "has no earlier version" in err
    assert file.read_text() == "int first();"


def test_redo_takes_undo_back_step_by_step(lab: Lab, answer: Write) -> None:
    file = answer("int first();")
    lab("reset", "01-4")
    file.write_text("int second();")
    lab("reset", "01-4")
    file.write_text("int third();")

    code, out, _ = lab("undo", "01-4")
    assert file.read_text() == "int second();"
    assert code == 0 and "./lab undo 01-4 --redo" in out
    lab("undo", "01-4")
    assert file.read_text() == "int first();"

    for wanted in ("int second();", "int third();"):
        assert lab("undo", "01-4", "--redo")[0] == 0
        assert file.read_text() == wanted


def test_redo_of_the_undo_of_a_reset_is_the_stub_and_nothing_comes_after(
    lab: Lab, answer: Write
) -> None:
    file = answer("int first();")
    (lab("reset", "01-4"), lab("undo", "01-4"))

    assert lab("undo", "01-4", "--redo")[0] == 0
    assert "int stub();" in file.read_text()
    code, _, err = lab("undo", "01-4", "--redo")
    assert code == 2 and "has no later version" in err
    file.write_text("int other();")
    assert lab("undo", "01-4", "--redo")[0] == 2
    assert file.read_text() == "int other();"


def test_undo_after_the_reset_of_an_old_text_brings_back_that_text(lab: Lab, answer: Write) -> None:
    file = answer("int a();")
    lab("reset", "01-4")
    file.write_text("int b();")
    lab("reset", "01-4")
    file.write_text("int a();")

    (lab("reset", "01-4"), lab("undo", "01-4"))

    assert file.read_text() == "int a();"


def test_undo_keeps_what_stood_there(lab: Lab, answer: Write, places: Places) -> None:
    file = answer("int old();")
    lab("reset", "01-4")
    file.write_text("int unsaved_work();")

    lab("undo", "01-4")

    kept = [path.read_text() for path in (places.backup / KEY).iterdir()]
    assert file.read_text() == "int old();"
    assert "int unsaved_work();" in kept


def test_reset_brings_a_deleted_file_back(lab: Lab, answer: Write) -> None:
    file = answer("int x();")
    file.unlink()

    assert lab("reset", "01-4")[0] == 0
    assert "int stub();" in file.read_text()


def test_the_stub_comes_from_git_when_the_file_was_edited_before_the_first_start(
    root: Path, places: Places
) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for arguments in (["init", "-q"], ["add", "exercises"], ["commit", "-qm", "stubs"]):
        subprocess.run([*git, *arguments], cwd=root, check=True)
    file = root / f"exercises/{KEY}.cpp"
    file.write_text("int edited();")

    pristine.save_stubs(places, course.load(root))

    assert "int stub();" in (places.pristine / f"{KEY}.cpp").read_text()


@pytest.mark.parametrize("later, kept", [(0, True), (1000, False)])
def test_a_file_edited_before_the_first_start_is_no_stub(
    root: Path, places: Places, later: int, kept: bool
) -> None:
    file = root / f"exercises/{KEY}.cpp"
    moment = (root / "lessons/RULES.md").stat().st_mtime + later
    os.utime(file, (moment, moment))

    pristine.save_stubs(places, course.load(root))

    assert (places.pristine / f"{KEY}.cpp").exists() == kept


def test_damaged_progress_is_put_aside_and_said(lab: Lab, places: Places) -> None:
    places.progress.write_text('{"exercises": {"x": ')

    code, out, err = lab("list")

    assert code == 0 and "01-4" in out
    assert "was damaged" in err and len(err.splitlines()) == 1
    assert (places.state / "progress.broken.json").exists()


def test_an_update_that_fails_leaves_the_old_file(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress.update(places, lambda now: now.record("a").note_verdict("accepted", ""))
    before = places.progress.read_bytes()

    def no_space(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(state.os, "replace", no_space)
    with pytest.raises(LabError, match="No space left"):
        progress.update(places, lambda now: now.record("b").note_verdict("hang", ""))

    assert places.progress.read_bytes() == before
    assert not [p for p in places.state.iterdir() if p.name.endswith(".new")]


def test_two_at_once_wait_for_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "lock"
    taken = "import fcntl,os,sys\nfd=os.open(sys.argv[1],os.O_RDWR|os.O_CREAT)\n"
    taken += "fcntl.flock(fd,fcntl.LOCK_EX)\nprint('held',flush=True)\nsys.stdin.read()\n"
    holder = subprocess.Popen(
        ["/usr/bin/python3", "-c", taken, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
    assert holder.stdin is not None

    class Closing:
        """Says `waiting` by letting the other go, so that the test needs no clock."""

        def write(self, text: str) -> None:
            assert holder.stdin is not None
            holder.stdin.close()

        def flush(self) -> None:
            pass

    import sys

    stderr, sys.stderr = sys.stderr, Closing()  # type: ignore[assignment]
    try:
        with state.locked(lock, "waiting"):
            pass
    finally:
        sys.stderr = stderr
        holder.wait()
        holder.stdout.close()

    assert holder.returncode == 0


def test_a_read_only_checkout_keeps_its_state_in_the_cache_folder(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = str(root)
    monkeypatch.setattr(places, "writable", lambda folder: not str(folder).startswith(below))

    found = places.find_places(root)

    assert found.root == root
    assert found.state.parent == tmp_path / "xdg/event-loop-lab"
    assert found.state.is_dir()


def test_no_place_to_write_gets_one_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "writable", lambda folder: False)

    with pytest.raises(LabError, match="set XDG_CACHE_HOME"):
        places.find_places(root)


def test_hints_climb_the_ladder_and_say_what_they_cost(lab: Lab, answer: Write) -> None:
    outputs = [lab("hint", "01-4")[1] for _ in range(4)]

    assert "Hint 1 of 3" in outputs[0] and "(free)" in outputs[0] and "concept four" in outputs[0]
    assert "8 of 10 points remain" in outputs[1] and "place four" in outputs[1]
    assert "6 of 10 points remain" in outputs[2] and "shape four" in outputs[2]
    assert "Hint 3 of 3" in outputs[3]
    answer("int right();")
    lab("check", "01-4")
    row = json.loads(lab("list", "--json")[1])["exercises"][1]
    assert (row["points"], row["max_points"], row["accepted"]) == (6, 10, True)


def test_home_welcomes_once_and_then_says_where_you_are(lab: Lab, answer: Write) -> None:
    (lab("list"), answer("int right();"), lab("check", "01-4"))

    code, first, _ = lab()
    _, second, _ = lab()

    assert code == 0
    assert first.startswith("Welcome to Event Loop Lab")
    assert second.startswith("1 of 3 exercises accepted, 10 of 20 points.")
    assert "Next: 01-1 predict-lifecycle" in second


def test_next_follows_the_course(lab: Lab, answer: Write) -> None:
    for key in (KEY, "01-basics/01-predict-lifecycle"):
        answer("int right();", key)
    lab("check", "01")

    assert json.loads(lab("next", "--json")[1])["exercise"] == "02-scheduling/01-fix-timers"


def test_read_shows_the_page_plainly_without_a_terminal(lab: Lab) -> None:
    code, out, _ = lab("read", "01")

    assert code == 0
    assert "Basics" in out and "Some text." in out
    assert "\x1b" not in out
    code, _, err = lab("read", "9")
    assert code == 2 and "the lessons are 01-basics, 02-scheduling" in err


@pytest.mark.parametrize("wrong, points", [(0, 5), (1, 4), (2, 2), (5, 2)])
def test_a_prediction_earns_less_at_each_try(root: Path, wrong: int, points: int) -> None:
    ex = course.load(root).find_one("01-1")
    record = progress.Record()
    for verdict in ["does-not-compile", *["wrong-order"] * wrong, "accepted", "wrong-order"]:
        record.note_verdict(verdict, "")

    assert record.points(ex) == points


def test_list_and_the_accepted_report_say_what_an_exercise_counts(lab: Lab, answer: Write) -> None:
    key = "01-basics/01-predict-lifecycle"
    for text in ("// verdict: wrong-time\nint a();", "// verdict: wrong-time\nint b();"):
        answer(text, key)
        lab("check", "01-1")
    answer("int right();", key)

    out = lab("check", "01-1")[1]

    assert "accepted  (5 of 5 points" in out
    assert "  counted: 2 of 5, third try\n" in out
    listed = lab("list")[1]
    assert " 2/5  points" in listed and " 0/10 points" in listed
    assert "A predict exercise counts in full at the first try" in listed


def test_hints_are_named_as_the_reason_and_are_free_once_it_is_accepted(
    lab: Lab, answer: Write
) -> None:
    (lab("hint", "01-4"), lab("hint", "01-4"))
    answer("int right();")

    assert "  counted: 8 of 10, 2 hints\n" in lab("check", "01-4")[1]
    lab("hint", "01-4")
    assert " 8/10 points" in lab("list")[1]


def test_all_points_need_no_account(lab: Lab, answer: Write) -> None:
    answer("int right();")

    assert "counted" not in lab("check", "01-4")[1]


@pytest.mark.parametrize(
    "number, word", [(1, "first"), (3, "third"), (11, "11th"), (21, "21st"), (112, "112th")]
)
def test_ordinals(number: int, word: str) -> None:
    assert text.ordinal(number) == word
