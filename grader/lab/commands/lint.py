# `./lab lint`: the form of the files, the reading order, the pages, and the course's data.
from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import click

from lab import lint_programs
from lab.desk import Desk
from lab.lint_course import check_course
from lab.lint_files import Complaint, check_files
from lab.lint_order import check_order
from lab.lint_pages import check_pages, fix_pages
from lab.lint_programs import Outcome
from lab.options import command as lab_command
from lab.options import json_option
from lab.pristine import edited
from lab.text import plural, visible


@lab_command("lint", "./lab lint --fix-snippets")
@click.option("--tidy", is_flag=True, help="clang-tidy as well; slow.")
@click.option("--fix", is_flag=True, help="Format C++ and Python first.")
@click.option("--fix-snippets", is_flag=True, help="Copy snippets and outputs to the pages first.")
@json_option
@click.pass_obj
def command(desk: Desk, tidy: bool, fix: bool, fix_snippets: bool, as_json: bool) -> int:
    """Check formats, reading order, pages and course data."""
    root = desk.places.root
    if fix:
        lint_programs.clang_format(root, fix=True)
        lint_programs.black(root, fix=True)
    if fix_snippets:
        for page in fix_pages(root):
            click.echo(f"lab: copied the snippets of {page} again", err=True)
    complaints, skipped = run_all(desk, tidy)
    if as_json:
        rows = [vars(c) for c in complaints]
        report = {"schema": "lab/lint/v1", "complaints": rows, "skipped": skipped}
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        show(complaints, skipped)
    return 1 if complaints else 0


def own_checks(desk: Desk) -> list[Callable[[], Iterator[Complaint]]]:
    """The checks that need no other program."""
    root = desk.places.root
    return [
        lambda: check_files(root),
        lambda: check_order(root),
        lambda: check_pages(root),
        lambda: check_course(desk.course),
    ]


def run_all(desk: Desk, tidy: bool) -> tuple[list[Complaint], list[str]]:
    """Everything that is wrong, sorted, and why which check was left out."""
    places = desk.places
    complaints = [c for check in own_checks(desk) for c in check()]
    outcomes: list[Outcome] = [
        lint_programs.clang_format(places.root),
        lint_programs.black(places.root),
        lint_programs.mypy(places.root, places),
        lint_programs.shellcheck(places.root),
    ]
    if tidy:
        outcomes.append(lint_programs.clang_tidy(places.root, places))
    complaints += [c for outcome in outcomes for c in outcome.complaints]
    skipped = [o.skipped for o in outcomes if o.skipped]
    answers = {ex.stub.relative_to(places.root).as_posix() for ex in edited(places, desk.course)}
    if answers:
        files = plural(len(answers), "changed file")
        skipped.append(f"{files} in exercises/ not checked: taken for answers, not stubs")
    return sorted(c for c in complaints if c.path not in answers), skipped


def show(complaints: list[Complaint], skipped: list[str]) -> None:
    for complaint in complaints:
        click.echo(visible(str(complaint)))
    for reason in skipped:
        click.echo(f"lab: {reason}", err=True)
    click.echo(f"{plural(len(complaints), 'thing')} to mend." if complaints else "Nothing to mend.")
