# `./lab bench` with programs that are small scripts: good ones, and each kind of bad one.
from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Lab, write

from lab import build, process
from lab.bench import echo, growth, machine, measure, programs
from lab.bench.catalog import WORKLOADS, select
from lab.bench.course import Copy, copied, exercises
from lab.bench.growth import Point
from lab.bench.measure import Bench, turns
from lab.bench.peers import CROSSINGS, Entry, Peer, Places, asked, find_peers, program
from lab.bench.samples import Findings, Nonsense
from lab.bench.watching import GOAL_MOLD, figures, linker, measured_saves
from lab.commands import bench
from lab.errors import LabFault

TIMERS = "timers_fire"
GOOD = """#!/bin/sh
case $1 in
list) printf 'timers_fire\\nloop_pingpong\\necho\\n' ;;
timers_fire) echo "timers_fire 42.0 ns"; echo "timers_fire_cpu 41.0 ns" ;;
loop_pingpong) echo "loop_pingpong 300 ns" ;;
*) exit 3 ;;
esac
"""
SERVER = f"""#!{sys.executable}
import socket, sys
with socket.create_server(("127.0.0.1", int(sys.argv[-1]))) as server:
    while True:
        server.accept()[0].close()
"""
GENERATOR = """#!/bin/sh
echo "rps 1000 p50_us 20 p99_us 40 all 4600"
"""


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting for a quiet machine: nothing that is measured here is believed."""
    monkeypatch.setattr(machine, "PATIENCE_SECONDS", 0.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "aio-bench", GOOD, program=True)
    return tmp_path


def taken(folder: Path, text: str, wall_seconds: float = 20.0, name: str = TIMERS) -> Findings:
    """What is found out about one program that is the script `text`."""
    path = write(folder / "peer", text, program=True)
    peer = Peer("bad", (str(path),), (str(path), "echo"), frozenset([name, "echo"]))
    findings = Findings()
    limits = process.Limits(cpu_seconds=20, wall_seconds=wall_seconds)
    Bench(folder, findings, lambda line: None, limits).run(list(turns(select([name]), [peer], 2)))
    return findings


def test_a_sample_is_all_rows_of_a_process(folder: Path) -> None:
    findings = taken(folder, GOOD)

    assert findings.failures == {}
    assert [r.value for r in findings.readings["timers_fire", "bad"]] == [42.0, 42.0]
    assert [r.value for r in findings.readings["timers_fire_cpu", "bad"]] == [41.0, 41.0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("#!/bin/sh\nkill -SEGV $$\n", "it crashed: SIGSEGV"),
        ("#!/bin/sh\nexit 3\n", "it ended with status 3"),
        ("#!/bin/sh\necho hello\n", "it printed no row of this workload"),
        ("#!/bin/sh\necho timers_fire quick ns\n", "its timers_fire is 'quick'"),
        ("#!/nowhere/python\n", "No such file or directory"),
    ],
)
def test_a_bad_program_fails_alone_and_once(folder: Path, text: str, why: str) -> None:
    count = folder / "count"
    counted = text.replace("\n", f"\necho x >>'{count}'\n", 1)

    findings = taken(folder, counted)

    assert why in findings.failures[TIMERS, "bad"]
    assert findings.readings == {}
    assert not count.exists() or count.read_text() == "x\n"


def test_a_program_that_hangs_is_stopped_with_all_that_it_started(folder: Path) -> None:
    note = folder / "pid"
    hanging = f"#!/bin/sh\nsleep 300 & echo $! >'{note}'\nwait\n"
    begun = time.monotonic()

    findings = taken(folder, hanging, wall_seconds=0.3)

    assert "it was stopped after" in findings.failures[TIMERS, "bad"]
    assert time.monotonic() - begun < 10
    with pytest.raises(ProcessLookupError):
        while time.monotonic() - begun < 10:
            os.kill(int(note.read_text()), 0)
            time.sleep(0.01)


def test_a_disturbed_sample_is_taken_once_more(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = iter([5.0, 0.0, 3.0, 2.0])
    monkeypatch.setattr(machine.Watch, "foreign_cores", lambda self: next(foreign))

    findings = taken(folder, GOOD)

    readings = findings.readings["timers_fire", "bad"]
    assert [(r.foreign, r.disturbed) for r in readings] == [(0.0, False), (2.0, True)]


def test_an_interrupt_keeps_what_was_measured(folder: Path) -> None:
    path = str(folder / "aio-bench")
    peer = Peer("aio", (path,), (path, "echo"), frozenset([TIMERS]))
    findings, said = Findings(), []

    def tell(line: str) -> None:
        said.append(line)
        if len(said) == 2:
            raise KeyboardInterrupt

    whole = Bench(folder, findings, tell).run(list(turns(select([TIMERS]), [peer], 5)))

    assert not whole
    assert len(findings.readings["timers_fire", "aio"]) == 1


def test_a_server_is_loaded_and_its_time_counted(folder: Path) -> None:
    write(folder / echo.GENERATOR, GENERATOR, program=True)

    findings = taken(folder, SERVER, name="tcp_echo_64")

    assert findings.failures == {}
    assert [r.value for r in findings.readings["tcp_echo_64", "bad"]] == [1000.0, 1000.0]
    assert findings.readings["tcp_echo_64_p99", "bad"][0].value == 40.0


@pytest.mark.parametrize(
    ("server", "generator", "why"),
    [
        ("#!/bin/sh\nexit 1\n", GENERATOR, "the server ended at once"),
        ("#!/bin/sh\nsleep 30\n", GENERATOR, "the server does not listen"),
        (SERVER, "#!/bin/sh\necho stalled >&2; exit 1\n", "the load generator gave up: stalled"),
        (SERVER, "#!/bin/sh\necho fine\n", "the load generator said nothing of use"),
    ],
)
def test_a_bad_server_or_generator_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, server: str, generator: str, why: str
) -> None:
    monkeypatch.setattr(echo, "START_SECONDS", 0.3 if "sleep" in server else 10.0)
    write(folder / echo.GENERATOR, generator, program=True)

    assert taken(folder, server, name="tcp_echo_64").failures == {("tcp_echo_64", "bad"): why}


def test_programs_say_what_they_have(folder: Path) -> None:
    write(folder / "mute", "#!/bin/sh\nexit 1\n", program=True)
    register = [
        Entry("aio", program("aio", "aio-bench")),
        Entry("calm", program("calm", "aio-bench", CROSSINGS)),
        Entry("mute", program("mute", "mute"), "mute-dev"),
        Entry("gone", program("gone", "peer-gone"), "gone-dev"),
    ]

    here, missing = find_peers(Places(folder, folder), register)

    assert [(p.name, sorted(p.workloads)) for p in here] == [
        ("aio", ["echo", "loop_pingpong", "timers_fire"]),
        ("calm", ["echo", "timers_fire"]),
    ]
    assert [entry.name for entry in missing] == ["mute", "gone"]
    assert asked("none", (str(folder / "none"),)) is None


@pytest.fixture
def built(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course with benchmarks that need no compiler; nothing else is on this machine."""
    made = root / ".lab/bench/bin"
    write(made / "aio-bench", GOOD, program=True)
    write(made / "peer-libuv", GOOD.replace("42.0", "84.0"), program=True)
    monkeypatch.setattr(programs, "prepare", lambda places, targets: made)
    return made


def test_json_is_one_object_a_line(lab: Lab, built: Path) -> None:
    code, out, err = lab("bench", TIMERS, "--json", "--reps", "3")

    told = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(r["workload"], r["peer"], r["value"], r["unit"]) for r in told] == [
        ("timers_fire", "aio", 42.0, "ns"),
        ("timers_fire_cpu", "aio", 41.0, "ns"),
    ]
    assert "3 samples, 1 programs: about" in err


def test_the_table_names_the_best_peer_and_what_is_missing(lab: Lab, built: Path) -> None:
    code, out, err = lab("bench", "timers_fire", "loop_pingpong", "--peers", "--reps", "1")

    assert code == 0  # though a goal is missed
    row = next(line.split() for line in out.splitlines() if line.startswith("timers_fire "))
    assert row == "timers_fire ns 42.0 84.0 libuv 0.50 <= 0.34 best no".split()
    assert "0 of 2 goals are met" in out
    assert "not on this machine: asio, asio_nolock, libev" in err and "libev-dev" in err


def test_tcp_is_left_out_without_the_generator(lab: Lab, built: Path) -> None:
    code, out, err = lab("bench", "tcp_echo_64", TIMERS, "--reps", "1", "--json")

    assert (code, len(out.splitlines())) == (0, 2)
    assert "without TCP: load-generator was not built" in err


def test_unknown_names_are_said_before_anything_is_built(lab: Lab, root: Path) -> None:
    code, out, err = lab("bench", "timer_fire")

    assert (code, out) == (2, "")
    assert "did you mean timers_fire?" in err and len(err.splitlines()) == 1


def test_without_our_own_program_it_is_a_fault(lab: Lab, built: Path) -> None:
    (built / "aio-bench").unlink()

    code, _, err = lab("bench", TIMERS)

    assert code == 3 and "does not run" in err


def test_each_part_has_help_with_an_example(lab: Lab) -> None:
    for words in (["--help"], ["course", "--help"], ["--no-color", "growth", "--help"]):
        code, out, _ = lab("bench", *words)
        assert code == 0 and "Example: ./lab bench" in out


def test_a_moved_build_is_made_anew(
    places: object, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lab.places import Places as LabPlaces

    assert isinstance(places, LabPlaces)
    steps: list[list[str]] = []
    monkeypatch.setattr(build, "require_tools", lambda: "cmake")
    monkeypatch.setattr(build, "step", lambda p, progress, command, name: steps.append(command))
    old = "CMAKE_HOME_DIRECTORY:INTERNAL=/elsewhere/runtime/bench\n"
    cache = write(programs.folder(places) / "CMakeCache.txt", old)

    assert programs.prepare(places, ["aio-bench"]) == root / ".lab/bench/bin"
    assert not cache.exists()
    assert [command[-1] for command in steps] == ["Ninja", "aio-bench"]


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
    from lab.bench.course import Figure

    told = [Figure("save", 0.25, 0.3, 5), Figure("again", 9.0)]
    monkeypatch.setattr(bench, "course_figures", lambda *a, **k: iter(told))

    code, out, _ = lab("bench", "course", "--json")

    assert code == 0
    assert [json.loads(line)["met"] for line in out.splitlines()] == [True, None]
    assert "<= 0.3" in lab("bench", "course")[1]


def test_an_interrupted_measurement_shows_what_there_is(
    lab: Lab, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = Bench.take, []

    def take(self: Bench, turn: measure.Turn) -> None:
        calls.append(turn)
        if len(calls) == 3:
            signal.raise_signal(signal.SIGINT)
        real(self, turn)

    monkeypatch.setattr(Bench, "take", take)

    code, out, err = lab("bench", TIMERS, "--json")

    assert (code, len(out.splitlines())) == (130, 2)
    assert json.loads(out.splitlines()[0])["samples"] == 2
    assert "stopped" in err
