# Where things lie: the course's root, and the folder for state and builds.
#
# State goes to `.lab/` beside the course. A read-only checkout keeps it in the user's cache folder
# instead, under a name made of the checkout's path, so that two checkouts never share answers.
from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from lab.errors import LabError


def course_root() -> Path:
    """The folder that holds lessons/, exercises/ and grader/. LAB_ROOT names another course."""
    named = os.environ.get("LAB_ROOT")
    return Path(named).resolve() if named else Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Places:
    """The folders that the grader writes to, all below one `state` folder."""

    root: Path
    state: Path

    @property
    def build(self) -> Path:
        return self.state / "build"

    @property
    def cache(self) -> Path:
        return self.state / "cache"

    @property
    def pristine(self) -> Path:
        return self.state / "pristine"

    @property
    def backup(self) -> Path:
        return self.state / "backup"

    @property
    def progress(self) -> Path:
        return self.state / "progress.json"


def find_places(root: Path | None = None) -> Places:
    """Chooses the state folder and makes it. Throws LabError when no folder can be written."""
    root = root or course_root()
    beside = root / ".lab"
    for state in (beside, cache_home() / "event-loop-lab" / path_hash(root)):
        if usable(state):
            return Places(root, state)
    raise LabError(
        f"cannot write to {beside} nor to {cache_home()}: "
        "set XDG_CACHE_HOME to a folder that you may write to"
    )


def usable(folder: Path) -> bool:
    """Whether `folder` exists, or could be made, and may be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return writable(folder)


def writable(folder: Path) -> bool:
    """Whether a file can be made in `folder`; a read-only mount answers no for root as well."""
    return os.access(folder, os.W_OK | os.X_OK)


def cache_home() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def path_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
