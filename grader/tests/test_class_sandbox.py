# The walls of the sandbox: each stands, and the canary notices when one of them is taken away.
from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from lab import build, process, sandbox_layers, sandbox_stage, sandbox_words
from lab.answer import Answer
from lab.course import Exercise, load
from lab.errors import BrokenBox, LabError
from lab.grade import grade_with, targets_for
from lab.judge import Options
from lab.places import Places, find_places
from lab.sandbox import Sandbox, make_shell, understand
from lab.sandbox_cgroups import find_cgroups
from lab.sandbox_layers import open_sandbox, probe
from lab.sandbox_stage import Stage, staged

ROOT = Path(__file__).resolve().parents[2]
SHELL = sandbox_words.Shell(Path("/box"), "/bwrap", Path("/run-world"), Path("/compile-world"))
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
Words = list[str]


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A temporary folder that everybody may enter, as /tmp is and pytest's own is not."""
    tmp_path_factory.getbasetemp()  # made now, so that it does not lie in ours
    with (
        tempfile.TemporaryDirectory(prefix="lab-sandbox-") as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        Path(folder).chmod(0o755)
        patch.setattr(tempfile, "tempdir", folder)
        patch.setenv("TMPDIR", folder)
        yield Path(folder)


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return load(ROOT).find_one("01-4")


@pytest.fixture(scope="module")
def tools(exercise: Exercise) -> build.Toolbox:
    return build.prepare(find_places(ROOT), targets_for([exercise], Options()), quiet=True)


@pytest.fixture(scope="module")
def stage(temporary: Path, tools: build.Toolbox, exercise: Exercise) -> Iterator[Stage]:
    """Made as by a careful teacher, whose files are nobody else's business."""
    before = os.umask(0o077)
    try:
        with staged(tools, [exercise]) as made:
            yield made
    finally:
        os.umask(before)


@pytest.fixture(scope="module")
def sandbox(tools: build.Toolbox, stage: Stage) -> Sandbox:
    try:
        return open_sandbox(tools, stage)
    except LabError as error:
        pytest.skip(str(error))


def verdict(
    sandbox: Sandbox, tools: build.Toolbox, ex: Exercise, text: str, worker: int = 0
) -> tuple[str, str]:
    with sandbox.job(worker) as box:
        answer = Answer(Path("/home/student/answer.cpp"), text.encode())
        options = Options(seed=3, cases=2, box=box)
        result = grade_with(Places(ROOT, ROOT / ".lab"), tools, ex, answer, options)
    return result.verdict, result.message


def test_the_program_stands_last_and_once_in_a_runs_words() -> None:
    words = sandbox_words.runner_words(SHELL, 61003, {"cpu": 5})
    filled = sandbox_words.fill(words, {"program": "/jobs/p", "status": "6"})

    assert words[:2] == ["/box", "enter"] and words[-1] == "/lab-box/program"
    assert filled.count("/jobs/p") == 1 and "6" in filled and "{status}" not in filled
    assert filled[filled.index("--uid") + 1] == "61003"
    assert filled.index("--uid") < filled.index("/bwrap") < filled.index("init")


def test_without_bubblewrap_the_program_is_the_callers_own_child() -> None:
    words = sandbox_words.runner_words(replace(SHELL, bwrap=None), 61003, {})

    assert words[-1] == "{program}" and "init" not in words and "nproc=80" in words


@pytest.mark.parametrize(
    ("report", "status", "timed_out", "expected"),
    [
        (["started", "ended 0"], 0, False, (0, 0, "")),
        (["started", "started", "ended 256"], 0, False, (1, 1, "")),
        (["started", "ended 11"], 0, False, (-11, 0, "")),
        (["direct"], 3, False, (3, 0, "")),
        (["started"], -9, True, (-9, 0, "")),
        (["started"], 137, False, (-9, 0, "it was killed")),
        ([], 1, False, (1, 0, "the sandbox does not start: bwrap: no")),
        (["failed no compiler"], 125, False, (125, 0, "the sandbox does not start: no compiler")),
    ],
)
def test_a_report_tells_how_the_command_ended_and_whose_fault_it_is(
    report: list[str], status: int, timed_out: bool, expected: tuple[int, int, str]
) -> None:
    done = process.Finished(status, "bwrap: no\n", "", False, timed_out, 0.1)

    told, index, fault = understand(done, report)

    assert (told.status, index, fault) == expected


def test_the_stage_can_be_read_by_all_and_holds_no_solution_and_no_check(
    stage: Stage, exercise: Exercise
) -> None:
    course = stage.compile_world / str(ROOT).lstrip("/")
    copied = [path for path in course.rglob("*") if path.is_file()]
    names = {path.name for path in course.glob("grader/checks/**/*")}

    assert exercise.driver.name in names and "check.cpp" not in names and "wrong" not in names
    assert not (course / "solutions").exists() and not (course / "lessons").exists()
    assert any(path.suffix == ".gch" for path in copied) or shutil.which("g++") is None
    for path in [*copied, *stage.run_world.rglob("*"), stage.jobs, *copied[0].parents]:
        if path.is_relative_to(stage.folder) and not path.is_symlink():
            assert path.stat().st_mode & 0o444 == 0o444, path
            assert not path.is_dir() or path.stat().st_mode & 0o111 == 0o111, path


def test_the_names_that_an_answer_cannot_take_over(stage: Stage) -> None:
    names = set((stage.compile_world / "lab-box/local-names").read_text().split())

    assert {"write", "getenv", "nanosleep", "__cxa_throw", "__asan_default_options"} <= names
    assert any("aio" in name and name.startswith("_ZN") for name in names)
    assert not {"main", "lab_entry", "_Znwm"} & names


def test_stages_of_dead_runs_are_removed_and_those_in_use_stay(temporary: Path) -> None:
    dead, living = temporary / "lab-class-dead", temporary / "lab-class-living"
    for folder in (dead, living):
        (folder / "jobs").mkdir(parents=True)
    with sandbox_stage.held(living):
        sandbox_stage.remove_stale()
        assert living.exists() and not dead.exists()
    shutil.rmtree(living)


def test_a_new_folder_that_another_run_takes_for_a_dead_one_is_made_again(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, made = tempfile.mkdtemp, list[str]()

    def taken_twice(prefix: str) -> str:
        made.append(real(prefix=prefix))
        if len(made) < 3:
            sandbox_stage.remove_stale()  # as another run does, at the worst moment
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", taken_twice)
    with sandbox_stage.own_folder() as folder:
        assert str(folder) == made[2] and folder.is_dir()
    assert not any(Path(name).exists() for name in made)


@AS_ROOT
def test_a_private_temporary_folder_is_refused(
    tools: build.Toolbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with pytest.raises(LabError, match=f"may not enter {tmp_path}: set TMPDIR"):
        with staged(tools, []):
            pass


@pytest.mark.parametrize(("user", "way_out"), [(0, "--reduced"), (1000, "--trust")])
def test_without_bubblewrap_a_class_run_refuses_and_says_what_to_do(
    tools: build.Toolbox, stage: Stage, monkeypatch: pytest.MonkeyPatch, user: int, way_out: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    with pytest.raises(LabError) as told:
        probe(tools, stage, find_cgroups(), bwrap=None, allow_reduced=user != 0, trust=False)

    assert "bubblewrap is missing" in str(told.value) and way_out in str(told.value)
    assert "\n" not in str(told.value) and "python3-bubblewrap" not in str(told.value)


def test_a_bubblewrap_that_does_not_work_is_told_apart(tools: build.Toolbox, stage: Stage) -> None:
    with pytest.raises(LabError, match="bubblewrap does not work here .*user namespaces"):
        probe(tools, stage, find_cgroups(), bwrap="/bin/false", allow_reduced=False, trust=False)


def test_trust_runs_without_any_wall_and_says_so(tools: build.Toolbox, stage: Stage) -> None:
    made = probe(tools, stage, find_cgroups(), bwrap=None, allow_reduced=False, trust=True)

    assert made.isolation.mode == "none" and not any(one.on for one in made.isolation.layers)
    with made.job(0) as box:
        assert box is None


@AS_ROOT
def test_reduced_isolation_still_has_a_user_and_limits_of_its_own(
    tools: build.Toolbox, stage: Stage, exercise: Exercise
) -> None:
    made = probe(tools, stage, find_cgroups(), bwrap=None, allow_reduced=True, trust=False)
    on = {one.name for one in made.isolation.layers if one.on}
    solution = exercise.solution.read_text(encoding="utf-8")
    crash = solution + "\nnamespace { int crash = (__builtin_trap(), 0); }\n"

    assert made.isolation.mode == "reduced"
    assert {"own user", "memory limit", "process limit", "file limit", "system calls"} <= on
    assert not {"files", "network"} & on
    assert verdict(made, tools, exercise, solution) == ("accepted", "")
    assert verdict(made, tools, exercise, crash)[0] == "crashed"


def without(*gone: str) -> Callable[[Words], Words]:
    return lambda words: [word for word in words if word not in gone]


def instead(old: str, *new: str) -> Callable[[Words], Words]:
    def change(words: Words) -> Words:
        assert old in words, f"{old} does not stand in the words any more"
        at = words.index(old)
        return [*words[:at], *new, *words[at + 1 :]]

    return change


def large_files(words: Words) -> Words:
    """Neither the kernel's limit nor the size of the folder for work is left."""
    sized = without("--size", str(sandbox_words.WORK_BYTES))(words)
    return instead("fsize=16777216", "fsize=99999999")(sized)


def keeping(fd: int) -> Callable[[Words], Words]:
    """Both lab-box enter and lab-box init let the descriptor through."""
    keep = ("--keep", str(fd))
    return lambda words: instead("--filter", "--filter", *keep)(
        instead("--plain-environment", "--plain-environment", *keep)(words)
    )


@pytest.mark.parametrize(
    ("layer", "change"),
    [
        ("files", instead("--chdir", "--ro-bind", tempfile.gettempdir(), "/tmp", "--chdir")),
        ("files", instead("--chdir", "--tmpfs", "/etc", "--chdir")),
        ("network", instead("--unshare-all", "--unshare-pid", "--unshare-ipc")),
        ("processes", instead("--proc", "--ro-bind", "/proc")),
        ("namespaces", without("--disable-userns", "--filter")),
        ("system calls", without("--filter")),
        ("environment", without("--plain-environment")),
        ("work folder", without("--size", str(sandbox_words.WORK_BYTES))),
        ("process limit", instead("nproc=80", "nproc=200")),
        ("memory limit", instead("data=268435456", "data=2368435456")),
        ("file limit", large_files),
        ("descriptors", keeping(sandbox_layers.INHERITED)),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_the_canary_notices_a_missing_wall(
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    layer: str,
    change: Callable[[Words], Words],
) -> None:
    build_words = Sandbox.runner_words
    monkeypatch.setattr(
        Sandbox, "runner_words", lambda self, worker, **kw: change(build_words(self, worker, **kw))
    )
    with sandbox.job(0) as box:
        assert box is not None
        if layer in sandbox_layers.LOOKS:
            found = sandbox_layers.look(box).layer(layer, sandbox_layers.LOOKS[layer])
        else:
            found = next(x for x in sandbox_layers.limit_layers(box) if x.name == layer)
    assert not found.on and "not tried" not in found.why, found


def test_a_sandbox_that_fails_is_the_graders_fault_and_never_a_verdict(
    sandbox: Sandbox, tools: build.Toolbox, exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    solution = exercise.solution.read_text(encoding="utf-8")
    broken = replace(sandbox, shell=replace(sandbox.shell, bwrap="/bin/false"))
    assert verdict(broken, tools, exercise, solution)[0] == "grader-error"

    words = [str(sandbox.shell.box), "enter", "--keep", "{status}", "--", "/bin/false"]
    monkeypatch.setattr(Sandbox, "runner_words", lambda self, worker, **kw: words)
    got, message = verdict(sandbox, tools, exercise, solution)
    assert got == "grader-error" and "the sandbox did not start" in message


def test_a_compilers_result_is_taken_only_if_it_is_an_ordinary_file(sandbox: Sandbox) -> None:
    with sandbox.job(0) as box:
        assert box is not None
        (box.folder / "answer.program").symlink_to("/bin/true")
        with pytest.raises(BrokenBox, match="no ordinary file"):
            box.take("answer.program")
        with pytest.raises(BrokenBox, match="left no"):
            box.take("something")


def test_workers_do_not_get_in_each_others_way(
    sandbox: Sandbox, tools: build.Toolbox, exercise: Exercise
) -> None:
    solution = exercise.solution.read_text(encoding="utf-8")
    crash = solution + "\nnamespace { int crash = (__builtin_trap(), 0); }\n"
    with ThreadPoolExecutor(max_workers=2) as pool:
        right = pool.submit(verdict, sandbox, tools, exercise, solution, 0)
        wrong = pool.submit(verdict, sandbox, tools, exercise, crash, 1)
    assert right.result() == ("accepted", "")
    assert wrong.result()[0] == "crashed"


AS_NOBODY = """
import os, sys, tempfile
sys.path.insert(0, sys.argv[1] + "/grader/tests")
from test_class_sandbox import *
ex = load(ROOT).find_one("01-4")
tools = build.read_toolbox(Places(ROOT, ROOT / ".lab"))
with staged(tools, [ex]) as stage:
    made = open_sandbox(tools, stage)
    print(made.isolation.mode, sorted(one.name for one in made.isolation.layers if not one.on))
    solution = ex.solution.read_text()
    print(verdict(made, tools, ex, solution))
    print(verdict(made, tools, ex, solution + "namespace { int x = (__builtin_trap(), 0); }")[0])
"""


@AS_ROOT
def test_an_ordinary_user_gets_all_walls_but_the_two_that_only_root_can_build(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    for folder in (ROOT, *ROOT.parents, find_places(ROOT).build):
        if not folder.stat().st_mode & 0o001:
            pytest.skip(f"nobody else may enter {folder}")
    command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-B"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "grader"), "HOME": "/nonexistent"}
    env |= {"TMPDIR": "/tmp", "XDG_CACHE_HOME": "/nonexistent"}
    done = subprocess.run(
        [*command, "-c", AS_NOBODY, str(ROOT)],
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == [
        "full ['control group', 'own user']",
        "('accepted', '')",
        "crashed",
    ], done.stderr
