# Shows what changes between two runs: causes first, a few names each; and the whole as JSON.
from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from lab.classroom.diff import SCHEMA, Change, Diff, Group, said
from lab.classroom.model import Grade
from lab.classroom.points import amount, signed
from lab.classroom.policy import plain
from lab.text import plural, visible, wrap

NAMES = 5  # students shown of a group; the JSON has them all


def text(diff: Diff) -> str:
    """The causes, most urgent first. Its length depends on their number, not on the students'."""
    return "\n".join(paragraphs(diff)) + "\n"


def paragraphs(diff: Diff) -> Iterator[str]:
    found = [change for change in diff.changes if change.counts]
    everyone = len({*diff.old.students, *diff.new.students})
    if not found:
        yield f"Nothing changes: {plural(everyone, 'student')} as before."
    else:
        students = len({change.student for change in found})
        more = sum(change.points > 0 for change in found)
        less = sum(change.points < 0 for change in found)
        total = round(sum(change.points for change in found), 2)
        grades = plural(len(found), "grade")
        yield f"{grades} of {students} of {plural(everyone, 'student')} change:"
        yield f"{more} gain points, {less} lose points, {change_of(total)} in all."
    for key, before, after in diff.policy[:20]:
        yield wrap(f"policy {visible(key)}: {visible(said(before))} -> {visible(said(after))}")
    if len(diff.policy) > 20:
        yield f"  and {len(diff.policy) - 20} keys of the policy more"
    for group in diff.groups:
        if group.counts:
            yield ""
            yield from group_part(group, diff)
    folded = [group for group in diff.groups if not group.counts]
    yield from [""] if folded else []
    for group in folded:
        yield wrap(folded_line(group), indent="")


def folded_line(group: Group) -> str:
    """Changes that nobody feels, without names: how many, and of what."""
    count = plural(len(group.changes), "grade")
    if group.cause.kind != "exercise":
        return (
            f"{visible(group.cause.text)}: {count} with the same points, the maximum alone changes"
        )
    number = len({change.exercise for change in group.changes})
    verb = "is" if number == 1 else "are"
    when = "graded now" if group.changes[0].new.exercise else "no longer graded"
    return f"{plural(number, 'exercise')} {verb} {when}: {count}, all 0 points"


def group_part(group: Group, diff: Diff) -> Iterator[str]:
    """One cause: how many, how much, an example of a step, and some names."""
    what = ""
    if group.exercise:
        number = diff.new.numbers.get(group.exercise) or diff.old.numbers.get(group.exercise, "")
        what = f" {number} {group.verdicts[0] or 'none'} -> {group.verdicts[1] or 'none'}:"
    count = plural(len(group.changes), "grade")
    if len(group.changes) != group.students:
        count += f" of {plural(group.students, 'student')}"
    yield wrap(f"{visible(group.cause.text)}:{what} {count}, {each(group)}", indent="")
    before, after = group.changes[0].steps
    if not group.exercise and before != after:
        yield f"    was: {visible(before) or '(nothing)'}"
        yield f"    now: {visible(after) or '(nothing)'}"
    names = [one_of(change, diff) for change in group.changes[:NAMES]]
    if len(group.changes) > NAMES:
        names.append(f"and {len(group.changes) - NAMES} more")
    yield wrap("; ".join(names), indent="    ")


def each(group: Group) -> str:
    """`+2 points each`, or `+1 to +4 points`."""
    least = min(change.points for change in group.changes)
    most = max(change.points for change in group.changes)
    if least == most:
        return change_of(most) + (" each" if len(group.changes) > 1 else "")
    return f"{change_of(least).split()[0]} to {change_of(most)}"


def change_of(points: float) -> str:
    return f"{signed(exactly(points))} point{'' if abs(points) == 1 else 's'}"


def one_of(change: Change, diff: Diff) -> str:
    number = diff.new.numbers.get(change.exercise) or diff.old.numbers.get(change.exercise, "")
    points = f"{amount(exactly(change.old.points))} -> {amount(exactly(change.new.points))}"
    return " ".join(part for part in (visible(change.student), number, points) if part)


def exactly(points: float) -> Decimal:
    return Decimal(str(points))


def to_json(diff: Diff) -> dict[str, Any]:
    """Every change, grouped: schema lab/diff/v1."""
    found = [change for change in diff.changes if change.counts]
    return {
        "schema": SCHEMA,
        "old": {"course": diff.old.course, "version": diff.old.version},
        "new": {"course": diff.new.course, "version": diff.new.version},
        "summary": {
            "students": len({*diff.old.students, *diff.new.students}),
            "changed_students": len({change.student for change in found}),
            "changed_grades": len(found),
            "same_points_and_verdict": len(diff.changes) - len(found),
            "gain": sum(change.points > 0 for change in found),
            "lose": sum(change.points < 0 for change in found),
            "points": plain(exactly(round(sum(change.points for change in found), 2))),
        },
        "policy": [{"key": key, "old": old, "new": new} for key, old, new in diff.policy],
        "groups": [group_json(group) for group in diff.groups],
    }


def group_json(group: Group) -> dict[str, Any]:
    return {
        "cause": group.cause.kind,
        "text": group.cause.text,
        "exercise": group.exercise or None,
        "points": plain(exactly(group.points)),
        "changes": [
            {
                "student": change.student,
                "name": change.name,
                "exercise": change.exercise or None,
                "old": grade_json(change.old),
                "new": grade_json(change.new),
                "step": {"old": change.steps[0], "new": change.steps[1]},
            }
            for change in group.changes
        ],
    }


def grade_json(grade: Grade) -> dict[str, Any] | None:
    """Verdict and points; null where there was none."""
    if not grade.verdict and not grade.max_points:
        return None
    return {
        "verdict": grade.verdict or None,
        "points": plain(exactly(grade.points)),
        "max_points": plain(exactly(grade.max_points)),
    }
