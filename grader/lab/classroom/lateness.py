# How late an attempt is, and what that costs in per cent. Instants only: no time zone is guessed.
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from lab.classroom.policy import Late
from lab.text import plural

NONE = Decimal(0)
LENGTH = {"day": timedelta(days=1), "hour": timedelta(hours=1)}


@dataclass(frozen=True)
class Lateness:
    """`percent` of the points go; `text` says why, and is "" where there is nothing to say."""

    percent: Decimal = NONE
    text: str = ""


def lateness(late: Late, lesson: str, student: str, submitted_at: str) -> Lateness:
    """What lateness costs. A time that nobody knows is on time, and said so.

    The grace time decides whether an answer is late; how late it is counts from the due date.
    """
    due = late.due_for(lesson, student)
    if due is None:
        return Lateness()
    at = instant(submitted_at)
    if at is None:
        return Lateness(text="time of handing in unknown: taken as on time")
    if at <= due:
        usual = late.lessons.get(lesson, late.due)
        extended = usual is not None and at > usual
        return Lateness(text="in time by an extension" if extended else "")
    said = f"late by {duration(at - due)}"
    if at <= due + timedelta(minutes=late.grace_minutes):
        return Lateness(text=f"{said}: within {plural(late.grace_minutes, 'minute')} of grace")
    days = late.zero_after_days
    if days is not None and at > due + timedelta(days=days):
        return Lateness(Decimal(100), f"{said}, more than {plural(days, 'day')}")
    if not late.percent:
        return Lateness(text=f"{said}: nothing is taken off")
    started = -((due - at) // LENGTH[late.per])
    said += f", {started} started {late.per}{'' if started == 1 else 's'}"
    percent = late.percent * started
    if percent > late.most_percent:
        return Lateness(late.most_percent, f"{said}, the most")
    return Lateness(percent, said)


def late_seconds(late: Late, lesson: str, student: str, submitted_at: str) -> int:
    """Whole seconds, begun ones too, past the due date; 0 in time, in grace, or unknown."""
    due, at = late.due_for(lesson, student), instant(submitted_at)
    if due is None or at is None or at <= due + timedelta(minutes=late.grace_minutes):
        return 0
    return -((due - at) // timedelta(seconds=1))


def instant(text: str) -> datetime | None:
    """The instant that `text` names; None for an unknown one, or one without an offset."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def duration(span: timedelta) -> str:
    """The two largest parts: `1 day 3 h`, `5 min 10 s`, `less than 1 s`."""
    seconds = int(span.total_seconds())
    days, seconds = divmod(seconds, 86400)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    parts = [(days, plural(days, "day")), (hours, f"{hours} h"), (minutes, f"{minutes} min")]
    parts.append((seconds, f"{seconds} s"))
    first = next((i for i, (count, _) in enumerate(parts) if count), len(parts))
    return " ".join(text for count, text in parts[first : first + 2] if count) or "less than 1 s"
