# The report for people: a page for the class, and one for each student. Nothing is fetched.
from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment

from lab.classroom.model import ClassReport
from lab.classroom.names import file_name
from lab.classroom.reports.html_class import (
    FEW_EXERCISES,
    exercise_rows,
    href,
    late_text,
    points_bins,
    student_rows,
    ungraded,
)
from lab.classroom.reports.html_groups import (
    Belief,
    Findings,
    Group,
    groups_json,
    shown_case,
    survey,
)
from lab.classroom.reports.html_page import environment
from lab.classroom.reports.html_picture import Picture, draw
from lab.classroom.reports.html_student import answer_bodies, student_page
from lab.state import write_atomically

MOST_GROUPS = 40  # shown on the page; groups.json has all
MOST_BELIEFS = 20
MOST_FLAGS = 30
MOST_NAMES = 50  # linked in one list; the box to copy from has every id
MOST_UNGRADED = 200


def write(report: ClassReport, folder: Path) -> list[Path]:
    """Writes `index.html`, `groups.json` and `students/*.html` into `folder`.

    Returns: what was written. The same report makes the same bytes.
    Throws: LabError when the folder or the disk refuses.
    Complexity: each distinct answer is read once for the class, and about once for each of its
    students' pages; memory for the class's page and a bounded number of rendered answers.
    """
    env = environment()
    found = survey(report)
    written = [folder / "index.html", folder / "groups.json"]
    write_atomically(written[0], class_page(env, report, found).encode("utf-8"))
    groups = json.dumps(groups_json(report, found), indent=1, ensure_ascii=True) + "\n"
    write_atomically(written[1], groups.encode("ascii"))
    body = answer_bodies(env, report)
    for student in report.students:
        page = student_page(env, report, student, body)
        path = folder / "students" / f"{file_name(student.id)}.html"
        write_atomically(path, page.encode("utf-8"))
        written.append(path)
    return written


def class_page(env: Environment, report: ClassReport, found: Findings) -> str:
    """The page for the whole class, as HTML."""
    return env.get_template("class.html").render(
        report=report,
        found=found,
        ungraded=ungraded(report),
        exercises=exercise_rows(report),
        bins=points_bins(report),
        rows=student_rows(report),
        few=len(report.exercises) <= FEW_EXERCISES,
        groups=[group_view(report, group) for group in found.groups[:MOST_GROUPS]],
        beliefs=[belief_view(report, belief) for belief in found.beliefs[:MOST_BELIEFS]],
        policy=json.dumps(report.policy, indent=2, sort_keys=True, ensure_ascii=False, default=str),
        most={"flags": MOST_FLAGS, "names": MOST_NAMES, "ungraded": MOST_UNGRADED},
        href=href,
        late_text=late_text,
    )


def group_view(report: ClassReport, group: Group) -> Mapping[str, Any]:
    """What the page says about a group."""
    return {
        "same": group.difference,
        "info": report.exercise(group.difference.exercise),
        "students": group.students,
        "hints": sorted(group.hints.items(), key=lambda pair: (-pair[1], pair[0])),
        "picture": picture_of(report, group.example),
    }


def belief_view(report: ClassReport, belief: Belief) -> Mapping[str, Any]:
    """What the page says about a belief; the example is the answer that most students gave."""
    result = report.load(belief.example)
    return {
        "belief": belief,
        "exercises": [info for info in report.exercises if info.key in belief.exercises],
        "info": report.exercise(belief.exercise),
        "hint": result["hint"],
        "source": result["source"],
        "picture": picture_of(report, belief.example),
    }


def picture_of(report: ClassReport, answer: str) -> Picture | None:
    case = shown_case(report.load(answer)) if answer else None
    return draw(case) if case is not None else None
