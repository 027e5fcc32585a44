# Every check of `./lab lint`, each tried on the slip that it is for.
from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import Lab, write

from lab import course, lint_programs, rules
from lab.lint_course import check_course, check_rules, read_wrong
from lab.lint_cut import NotFound, cut
from lab.lint_files import Complaint, check_files
from lab.lint_order import check_order
from lab.lint_pages import blocks, check_pages, first_difference, fix_pages

CPP = """// sample.cpp: has one of everything.
#include <x>
using namespace aio;

int twice(int n); // a declaration

/// Doubles.
template <class T>
int twice(int n) {
    // a brace in a comment: }
    const char* text = "and } in a string";
    return n + n; // 1'000
}

struct Timer : Base {
    Timer(int n) : Base{n}, count_(n) { start(); }
    bool fire() const { return count_ > 0; }
    int count_;
};

void Timer::stop() noexcept { count_ = 0; }

int main() { return twice(twice(2)); }
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(tmp_path / "sample.cpp", CPP)


def test_a_function_is_cut_without_its_comment(source: Path) -> None:
    found = cut(source, "twice")

    assert found.startswith("template <class T>\nint twice(int n) {\n    // a brace")
    assert found.endswith("return n + n; // 1'000\n}")


def test_a_class_is_cut_with_its_semicolon(source: Path) -> None:
    assert cut(source, "Timer").startswith("struct Timer : Base {")
    assert cut(source, "Timer").endswith("int count_;\n};")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Timer::stop", "void Timer::stop() noexcept { count_ = 0; }"),
        ("Timer::fire", "bool fire() const { return count_ > 0; }"),
        ("Timer::Timer", "Timer(int n) : Base{n}, count_(n) { start(); }"),
        ("main", "int main() { return twice(twice(2)); }"),
    ],
)
def test_members_and_short_functions_are_cut(source: Path, name: str, text: str) -> None:
    assert cut(source, name) == text


def test_several_names_and_no_name(source: Path) -> None:
    assert cut(source, "Timer::stop,main").count("\n\n") == 1
    assert cut(source, "").startswith("#include <x>\n")
    with pytest.raises(NotFound):
        cut(source, "start")  # it is called, never defined


def test_python_and_javascript_are_cut_too(tmp_path: Path) -> None:
    py = write(tmp_path / "a.py", "# a\nimport x\n\n@once\nasync def f(n):\n    return n\n\nf(1)\n")
    js = write(
        tmp_path / "a.js", "// a\nconst g = (n) => {\n  return n;\n};\nfunction h() {}\ng(1);\n"
    )

    assert cut(py, "f") == "@once\nasync def f(n):\n    return n"
    assert cut(js, "g") == "const g = (n) => {\n  return n;\n};"
    assert cut(js, "h") == "function h() {}"


@pytest.mark.parametrize(
    ("copied", "difference"),
    [
        ("a b c", None),
        ("a … c", None),
        ("…", None),
        ("a b", 2),
        ("a c", 1),
        ("a … d", 2),
        ("a b c d", 3),
    ],
)
def test_lines_left_out_are_visible(copied: str, difference: int | None) -> None:
    assert first_difference(copied.split(), ["a", "b", "c"]) == difference


def page(root: Path, text: str) -> Path:
    return write(root / "lessons/01-basics/README.md", text)


def told(complaints: Iterable[Complaint], check: str) -> list[str]:
    return [c.message for c in complaints if c.check == check]


SNIPPET = "# Page\n\n<!-- snippet: code.cpp#main -->\n```cpp\n{}\n```\n"


def test_a_snippet_must_be_its_source(root: Path) -> None:
    write(root / "code.cpp", CPP)
    page(root, SNIPPET.format("int main() { return twice(twice(2)); }"))
    assert list(check_pages(root)) == []

    page(root, SNIPPET.format("int main() { return 4; }"))
    assert "differs from code.cpp#main" in told(check_pages(root), "snippet")[0]

    assert fix_pages(root) == ["lessons/01-basics/README.md"]
    assert list(check_pages(root)) == []
    assert fix_pages(root) == []


def test_a_snippet_must_exist_and_be_marked(root: Path) -> None:
    page(root, "<!-- snippet: gone.cpp#main -->\n```cpp\nint x;\n```\n")
    assert "cannot read gone.cpp" in told(check_pages(root), "snippet")[0]

    page(root, "```cpp\nint x;\n```\n")
    assert "without a snippet mark" in told(check_pages(root), "snippet")[0]

    page(root, "<!-- snippet: code.cpp -->\nNo block.\n")
    assert told(check_pages(root), "snippet") == ["no block follows this mark"]


def test_an_output_must_be_what_was_printed(root: Path) -> None:
    write(root / "hello.expected", "[    0] Hello\n")
    mark = "<!-- output: hello.expected -->\n```text\n{}\n```\n"
    page(root, mark.format("[    0] Hello"))
    assert list(check_pages(root)) == []

    page(root, mark.format("[    1] Hello"))
    assert len(told(check_pages(root), "output")) == 1


def test_a_transcript_must_be_the_stub_s(root: Path) -> None:
    key = "01-basics/04-fix-one-after-another"
    write(root / f"exercises/{key}.cpp", "// x\n//   [  300] soup: ready\nint f();\n")
    page(root, f"<!-- transcript: {key} -->\n```text\n[  400] soup: ready\n```\n")

    assert len(told(check_pages(root), "transcript")) == 1


def test_rules_must_be_the_rule_book_s(root: Path) -> None:
    text = "Calling makes a `Coro` object. None of its body runs."
    table = "<!-- rules: R1 -->\n\n| rule | says |\n|---|---|\n| R1 Lazy coroutines | {} |\n"
    page(root, table.format(text))
    assert list(check_pages(root)) == []

    page(root, table.format("Calling runs it."))
    assert told(check_pages(root), "rules") == ["R1 differs from lessons/RULES.md"]
    rules.load_rules.cache_clear()


def test_prose_is_short_and_has_no_empty_words(root: Path) -> None:
    page(root, "It is simply `just` a loop.\n\n```\nobviously code\n```\n| magic | table |\n")
    assert told(check_pages(root), "words") == ["'simply' helps no reader"]

    page(root, "word " * 1501 + "\n```\n" + "code " * 900 + "\n```\n")
    assert "1501 words of prose" in told(check_pages(root), "words")[0]


def test_blocks_keep_their_places() -> None:
    text = "a\n<!-- output: x -->\n\n```text\nb\n```\n"

    (block,) = blocks(text)

    assert (block.kind, block.marked_at, block.first, block.lines) == ("output", 1, 4, ("b",))


def headers(root: Path, **texts: str) -> None:
    for name, text in texts.items():
        write(root / f"runtime/include/aio/{name}.hpp", f"// {name}.hpp: x\n{text}\n")


def test_a_header_includes_only_what_stands_before_it(root: Path) -> None:
    umbrella = '#include "aio/time.hpp"\n#include "aio/clock.hpp"'
    headers(
        root, aio=umbrella, time="", clock='#include "aio/time.hpp"', lab='#include "aio/aio.hpp"'
    )
    assert list(check_order(root)) == []

    headers(root, time='#include "aio/clock.hpp"', stray="")
    found = {c.path.rpartition("/")[2]: c.message for c in check_order(root)}
    assert "clock.hpp, which stands after it" in found["time.hpp"]
    assert "no place in the reading order" in found["stray.hpp"]


def test_files_are_short_and_introduce_themselves(root: Path) -> None:
    write(root / "runtime/src/long.cpp", "// x\n" + "int x;\n" * 450)
    write(root / "runtime/src/wide.cpp", "// x\nint " + "x" * 100 + ";\n")
    write(root / "runtime/src/mute.cpp", "#include <x>\n")
    write(root / "runtime/src/left.cpp", "// x\n// TODO: later \n")
    write(root / "grader/deep.py", "# x\ndef f():\n" + "    x = 1\n" * 61)

    found = {(c.path.rpartition("/")[2], c.check) for c in check_files(root)}

    assert found == {
        ("long.cpp", "size"),
        ("wide.cpp", "columns"),
        ("mute.cpp", "first-line"),
        ("left.cpp", "todo"),
        ("left.cpp", "blanks"),
        ("deep.py", "size"),
    }


LONG = " ".join(["word"] * 90)


def exercise(root: Path, belief: str = LONG, wrong: int = 4, right: int = 2) -> None:
    """Makes 01-4 whole, with one belief that its wrong answers prove."""
    key = "01-basics/04-fix-one-after-another"
    checks = root / "grader/checks" / key
    write(
        root / "lessons/01-basics/lesson.toml",
        'title = "Basics"\n[[exercise]]\nslug = "04-fix-one-after-another"\ntitle = "T"\n'
        'kind = "fix"\nstars = 1\npoints = 5\nminutes = 5\nhints = ["a", "b", "c"]\n'
        f'[exercise.beliefs.M02]\nrule = "R1"\ntext = """{belief}"""\n',
    )
    write(root / f"exercises/{key}.cpp", "// ./lab check 01-4\n// TODO(1): what?\nint stub();\n")
    write(root / f"solutions/{key}.cpp", "// solved\nauto all = co_await gather(a, b);\n")
    for name in ("params.hpp", "check.cpp"):
        write(checks / name, f"// {name}\n")
    for kind, count in (("wrong", wrong), ("right", right)):
        for number in range(count):
            first = (
                "// expect: wrong-time M02 — waits in a row" if kind == "wrong" else "// another"
            )
            write(checks / kind / f"{number}.cpp", first + "\n")


def of_exercise(root: Path) -> list[Complaint]:
    rules.load_rules.cache_clear()
    found = check_course(course.load(root))
    return [c for c in found if "04-fix" in c.path or "01-4" in c.message]


def test_a_whole_exercise_has_no_complaint(root: Path) -> None:
    exercise(root)
    assert of_exercise(root) == []


def test_answers_are_counted(root: Path) -> None:
    exercise(root, wrong=3, right=1)
    assert {c.check for c in of_exercise(root)} == {"wrong", "right"}


@pytest.mark.parametrize(
    ("belief", "check"),
    [
        ("too short", "belief"),
        ("word " * 161, "belief"),
        (LONG + " simply", "words"),
        (LONG + " auto all = co_await gather(a, b);", "spoiler"),
    ],
)
def test_a_hint_has_its_length_and_tells_no_solution(root: Path, belief: str, check: str) -> None:
    exercise(root, belief)
    assert [c.check for c in of_exercise(root)] == [check]


def test_each_belief_is_proved_and_each_wrong_answer_has_a_hint(root: Path) -> None:
    exercise(root)
    folder = root / "grader/checks/01-basics/04-fix-one-after-another/wrong"
    for path in folder.iterdir():
        path.write_text("// expect: wrong-time M99 — unheard of\n", encoding="utf-8")

    assert [c.check for c in of_exercise(root)] == ["belief"] * 5  # four files, and M02 unproved


def test_a_stub_numbers_its_gaps(root: Path) -> None:
    exercise(root)
    stub = root / "exercises/01-basics/04-fix-one-after-another.cpp"
    stub.write_text("// ./lab check 01-4\n// TODO(2): what?\n", encoding="utf-8")

    assert [c.check for c in of_exercise(root)] == ["stub"]


def test_a_file_that_no_lesson_knows_is_found(root: Path) -> None:
    exercise(root)
    write(root / "solutions/01-basics/09-fix-nothing.cpp", "// x\n")

    found = check_course(course.load(root))

    assert "solutions/01-basics/09-fix-nothing.cpp" in {c.path for c in found}


def test_the_first_line_of_a_wrong_answer_is_read(tmp_path: Path) -> None:
    good = read_wrong(write(tmp_path / "a.cpp", "// expect: hang hang — nobody rings\nint x;\n"))
    assert good is not None and (good.verdict, good.hint) == ("hang", "hang")
    assert read_wrong(write(tmp_path / "b.cpp", "// expect wrong-time\n")) is None


def test_a_missing_program_is_a_note_at_a_desk_and_a_fault_in_ci(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.delenv("CI", raising=False)
    assert "clang-format-19 is not here" in lint_programs.clang_format(root).skipped

    monkeypatch.setenv("CI", "true")
    assert len(lint_programs.clang_format(root).complaints) == 1


def test_what_a_program_says_becomes_complaints(root: Path) -> None:
    said = "grader/a/../b.cpp:3:7: warning: odd [x]\n/usr/include/c:1:1: error: no\nnoise\n"

    found = list(lint_programs.parse(root, said * 2, "tidy"))

    assert found == [Complaint("grader/b.cpp", 3, "tidy", "odd [x]")]


@pytest.fixture
def quiet_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other programs have their own tests: here they are content."""
    for name in ("clang_format", "black", "mypy", "shellcheck"):
        monkeypatch.setattr(lint_programs, name, lambda *a, **k: lint_programs.Outcome())


def test_lint_ends_with_1_and_says_where(lab: Lab, root: Path, quiet_programs: None) -> None:
    page(root, "It is magic.\n")

    code, out, _ = lab("lint")

    assert code == 1
    assert "lessons/01-basics/README.md:1: 'magic' helps no reader [words]\n" in out
    assert out.splitlines()[-1].endswith("to mend.")


def test_lint_json_is_one_object(lab: Lab, root: Path, quiet_programs: None) -> None:
    page(root, "It is magic.\n")

    report = json.loads(lab("lint", "--json")[1])

    assert report["schema"] == "lab/lint/v1"
    assert {"path", "line", "check", "message"} == set(report["complaints"][0])


def test_fix_snippets_mends_pages(lab: Lab, root: Path, quiet_programs: None) -> None:
    write(root / "code.cpp", CPP)
    path = page(root, SNIPPET.format("int main() {}"))

    lab("lint", "--fix-snippets")

    assert "return twice(twice(2));" in path.read_text(encoding="utf-8")


def test_an_answered_exercise_is_no_broken_stub(lab: Lab, root: Path, quiet_programs: None) -> None:
    key = "01-basics/04-fix-one-after-another"
    lab("next")  # keeps the stubs
    before = lab("lint")[1]
    write(root / f"exercises/{key}.cpp", "int solved;   \n")

    _, out, err = lab("lint")

    assert f"exercises/{key}.cpp:" in before
    assert f"exercises/{key}.cpp:" not in out
    assert "lab: 1 changed file in exercises/ not checked: taken for answers, not stubs\n" in err


def test_the_page_names_the_rules_of_the_stub(root: Path) -> None:
    page = root / "lessons/01-basics/README.md"
    ex = course.load(root).find_one("01-4")
    stub = "// Rules you need: R2 (tasks), R17\n// (results).\n#include <aio/lab.hpp>\n"

    write(page, f"Rules R2, R17. File: `exercises/{ex.key}.cpp`.\n")
    same = list(check_rules(ex, stub))
    write(page, f"Rules R2, R3. File: `exercises/{ex.key}.cpp`.\n")
    other = list(check_rules(ex, stub))

    assert same == []
    assert "R2, R17" in other[0].message and "R2, R3" in other[0].message
