# `./lab audit`: proves the course, file by file, with fresh parameters each time.
from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from lab.audit_answers import KINDS, Proof, prove
from lab.audit_mutants import LIST, Harvest, harvest
from lab.audit_repeats import Repeats, repeat
from lab.audit_pages import check_timelines, check_transcripts
from lab.course import Exercise
from lab.desk import Desk, shown
from lab.judge import Options
from lab.lint_course import check_course
from lab.lint_files import Complaint
from lab.lint_pages import check_pages
from lab.options import command as lab_command
from lab.options import WholeNumber, json_option
from lab.text import fit, visible


@lab_command("audit", "./lab audit 01-4")
@click.argument("exercises", nargs=-1, metavar="[EX]...")
@click.option("--cases", type=WholeNumber(min=1), help="Cases for each answer; 5 without.")
@click.option("--seed", type=WholeNumber(min=1), help="Fix the fresh cases.")
@click.option("--sanitize", is_flag=True, help="Build with the address sanitizer.")
@click.option("--mutants", is_flag=True, help="Change each solution in small ways instead.")
@click.option("--repeat", "times", type=WholeNumber(min=1), help="Run each solution so often.")
@json_option
@click.pass_obj
def command(
    desk: Desk,
    exercises: tuple[str, ...],
    cases: int | None,
    seed: int | None,
    sanitize: bool,
    mutants: bool,
    times: int | None,
    as_json: bool,
) -> int:
    """Prove the course: stubs, solutions, wrong and right answers, pages, data.

    An answer is judged again when it, its checker or a hint has changed, or with --cases or --seed.
    With --mutants: prove the checkers. Every small change to a solution must be rejected, or stand
    in survivors.toml beside its checker with the reason why it is right too.
    With --repeat: prove determinism. Each solution runs that often with each of two seeds, and
    all traces of one seed must be the same.
    """
    wanted = desk.course.find_all(exercises)
    options = Options(seed=seed, cases=cases, sanitize=sanitize)
    if mutants:
        return prove_checkers(desk, wanted, options, as_json)
    if times is not None:
        return prove_determinism(desk, wanted, times, as_json)
    proofs = prove(desk.places, wanted, options, lambda p: None if as_json else say_if_wrong(p))
    complaints = sorted(set(check(desk, proofs)))
    if as_json:
        click.echo(json.dumps(report(wanted, proofs, complaints), ensure_ascii=False))
    else:
        show(wanted, proofs, complaints)
    return 0 if not complaints and all(p.ok for p in proofs) else 1


def prove_checkers(desk: Desk, wanted: Sequence[Exercise], options: Options, as_json: bool) -> int:
    if not as_json:
        click.echo(fit("exercise", 32) + "   made  built  rejected  explained  survive")
    found = harvest(desk.places, wanted, options, lambda h: None if as_json else show_harvest(h))
    if as_json:
        rows = [{**vars(h), "exercise": h.exercise.key} for h in found]
        click.echo(json.dumps({"schema": "lab/mutants/v1", "exercises": rows}, ensure_ascii=False))
    else:
        rejected, equal = sum(h.rejected for h in found), sum(len(h.explained) for h in found)
        wrong = sum(h.built for h in found) - equal
        share = f"{100 * rejected / wrong:.1f} %" if wrong else "none"
        click.echo(
            f"\n{rejected} of {wrong} wrong mutants are rejected: {share}; {equal} are right."
        )
    return 0 if all(h.ok for h in found) else 1


def prove_determinism(desk: Desk, wanted: Sequence[Exercise], times: int, as_json: bool) -> int:
    found = repeat(desk.places, wanted, times, lambda r: None if as_json else show_repeats(r))
    if as_json:
        rows = [{**vars(r), "exercise": r.exercise.key} for r in found]
        click.echo(json.dumps({"schema": "lab/repeats/v1", "exercises": rows}, ensure_ascii=False))
    else:
        same = sum(r.ok for r in found)
        click.echo(f"\n{same} of {len(found)} solutions told the same in every run of a seed.")
    return 0 if all(r.ok for r in found) else 1


def show_repeats(found: Repeats) -> None:
    name = fit(f"{found.exercise.number} {found.exercise.slug[3:]}", 32)
    bad = f", {found.bad_ends} bad ends" if found.bad_ends else ""
    click.echo(f"{name} {found.runs} runs, 2 seeds: {found.traces} traces{bad}")


def show_harvest(found: Harvest) -> None:
    name = fit(f"{found.exercise.number} {found.exercise.slug[3:]}", 32)
    numbers = (found.made, found.built, found.rejected, len(found.explained), len(found.survivors))
    click.echo(name + "".join(str(n).rjust(w) for n, w in zip(numbers, (7, 7, 10, 11, 9))))
    for change in found.survivors:
        click.echo(visible(f"  accepted: {change}"))
    for change in found.stale:
        click.echo(visible(f"  in {LIST}, but not a survivor: {change}"))


def check(desk: Desk, proofs: Sequence[Proof]) -> list[Complaint]:
    """Pages and data, whole: they are cheap, and one exercise can break another's page."""
    root = desk.places.root
    return [
        *check_course(desk.course),
        *check_pages(root),
        *check_transcripts(root, proofs),
        *check_timelines(desk.places),
    ]


def say_if_wrong(proof: Proof) -> None:
    if not proof.ok:
        where = shown(proof.claim.path)
        click.echo(visible(f"{where}: {proof.claim.kind}: {proof.trouble}"))


def show(
    exercises: Sequence[Exercise], proofs: Sequence[Proof], complaints: list[Complaint]
) -> None:
    for complaint in complaints:
        click.echo(visible(str(complaint)))
    click.echo(fit("exercise", 32) + "".join(kind.rjust(11) for kind in KINDS) + "   seconds")
    for ex in exercises:
        own = [p for p in proofs if p.claim.exercise == ex]
        seconds = sum(sum(p.result.seconds.values()) for p in own)
        cells = "".join(tally(own, kind).rjust(11) for kind in KINDS)
        click.echo(f"{fit(f'{ex.number} {ex.slug[3:]}', 32)}{cells}{seconds:10.1f}")
    good = sum(p.ok for p in proofs)
    click.echo(
        f"\n{good} of {len(proofs)} answers are judged as they must be; "
        f"{len(complaints)} complaints about pages and data."
    )


def tally(proofs: Sequence[Proof], kind: str) -> str:
    own = [p for p in proofs if p.claim.kind == kind]
    good = sum(p.ok for p in own)
    return f"{good}/{len(own)}" + ("" if good == len(own) else " !")


def report(
    exercises: Sequence[Exercise], proofs: Sequence[Proof], complaints: list[Complaint]
) -> dict[str, Any]:
    return {
        "schema": "lab/audit/v1",
        "exercises": [
            {"exercise": ex.key, "answers": [row(p) for p in proofs if p.claim.exercise == ex]}
            for ex in exercises
        ],
        "complaints": [vars(c) for c in complaints],
        "summary": {
            "answers": len(proofs),
            "as_expected": sum(p.ok for p in proofs),
            "complaints": len(complaints),
        },
    }


def row(proof: Proof) -> dict[str, Any]:
    claim, result = proof.claim, proof.result
    return {
        "kind": claim.kind,
        "file": claim.path.relative_to(claim.exercise.root).as_posix(),
        "expected": claim.expected,
        "verdict": result.verdict,
        "hint": result.hint.id if result.hint else None,
        "ok": proof.ok,
        "message": proof.trouble,
        "seconds": {"build": 0.0, "run": 0.0, **result.seconds},
    }
