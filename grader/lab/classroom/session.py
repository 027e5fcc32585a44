# A class run from beginning to end: collect, plan, rehearse, grade, report.
from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from lab.classroom.assemble import assemble
from lab.classroom.collect import collect
from lab.classroom.crew import Crew, Stored, Threads
from lab.classroom.bench import Bench
from lab.classroom.job import Job, Rules
from lab.classroom.journal import Journal
from lab.classroom.model import ClassReport
from lab.classroom.plan import Plan, make_plan, read_plan
from lab.classroom.progress_view import progress
from lab.classroom.rehearsal import rehearse
from lab.classroom.run import missing, work
from lab.classroom.store import RUN, Store
from lab.course import Exercise
from lab.desk import Desk
from lab.errors import LabError
from lab.pristine import stub_of
from lab.text import plural
from lab.version import course_version


@dataclass(frozen=True)
class Wishes:
    """What the command line asks for."""

    paths: tuple[Path, ...]
    out: Path
    jobs: int | None = None
    formats: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    resume: bool = False
    quiet: bool = False
    cluster: str = ""
    seed: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What a run came to, for one line or one JSON object."""

    out: Path
    students: int
    answers: int
    graded_now: int
    verdicts: Mapping[str, int] = field(default_factory=dict)

    @property
    def faults(self) -> int:
        return self.verdicts.get("grader-error", 0)

    @property
    def exit_code(self) -> int:
        return 3 if self.faults else 0

    def text(self) -> str:
        said = ", ".join(f"{count} {verdict}" for verdict, count in sorted(self.verdicts.items()))
        told = f"{plural(self.students, 'student')}, {plural(self.answers, 'distinct answer')}: {said}."
        if self.faults:
            told += f"\n{plural(self.faults, 'grade')} missing by our fault: --resume tries again."
        return f"{told}\nReports: {self.out / 'reports'}"

    def to_json(self) -> dict[str, Any]:
        told = {**asdict(self), "out": str(self.out), "faults": self.faults}
        return {"schema": "lab/grade/v1", **told}


def grade_class(desk: Desk, wishes: Wishes) -> Outcome:
    """Does what `wishes` says. Throws: LabError, and then a later --resume goes on."""
    store = Store(wishes.out)
    with store.held():
        prepare(desk, store, wishes)
        run = store.read_run()
        plan, rules = read_plan(run), Rules(**run["rules"])
        exercises = [desk.course.find_one(key) for key in plan.exercises]
        with Journal(store.journal) as journal:
            jobs = plan.jobs(rules)
            left = missing(store, journal, jobs)
            if left:
                grade_jobs(desk, store, journal, left, exercises, rules, wishes)
        report = assemble(store, desk.course, stubs_of(desk, exercises))
        write_reports(report, store, wishes.formats)
    verdicts = Counter(grade.verdict for student in report.students for grade in student.grades)
    return Outcome(wishes.out, len(report.students), len(jobs), len(left), dict(verdicts))


def prepare(desk: Desk, store: Store, wishes: Wishes) -> None:
    """Leaves a run.json to work from: the old one, or one made from the paths."""
    if store.exists() and not wishes.resume:
        raise LabError(
            f"{store.folder} holds a run already: --resume goes on with it, --out names another"
        )
    if not wishes.paths:
        if not store.exists():
            raise LabError(
                f"{store.folder} holds no run to go on with: name the submissions to grade"
                if wishes.resume
                else "name the submissions: ./lab grade FOLDER"
            )
        return
    old = store.read_run() if store.exists() else {}
    exercises = desk.course.find_all(wishes.only)
    collected = collect(wishes.paths, desk.course)
    plan = make_plan(desk.course, exercises, collected.submissions, stubs_of(desk, exercises))
    version = course_version(desk.places.root)
    seed = wishes.seed or old.get("rules", {}).get("seed") or 1 + secrets.randbelow(1 << 40)
    rules = Rules(version, seed=seed)
    store.write_run(as_run(desk, plan, rules), plan.texts)


def as_run(desk: Desk, plan: Plan, rules: Rules) -> dict[str, Any]:
    return {
        "schema": RUN,
        "course": "event-loop-lab",
        "title": "Event Loop Lab",
        "rules": asdict(rules),
        "policy": {},
        "isolation": {"mode": "none", "layers": []},
        "exercises": list(plan.exercises),
        "students": plan.to_json(),
    }


def stubs_of(desk: Desk, exercises: Sequence[Exercise]) -> dict[str, str]:
    found = {}
    for ex in exercises:
        kept = stub_of(desk.places, ex)
        found[ex.key] = kept.read_text(encoding="utf-8") if kept.is_file() else ""
    return found


def grade_jobs(
    desk: Desk,
    store: Store,
    journal: Journal,
    jobs: Sequence[Job],
    exercises: Sequence[Exercise],
    rules: Rules,
    wishes: Wishes,
) -> None:
    wanted = {job.exercise for job in jobs}
    asked = [ex for ex in exercises if ex.key in wanted]
    crew = make_crew(desk, asked, rules, wishes)
    try:
        rehearse(asked, rules, journal, crew)
        with progress(len(jobs), quiet=wishes.quiet) as view:
            work(store, journal, jobs, crew, view.note)
    finally:
        crew.close()


def make_crew(desk: Desk, exercises: Sequence[Exercise], rules: Rules, wishes: Wishes) -> Crew:
    if wishes.cluster:
        from lab.classroom.cluster import Cluster

        return Cluster(wishes.cluster, rules, [ex.key for ex in exercises])
    bench = Bench.open(desk, exercises, sanitize=rules.sanitize, quiet=wishes.quiet)

    def grade(number: int, job: Job, text: bytes) -> Stored:
        return bench.grade(number, job.exercise, text, rules)

    return Threads(wishes.jobs or os.cpu_count() or 1, grade)


def write_reports(report: ClassReport, store: Store, formats: Sequence[str]) -> None:
    pass
