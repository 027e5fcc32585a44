# `./lab test`: builds everything and runs every test. CTest's closing lines close the output.
from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import click

from lab import process
from lab.desk import Desk
from lab.errors import LabError, LabFault
from lab.options import WholeNumber
from lab.options import command as lab_command
from lab.places import Places, writable
from lab.state import locked

LABELS = (
    "runtime, conformance, lesson, solution, stub, wrong, right, grader; exercise is your own work"
)


@lab_command("test", "./lab test --label runtime")
@click.option("--label", "labels", multiple=True, metavar="LABEL", help=f"Only these: {LABELS}.")
@click.option("--preset", default="lab", show_default=True, help="A preset of CMakePresets.json.")
@click.option("--jobs", type=WholeNumber(min=1), help="How many at a time; all cores without.")
@click.pass_obj
def command(desk: Desk, labels: tuple[str, ...], preset: str, jobs: int | None) -> int:
    """Run the whole test suite."""
    places = desk.places
    if preset not in presets(places.root):
        known = ", ".join(presets(places.root))
        raise LabError(f"there is no preset '{preset}': CMakePresets.json has {known}")
    build = build_folder(places, preset)
    count = str(jobs or os.cpu_count() or 1)
    with locked(places.state / "build.lock", "lab: another ./lab is building; waiting for it"):
        run_step(places, configuring(preset, build), "configure")
        run_step(places, ["cmake", "--build", str(build), "--parallel", count], "build")
    sys.stdout.flush()
    return 1 if stream(places, testing(preset, build, labels, count)) else 0


def presets(root: Path) -> list[str]:
    """The names of the presets that can be chosen."""
    try:
        data = json.loads((root / "CMakePresets.json").read_text(encoding="utf-8"))
        return [p["name"] for p in data["configurePresets"] if not p.get("hidden")]
    except (OSError, ValueError, KeyError) as error:
        raise LabFault(f"CMakePresets.json cannot be used: {error}") from error


def build_folder(places: Places, preset: str) -> Path:
    """Where the preset builds; in the state folder if the checkout is read-only."""
    if preset == "lab":
        return places.build
    if writable(places.root):
        return places.root / "build" / preset
    return places.state / f"build-{preset}"


def configuring(preset: str, build: Path) -> list[str]:
    """The tests must run with the interpreter that has all modules: this one."""
    return ["cmake", "--preset", preset, "-B", str(build), f"-DLAB_PYTHON={sys.executable}"]


def testing(preset: str, build: Path, labels: tuple[str, ...], jobs: str) -> list[str]:
    """CTest's words, given one by one: a test preset knows only the usual build folder."""
    command = ["ctest", "--test-dir", str(build), "--output-on-failure", "--parallel", jobs]
    if labels:
        return [*command, "-L", f"^({'|'.join(labels)})$"]
    return [*command, "-LE", "^exercise$", *(["-L", "^runtime$"] if preset == "tsan" else [])]


def run_step(places: Places, command: list[str], name: str) -> None:
    if stream(places, command) != 0:
        raise LabFault(f"the course itself does not {name}: see the lines above")


def stream(places: Places, command: list[str]) -> int:
    """Runs a program whose output goes where ours goes."""
    if shutil.which(command[0]) is None:
        raise LabError(f"{command[0]} is missing: ./lab doctor says how to install it")
    sys.stdout.flush()
    with process.started(command, cwd=places.root, output=None) as child:
        return child.wait()
