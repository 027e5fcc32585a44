# Draws a trace as lanes: who has the hands (#), waits (.), blocks (%), is cancelled (x).
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lab.text import fit, visible, width

TICK = 10  # columns between two numbers of the scale
NAME = 12


@dataclass
class Lane:
    """One task: moments with the hands, stretches of waiting and blocking, its end."""

    name: str
    hands: list[int] = field(default_factory=list)
    blocks: list[tuple[int, int]] = field(default_factory=list)
    cancels: list[int] = field(default_factory=list)
    waits_for: list[str] = field(default_factory=list)
    done: int | None = None

    @property
    def begun(self) -> int | None:
        return self.hands[0] if self.hands else None


@dataclass(frozen=True)
class Scale:
    """Maps virtual microseconds to columns: `step` of them for each tick."""

    step: int
    ticks: int

    def column(self, t: int) -> int:
        return t * TICK // self.step

    @property
    def columns(self) -> int:
        return self.ticks * TICK + 1


def lanes(events: Iterable[Mapping[str, Any]]) -> list[Lane]:
    """One lane for each task, in the order in which the tasks were made."""
    found: dict[Any, Lane] = {}
    running: list[Any] = []
    timer = 0
    for event in events:
        kind, t, task = event.get("ev"), int(event.get("t", 0)), event.get("task")
        if kind == "task.new":
            found[task] = Lane(visible(str(event.get("name", task))))
        elif kind == "block" and running and running[-1] in found:
            found[running[-1]].blocks.append((t, t + int(event.get("dur", 0))))
        elif kind == "handle.add" and event.get("kind") == "timer":
            timer = int(event.get("when", t)) - t
        elif task in found:
            note(found[task], str(kind), t, event, timer)
        if kind == "task.begin":
            running.append(task)
        elif kind == "task.end" and running:
            running.pop()
    return list(found.values())


def note(lane: Lane, kind: str, t: int, event: Mapping[str, Any], timer: int) -> None:
    """Adds one event of a task to its lane. `timer` is how far the newest deadline is away."""
    if kind in ("task.begin", "task.end"):
        lane.hands.append(t)
    elif kind == "task.cancel_delivered":
        lane.cancels.append(t)
    elif kind == "task.done":
        lane.done = t
    elif kind == "coro.suspend" and "on" in event:
        on = visible(str(event["on"]))
        on = f"sleep {timer // 1000}" if on.startswith("a timer") else on
        if on not in lane.waits_for:
            lane.waits_for.append(on)


def scale_for(total: int, columns: int) -> Scale:
    """The finest scale with a round step (1, 2 or 5 times a power of ten) that fits."""
    most = max(1, columns // TICK)
    step = 1000
    while True:
        for factor in (1, 2, 5):
            if total <= step * factor * most:
                return Scale(step * factor, max(1, -(-total // (step * factor))))
        step *= 10


def draw(events: Sequence[Mapping[str, Any]], columns: int = 80) -> list[str]:
    """The whole drawing, one text a line; nothing when the trace has no tasks."""
    rows = lanes(events)
    if not rows:
        return []
    total = max(int(e.get("t", 0)) for e in events)
    scale = scale_for(total, columns - NAME - 24)
    numbers = "".join(fit(str(i * scale.step // 1000), TICK) for i in range(scale.ticks + 1))
    ruler = "+".join("-" * (TICK - 1) for _ in range(scale.ticks))
    head = [fit("t (ms)", NAME) + numbers.rstrip(), " " * NAME + f"+{ruler}+"]
    return head + [row(lane, scale, total, columns) for lane in rows]


def row(lane: Lane, scale: Scale, total: int, columns: int) -> str:
    """One lane: later marks cover earlier ones, so a block or a cancel is never hidden."""
    cells = [" "] * scale.columns
    if lane.begun is not None:
        end = lane.done if lane.done is not None else total
        paint(cells, scale, lane.begun, end, ".")
    for t in lane.hands:
        paint(cells, scale, t, t, "#")
    for start, end in lane.blocks:
        paint(cells, scale, start, end, "%")
    for t in lane.cancels:
        paint(cells, scale, t, t, "x")
    drawn = fit(lane.name, NAME - 1) + " " + "".join(cells)
    waits = ", ".join(lane.waits_for)
    room = columns - width(drawn) - 3
    if not waits or room < 10:
        return drawn.rstrip()
    return (drawn + "   " + fit(waits, min(room, width(waits)))).rstrip()


def paint(cells: list[str], scale: Scale, start: int, end: int, mark: str) -> None:
    for column in range(scale.column(start), scale.column(end) + 1):
        if 0 <= column < len(cells):
            cells[column] = mark
