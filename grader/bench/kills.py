# Kills a class run again and again, and grades it in other ways: the reports must stay the same.
#
#   PYTHONPATH=grader python3 grader/bench/kills.py --kills 50
#   PYTHONPATH=grader python3 grader/bench/kills.py --kills 0 --ways
#
# A class is graded unbroken. Then the same command is ended by SIGKILL at random moments, from its
# first millisecond on, and called again; whenever a run comes to its end, its reports are compared
# and the class is begun anew. Takes about five minutes for 50 kills on two free cores.
from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from runs import Place, Way, difference, made_place, report_files, said, start

from lab import orphans
from lab.classroom.journal import read

MOST_SECONDS_TO_WORK = 10.0
LOOK_SECONDS = 0.02
USUAL = Way("as usual")

WAYS = (
    Way("one job", ["--jobs=1"]),
    Way("two jobs", ["--jobs=2"]),
    Way("four jobs", ["--jobs=4"]),
    Way("a cluster", ["--cluster=local:2"]),
    Way("locale C", variables={"LC_ALL": "C"}),
    Way("no locale", variables={"LC_ALL": None, "LANG": None}),
    Way("Turkish", variables={"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
    Way("German", variables={"LC_ALL": None, "LANG": "de_DE.UTF-8", "LANGUAGE": "de"}),
    Way("umask 077", umask=0o077),
    Way("umask 0", umask=0),
    Way("hash seed 1", variables={"PYTHONHASHSEED": "1"}),
    Way("hash seed 2", variables={"PYTHONHASHSEED": "2"}),
    Way("time zone of Kathmandu", variables={"TZ": "Asia/Kathmandu"}),
    Way("time zone of Honolulu", variables={"TZ": "Pacific/Honolulu"}),
    Way("a narrow terminal", variables={"COLUMNS": "30", "TERM": "dumb"}),
)


@dataclass
class Tally:
    """What has been seen so far."""

    kills: int = 0
    whole: int = 0  # runs that came to their end
    seconds_to_work: list[float] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)

    def complain(self, what: str) -> None:
        self.bad.append(what)
        print(f"BAD: {what}", flush=True)


def begun(journal: Path) -> int:
    """How many lines the journal has; a grown journal means that somebody is at work."""
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def watch(child: subprocess.Popen[bytes], journal: Path, until: float, tally: Tally) -> bool:
    """Waits until `until`. Returns: whether the run came to its end before."""
    since, lines, working = time.monotonic(), begun(journal), False
    while time.monotonic() < until:
        if child.poll() is not None:
            return True
        if not working and begun(journal) > lines:
            working = True
            tally.seconds_to_work.append(time.monotonic() - since)
        time.sleep(LOOK_SECONDS)
    return False


def after_kill(place: Place, tally: Tally) -> None:
    """Looks, one second later, at what is still there."""
    time.sleep(1.0)
    with contextlib.suppress(ChildProcessError):  # those that have ended are ours to be waited for
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    strays = orphans.children()
    for pid in strays:
        told = Path(f"/proc/{pid}/comm")
        tally.left[f"process {told.read_text().strip()}" if told.exists() else "process"] += 1
    orphans.end_all_but(set())
    for name in place.left_behind():
        tally.left[f"folder {name.rpartition('-')[0] or name}-*"] += 1


def check_end(
    place: Place, child: subprocess.Popen[bytes], whole: dict[str, bytes], tally: Tally
) -> None:
    """A run that came to its end: are the reports the same, and was nothing done twice?"""
    tally.whole += 1
    if child.returncode == 3 and "grader-error" in said(place):
        return  # given up for now, as it was killed too often; the next call tries again
    if child.returncode != 0:
        tally.complain(f"ended with {child.returncode}: {said(place)}")
    if unlike := difference(report_files(place.out), whole):
        tally.complain(f"other reports: {unlike}")
    ends: Counter[str] = Counter()
    for record, _ in read(place.out / "journal.jsonl"):
        if record["event"] == "begin" and ends[record["name"]]:
            tally.complain(f"graded again after it was committed: {record['name']}")
        ends[record["name"]] += record["event"] == "end"
    if left := place.left_behind():
        tally.complain(f"left behind by a whole run: {', '.join(left)}")
    shutil.rmtree(place.out)


def kill_often(
    place: Place, only: str, whole: dict[str, bytes], asked: argparse.Namespace
) -> Tally:
    chance, tally = random.Random(asked.seed), Tally()
    orphans.adopt(True)  # so that what a killed run leaves behind becomes ours, and can be seen
    while tally.kills < asked.kills or place.out.exists():
        last = tally.kills >= asked.kills
        wait = 3600.0 if last else chance.uniform(0, asked.longest)
        child = start(place, place.out, only, Way("killed", asked.word))
        if watch(child, place.out / "journal.jsonl", time.monotonic() + wait, tally):
            check_end(place, child, whole, tally)
            continue
        child.kill()
        child.wait()
        tally.kills += 1
        after_kill(place, tally)
        if asked.verbose:
            print(f"kill {tally.kills} after {wait:.2f} s: {dict(tally.left)}", flush=True)
    orphans.adopt(False)
    if any(seconds > MOST_SECONDS_TO_WORK for seconds in tally.seconds_to_work):
        tally.complain(f"took {max(tally.seconds_to_work):.1f} s to start work")
    return tally


def graded(place: Place, out: Path, only: str, way: Way) -> dict[str, bytes]:
    """Grades the class unbroken. Throws: SystemExit with what the grader said if it fails."""
    child = start(place, out, only, way)
    if child.wait() != 0:
        raise SystemExit(f"{way.name}: ended with {child.returncode}: {said(place)}")
    return report_files(out)


def compare_ways(place: Place, only: str, whole: dict[str, bytes]) -> list[str]:
    """Returns: the ways that gave other reports."""
    bad = []
    for way in WAYS:
        out = place.folder / "other"
        try:
            unlike = difference(graded(place, out, only, way), whole)
        except SystemExit as error:
            unlike = str(error)
        print(f"{way.name:24} {'DIFFERS: ' + unlike if unlike else 'same'}", flush=True)
        bad += [way.name] if unlike else []
        shutil.rmtree(out, ignore_errors=True)
    return bad


def main() -> int:
    parser = argparse.ArgumentParser(description="Kills a class run again and again.")
    parser.add_argument("--students", type=int, default=12)
    parser.add_argument("--exercise", default="01-4")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--longest", type=float, help="seconds before a kill; default: a run's")
    parser.add_argument("--ways", action="store_true", help="grade in other ways as well")
    parser.add_argument("--word", action="append", default=[], help="such as --cluster=local:2")
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    with made_place(asked.students, asked.exercise) as place:
        since = time.monotonic()
        whole = graded(place, place.folder / "whole", asked.exercise, USUAL)
        asked.longest = asked.longest or time.monotonic() - since
        print(f"unbroken: {time.monotonic() - since:.1f} s, {len(whole)} files", flush=True)
        bad = compare_ways(place, asked.exercise, whole) if asked.ways else []
        tally = kill_often(place, asked.exercise, whole, asked) if asked.kills else Tally()
    if asked.kills:
        seconds = sorted(tally.seconds_to_work) or [0.0]
        print(
            f"{tally.kills} kills, {tally.whole} runs that came to their end,"
            f" {len(tally.bad)} complaints"
        )
        print(f"start of work: median {seconds[len(seconds) // 2]:.1f} s, most {seconds[-1]:.1f} s")
        print(f"left 1 s after a kill: {dict(tally.left) or 'nothing'}")
    return 1 if bad or tally.bad else 0


if __name__ == "__main__":
    sys.exit(main())
