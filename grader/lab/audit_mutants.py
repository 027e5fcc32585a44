# Proves the checkers: small changes to a solution are rejected, or listed as right with a reason.
from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from lab import build, grade, process
from lab.answer import read_answer
from lab.audit_answers import AuditPlaces
from lab.course import Exercise
from lab.errors import LabError
from lab.judge import Options
from lab.mutants import Mutant, mutants
from lab.places import Places

NO_PROGRAM = ("does-not-compile", "compile-limit")
LIST = "survivors.toml"


@dataclass
class Harvest:
    """What became of the mutants of one solution."""

    exercise: Exercise
    made: int = 0
    built: int = 0
    rejected: int = 0
    explained: list[str] = field(default_factory=list)
    survivors: list[str] = field(default_factory=list)  # accepted, and nobody says why
    stale: list[str] = field(default_factory=list)  # explained, but they do not survive

    @property
    def ok(self) -> bool:
        return not self.survivors and not self.stale


def harvest(
    places: Places,
    exercises: Sequence[Exercise],
    options: Options = Options(),
    done: Callable[[Harvest], None] = lambda harvest: None,
    jobs: int = grade.WORKERS,
) -> list[Harvest]:
    """Grades every mutant of every solution; `done` sees each harvest in order."""
    tools = build.prepare(places, grade.targets_for(exercises, options))
    apart = AuditPlaces(places.root, places.state)
    found = []
    pool = ThreadPoolExecutor(max_workers=jobs)
    try:
        for ex in exercises:
            made = mutants(ex.solution.read_text(encoding="utf-8"))
            waiting = [pool.submit(verdict, apart, tools, ex, mutant, options) for mutant in made]
            verdicts = [one.result() for one in waiting]
            found.append(judge_harvest(ex, made, verdicts, read_reasons(ex)))
            done(found[-1])
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        process.stop_all()
        raise
    pool.shutdown()
    return found


def verdict(
    places: Places, tools: build.Toolbox, ex: Exercise, mutant: Mutant, options: Options
) -> str:
    with tempfile.TemporaryDirectory(prefix="lab-mutant-") as folder:
        path = Path(folder) / ex.solution.name
        path.write_text(mutant.text, encoding="utf-8")
        return grade.grade_with(places, tools, ex, read_answer(path), options).verdict


def judge_harvest(
    ex: Exercise, made: Sequence[Mutant], verdicts: Sequence[str], reasons: dict[str, str]
) -> Harvest:
    """A pure function of what was made, what came out, and what the list of survivors says."""
    result = Harvest(ex, made=len(made))
    for mutant, came in zip(made, verdicts, strict=True):
        if came in NO_PROGRAM:
            continue
        result.built += 1
        if came != "accepted":
            result.rejected += 1
        elif mutant.change in reasons:
            result.explained.append(mutant.change)
        else:
            result.survivors.append(mutant.change)
    result.stale = [change for change in reasons if change not in result.explained]
    return result


def read_reasons(ex: Exercise) -> dict[str, str]:
    """The listed survivors, each with its reason.

    Throws: LabError for a list that is not of the form `[[survivor]]`, `change`, `reason`.
    """
    path: Path = ex.checks / LIST
    if not path.is_file():
        return {}
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", [])
        return {row["change"]: row["reason"] for row in rows}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise LabError(f"{path}: a survivor has a change and a reason ({error})") from error
