# Mutants: which small changes are made, how they are named, and what becomes of them.
from __future__ import annotations

from pathlib import Path

import pytest

from lab.audit_mutants import judge_harvest, read_reasons
from lab.course import Exercise
from lab.errors import LabError
from lab.mutants import Mutant, mutants

SOURCE = """// sample.cpp: 1 < 2; is no code here.
#include <vector>
struct Item {
    int size = 3;
};
Coro<> work(std::vector<int> v) {
    for (int i = 0; i < 3; ++i) {
        co_await sleep(10ms); // once; or twice
        say("a < b; {}", v[i]);
    }
    loop.call_soon([&] { done = true; });
}
"""


def changes(source: str) -> list[str]:
    return [mutant.change for mutant in mutants(source)]


def test_comparisons_constants_statements_and_awaits_are_changed() -> None:
    assert changes(SOURCE) == [
        "int size = 3; => int size = 4;",
        "for (int i = 0; i < 3; ++i) { => for (int i = 1; i < 3; ++i) {",
        "for (int i = 0; i < 3; ++i) { => for (int i = 0; i >= 3; ++i) {",
        "for (int i = 0; i < 3; ++i) { => for (int i = 0; i <= 3; ++i) {",
        "for (int i = 0; i < 3; ++i) { => for (int i = 0; i < 4; ++i) {",
        "for (int i = 0; i < 3; ++i) { => for (int i = 0; i < 3; --i) {",
        "co_await sleep(10ms); => sleep(10ms);",
        "co_await sleep(10ms); => (nothing)",
        'co_await sleep(10ms); say("a < b; {}", v[i]); => say("a < b; {}", v[i]); co_await sleep(10ms);',
        "co_await sleep(10ms); => co_await sleep(11ms);",
        'say("a < b; {}", v[i]); => (nothing)',
        "loop.call_soon([&] { done = true; }); => (nothing)",
        "loop.call_soon([&] { done = true; }); => loop.call_soon([&] { });",
        "loop.call_soon([&] { done = true; }); => loop.call_soon([&] { done = false; });",
    ]


def test_each_mutant_is_another_program_and_only_one_place_differs() -> None:
    texts = [mutant.text for mutant in mutants(SOURCE)]
    assert len(set(texts)) == len(texts)
    assert SOURCE not in texts


def test_templates_strings_and_comments_stay() -> None:
    assert changes('// a < b\nstd::vector<std::vector<int>> v; const char* s = "1 < 2";\n') == []


def test_equal_changes_on_equal_lines_are_numbered() -> None:
    assert changes("void f() {\n    g();\n    h();\n    g();\n}\n").count("g(); => (nothing)") == 1
    assert "g(); => (nothing) (2)" in changes("void f() {\n    g();\n    h();\n    g();\n}\n")


def test_lines_of_a_list_are_dropped_and_swapped() -> None:
    text = "return {\n    Block::a,\n    Block::b,\n};\n"
    assert "Block::a, => (nothing)" in changes(text)
    assert "Block::a, Block::b, => Block::b, Block::a," in changes(text)


def exercise(root: Path) -> Exercise:
    return Exercise(root, "01-basics/05-x", "X", "fix", 1, 5, 5)


def test_a_survivor_needs_a_reason_and_a_reason_a_survivor(tmp_path: Path) -> None:
    made = [Mutant("a", "1"), Mutant("b", "2"), Mutant("c", "3"), Mutant("d", "4")]
    verdicts = ["accepted", "accepted", "wrong-time", "does-not-compile"]
    found = judge_harvest(exercise(tmp_path), made, verdicts, {"a": "right too", "c": "old"})
    assert (found.made, found.built, found.rejected) == (4, 3, 1)
    assert (found.explained, found.survivors, found.stale) == (["a"], ["b"], ["c"])
    assert not found.ok
    assert judge_harvest(exercise(tmp_path), made[2:], verdicts[2:], {}).ok


def test_reasons_are_read_and_a_bad_list_is_one_line(tmp_path: Path) -> None:
    ex = exercise(tmp_path)
    assert read_reasons(ex) == {}
    ex.checks.mkdir(parents=True)
    file = ex.checks / "survivors.toml"
    file.write_text("[[survivor]]\nchange = 'a => b'\nreason = 'equal'\n")
    assert read_reasons(ex) == {"a => b": "equal"}
    file.write_text("[[survivor]]\nchange = 'a => b'\n")
    with pytest.raises(LabError, match="a survivor has a change and a reason"):
        read_reasons(ex)
