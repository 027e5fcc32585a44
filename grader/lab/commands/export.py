# `./lab export`: editions of the course, graders for other places, answers for plagiarism checkers.
from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from lab.classroom.exports.files import (
    CourseFiles,
    Member,
    course_files,
    under,
    write_archive,
    write_folder,
)
from lab.course import Exercise
from lab.desk import Desk, shown
from lab.errors import LabError
from lab.options import command as lab_command
from lab.text import plural, visible


@dataclass(frozen=True)
class Wish:
    """What the command line asks for. `exercises` is empty where all are meant."""

    out: Path | None
    exercises: tuple[Exercise, ...]
    policy: Path | None
    repository: str
    submissions: tuple[Path, ...]
    roster: Path | None
    force: bool


ALLOWED = {
    "student": ("force",),
    "gradescope": ("exercises", "policy", "force"),
    "container": ("exercises", "force"),
    "github": ("exercises", "policy", "repository", "force"),
    "plagiarism": ("exercises", "from", "roster"),
}


@lab_command("export", "./lab export gradescope --exercises 01 -o autograder.zip")
@click.argument("what", type=click.Choice(list(ALLOWED)), metavar="WHAT")
@click.option("-o", "out", metavar="OUT", type=click.Path(path_type=Path), help="Where to.")
@click.option("--exercises", multiple=True, metavar="EX", help="Default: all; may be repeated.")
@click.option("--policy", metavar="FILE", type=click.Path(path_type=Path), help="A course policy.")
@click.option("--repository", default="", metavar="OWNER/NAME", help="Where GitHub has the course.")
@click.option(
    "--from",
    "from_",
    multiple=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Submissions; may be repeated.",
)
@click.option("--roster", metavar="FILE", type=click.Path(path_type=Path), help="Who is who.")
@click.option("--force", is_flag=True, help="Replace the file that is there.")
@click.pass_obj
def command(
    desk: Desk,
    what: str,
    out: Path | None,
    exercises: tuple[str, ...],
    policy: Path | None,
    repository: str,
    from_: tuple[Path, ...],
    roster: Path | None,
    force: bool,
) -> int:
    """Export the course, or a class's answers, for use elsewhere.

    \b
    student     an edition without solutions        (.tar.gz or .zip)
    gradescope  an autograder to upload             (.zip)
    container   an image that grades, as a recipe   (.tar.gz, .zip or a folder)
    github      a workflow that grades each push    (.yml)
    plagiarism  answers laid out for JPlag and MOSS (a folder)
    """
    given = {
        "exercises": exercises,
        "policy": policy,
        "repository": repository,
        "from": from_,
        "roster": roster,
        "force": force,
    }
    for name, value in given.items():
        if value and name not in ALLOWED[what]:
            raise LabError(f"--{name} is nothing that export {what} needs: leave it out")
    wanted = tuple(desk.course.find_all(exercises)) if exercises else ()
    makers: dict[str, Callable[[Desk, Wish], str]] = {
        "student": student,
        "gradescope": gradescope,
        "container": container,
        "github": github,
        "plagiarism": plagiarism,
    }
    click.echo(makers[what](desk, Wish(out, wanted, policy, repository, from_, roster, force)))
    return 0


def student(desk: Desk, wish: Wish) -> str:
    from lab.classroom.exports.student import NAME, edition

    out = free(wish.out or Path(f"{NAME}-student.tar.gz"), wish.force)
    files = own_files(desk)
    return written(out, under(NAME, edition(files)), files)


def gradescope(desk: Desk, wish: Wish) -> str:
    from lab.classroom.exports.gradescope import autograder
    from lab.classroom.policy import Policy

    policy = None
    if wish.policy is not None:
        Policy.load(wish.policy, desk.course)  # to be refused here, not at the first submission
        policy = wish.policy.read_bytes()
    out = wish.out or Path("event-loop-lab-autograder.zip")
    if out.suffix != ".zip":
        raise LabError(f"{out} should end with .zip: Gradescope takes nothing else")
    free(out, wish.force)
    files = own_files(desk)
    told = written(out, autograder(files, wish.exercises, policy), files)
    return (
        f"{told}\nUpload it under Configure Autograder, with Ubuntu 24.04 or later as base image."
    )


def container(desk: Desk, wish: Wish) -> str:
    from lab.classroom.exports.recipes import container as make
    from lab.version import course_version

    out = wish.out or Path("event-loop-lab-container.tar.gz")
    as_folder = out.is_dir() or not out.suffix
    out = empty(out) if as_folder else free(out, wish.force)
    files = own_files(desk)
    members = make(files, wish.exercises, course_version(desk.places.root))
    told = laid(out, members) if as_folder else written(out, members, files)
    return f"{told}\nThe Containerfile in it says how to build and run it."


def github(desk: Desk, wish: Wish) -> str:
    from lab.classroom.exports.recipes import workflow
    from lab.classroom.policy import Policy
    from lab.state import write_atomically

    out = free(wish.out or Path("grade.yml"), wish.force)
    if wish.policy is not None:
        Policy.load(wish.policy, desk.course)
    root = desk.places.root
    text = workflow(root, wish.exercises, wish.repository, wish.policy)
    write_atomically(out, text.encode())
    return f"{shown(out)}: put it into the students' template as .github/workflows/grade.yml"


def plagiarism(desk: Desk, wish: Wish) -> str:
    from lab.classroom.collect import collect
    from lab.classroom.exports.plagiarism import lay_out

    if not wish.submissions:
        raise LabError("name the submissions: ./lab export plagiarism --from submissions")
    out = empty(wish.out or Path("plagiarism"))
    roster = None
    if wish.roster is not None:
        from lab.classroom.roster import read_roster

        roster = read_roster(wish.roster)
    found = collect(wish.submissions, desk.course, roster)
    exercises = wish.exercises or desk.course.exercises
    files = course_files(desk.places, desk.course).members
    stubs = {ex.key: files[f"exercises/{ex.key}.cpp"].content for ex in exercises}
    made = lay_out(found.submissions, exercises, stubs, out)
    answers = sum(one.answers for one in made)
    return (
        f"{shown(out)}: {plural(answers, 'answer')} to {plural(len(made), 'exercise')};"
        f" {shown(out / 'README.md')} has the commands"
    )


def free(out: Path, force: bool) -> Path:
    """`out`, if a file may be written there: nobody else's file is replaced unasked."""
    if out.is_dir():
        raise LabError(f"{out} is a folder: name a file with -o")
    if os.path.lexists(out) and not force:
        raise LabError(f"{out} is there already: name another with -o, or replace it with --force")
    return out


def empty(out: Path) -> Path:
    """`out`, if it may become a folder of ours: it is not there, or has nothing in it."""
    if os.path.lexists(out) and (not out.is_dir() or any(out.iterdir())):
        raise LabError(f"{out} is there already: name an empty folder with -o")
    return out


def own_files(desk: Desk) -> CourseFiles:
    """The course; what git does not know is named, since it may be missed."""
    files = course_files(desk.places, desk.course)
    if files.left_out:
        some = ", ".join(visible(name) for name in files.left_out[:3])
        more = f" and {len(files.left_out) - 3} more" if len(files.left_out) > 3 else ""
        click.echo(f"lab: left out, since git does not know them: {some}{more}", err=True)
    return files


def laid(out: Path, members: dict[str, Member]) -> str:
    write_folder(out, members)
    return f"{shown(out.resolve())}: {plural(len(members), 'file')}"


def written(out: Path, members: dict[str, Member], files: CourseFiles) -> str:
    write_archive(out, members, files.when)
    size = os.stat(out).st_size / (1 << 20)
    return f"{shown(out.resolve())}: {plural(len(members), 'file')}, {size:.1f} MiB"
