# The rule book, lessons/RULES.md, as a table from R1 to its name and text.
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Rule:
    """One rule: `* **R1 Lazy coroutines.** Calling a coroutine function …`, without the marks."""

    number: str
    name: str
    text: str
    whole: str

    def __str__(self) -> str:
        return f"{self.number} {self.whole}"


BULLET = re.compile(
    r"^\* \*\*(?P<number>R\d+)\s+(?P<name>.*?)\*\*(?P<text>.*?)(?=^\* |^#|^$|\Z)",
    re.MULTILINE | re.DOTALL,
)


@lru_cache(maxsize=4)
def load_rules(root: Path) -> dict[str, Rule]:
    """All rules of the course; none when the page is missing, so that a report still appears."""
    try:
        page = (root / "lessons" / "RULES.md").read_text(encoding="utf-8")
    except OSError:
        return {}
    return {rule.number: rule for rule in map(read_rule, BULLET.finditer(page))}


def read_rule(match: re.Match[str]) -> Rule:
    # A name may run into its text, as in "**R6 Time moves only when nothing is ready**, and then".
    whole = plain(match["name"] + match["text"])
    runs_on = match["text"].startswith(",")
    name = whole if runs_on else plain(match["name"])
    text = "" if runs_on else plain(match["text"])
    return Rule(match["number"], name.rstrip("."), text, whole)


def plain(markdown: str) -> str:
    """The text without Markdown's marks, on one line."""
    return " ".join(re.sub(r"[`*]", "", markdown).split())
