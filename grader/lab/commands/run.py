# `./lab run`: runs an answer or a demo, and shows its transcript as it happens.
from __future__ import annotations

import os
import subprocess
from pathlib import Path

import click

from lab import process
from lab.desk import Desk
from lab.errors import LabError
from lab.options import WholeNumber
from lab.options import command as lab_command
from lab.orphans import adopted
from lab.programs import Demo, answer_program, demo_program, find_program

CPU_SECONDS = 20
WALL_SECONDS = 60  # in virtual time a program is over in no time, or it hangs


@lab_command("run", "./lab run 01-basics/hello")
@click.argument("name", metavar="EX")
@click.option("--real-time", is_flag=True, help="Use the real clock: a second takes a second.")
@click.option("--seed", type=WholeNumber(min=0), default=0, help="Which case; 0 is published.")
@click.pass_obj
def command(desk: Desk, name: str, real_time: bool, seed: int) -> int:
    """Run an exercise's answer, or a lesson's demo such as 01-basics/hello."""
    found = find_program(desk.course, name)
    if isinstance(found, Demo):
        program, where = demo_program(desk.places, found), found.key
    else:
        program, where = answer_program(desk.places, found), found.number
    status = run(program, where, seed, real_time)
    if status != 0:
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        click.echo(f"lab: {where} {how}", err=True)
    return 0 if status == 0 else 1


class RanTooLong(LabError):
    """The program did not end by itself."""

    exit_code = 1


def run(program: Path, where: str, seed: int, real_time: bool) -> int:
    """Lets the program write to our own output. Returns: its status, negative for a signal.

    Effects: whatever the program has started is gone afterwards, also after Ctrl-C.
    Throws: RanTooLong for a program that sleeps in real time although its clock is virtual.
    """
    clock = "real" if real_time else "virtual"
    env = {k: v for k, v in os.environ.items() if k != "LAB_FDS"}
    env |= {"LAB_SEED": str(seed), "LAB_CLOCK": clock}
    with adopted(), process.started([program], env=env, output=None) as child:
        process.limit(child, process.Limits(cpu_seconds=CPU_SECONDS))
        try:
            return child.wait(None if real_time else WALL_SECONDS)
        except subprocess.TimeoutExpired:
            raise RanTooLong(
                f"{where} was stopped after {WALL_SECONDS} s: in virtual time it hangs"
            ) from None
