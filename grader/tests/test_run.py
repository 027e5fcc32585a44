# run, trace, predict and compare, with answers that speak the harness's protocol.
from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import fake_build

from lab import build
from lab.commands import predict, run
from lab.places import Places

Lab = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]

# The fake compiler turns an answer into itself, so a script is both source and program.
PROGRAM = f"""#!{sys.executable}
import json, os, re
LINES = [(0, "start"), (100, "soup"), (300, "bread")]
if "LAB_FDS" not in os.environ:
    for t, text in LINES:
        print(f"[{{t:5}}] {{text}} seed {{os.environ['LAB_SEED']}} {{os.environ['LAB_CLOCK']}}")
    raise SystemExit
given, out = (int(fd) for fd in os.environ["LAB_FDS"].split(","))
seed, nonce = re.match("seed=(.*) clock=.* nonce=(.*)", os.read(given, 200).decode()).groups()
events = [{{"ev": "task.new", "t": 0, "task": 1, "name": "main", "fn": "main"}},
          {{"ev": "task.begin", "t": 0, "task": 1}}]
events += [{{"ev": "say", "t": t * 1000, "text": text, "task": 1}} for t, text in LINES]
events += [{{"ev": "trace.end", "t": 300000, "exit": "ok"}}]
for event in events + [{{"closing": nonce, "events": len(events)}}]:
    os.write(out, json.dumps(event).encode() + b"\\n")
"""
EARLY = PROGRAM.replace("events + [{", "events[:3] + 0 * [{")


@pytest.fixture
def solved(root: Path, answer: Write) -> Path:
    """A student's answer that lacks a line, and the right solution beside it."""
    (root / "solutions/01-basics/04-fix-one-after-another.cpp").write_text(PROGRAM)
    return answer(PROGRAM.replace('(100, "soup"), ', ""))


def test_run_shows_what_the_program_prints(lab: Lab, solved: Path) -> None:
    code, out, err = lab("run", "01-4", "--seed", "3", "--real-time")

    assert (code, err) == (0, "")
    assert out == "[    0] start seed 3 real\n[  300] bread seed 3 real\n"


def test_run_tells_of_a_bad_end(lab: Lab, answer: Write) -> None:
    answer(f"#!{sys.executable}\nimport os; os.abort()\n")

    code, _, err = lab("run", "01-4")

    assert code == 1 and "lab: 01-4 was ended by signal 6" in err


def test_run_of_an_answer_that_does_not_compile_says_so_in_one_line(
    lab: Lab, answer: Write
) -> None:
    answer("BROKEN")

    code, out, err = lab("run", "01-4")

    assert (code, out) == (1, "")
    assert err.startswith("lab: 01-4 does not compile. Line 3: a `;` is missing")
    assert len(err.splitlines()) == 1


def test_trace_draws_lanes_and_tells_events(lab: Lab, solved: Path) -> None:
    code, out, err = lab("trace", "01-4")

    assert (code, err) == (0, "")
    assert out.startswith("t (ms)      0         100       200       300\n")
    assert '[  300] turn   0  "bread"' in out


def test_trace_prints_json_lines(lab: Lab, solved: Path) -> None:
    code, out, _ = lab("trace", "01-4", "--format", "json")

    assert code == 0
    assert [json.loads(line)["ev"] for line in out.splitlines()][-1] == "trace.end"


def test_trace_of_a_program_that_leaves_early_says_so(lab: Lab, answer: Write) -> None:
    answer(EARLY)

    code, out, err = lab("trace", "01-4")

    assert code == 1
    assert '"start"' in out
    assert "the program ended early" in err


def test_compare_asks_first(lab: Lab, solved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Nobody:
        def isatty(self) -> bool:
            return False

        def readline(self, size: int = -1) -> str:
            return ""

    monkeypatch.setattr("sys.stdin", Nobody())

    code, out, err = lab("compare", "01-4")

    assert (code, out.strip()) == (2, "")
    assert "./lab compare 01-4 --yes shows it" in err


def test_compare_shows_code_and_timelines(
    lab: Lab, solved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = lab("compare", "01-4", "--yes")

    assert code == 0
    assert '-LINES = [(0, "start"), (300, "bread")]' in out
    assert '+LINES = [(0, "start"), (100, "soup"), (300, "bread")]' in out
    assert "  > [  100] soup                        | [  300] bread" in out
    monkeypatch.setenv("COLUMNS", "140")
    assert "yours" in lab("compare", "01-4", "--yes")[1]


def test_compare_after_acceptance_does_not_ask(lab: Lab, root: Path, answer: Write) -> None:
    answer(PROGRAM)
    (root / "solutions/01-basics/04-fix-one-after-another.cpp").write_text(PROGRAM)
    assert lab("check", "01-4")[0] == 0

    code, out, _ = lab("compare", "01-4")

    assert code == 0 and "(the two are the same)" in out


def predict_with(lab: Lab, monkeypatch: pytest.MonkeyPatch, typed: str) -> tuple[int, str, str]:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return lab("predict", "01-4")


def right_order(out: str) -> str:
    """The numbers under which the right lines were shown."""
    shown = {}
    for line in out.split("Its lines, shuffled:")[1].splitlines():
        words = line.split()
        if len(words) == 2 and words[0].isdigit():
            shown[words[1]] = words[0]
    return " ".join(shown[text] for text in ("start", "soup", "bread"))


def test_predict_asks_before_it_shows(
    lab: Lab, solved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(predict, "shuffle", lambda lines, seed: list(reversed(lines)))
    code, out, err = predict_with(lab, monkeypatch, "")
    assert code == 2
    assert "[  100] soup" not in out and "give the numbers 1 to 3, each once" in err
    order = right_order(out)

    code, out, _ = predict_with(lab, monkeypatch, order[::-1])
    assert code == 1
    assert "  > [    0] start" in out and "you said: bread" in out and "Not yet." in out

    code, out, _ = predict_with(lab, monkeypatch, order)
    assert code == 0
    assert "[  100] soup" in out and "Right: 70 %" in out


def test_predict_hides_the_transcript_in_the_comment_and_keeps_the_task() -> None:
    text = "// With A (3 ms) it must be\n//   [    0] A: in\n//   [    3] A: out\n//\n// Rules: R1\nint x;\n"

    shown = predict.without_answer(text)

    assert shown == [
        "// With A (3 ms) it must be",
        predict.HIDDEN,
        "//",
        "// Rules: R1",
        "int x;",
    ]


def test_predict_shows_no_transcript(
    lab: Lab, root: Path, solved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    solved.write_text("// must be\n//   [    0] start\n//   [  300] soup\nint answer();\n")

    out = predict_with(lab, monkeypatch, "")[1]

    assert "int answer();" in out and "[  300] soup" not in out


@pytest.fixture
def demo(root: Path) -> Path:
    """A lesson's program, in the fake compiler's language."""
    path = root / "lessons/01-basics/hello.cpp"
    path.write_text(PROGRAM)
    fake_build(root)
    return path


def test_a_demo_that_was_changed_is_built_again(demo: Path, places: Places) -> None:
    assert build.is_fresh(places, ["lab-core"])

    demo.write_text(PROGRAM + "# changed\n")

    assert not build.is_fresh(places, ["lab-core"])


def test_trace_takes_a_demo(lab: Lab, demo: Path) -> None:
    code, out, err = lab("trace", "01-basics/hello")

    assert (code, err) == (0, "")
    assert '[  300] turn   0  "bread"' in out
    assert [p.name for p in (demo.parents[2] / ".lab/audit").iterdir()] == ["timeline-hello"]


def test_a_demo_s_trace_takes_no_other_file(lab: Lab, demo: Path) -> None:
    code, _, err = lab("trace", "hello", "--file", "x.cpp")

    assert code == 2 and "--file goes with an exercise" in err


@pytest.mark.parametrize("command", ["run", "trace", "predict"])
def test_a_misspelt_demo_is_told_the_nearest_demo(lab: Lab, demo: Path, command: str) -> None:
    code, _, err = lab(command, "01-basics/helo")

    assert code == 2
    assert err == "lab: there is no program '01-basics/helo': did you mean 01-basics/hello?\n"


# Leaves a child in a session of its own, which outlives a signal to the program's group.
STRAY = f"""#!{sys.executable}
import os, signal, sys
given, taken = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        open("stray", "w").write(str(os.getpid()))
        os.closerange(0, 256)  # nobody waits for the end of a pipe that this one holds
        signal.pause()
    os._exit(0)
os.close(taken)
os.read(given, 1)  # the end of file comes when all others have closed it
"""


def stray_of(root: Path) -> Path:
    return Path("/proc") / (root / "stray").read_text()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux adopts orphans")
@pytest.mark.parametrize("command", ["run", "trace"])
def test_nothing_that_the_program_started_stays_behind(
    lab: Lab, root: Path, answer: Write, command: str
) -> None:
    answer(STRAY)

    lab(command, "01-4")

    assert not stray_of(root).exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux adopts orphans")
def test_ctrl_c_ends_what_the_program_started(root: Path, answer: Write) -> None:
    answer(STRAY + "print('started', flush=True)\nsignal.pause()\n")
    command = [sys.executable, "-m", "lab", "run", "01-4"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None and child.stdout.readline() == "started\n"

    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=20)

    assert (child.returncode, err.strip()) == (130, "lab: stopped")
    assert not stray_of(root).exists()


def test_a_run_in_virtual_time_has_a_limit(
    lab: Lab, answer: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "WALL_SECONDS", 1)
    answer(f"#!{sys.executable}\nimport signal; signal.pause()\n")

    code, _, err = lab("run", "01-4")

    assert (code, err) == (1, "lab: 01-4 was stopped after 1 s: in virtual time it hangs\n")
