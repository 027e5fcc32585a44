# `./lab submit`: packs the answers into one file to hand in, after grading them.
from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import click

from lab import grade
from lab.answer import BadAnswer, read_answer
from lab.classroom import manifest, packing
from lab.classroom.manifest import HONESTY, Manifest, entry_for, plain_id, plain_text
from lab.classroom.submission import Student
from lab.course import Exercise
from lab.desk import Desk, interactive, shown
from lab.errors import LabError
from lab.options import command as lab_command
from lab.options import json_option
from lab.places import Places
from lab.report import summary_line
from lab.result import Result, exit_code, report_json
from lab.state import write_atomically
from lab.text import plural, visible, wrap
from lab.version import COURSE, course_version

ID_RULE = "an id has letters, digits and any of . _ @ + -, and begins with a letter or digit"


@dataclass(frozen=True)
class Choice:
    """What goes in, by exercise, and what stays out, with the reason."""

    packed: dict[str, bytes]
    left_out: dict[str, str]
    unreadable: tuple[str, ...] = ()


@lab_command("submit", "./lab submit -o answers.tar.gz")
@click.argument("exercises", nargs=-1, metavar="[EX]...")
@click.option("-o", "--output", metavar="FILE", help="Where to write; lab-ID.tar.gz if not named.")
@click.option("--yes", is_flag=True, help="Agree to the honesty line without being asked.")
@click.option("--name", metavar="N", help="Your name; remembered.")
@click.option("--id", "student_id", metavar="I", help="Your student id; remembered.")
@json_option
@click.pass_obj
def command(
    desk: Desk,
    exercises: tuple[str, ...],
    output: str | None,
    yes: bool,
    name: str | None,
    student_id: str | None,
    as_json: bool,
) -> int:
    """Pack answers to hand in: those named, or all.

    Shows what goes in, grades it as a teacher would, and writes one file. The file is written
    whatever the verdicts; the exit code is theirs.
    """
    wanted = desk.course.find_all(exercises)
    choice = choose(desk.places, wanted)
    if not as_json:
        click.echo("\n".join(choice_lines(wanted, choice)))
    if not choice.packed:
        raise LabError("nothing to submit: no exercise asked for has an answer; ./lab next")
    ask = interactive() and not as_json
    student = who(desk.places, name, student_id, ask=ask)
    target = Path(output or f"lab-{student.id}.tar.gz")
    packing.refuse_other_file(target, student.id)
    agree(yes, ask=ask)
    chosen = [ex for ex in wanted if ex.key in choice.packed]
    results, fault = grade_chosen(desk.places, chosen, quiet=as_json)
    told = describe(desk, student, choice)
    packing.write(target, told, choice.packed)
    if as_json:
        click.echo(json.dumps(report(told, target, choice, results), ensure_ascii=False))
    else:
        click.echo(closing(target, student, results))
    return finish(choice, results, fault)


def choose(at: Places, wanted: Sequence[Exercise]) -> Choice:
    """Reads every answer once: what is packed is what was read."""
    packed, left_out, unreadable = {}, {}, []
    for ex in wanted:
        try:
            answer = read_answer(ex.stub, ex.number)
        except BadAnswer as error:
            left_out[ex.key] = str(error)
            unreadable.append(str(error))
            continue
        if grade.untouched(at, ex, answer):
            left_out[ex.key] = "the stub, untouched"
        else:
            packed[ex.key] = answer.content
    return Choice(packed, left_out, tuple(unreadable))


def choice_lines(wanted: Sequence[Exercise], choice: Choice) -> list[str]:
    """What goes in, then what stays out: one line for each that needs one."""
    named = {ex.key: f"{ex.number} {ex.slug[3:]}" for ex in wanted}
    lines = [f"Goes in ({plural(len(choice.packed), 'answer')}):"]
    lines += [f"  {named[key]}" for key in choice.packed]
    untouched = [key for key in choice.left_out if choice.left_out[key].startswith("the stub")]
    odd = [key for key in choice.left_out if key not in untouched]
    if choice.left_out:
        lines.append("Stays out:")
    lines += [f"  {named[key]}: {visible(choice.left_out[key])}" for key in odd]
    if untouched:
        lines.append(wrap(f"untouched: {', '.join(named[key].split()[0] for key in untouched)}"))
    return [*lines, ""]


def who(at: Places, name: str | None, student_id: str | None, *, ask: bool) -> Student:
    """Name and id: from the options, else as remembered, else asked for. Remembers them."""
    known = remembered(at)
    missing = [
        o for o, v in (("--name", name or known.name), ("--id", student_id or known.id)) if not v
    ]
    if missing and not ask:
        raise LabError(f"who hands this in? Without a terminal add {' and '.join(missing)}")
    name = name or known.name or click.prompt("Your name")
    student_id = student_id or known.id or click.prompt("Your student id")
    student = Student(plain_id(student_id), plain_text(name))
    if not student.id or student.id != student_id.strip() or " " in student.id:
        raise LabError(f"'{visible(student_id)}' is no id: {ID_RULE}")
    if not student.name:
        raise LabError("the name is empty: add --name 'Ada Lovelace'")
    if student != known:
        write_atomically(file_of(at), json.dumps(asdict(student), ensure_ascii=False).encode())
    return student


def file_of(at: Places) -> Path:
    return at.state / "student.json"


def remembered(at: Places) -> Student:
    """Who submitted last from here; nobody if the file is missing or broken."""
    try:
        data = json.loads(file_of(at).read_text(encoding="utf-8"))
        return Student(plain_id(data["id"]), plain_text(data["name"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Student("")


def agree(yes: bool, *, ask: bool) -> None:
    """Shows the honesty line. Throws LabError unless the student agrees to it."""
    if not yes and not ask:
        raise LabError(f'without a terminal add --yes to agree to: "{HONESTY}"')
    if ask:
        click.echo(wrap(HONESTY, indent=""))
    if not yes and not click.confirm("Is this so?", default=False):
        raise LabError("nothing was packed: a submission needs your word")


def grade_chosen(
    at: Places, chosen: Sequence[Exercise], *, quiet: bool
) -> tuple[list[Result], LabError | None]:
    """The verdicts; a lab that cannot grade here must keep nobody from handing in."""

    def say(result: Result) -> None:
        if not quiet:
            click.echo(summary_line(result))

    try:
        return grade.grade_many(at, chosen, done=say), None
    except LabError as error:
        click.echo(f"lab: not graded here, but packed: {visible(str(error))}", err=True)
        return [], error


def describe(desk: Desk, student: Student, choice: Choice) -> Manifest:
    own = desk.progress
    now = datetime.fromtimestamp(int(time.time()), timezone.utc)
    return Manifest(
        id=student.id,
        name=student.name,
        course=COURSE,
        version=course_version(desk.places.root),
        created=manifest.utc_time(now.isoformat()),
        answers=tuple(
            entry_for(key, content, own.record(key).attempts, own.record(key).hints)
            for key, content in choice.packed.items()
        ),
        honesty=HONESTY,
    )


def report(
    told: Manifest, target: Path, choice: Choice, results: Sequence[Result]
) -> dict[str, Any]:
    return {
        "schema": "lab/submit/v1",
        "file": str(target),
        "manifest": told.to_json(),
        "left_out": [{"exercise": key, "why": why} for key, why in choice.left_out.items()],
        "check": report_json(COURSE, results),
    }


def closing(target: Path, student: Student, results: Sequence[Result]) -> str:
    accepted = sum(result.accepted for result in results)
    graded = f"{accepted} of {len(results)} accepted. " if results else ""
    return f"\n{graded}Packed as {shown(target.absolute())} for {student.name} ({student.id})."


def finish(choice: Choice, results: Sequence[Result], fault: LabError | None) -> int:
    """0 all accepted; 1 something not; 2 a file could not be read; 3 the lab's fault."""
    for message in choice.unreadable:
        click.echo(f"lab: {visible(message)}", err=True)
    codes = [exit_code(results), 2 if choice.unreadable else 0, fault.exit_code if fault else 0]
    return max(codes)
