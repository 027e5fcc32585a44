# `./lab conformance`: runs scenarios of the conformance corpus on the runtime, and prints traces.
from __future__ import annotations

from pathlib import Path

import click

from lab import build, process
from lab.desk import Desk
from lab.errors import LabError
from lab.options import command as lab_command
from lab.places import Places
from lab.state import locked

FOLDER = "runtime/tests/conformance"
CPU_SECONDS = 600


@lab_command("conformance", f"./lab conformance --check {FOLDER}/scenarios/asyncio/*.json")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--batch", is_flag=True, help="Each FILE has one scenario a line.")
@click.option("--check", is_flag=True, help="Compare with FILE.expected instead of printing.")
@click.option("--ticks", is_flag=True, help="Show the loop's iteration with each line.")
@click.pass_obj
def command(desk: Desk, files: tuple[str, ...], batch: bool, check: bool, ticks: bool) -> int:
    """Print what the runtime does in scenarios, as CPython and Node would."""
    if batch and check:
        raise LabError("--batch and --check exclude each other: compare.py compares batches")
    for file in files:
        if not Path(file).is_file():
            raise LabError(f"there is no file {file}: the corpus is in {FOLDER}/scenarios")
    wishes = {"--batch": batch, "--check": check, "--ticks": ticks}
    flags = [flag for flag, wanted in wishes.items() if wanted]
    with process.started([interpreter(desk.places), *flags, *files], output=None) as child:
        process.limit(child, process.Limits(cpu_seconds=CPU_SECONDS))
        return 0 if child.wait() == 0 else 1


def interpreter(places: Places) -> Path:
    """The program, newer than its sources. Throws LabFault when it does not build."""
    program = build.prepare(places, ["conformance"]).bin / "conformance"
    folder = places.root / FOLDER  # below `tests`, whose changes are no reason to build anew
    changed = max((s.stat().st_mtime for s in folder.glob("*.[ch]pp")), default=0.0)
    if not program.is_file() or program.stat().st_mtime < changed:
        with locked(places.state / "build.lock", ""):
            build.build(places, ["conformance"], False)
    return program
