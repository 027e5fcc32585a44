# Makes the pages of a hostile class and has Chromium go through them; says why if it cannot.
#
# `run.py` exits with 77 where something is missing, which CTest calls "skipped". `run.py --why`
# prints what is missing, or nothing.
from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SKIPPED = 77
SECONDS = 300  # it needs 15; a browser that hangs shall not hold up the rest
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """The browser's path, or nothing. CHROMIUM in the environment comes first."""
    wished = os.environ.get("CHROMIUM", "")
    return next(
        (found for name in (wished, *CHROMIUM) if name and (found := shutil.which(name))), ""
    )


def missing() -> str:
    """What keeps the pages from being tried in a browser, and how to mend it."""
    if not shutil.which("node"):
        return "node is missing (Debian: apt-get install nodejs)"
    if not chromium():
        return "no Chromium (Debian: apt-get install chromium)"
    if not (HERE / "node_modules/playwright-core").is_dir():
        return "playwright-core is missing (npm ci --prefix grader/tests/browser)"
    return ""


def main() -> int:
    why = missing()
    if sys.argv[1:] == ["--why"]:
        print(why)
        return 0
    if why:
        print(f"grader.browser is skipped: {why}")
        return SKIPPED
    sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]
    from class_hostile import hostile_report
    from lab.classroom.reports import html

    with tempfile.TemporaryDirectory(prefix="lab-pages-") as folder:
        html.write(hostile_report(), Path(folder))
        env = {**os.environ, "CLASS_PAGES": folder, "CHROMIUM": chromium(), "TMPDIR": folder}
        command = ["node", "--test", str(HERE / "pages.test.mjs")]
        return subprocess.run(command, env=env, timeout=SECONDS, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
