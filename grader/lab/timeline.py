# Draws a trace as lanes: who has the hands (#), waits (.), blocks (% or a worker =), is late (:),
# is cancelled (x). One lane for each task, each timer with a callback of its own, each worker.
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lab.text import fit, visible, width

TICK = 10  # columns between two numbers of the scale
NAME = 12
MARKS = {
    "#": "has the hands",
    ".": "waits",
    ":": "is late",
    "%": "blocks",
    "=": "a worker's job",
    "x": "is cancelled",
}
COVERS = {":": 0, "=": 0, "#": 1, "%": 2, "x": 3}  # a block or a cancel is never hidden


@dataclass
class Lane:
    """One row: stretches of time with a mark, the later ones on top, and a note behind them."""

    name: str
    stretches: list[tuple[int, int, str]] = field(default_factory=list)
    waits_for: list[str] = field(default_factory=list)
    begun: int | None = None
    done: int | None = None

    def mark(self, start: int, end: int, sign: str) -> None:
        self.stretches.append((start, end, sign))


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


class Lanes:
    """Reads events one by one; afterwards `rows` are the lanes, in the order of the page."""

    def __init__(self) -> None:
        self.tasks: dict[Any, Lane] = {}
        self.timers: dict[Any, Lane] = {}
        self.workers: dict[str, Lane] = {}
        self.running: list[Any] = []
        self.deadline: dict[Any, int] = {}
        self.newest: Any = None  # the handle of the newest timer
        self.fired: dict[Any, Any] = {}  # a timer that has come due, by its place in the queue

    @property
    def rows(self) -> list[Lane]:
        workers = [self.workers[name] for name in sorted(self.workers, key=lambda n: (len(n), n))]
        for number, timer in enumerate(self.timers.values(), 1):
            timer.name = f"timer {number}"
        return [*self.tasks.values(), *self.timers.values(), *workers]

    def read(self, event: Mapping[str, Any]) -> None:
        kind, t, task = str(event.get("ev")), int(event.get("t", 0)), event.get("task")
        if kind.startswith("handle."):
            self.handle(kind, t, event)
        elif kind.startswith("exec."):
            self.job(kind, t, event)
        elif kind == "task.new":
            self.tasks[task] = Lane(visible(str(event.get("name", task))))
        elif kind == "block":
            self.block(t, event)
        elif task in self.tasks:
            self.task(self.tasks[task], kind, t, event)
        if kind == "task.begin":
            self.running.append(task)
        elif kind == "task.end" and self.running:
            self.running.pop()

    def block(self, t: int, event: Mapping[str, Any]) -> None:
        a_job_does = str(event.get("lane", "")).startswith("worker")
        if self.running and self.running[-1] in self.tasks and not a_job_does:
            self.tasks[self.running[-1]].mark(t, t + int(event.get("dur", 0)), "%")

    def task(self, lane: Lane, kind: str, t: int, event: Mapping[str, Any]) -> None:
        if kind in ("task.begin", "task.end"):
            lane.begun = t if lane.begun is None else lane.begun
            lane.mark(t, t, "#")
        elif kind == "task.cancel_delivered":
            lane.mark(t, t, "x")
        elif kind == "task.done":
            lane.done = t
        elif kind == "coro.suspend" and "on" in event:
            on = visible(str(event["on"]))
            if on.startswith("a timer"):
                self.timers.pop(self.newest, None)  # a sleep is shown as its task's wait
                on = f"sleep {(self.deadline.get(self.newest, t) - t) // 1000}"
            elif on.startswith("job "):
                on = "a job"  # that number is the future's; a worker's lane has the job's own
            if on not in lane.waits_for:
                lane.waits_for.append(on)

    def handle(self, kind: str, t: int, event: Mapping[str, Any]) -> None:
        handle = event.get("h")
        if kind == "handle.add" and event.get("kind") == "timer":
            self.newest = handle
            self.deadline[handle] = int(event.get("when", t))
            timer = Lane("timer", begun=t)
            timer.waits_for.append(f"due {self.deadline[handle] // 1000}")
            self.timers[handle] = timer
        elif kind == "handle.ready":
            self.fired[event.get("as")] = handle
        elif kind == "handle.begin" and self.fired.get(handle) in self.timers:
            timer = self.timers[self.fired[handle]]
            if timer.done is None:
                timer.mark(self.deadline[self.fired[handle]], t, ":")
                timer.mark(t, t, "#")
                timer.done = t
        elif kind == "handle.cancel" and handle in self.timers and self.timers[handle].done is None:
            self.timers[handle].mark(t, t, "x")
            self.timers[handle].done = t

    def job(self, kind: str, t: int, event: Mapping[str, Any]) -> None:
        worker = visible(str(event.get("worker", "")))
        if kind == "exec.start":
            lane = self.workers.setdefault(worker, Lane(worker))
            lane.waits_for.append(f"job {event.get('job')}")
        elif kind == "exec.end" and worker in self.workers:
            self.workers[worker].mark(t - int(event.get("dur", 0)), t, "=")


def lanes(events: Iterable[Mapping[str, Any]]) -> list[Lane]:
    """Tasks in the order in which they were made, then timers, then workers."""
    found = Lanes()
    for event in events:
        found.read(event)
    return found.rows


def legend(rows: Iterable[str]) -> str:
    """What the marks in `rows`, as `draw` made them, stand for."""
    drawn = "".join(row[NAME:] for row in rows)
    return "   ".join(f"{mark} {words}" for mark, words in MARKS.items() if mark in drawn)


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
    for start, end, sign in sorted(lane.stretches, key=lambda stretch: COVERS[stretch[2]]):
        paint(cells, scale, start, end, sign)
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
