# `./lab doctor`: what this machine has and lacks, each with the command that mends it.
from __future__ import annotations

import json

import click

from lab.desk import Desk
from lab.options import command as lab_command
from lab.options import json_option
from lab.text import fit, visible
from lab.tools import Finding, find_manager, mend, survey

USES = {
    "check": "the course",
    "test": "./lab test",
    "class": "teachers: ./lab grade in a sandbox, and on a cluster",
    "extra": "comfort: the course works without",
    "bench": "./lab bench --peers: other loops beside ours",
    "authors": "authors: lint and the clang preset",
}


@lab_command("doctor", "./lab doctor")
@json_option
@click.pass_obj
def command(desk: Desk, as_json: bool) -> int:
    """Show what this machine has and lacks."""
    findings = survey()
    lacking = [f for f in findings if not f.ok and f.tool.needed]
    if as_json:
        report = {
            "schema": "lab/doctor/v1",
            "ok": not lacking,
            "state": str(desk.places.state),
            "tools": [row(f) for f in findings],
        }
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        show(findings, lacking, str(desk.places.state))
    return 1 if lacking else 0


def row(finding: Finding) -> dict[str, object]:
    tool, found = finding.tool, finding.found
    return {
        "name": tool.name,
        "use": tool.use,
        "state": finding.state,
        "path": found.path,
        "version": found.version,
        "least": found.least or tool.least,
        "mend": finding.mend,
    }


def show(findings: list[Finding], lacking: list[Finding], state: str) -> None:
    for use, title in USES.items():
        click.echo(click.style(f"For {title}", bold=True))
        for finding in (f for f in findings if f.tool.use == use):
            click.echo(line(finding))
            if not finding.ok:
                click.echo(f"      {finding.mend}")
    click.echo(f"\nAnswers, builds and progress are kept in {visible(state)}")
    if not lacking:
        click.echo("This machine has all that the course needs.")
        return
    names = [f.tool.name for f in lacking]
    click.echo(f"Missing or too old: {', '.join(names)}. To mend it:\n")
    click.echo(f"  {mend(find_manager(), names)}")


def line(finding: Finding) -> str:
    tool, found = finding.tool, finding.found
    if finding.ok:
        mark, state = "+", click.style(fit("ok", 8), fg="green")
    else:
        colour = "red" if tool.needed else "yellow"
        mark, state = "-", click.style(fit(finding.state.replace("-", " "), 8), fg=colour)
    place = visible(found.path) if finding.ok else f"needed: {found.least or tool.least} or later"
    return f"  {mark} {fit(tool.name, 16)} {fit(found.version, 9)} {state} {place}"
