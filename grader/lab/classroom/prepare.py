# Makes run.json: who handed in what, under which policy, with which secret seed.
from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from lab.classroom.collect import collect
from lab.classroom.job import Rules
from lab.classroom.plan import Plan, make_plan, read_plan, together
from lab.classroom.policy import Policy
from lab.classroom.roster import Roster, parse_roster, read_roster
from lab.classroom.store import RUN, Store
from lab.classroom.wishes import Wishes
from lab.course import Exercise
from lab.desk import Desk
from lab.errors import LabError
from lab.pristine import course_stub
from lab.version import course_version

NOT_YET = {"mode": "none", "layers": []}  # nobody has been graded


def prepare(desk: Desk, store: Store, wishes: Wishes) -> list[str]:
    """Leaves a run.json to work from: the old one, changed as asked, or one made from the paths.

    Returns: what was noticed on the way. Throws: LabError; then the old run stands as it was.
    """
    if store.exists() and not wishes.resume:
        raise LabError(
            f"{store.folder} holds a run already: --resume goes on with it, --out names another"
        )
    if not store.exists() and any(store.folder.glob("results/*/*.json")):
        raise LabError(f"{store.folder} has lost its run.json: name another folder with --out")
    if not store.exists() and store.holds_others():
        raise LabError(f"{store.folder} is not empty and holds no run: name a new one with --out")
    old = store.read_run() if store.exists() else {}
    if not wishes.paths:
        if not old:
            raise LabError("name the submissions: ./lab grade FOLDER, or --resume with its --out")
        return change(desk, store, old, wishes)
    policy = policy_for(desk, old, wishes)
    exercises = exercises_for(desk, policy, old, wishes)
    roster = roster_for(store, wishes)
    collected = collect(wishes.paths, desk.course, roster)
    stubs = stubs_of(desk, exercises)
    entries = roster.entries if roster else ()
    rows = {entry.student.id: entry.columns for entry in entries}
    listed = [entry.student for entry in entries]
    plan = make_plan(exercises, collected.submissions, stubs, listed, rows)
    if old:
        plan = together(read_plan(old), plan, store.answer)
    if not plan.students:
        raise LabError(f"no submission found in {', '.join(str(path) for path in wishes.paths)}")
    rules = rules_for(desk, policy, old, wishes)
    walls = old.get("isolation", NOT_YET)  # what was graded before was graded behind these
    if wishes.roster is not None:
        store.keep_roster(wishes.roster.read_bytes())
    store.write_run({**as_run(policy, plan, rules), "isolation": walls}, plan.texts)
    return [*(roster.notes if roster else ()), *collected.notes, *unknown(policy, plan)]


def exercises_for(
    desk: Desk, policy: Policy, old: Mapping[str, Any], wishes: Wishes
) -> list[Exercise]:
    """Those asked for now; else a new policy's; else those of the run that is gone on with."""
    if wishes.only or (wishes.policy is not None and policy.exercises):
        return desk.course.find_all(wishes.only or policy.exercises)
    return desk.course.find_all(old["exercises"] if old else policy.exercises)


def roster_for(store: Store, wishes: Wishes) -> Roster | None:
    """The roster named now, else the one that the run was begun with."""
    if wishes.roster is not None:
        return read_roster(wishes.roster)
    kept = store.kept_roster()
    return parse_roster(kept, "the run's roster") if kept is not None else None


def change(desk: Desk, store: Store, old: Mapping[str, Any], wishes: Wishes) -> list[str]:
    """The old run under another policy, or with a newer course; the answers are the same."""
    policy = policy_for(desk, old, wishes)
    rules = rules_for(desk, policy, old, wishes)
    notes = []
    if rules.version != old["rules"]["version"]:
        notes.append("the course has changed since: every answer is graded again")
    run: dict[str, Any] = {**old, "policy": policy.to_json(), "rules": asdict(rules)}
    if wishes.only or wishes.roster:
        option = "--only" if wishes.only else "--roster"
        raise LabError(f"{option} needs the submissions: ./lab grade FOLDER {option} … --resume")
    if wishes.policy is not None and policy.exercises:
        run["exercises"] = [ex.key for ex in desk.course.find_all(policy.exercises)]
        unread = sorted(set(run["exercises"]) - set(old["exercises"]))
        if unread:
            raise LabError(
                f"the policy asks for {unread[0]}, which this run has not read: name the"
                " submissions, ./lab grade FOLDER --resume"
            )
    if run != old:
        store.rewrite_run(run)
    return notes


def policy_for(desk: Desk, old: Mapping[str, Any], wishes: Wishes) -> Policy:
    if wishes.policy is not None:
        return Policy.load(wishes.policy, desk.course)
    return Policy.from_json(old["policy"]) if old else Policy()


def rules_for(desk: Desk, policy: Policy, old: Mapping[str, Any], wishes: Wishes) -> Rules:
    """The seed is the one asked for, else that of the run that this one goes on with or is compared
    with, else drawn: a secret of the class, and the same for all."""
    known = old or (Store(wishes.old_run).read_run() if wishes.old_run else {})
    seed = wishes.seed or policy.run.seed or known.get("rules", {}).get("seed")
    return Rules(
        version=course_version(desk.places.root),
        seed=seed or 1 + secrets.randbelow(1 << 40),
        cases=policy.run.cases,
        cpu_seconds=policy.run.cpu_seconds,
        memory_mib=policy.run.memory_mib,
        sanitize=policy.run.sanitize,
    )


def as_run(policy: Policy, plan: Plan, rules: Rules) -> dict[str, Any]:
    return {
        "schema": RUN,
        "course": "event-loop-lab",
        "rules": asdict(rules),
        "policy": policy.to_json(),
        "isolation": NOT_YET,
        "exercises": list(plan.exercises),
        "students": plan.to_json(),
    }


def unknown(policy: Policy, plan: Plan) -> list[str]:
    """Extensions for somebody who is not there: a slip of the pen, most likely."""
    ids = policy.unknown_extensions(student.id for student in plan.students)
    return [f"the policy extends the date of {name}, who is not in the class" for name in ids]


def stubs_of(desk: Desk, exercises: Sequence[Exercise]) -> dict[str, str]:
    """Each exercise's stub, to tell untouched answers and to compare with."""
    return {ex.key: course_stub(desk.places, ex) for ex in exercises}
