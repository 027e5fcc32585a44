# The hostile answers as data: what each file says of itself, and the whole answer that it makes.
#
# A file in hostile/NN-kind/ begins with `// WHEN: VERDICT...`. With `start` or `call` it defines
# attack(), which is called before main or in the middle of a right answer; whoever finds a wall of
# the sandbox missing goes on to be right, and would be accepted. With `text` it stands in front.
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.course import Exercise

FOLDER = Path(__file__).with_name("hostile")
EXERCISES = ("01-4", "01-1", "01-2", "01-5", "01-7")  # fix, predict, order, implement, build
ENTRY = re.compile(r"\b(?:predict|arrange|load_all|run_stages|run_board)\([^{};]*\)\s*\{")
START = "namespace { struct Start { Start() { attack(); } } start; }\n"


@dataclass(frozen=True)
class Hostile:
    """One file: when it strikes, and the verdicts that are right for it."""

    path: Path
    when: str
    verdicts: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    def answer(self, ex: Exercise, places: Mapping[str, str]) -> str:
        """The file in front of the exercise's solution, with each @NAME@ filled in."""
        text = self.path.read_text(encoding="utf-8")
        for name, value in {**places, "KEY": ex.key}.items():
            text = text.replace(f"@{name}@", value)
        solution = ex.solution.read_text(encoding="utf-8")
        if self.when == "call":
            solution, times = ENTRY.subn(lambda m: m.group() + " attack();", solution)
            assert times == 1, f"{ex.key}: one function is to be attacked, not {times}"
        return text + (START if self.when == "start" else "") + solution


def read(path: Path) -> Hostile:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    match = re.fullmatch(r"// (start|call|text): ([a-z -]+)", first)
    assert match, f"{path}: the first line must be // start|call|text: VERDICT..."
    return Hostile(path, match[1], tuple(match[2].split()))


def tried() -> list[tuple[Hostile, str]]:
    """All files with the first exercise, and the first file of each kind with every other one."""
    found = []
    for kind in sorted(FOLDER.iterdir()):
        files = [read(path) for path in sorted(kind.glob("*.cpp"))]
        found += [(one, EXERCISES[0]) for one in files]
        found += [(files[0], number) for number in EXERCISES[1:]]
    return found
