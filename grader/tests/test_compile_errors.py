# Real compilers, real slips: above each first error stands the right plain sentence.
from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from compile_error_cases import CASES, GIVEN, RIGHT

from lab.compile_errors import dangling_lambda, explain

ROOT = Path(__file__).resolve().parents[2]
COMPILERS = [c for c in ("g++", "clang++-19", "clang++") if shutil.which(c)][:2]
FLAGS = ["-std=c++20", "-Wall", "-Wextra", "-Werror=return-type", f"-I{ROOT}/runtime/include"]

DRIVER = """
aio::Coro<int> fetch(int id) { co_return id; }
namespace exercise {
aio::Coro<> play() {
    std::vector<int> ids{1, 2};
    const int n = co_await total(ids);
    aio::say("{}", n);
}
}
extern "C" void lab_entry() { aio::run(exercise::play()); }
"""


@pytest.fixture(scope="module", params=COMPILERS)
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a precompiled header, a driver and the name of the compiler."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "cxx").write_text(request.param)
    (folder / "pre.hpp").write_text(
        "#include <aio/lab.hpp>\n#include <vector>\n#include <string>\n"
    )
    (folder / "driver.hpp").write_text(DRIVER)
    (folder / "unit.cpp").write_text(
        '#include "answer.cpp"\n#include "driver.hpp"\nint main() {}\n'
    )
    name = "pre.hpp.pch" if "clang" in request.param else "pre.hpp.gch"
    command = [request.param, *FLAGS, "-x", "c++-header", "pre.hpp", "-o", name]
    subprocess.run(command, cwd=folder, check=True)
    return folder


def compiled(folder: Path, answer: str) -> subprocess.CompletedProcess[str]:
    cxx = (folder / "cxx").read_text()
    (folder / "answer.cpp").write_text(
        f"#include <aio/lab.hpp>\nusing namespace aio;\n{GIVEN}{answer}\n"
    )
    use = ["-include-pch", "pre.hpp.pch"] if "clang" in cxx else ["-include", "pre.hpp"]
    (folder / "unit.o").unlink(missing_ok=True)
    command = [cxx, *FLAGS, *use, str(folder / "unit.cpp"), "-c", "-o", "unit.o"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode == 0:
        done = subprocess.run([cxx, "unit.o"], cwd=folder, capture_output=True, text=True)
    return done


@pytest.mark.parametrize("name, wanted, answer", CASES, ids=[c[0] for c in CASES])
def test_each_slip_gets_its_sentence(bench: Path, name: str, wanted: str, answer: str) -> None:
    done = compiled(bench, answer)

    explained = explain(done.stderr, bench / "answer.cpp")

    assert done.returncode != 0
    assert explained.id == wanted, f"{explained.sentence}\n{done.stderr[:1500]}"
    assert "{" not in explained.sentence.replace("`{`", ""), explained.sentence
    assert explained.error


def test_a_right_answer_compiles(bench: Path) -> None:
    compiled(bench, RIGHT)

    assert (bench / "unit.o").exists()


def test_the_students_line_is_named(bench: Path) -> None:
    done = compiled(
        bench, "Coro<int> total(std::vector<int> ids) {\n  int n = fetch(1);\n  co_return n;\n}"
    )

    explained = explain(done.stderr, bench / "answer.cpp")

    assert explained.line == 5
    assert explained.sentence.startswith("Line 5: ")


@pytest.mark.parametrize(
    "text, found",
    [
        ("auto f = [&](int x) -> Coro<int> { co_return x; };", True),
        ("auto f = [this, name]() mutable -> aio::Coro<> { co_return; };", True),
        ("auto f = [=] -> Coro<> { co_return; };", True),
        ("auto f = [](int x) -> Coro<int> { co_return x; };", False),
        ("auto f = [&](int x) -> int { return x; };", False),
        ("[[nodiscard]] auto f() -> Coro<int>;", False),
        ("auto f(int (&a)[3]) -> Coro<int>;", False),
    ],
)
def test_a_capturing_lambda_coroutine_is_found(text: str, found: bool) -> None:
    assert bool(dangling_lambda(f"int x;\n{text}\n")) == found
    assert not found or dangling_lambda(f"int x;\n{text}").startswith("Line 2: this lambda")


@pytest.mark.parametrize(
    "answer, said",
    [
        ("Coro<> f() { await sleep(1ms); }", "in C++ it is `co_await`"),
        ("std::vector<Task> all;", "`Task` is a template: say in angle brackets"),
        ("int main() { }\n" + RIGHT, "the checker has a `main` of its own: leave yours out."),
        ("int f() { }", "end it with `return` and the value"),
    ],
)
def test_what_the_sentence_says(bench: Path, answer: str, said: str) -> None:
    done = compiled(bench, answer)

    assert said in explain(done.stderr, bench / "answer.cpp").sentence


@pytest.mark.parametrize(
    "linker",
    [
        "ld: b.o: in function `main': multiple definition of `main'; a.o: first defined here",
        "mold: error: duplicate symbol: harness.cpp.o: .lab/cache/1645346ccdda8ed9.o: main",
        "ld.lld: error: duplicate symbol: main",
    ],
)
def test_every_linker_s_second_main_is_recognised(linker: str) -> None:
    explained = explain(linker, Path("answer.cpp"))

    assert explained.id == "own-main"
    assert explained.sentence.startswith("The checker has a `main` of its own")


def test_a_stub_without_its_first_lines_is_told_so() -> None:
    explained = explain("answer.cpp:3:1: error: 'Coro' does not name a type\n", Path("answer.cpp"))

    assert explained.id == "missing-preamble"
    assert "`#include <aio/lab.hpp>`" in explained.sentence
