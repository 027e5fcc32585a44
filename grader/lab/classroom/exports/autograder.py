# Grades the one submission that Gradescope hands over, and writes Gradescope's results.json.
#
#     python3 -P -m lab.classroom.exports.autograder /autograder /autograder/source/course 01-4
#
# Who it is and when it came stands in submission_metadata.json; it becomes a roster of one, so that
# an answer is as late as Gradescope says and not as a student's archive claims.
from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lab.classroom.exports.gradescope import FAILURE, failure
from lab.classroom.names import file_name
from lab.classroom.shelf import MOST_LEVELS, is_junk
from lab.state import write_atomically

MOST_BYTES = 16 << 20
OWN_FOLDER = re.compile(r"exercises|\d\d-[a-z0-9-]+")
ARCHIVES = (".tar.gz", ".tgz", ".zip", ".tar", ".tar.xz", ".tar.bz2")


def main(arguments: Sequence[str]) -> int:
    """Returns: 0 when results.json is a grade, 1 when it says why there is none."""
    base, course = Path(arguments[0]), Path(arguments[1])
    with tempfile.TemporaryDirectory(prefix="lab-") as work:
        try:
            results = graded(base, course, Path(work), arguments[2:])
        except Exception as error:  # whatever it is, the student reads that it is no result
            print(f"autograder: {type(error).__name__}: {error}", file=sys.stderr)
            results = None
    text = json.dumps(results or failure(FAILURE), ensure_ascii=False, indent=1)
    write_atomically(base / "results" / "results.json", text.encode("utf-8", "replace"))
    return 0 if results else 1


def graded(base: Path, course: Path, work: Path, exercises: Sequence[str]) -> dict[str, Any] | None:
    """What the grader says in Gradescope's form; None when it says nothing that can be used."""
    metadata = read_metadata(base / "submission_metadata.json")
    id_ = student_id(metadata)
    roster = work / "roster.csv"
    roster.write_text(roster_of(id_, metadata), encoding="utf-8")
    out = work / "out"
    command = [course / "lab", "grade", hand_in(base / "submission", work / "in", id_)]
    command += ["--out", out, "--format", "gradescope", "--roster", roster]
    command += ["--reduced"]  # the container, one for each submission, is a wall of its own
    if (course / "policy.toml").is_file():
        command += ["--policy", course / "policy.toml"]
    for name in exercises:
        command += ["--only", name]
    environment = {**os.environ, "NO_COLOR": "1", "LAB_YES": "1"}
    done = subprocess.run([str(part) for part in command], env=environment, check=False)
    print(f"autograder: the grader ended with {done.returncode}", file=sys.stderr)
    found = out / "reports" / "gradescope" / f"{file_name(id_)}.json"
    return usable(found)


def usable(path: Path) -> dict[str, Any] | None:
    """The file's object, if Gradescope will take it: a score, or a score for each test."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        return None
    results = json.loads(path.read_bytes())
    tests = results.get("tests", [])
    scores = [results["score"]] if "score" in results else [one.get("score") for one in tests]
    good = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in scores)
    return dict(results) if scores and good else None


def read_metadata(path: Path) -> dict[str, Any]:
    """Gradescope's own words; nothing where there are none, as in a trial run."""
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        print(f"autograder: no metadata: {error}", file=sys.stderr)
        return {}
    return data if isinstance(data, dict) else {}


def user(metadata: dict[str, Any]) -> dict[str, Any]:
    """The first of those who handed it in: a group has one submission and one grade."""
    users = metadata.get("users")
    first = users[0] if isinstance(users, list) and users else {}
    return first if isinstance(first, dict) else {}


def student_id(metadata: dict[str, Any]) -> str:
    """Gradescope's number of the student: plain digits, as a folder's name must be."""
    number = user(metadata).get("id")
    return f"gs{number}" if isinstance(number, int) and number >= 0 else "student"


def roster_of(id_: str, metadata: dict[str, Any]) -> str:
    """A class of one, as CSV."""
    about = user(metadata)
    name = str(about.get("name") or id_).replace("\n", " ")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "name", "email", "submitted"])
    writer.writerow([id_, name, about.get("email") or "", metadata.get("created_at") or ""])
    return out.getvalue()


def hand_in(submission: Path, folder: Path, id_: str) -> Path:
    """A copy under the student's id, since a submission is its name's. Links stay links, to be
    refused; pipes and devices are not copied at all.

    Folders around the answers are taken off. Without any .cpp file, one archive is what was meant.
    """
    folder.mkdir()
    there = inner(submission)
    answers = any(there.rglob("*.cpp"))
    packed = [one for one in sorted(there.iterdir()) if suffix_of(one) and is_regular(one)]
    if len(packed) == 1 and not answers:
        return Path(shutil.copyfile(packed[0], folder / f"{id_}{suffix_of(packed[0])}"))

    def odd(parent: str, names: list[str]) -> list[str]:
        modes = {name: Path(parent, name).lstat().st_mode for name in names}
        kinds = (stat.S_ISREG, stat.S_ISDIR, stat.S_ISLNK)
        return [name for name, mode in modes.items() if not any(kind(mode) for kind in kinds)]

    copy = Path(shutil.copytree(there, folder / id_, symlinks=True, ignore=odd))
    if not answers:  # a folder without any is a submission too, and is told so
        with contextlib.suppress(OSError):
            (copy / "exercises").mkdir()
    return copy


def inner(folder: Path) -> Path:
    """The folder that has something to say: not one with nothing but another one in it."""
    for _ in range(MOST_LEVELS):
        entries = [one for one in sorted(folder.iterdir()) if not is_junk(one.name)]
        only = entries[0] if len(entries) == 1 else folder
        named = OWN_FOLDER.fullmatch(only.name)
        if only == folder or named or only.is_symlink() or not only.is_dir():
            break
        folder = only
    return folder


def suffix_of(path: Path) -> str:
    return next((one for one in ARCHIVES if path.name.lower().endswith(one)), "")


def is_regular(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
