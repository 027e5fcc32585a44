# A small course with a fake compiler and a fake checker, so that tests of the grader need no C++.
from __future__ import annotations

import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lab import build, cli, process, rules
from lab.places import Places

Lab = Callable[..., tuple[int, str, str]]

LESSON = """
title = "Basics"
[[exercise]]
slug = "01-predict-lifecycle"
title = "Lifecycle"
kind = "predict"
stars = 1
points = 5
minutes = 8
hints = ["concept one", "place one", "shape one"]
[[exercise]]
slug = "04-fix-one-after-another"
title = "One after another"
kind = "fix"
stars = 2
points = 10
minutes = 10
hints = ["concept four", "place four", "shape four"]
  [exercise.beliefs.M02]
  rule = "R1"
  text = "You awaited line {line}, {expected_total} in all."
"""

OTHER_LESSON = """
title = "Scheduling"
[[exercise]]
slug = "01-fix-timers"
title = "Timers"
kind = "fix"
stars = 1
points = 5
minutes = 8
"""

RULES = (
    "# Rules\n\n* **R1 Lazy coroutines.** Calling makes a `Coro` object. None of its body runs.\n"
)

# The fake compiler copies the answer; the linked "program" is the answer's text.
COMPILER = """#!{python}
import os, re, signal, sys
args = sys.argv[1:]
out = args[args.index("-o") + 1]
if "-c" in args:
    source = next(re.fullmatch('-DLAB_ANSWER="(.*)"', a)[1] for a in args if "LAB_ANSWER" in a)
    text = open(source, encoding="utf-8").read()
    if "HANG" in text:
        with open(os.environ["LAB_TEST_FIFO"], "w") as fifo:
            fifo.write(str(os.getpid()))
        signal.pause()
    if "BROKEN" in text:
        print(f"{{source}}:3:5: error: expected ';' before 'x' token", file=sys.stderr)
        sys.exit(1)
    if "NO_ASSEMBLER" in text:
        print("c++: fatal error: cannot execute 'as': execvp: No such file", file=sys.stderr)
        sys.exit(1)
else:
    text = open(args[0], encoding="utf-8").read()
    if "NO_LINKER" in text:
        print("mold: fatal: cannot open some.o: No such file or directory", file=sys.stderr)
        sys.exit(1)
    if "UNDEFINED" in text:
        print("ld: unit.cpp: undefined reference to `total(int)'", file=sys.stderr)
        sys.exit(1)
open(out, "w", encoding="utf-8").write(text)
os.chmod(out, 0o755)
"""

# The fake checker reads its verdict from the program: `verdict: wrong-time M02`.
CHECKER = """#!{python}
import json, os, re, signal, sys
args = dict(zip(sys.argv[1::2], sys.argv[2::2]))
text = open(args["--program"], encoding="utf-8").read()
if "KILL" in text:
    os.kill(os.getpid(), signal.SIGKILL)
if "NONSENSE" in text:
    print("this is no JSON"); print("checker.cpp: oh no", file=sys.stderr); sys.exit(3)
found = re.search(r"verdict: (\\S+)(?: (\\S+))?", text)
verdict, hint = (found[1], found[2]) if found else ("accepted", None)
seed = int(args.get("--seed", 7))
good = {{"name": "published", "seed": 0, "verdict": "accepted", "expected": [], "actual": [],
        "first_difference": None, "message": "", "hint": None}}
case = dict(good, name="fresh 1", seed=seed, verdict=verdict)
if verdict != "accepted":
    case["expected"] = [{{"t_ms": 0, "text": "A"}}, {{"t_ms": 100, "text": "B"}}]
    case["actual"] = [{{"t_ms": 0, "text": "A"}}, {{"t_ms": 300, "text": "B\\x1b[31m"}}]
    case["first_difference"] = 1
facts = {{"line": "2", "expected_total": "300 ms"}}
told = {{"id": hint, "rule": "R1", "facts": facts}} if hint else None
cases = [good, case] + [dict(good, name=f"fresh {{n}}") for n in range(2, int(args.get("--cases", 2)))]
print(json.dumps({{"exercise": "{key}", "verdict": verdict, "cases": cases, "hint": told,
                  "seconds": {{"run": 0.01}}}}))
sys.exit(0 if verdict == "accepted" and "LIE" not in text else 1)
"""


def write(path: Path, text: str, *, program: bool = False) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if program:
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture(autouse=True)
def usual_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eighty columns, whatever terminal the tests are started from."""
    monkeypatch.setenv("COLUMNS", "80")


def make_course(root: Path) -> Path:
    """A course of three exercises, built already. Returns: `root`."""
    write(root / "lessons/01-basics/lesson.toml", LESSON)
    write(root / "lessons/01-basics/README.md", "# Basics\n\nSome *text*.\n")
    write(root / "lessons/02-scheduling/lesson.toml", OTHER_LESSON)
    write(root / "lessons/RULES.md", RULES)
    write(
        root / "grader/lab/messages.toml", Path(cli.__file__).with_name("messages.toml").read_text()
    )
    keys = ["01-basics/01-predict-lifecycle", "01-basics/04-fix-one-after-another"]
    for key in [*keys, "02-scheduling/01-fix-timers"]:
        write(root / f"exercises/{key}.cpp", f"// TODO(1): the stub of {key}\nint stub();\n")
        write(root / f"solutions/{key}.cpp", "// the solution\nint solved();\n")
        write(root / f"grader/checks/{key}/driver.hpp", "// the driver\n")
    fake_build(root)
    return root


@pytest.fixture(autouse=True)
def nothing_stays_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that stops all programs does so for itself alone."""
    monkeypatch.setattr(process, "_stopping", False)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The made course; its path has a space and an umlaut."""
    root = make_course(tmp_path / "mein Kurs ü")
    monkeypatch.setenv("LAB_ROOT", str(root))
    monkeypatch.setenv("PYTHONPATH", str(Path(cli.__file__).parents[1]))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(root)
    rules.load_rules.cache_clear()
    return root


def fake_build(root: Path) -> None:
    """What cmake would have left behind."""
    built = root / ".lab/build"
    python = sys.executable
    cxx = write(built / "fake c++", COMPILER.format(python=python), program=True)
    targets = ["lab-core"]
    for driver in sorted((root / "grader/checks").glob("*/*/driver.hpp")):
        key = f"{driver.parent.parent.name}/{driver.parent.name}"
        name = "check-" + key.replace("/", "-")
        write(built / "bin" / name, CHECKER.format(python=python, key=key), program=True)
        targets.append(name)
    profile = {"compile": ["-O0"], "link": [], "inputs": []}
    names = ("lab", "ex", "lab-sanitize", "ex-sanitize")
    about = {"cxx": str(cxx), "unit": str(root / "unit.cpp"), "bin": str(built / "bin")}
    about["parts"] = str(built / "parts")
    write(built / "lab.json", json.dumps({**about, "profiles": {n: profile for n in names}}))
    stamp = {
        "root": str(root),
        "sources": build.source_stamp(root),
        "targets": [*targets, "lab-core-sanitize"],
    }
    write(built / "lab-stamp.json", json.dumps(stamp))


@pytest.fixture
def places(root: Path) -> Places:
    return Places(root, root / ".lab")


@pytest.fixture
def lab(root: Path, capfd: pytest.CaptureFixture[str]) -> Lab:
    """Runs one command: `code, out, err = lab("check", "01-4")`."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = cli.run(list(arguments))
        out, err = capfd.readouterr()
        return code, out, err

    return run


@pytest.fixture
def answer(root: Path, lab: Lab) -> Callable[..., Path]:
    """Writes an answer to exercise 01-4, after the stubs have been kept."""
    lab("next")

    def write_answer(text: str, key: str = "01-basics/04-fix-one-after-another") -> Path:
        return write(root / f"exercises/{key}.cpp", text)

    return write_answer
