# Says what a run found in GitHub's words: a note beside the file, and a table on the summary page.
#
#     python3 -P -m lab.classroom.exports.annotate results
from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lab.text import visible

MOST_CHARACTERS = 4000


def main(out: Path) -> int:
    """Prints the notes. A run that left no report is a fault, and said so."""
    try:
        report = json.loads((out / "reports" / "class.json").read_bytes())
        lines, table = list(notes(report)), summary(report)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"::error title=Not graded::{data(f'a fault of the grader: {error}')}")
        return 3
    print("\n".join(lines))
    if page := os.environ.get("GITHUB_STEP_SUMMARY"):
        with open(page, "a", encoding="utf-8") as target:
            target.write(table)
    return 0


def notes(report: Mapping[str, Any]) -> Iterator[str]:
    """One line for each grade that is neither accepted nor untouched."""
    answers = report.get("answers", {})
    for student in report["students"]:
        for grade in student["grades"]:
            if grade["verdict"] in ("accepted", "not-attempted"):
                continue
            hint = (answers.get(grade["answer"] or "", {}).get("hint") or {}).get("text", "")
            said = f"{grade['verdict']}. {hint or grade['problem']}".strip()
            file = attribute(f"exercises/{grade['exercise']}.cpp")
            level = "warning" if grade["verdict"] == "grader-error" else "error"
            title = attribute(f"{grade['exercise']}: {grade['verdict']}")
            yield f"::{level} file={file},line=1,title={title}::{data(said)}"


def summary(report: Mapping[str, Any]) -> str:
    """A table in Markdown. What a student wrote is no part of it."""
    lines = ["| exercise | verdict | points |", "|---|---|---|"]
    for student in report["students"]:
        for grade in student["grades"]:
            points = f"{grade['points']:g} of {grade['max_points']:g}"
            lines.append(f"| {grade['exercise']} | {grade['verdict']} | {points} |")
    return "\n".join(lines) + "\n"


def data(text: str) -> str:
    """Text behind the `::`: one line, in which nothing can begin another command."""
    text = "\n".join(visible(line) for line in text[:MOST_CHARACTERS].splitlines())
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def attribute(text: str) -> str:
    return data(text).replace(":", "%3A").replace(",", "%2C")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
