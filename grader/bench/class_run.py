# Measures how a class of N is graded: time, answers a second, memory, the time of the reports.
#
#   PYTHONPATH=grader python3 grader/bench/class_run.py --students 5000 --json
#
# A third of the answers are identical. Memory is the most that the grader's own process ever held
# (VmHWM), and that any one process below it did (ru_maxrss of those it waited for).
from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from runs import Place, Way, made_place, said, start

LOOK_SECONDS = 0.1


def peak_mib(pid: int, known: float) -> float:
    """The most memory that a process has held until now; `known` once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return known
    found = [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
    return max([known, *found])


def measure(place: Place, only: str, way: Way) -> dict[str, Any]:
    """Grades the class once. Throws: SystemExit with what the grader said when it fails."""
    load, since = os.getloadavg()[0], time.monotonic()
    child = start(place, place.out, only, way)
    peak, pid, journal = 0.0, 0, place.out / "journal.jsonl"
    lines, first, last = 0, since, since
    while pid == 0:
        time.sleep(LOOK_SECONDS)
        peak = peak_mib(child.pid, peak)
        now = journal.stat().st_size if journal.exists() else 0
        if now != lines:
            first = time.monotonic() if lines == 0 else first
            lines, last = now, time.monotonic()
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
    seconds = time.monotonic() - since
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"the run failed: {said(place)}")
    told = json.loads(said(place).splitlines()[-1])
    return {
        "way": way.name,
        "students": told["students"],
        "answers": told["answers"],
        "graded_now": told["graded_now"],
        "load_before": round(load, 2),
        "seconds": round(seconds, 1),
        "seconds_to_work": round(first - since, 1),
        "seconds_of_reports": round(since + seconds - last, 1),
        "answers_a_second": round(told["graded_now"] / max(last - first, 1.0), 2),
        "submissions_a_second": round(told["students"] / seconds, 2),
        "grader_mib": round(peak, 1),
        "largest_child_mib": round(usage.ru_maxrss / 1024, 1),
        "verdicts": told["verdicts"],
    }


def table(rows: list[dict[str, Any]]) -> str:
    """One line a figure, one column a way."""
    names = [name for name in rows[0] if name not in ("way", "verdicts")]
    lines = [f"{'':22}" + "".join(f"{row['way']:>14}" for row in rows)]
    for name in names:
        lines.append(f"{name.replace('_', ' '):22}" + "".join(f"{row[name]:>14}" for row in rows))
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measures how a class is graded.")
    parser.add_argument("--students", type=int, default=5000)
    parser.add_argument("--exercise", default="01-4")
    parser.add_argument("--jobs", type=int, action="append", default=[], help="may be repeated")
    parser.add_argument("--cluster", action="append", default=[], metavar="ADDRESS")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each run as well")
    asked = parser.parse_args()
    ways = [Way(f"{n} jobs", [f"--jobs={n}"]) for n in asked.jobs]
    ways += [Way(address, [f"--cluster={address}"]) for address in asked.cluster]
    rows = []
    with made_place(asked.students, asked.exercise) as place:
        for way in ways or [Way("as usual")]:
            rows.append(measure(place, asked.exercise, way))
            rows.append(measure(place, asked.exercise, Way(f"{way.name}, again")))
            shutil.rmtree(place.out)
    print(table(rows))
    for row in rows if asked.json else []:
        print(json.dumps(row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
