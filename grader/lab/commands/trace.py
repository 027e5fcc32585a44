# `./lab trace`: what the loop did in one run, as lanes and a list of events, or as JSON Lines.
from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from lab.desk import Desk
from lab.errors import LabError
from lab.options import WholeNumber
from lab.options import command as lab_command
from lab.programs import Demo, answer_program, demo_names, find_program, traced_demo
from lab.runner import Event, Trace, run_traced
from lab.text import columns, visible
from lab.timeline import draw, legend

MOST_EVENTS = 200

# How an event reads in a list; events that are not here appear only in the JSON.
WORDS = {
    "task.new": "task {name} is made ({fn}), at the back of the ready queue",
    "task.begin": "task {task} has the hands",
    "coro.new": "{fn}() makes a coroutine object, not begun",
    "coro.suspend": "task {task} waits for {on}",
    "task.cancel": "task {task} is asked to cancel",
    "task.cancel_delivered": "task {task} receives CancelledError",
    "task.done": "task {task} is done: {outcome}",
    "handle.cancel": "a callback is cancelled",
    "exec.submit": "job {job} waits for a worker of the {pool} pool",
    "exec.start": "{worker} begins job {job}",
    "exec.end": "{worker} ends job {job}: {outcome}",
    "exec.drop": "job {job} is cancelled before it began",
    "clock.advance": "nothing is ready: the clock jumps to {to_ms} ms",
    "block": "blocks for {dur_ms} ms",
    "say": '"{text}"',
    "warn": "warning: {text}",
}


@lab_command("trace", "./lab trace 01-4")
@click.argument("exercise", metavar="EX")
@click.option("--format", "form", default="text", metavar="text|json", help="How to show it.")
@click.option("--file", "file", metavar="F", help="Trace F as the answer to EX.")
@click.option("--seed", type=WholeNumber(min=0), default=0, help="Which case; 0 is published.")
@click.option("--real-time", is_flag=True, help="Use the real clock.")
@click.pass_obj
def command(
    desk: Desk, exercise: str, form: str, file: str | None, seed: int, real_time: bool
) -> int:
    """Show what the loop did, event by event.

    EX is an exercise, or a lesson's demo such as 01-basics/hello.
    """
    if form not in ("text", "json"):
        raise LabError(f"format '{form}' is not here yet: use text or json")
    found = find_program(desk.course, exercise)
    if isinstance(found, Demo):
        if file:
            raise LabError(f"--file goes with an exercise: {found.key} is a program of the lesson")
        program = traced_demo(desk.places, found.source)
    elif found.kind == "predict":
        raise LabError(
            f"{found.number} is a prediction, of which nothing runs: ./lab predict and ./lab trace"
            f" take the programs of the lesson ({demos_of(desk, found.lesson)})"
        )
    else:
        program = answer_program(desk.places, found, Path(file) if file else None)
    trace = run_traced(program, seed, real_time=real_time)
    if form == "json":
        for event in trace.events:
            click.echo(json.dumps(event, ensure_ascii=False))
    else:
        click.echo("\n".join(as_text(trace, columns(most=120))))
    if trace.end:
        click.echo(f"lab: {visible(trace.end)}", err=True)
    return 0 if not trace.end else 1


def demos_of(desk: Desk, lesson: str) -> str:
    """Three programs of a lesson, by name."""
    names = [key for key in demo_names(desk.course) if key.startswith(f"{lesson}/")]
    return ", ".join([*names[:3], "..."])


def as_text(trace: Trace, width: int) -> list[str]:
    """The lanes, then the events in words."""
    drawn = draw(trace.events, width)
    names = {e.get("task"): str(e.get("name")) for e in trace.events if e.get("ev") == "task.new"}
    told = [line for e in without_blocked_jumps(trace.events) if (line := in_words(e, names))]
    explained = ["", legend(drawn[2:]), ""] if drawn else []
    rest = len(told) - MOST_EVENTS
    more = [f"... {rest} events more: ./lab trace EX --format json has all"] if rest > 0 else []
    return drawn + explained + told[:MOST_EVENTS] + more


def without_blocked_jumps(events: Sequence[Event]) -> Iterator[Event]:
    """The events without the jumps that belong to a block: the loop had work, but no hands."""
    blocked_until = None
    for event in events:
        if event.get("ev") == "block":
            blocked_until = int(event.get("t", 0)) + int(event.get("dur", 0))
        elif event.get("ev") == "clock.advance" and event.get("to") == blocked_until:
            blocked_until = None
            continue
        yield event


def in_words(event: Event, names: dict[Any, str]) -> str:
    """One line for an event that has words, else nothing."""
    pattern = WORDS.get(str(event.get("ev")))
    if pattern is None or event.get("fn") == "sleep":
        return ""
    facts = {k: visible(str(v)) for k, v in event.items()}
    facts["task"] = visible(names.get(event.get("task"), str(event.get("task", "?"))))
    facts["to_ms"] = milliseconds(event.get("to"))
    facts["dur_ms"] = milliseconds(event.get("dur"))
    text = pattern.format_map(Blank(facts))
    return f"[{milliseconds(event.get('t')):>5}] turn {event.get('turn', 0)!s:>3}  {text}"


def milliseconds(value: Any) -> str:
    return str(int(value) // 1000) if isinstance(value, int) else "?"


class Blank(dict[str, str]):
    """Facts for a pattern; one that an event lacks reads as a question mark."""

    def __missing__(self, key: str) -> str:
        return "?"
