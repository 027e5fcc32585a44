# A class run from beginning to end: prepare, rehearse, grade, report.
from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from lab.classroom import diff, diff_text, reports, snapshot
from lab.classroom.assemble import assemble
from lab.classroom.bench import Bench
from lab.classroom.crew import Crew, Stored, Threads
from lab.classroom.job import Job, Rules
from lab.classroom.journal import Journal
from lab.classroom.model import ClassReport, Isolation
from lab.classroom.plan import read_plan
from lab.classroom.prepare import prepare, stubs_of
from lab.classroom.progress_view import progress
from lab.classroom.rehearsal import rehearse
from lab.classroom.run import adopt, missing, work
from lab.classroom.snapshot import Snapshot
from lab.classroom.store import Store, dump
from lab.classroom.wishes import Wishes
from lab.course import Exercise
from lab.desk import Desk
from lab.errors import LabFault
from lab.sandbox_stage import remove_stale
from lab.state import write_atomically
from lab.text import plural


@dataclass(frozen=True)
class Outcome:
    """What a run came to, for one line or one JSON object."""

    out: Path
    students: int
    answers: int
    graded_now: int
    verdicts: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    changes: diff.Diff | None = None

    @property
    def faults(self) -> int:
        return self.verdicts.get("grader-error", 0)

    @property
    def exit_code(self) -> int:
        return 3 if self.faults else 0

    def text(self) -> str:
        said = ", ".join(f"{count} {verdict}" for verdict, count in sorted(self.verdicts.items()))
        what = f"{plural(self.students, 'student')}, {plural(self.answers, 'distinct answer')}"
        lines = [f"note: {note}" for note in self.notes]
        lines.append(f"{what}, {self.graded_now} graded now: {said or 'nothing to grade'}.")
        if self.faults:
            lines.append(f"{plural(self.faults, 'grade')} missing by our fault: try --resume.")
        if self.changes is not None:
            lines += ["", diff_text.text(self.changes)]
        lines.append(f"Reports: {self.out / 'reports'}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "schema": "lab/grade/v1",
            "out": str(self.out),
            "students": self.students,
            "answers": self.answers,
            "graded_now": self.graded_now,
            "verdicts": dict(sorted(self.verdicts.items())),
            "faults": self.faults,
            "notes": list(self.notes),
        }
        if self.changes is not None:
            told["changes"] = diff_text.to_json(self.changes)
        return told


def grade_class(desk: Desk, wishes: Wishes) -> Outcome:
    """Does what `wishes` says. Throws: LabError, and then a later --resume goes on."""
    try:
        return graded(desk, wishes)
    except OSError as error:
        about = f"{error.filename}: " if error.filename else ""
        raise LabFault(
            f"the machine refused ({about}{error.strerror or error}): nothing is lost, and --resume"
            " goes on"
        ) from error


def graded(desk: Desk, wishes: Wishes) -> Outcome:
    """Throws: LabError; OSError where nobody nearer knows what to say."""
    formats = reports.check_names(wishes.formats)
    before = read_old(wishes)
    store = Store(wishes.out)
    with store.held():
        remove_stale()  # a killed run's folders, also where nothing is left to be graded
        notes = prepare(desk, store, wishes)
        run = store.read_run()
        plan, rules = read_plan(run), Rules(**run["rules"])
        exercises = [desk.course.find_one(key) for key in plan.exercises]
        with Journal(store.journal) as journal:
            jobs = plan.jobs(rules)
            left = missing(store, journal, jobs)
            if wishes.old_run is not None:
                left = adopt(store, journal, left, Store(wishes.old_run))
            if left:
                grade_jobs(desk, store, journal, left, exercises, rules, wishes)
        report = assemble(store, desk.course, stubs_of(desk, exercises))
        reports.write_all(report, store.reports, {*formats, *reports.present(store.reports)})
        changes = compare(before, report, store)
    verdicts = Counter(grade.verdict for student in report.students for grade in student.grades)
    told = (*notes, *walls_note(report.isolation, len(left)))
    return Outcome(
        wishes.out, len(report.students), len(jobs), len(left), dict(verdicts), told, changes
    )


def walls_note(isolation: Isolation, graded_now: int) -> list[str]:
    """What a teacher must not overlook in a long report."""
    if not graded_now or isolation.mode == "full":
        return []
    missing_ones = ", ".join(layer.name for layer in isolation.layers if not layer.on)
    return [f"isolation was {isolation.mode}; missing: {missing_ones or 'all of it'}"]


def read_old(wishes: Wishes) -> Snapshot | None:
    """The run to compare with, read before anything of it can be written over."""
    return snapshot.read(wishes.diff) if wishes.diff is not None else None


def compare(before: Snapshot | None, report: ClassReport, store: Store) -> diff.Diff | None:
    """Effects: writes diff.json beside the reports, if there is something to compare with."""
    if before is None:
        return None
    changes = diff.compare(before, snapshot.of_report(report))
    write_atomically(store.reports / "diff.json", dump(diff_text.to_json(changes)))
    return changes


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
    with make_crew(desk, asked, rules, wishes) as (crew, isolation):
        rehearse(asked, rules, journal, crew)
        store.note_isolation(isolation)
        with progress(len(jobs), quiet=wishes.quiet) as view:
            reassure = partial(rehearse, asked, rules, journal, crew, again=True)
            work(store, journal, jobs, crew, view.note, reassure)


@contextlib.contextmanager
def make_crew(
    desk: Desk, exercises: Sequence[Exercise], rules: Rules, wishes: Wishes
) -> Iterator[tuple[Crew, Isolation]]:
    """The crew that was asked for, and how it keeps answers apart; gone when the block ends."""
    if wishes.cluster:
        from lab.classroom.cluster import Cluster

        cluster = Cluster(wishes.cluster, rules, [ex.key for ex in exercises], wishes.trust)
        with contextlib.closing(cluster):
            yield cluster, cluster.isolation or Isolation("none")
        return
    size = wishes.jobs or os.cpu_count() or 1
    opened = Bench.opened(
        desk,
        exercises,
        sanitize=rules.sanitize,
        trust=wishes.trust,
        quiet=wishes.quiet,
    )
    with opened as bench:

        def grade(number: int, job: Job, text: bytes) -> Stored:
            return bench.grade(number, job.exercise, text, rules)

        with contextlib.closing(Threads(size, grade)) as crew:
            yield crew, bench.isolation
