# Flags: what a teacher may want to look at is found in code, and in nothing that the course gives.
from __future__ import annotations

from pathlib import Path

import pytest

from lab.classroom.flags import SUSPICIONS, flags_of

ROOT = Path(__file__).resolve().parents[2]

SUSPECTS = {
    "assembly": 'void f() { asm("nop"); }',
    "a constructor or section attribute": "[[gnu::constructor]] void f();",
    'extern "C"': 'extern "C" int write(int);',
    "an odd include": "#include <unistd.h>",
    "the number of a system call": "long n = syscall(1);",
    "a name of the harness": "void lab_entry();",
    "the preprocessor's line or file": "const char* here = __FILE__;",
}


@pytest.mark.parametrize("name", SUSPICIONS)
def test_a_suspicion_is_raised_by_its_code_alone(name: str) -> None:
    assert flags_of(SUSPECTS[name]) == [name]
    assert flags_of(f"// {SUSPECTS[name]}\nint x;") == []


@pytest.mark.parametrize("folder", ["exercises", "solutions"])
def test_nothing_that_the_course_gives_is_suspicious(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.cpp"))

    assert len(files) >= 33
    assert {path.name: found for path in files if (found := flags_of(path.read_text()))} == {}
