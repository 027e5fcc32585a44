# One module a format; each writes its files from the result model alone.
from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from lab.classroom.model import ClassReport
from lab.classroom.reports import (
    canvas,
    classroom50,
    exercism,
    gradescope,
    html,
    json_report,
    junit,
    moodle,
)
from lab.errors import LabError

Writer = Callable[[ClassReport, Path], list[Path]]

FORMATS: Mapping[str, Writer] = {
    "json": json_report.write,
    "html": html.write,
    "junit": junit.write,
    "canvas": canvas.write,
    "moodle": moodle.write,
    "gradescope": gradescope.write,
    "exercism": exercism.write,
    "classroom50": classroom50.write,
}

# By what one sees that a folder has reports of a format.
MARKS = {
    "json": "class.json",
    "html": "index.html",
    "junit": "junit.xml",
    "canvas": "canvas.csv",
    "moodle": "moodle.csv",
    "gradescope": "gradescope",
    "exercism": "exercism",
    "classroom50": "classroom50",
}
USUAL = ("json", "html", "junit", "canvas", "moodle")  # the others make a file a student


def check_names(names: Iterable[str]) -> list[str]:
    """The formats of these names, each once, in the order of FORMATS; "all" means all of them,
    and no name at all the usual ones.

    Throws: LabError for a name that is none; so ask before the class is graded, not after.
    """
    wanted = set(names) or set(USUAL)
    if "all" in wanted:
        return list(FORMATS)
    for name in sorted(wanted - FORMATS.keys()):
        close = difflib.get_close_matches(name.lower(), FORMATS, n=1)
        hint = f"Did you mean {close[0]}?" if close else f"There are {', '.join(FORMATS)}, and all."
        raise LabError(f"no report format is called {name!r}. {hint}")
    return [name for name in FORMATS if name in wanted]


def write_all(report: ClassReport, folder: Path, names: Iterable[str]) -> list[Path]:
    """Writes the reports of these names into `folder`. Returns: every file written.

    Effects: files of students who are gone since an earlier report go as well.
    Throws: LabError for an unknown name, before anything is written.
    """
    written = [path for name in check_names(names) for path in FORMATS[name](report, folder)]
    sweep(folder, set(written))
    return written


def present(folder: Path) -> set[str]:
    """The formats that earlier reports in `folder` have: they are to be made anew as well."""
    return {name for name, mark in MARKS.items() if (folder / mark).exists()}


def sweep(folder: Path, written: set[Path]) -> None:
    """Removes what earlier reports left in the folders that hold a file a student."""
    for own in {path.parent for path in written} - {folder}:
        for path in own.iterdir():
            if path.is_file() and path not in written:
                path.unlink()
