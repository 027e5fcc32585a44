# `./lab check`: grades answers and explains what is wrong with them.
from __future__ import annotations

import json
from pathlib import Path

import click

from lab import grade
from lab.course import Exercise
from lab.desk import Desk
from lab.errors import LabError
from lab.judge import Options
from lab.options import command as lab_command
from lab.options import WholeNumber, json_option
from lab.progress import Record
from lab.report import full_report, summary_line
from lab.result import Result, exit_code, report_json
from lab.version import COURSE


@lab_command("check", "./lab check 01-4")
@click.argument("exercises", nargs=-1, metavar="[EX]...")
@click.option("--file", "file", metavar="F", help="Grade F as the answer to EX.")
@click.option("--seed", type=WholeNumber(min=1), help="Fix the four fresh cases.")
@click.option("--real-time", is_flag=True, help="Use the real clock.")
@click.option("--sanitize", is_flag=True, help="Build with the address sanitizer.")
@json_option
@click.pass_obj
def command(
    desk: Desk,
    exercises: tuple[str, ...],
    file: str | None,
    seed: int | None,
    real_time: bool,
    sanitize: bool,
    as_json: bool,
) -> int:
    """Grade exercises: those named, or all."""
    options = Options(seed=seed, real_time=real_time, sanitize=sanitize)
    wanted = desk.course.find_all(exercises)
    if file is not None:
        results = [grade_file(desk, exercises, wanted, file, options)]
    else:
        results = grade_own(desk, wanted, options, quiet=as_json)
    if as_json:
        click.echo(json.dumps(report_json(COURSE, results), ensure_ascii=False))
    else:
        show(desk, results, counted=file is None)
    complain_about_files(results)
    return exit_code(results)


def grade_file(
    desk: Desk, names: tuple[str, ...], wanted: list[Exercise], file: str, options: Options
) -> Result:
    """Another file than the student's own leaves no trace in the progress."""
    if len(names) != 1 or len(wanted) != 1:
        raise LabError("--file needs exactly one exercise: ./lab check 01-4 --file my.cpp")
    return grade.grade(desk.places, wanted[0], Path(file), options)


def grade_own(desk: Desk, wanted: list[Exercise], options: Options, *, quiet: bool) -> list[Result]:
    def say(result: Result) -> None:
        if not quiet and len(wanted) > 1:
            click.echo(summary_line(result))

    results = grade.grade_many(desk.places, wanted, options, say)
    desk.remember(results)
    return results


def show(desk: Desk, results: list[Result], *, counted: bool) -> None:
    """The full report of a single result; of several, the first that is wrong."""
    wrong = [r for r in results if not r.accepted and r.verdict != "not-attempted"]
    shown = results if len(results) == 1 else wrong[:1]
    for result in shown:
        if result.verdict == "bad-submission":
            continue
        own = desk.progress.record(result.exercise.key) if counted else Record()
        if len(results) > 1:
            click.echo()
        click.echo(full_report(result, repeats=own.same_hint, counted=own.account(result.exercise)))
    if len(results) > 1:
        points = sum(r.points for r in results)
        most = sum(r.exercise.points for r in results)
        accepted = sum(r.accepted for r in results)
        click.echo(f"\n{accepted} of {len(results)} accepted, {points} of {most} points.")
        untouched = [r for r in results if r.verdict == "not-attempted"]
        if untouched and not wrong:
            click.echo(f"Next: ./lab watch {untouched[0].exercise.number}")


def complain_about_files(results: list[Result]) -> None:
    """One line on standard error for each file that could not be graded at all."""
    from lab.text import visible

    for result in results:
        if result.verdict == "bad-submission":
            click.echo(f"lab: {visible(result.message)}", err=True)
