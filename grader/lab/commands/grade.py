# `./lab grade`: grades a class of strangers' submissions, whole or from where it was interrupted.
from __future__ import annotations

import json
from pathlib import Path

import click

from lab.classroom.bench import Trust
from lab.classroom.session import grade_class
from lab.classroom.wishes import Wishes
from lab.desk import Desk
from lab.options import command as lab_command
from lab.options import WholeNumber, json_option

Existing = click.Path(exists=True, path_type=Path)


@lab_command("grade", "./lab grade submissions --roster class.csv --out results")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--out", default="class-results", type=click.Path(path_type=Path), show_default=True)
@click.option("--jobs", type=WholeNumber(min=1), help="Answers at one time; default: processors.")
@click.option("--format", "formats", multiple=True, metavar="F", help="A report; may be repeated.")
@click.option("--policy", type=Existing, help="Points, dates, attempts (TOML).")
@click.option("--roster", type=Existing, help="The class as CSV.")
@click.option("--only", multiple=True, metavar="EX", help="Exercises; default: the policy's.")
@click.option("--resume", is_flag=True, help="Go on with the run in --out.")
@click.option("--cluster", default="", metavar="ADDRESS", help="tcp://HOST:PORT, or local:N.")
@click.option("--seed", type=WholeNumber(min=1), help="Fix the fresh cases of the class.")
@click.option("--reduced", is_flag=True, help="Go on when some walls of the sandbox are missing.")
@click.option("--trust", is_flag=True, help="Run answers without any sandbox.")
@click.option("--diff", type=Existing, metavar="OLD", help="Show who changes since that run.")
@json_option
@click.pass_obj
def command(
    desk: Desk,
    paths: tuple[Path, ...],
    out: Path,
    jobs: int | None,
    formats: tuple[str, ...],
    policy: Path | None,
    roster: Path | None,
    only: tuple[str, ...],
    resume: bool,
    cluster: str,
    seed: int | None,
    reduced: bool,
    trust: bool,
    diff: Path | None,
    as_json: bool,
) -> int:
    """Grade a class: archives, folders, or folders of either."""
    wishes = Wishes(
        paths=paths,
        out=out,
        jobs=jobs,
        formats=formats,
        only=only,
        policy=policy,
        roster=roster,
        diff=diff,
        trust=Trust(reduced, trust),
        resume=resume,
        cluster=cluster,
        seed=seed,
        quiet=as_json,
    )
    try:
        outcome = grade_class(desk, wishes)
    except KeyboardInterrupt:
        click.echo(f"lab: what was graded is kept: ./lab grade --resume --out {out}", err=True)
        raise
    if as_json:
        click.echo(json.dumps(outcome.to_json(), ensure_ascii=False))
    else:
        click.echo(outcome.text())
    return outcome.exit_code
