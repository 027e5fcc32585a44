# How costs grow with size: each curve is measured at several sizes, several times, in turn.
from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab import process
from lab.bench import machine
from lab.bench.measure import how_it_ended, span
from lab.bench.samples import Nonsense
from lab.errors import LabError, LabFault

LIMITS = process.Limits(cpu_seconds=300, wall_seconds=300.0)


@dataclass(frozen=True)
class Point:
    """What a curve is at one size: the median of all repetitions."""

    curve: str
    size: int
    value: float
    unit: str
    samples: int = 1


def read_points(curve: str, text: str) -> list[Point]:
    """The points in the lines "curve n value unit". Throws: Nonsense without any, or for a value
    that is none."""
    found = []
    for line in text.splitlines():
        words = line.split()
        if len(words) == 4:
            found.append(read_point(*words))
    if not found:
        raise Nonsense(f"{curve}: it printed no point")
    return found


def read_point(curve: str, size: str, value: str, unit: str) -> Point:
    try:
        point = Point(curve, int(size), float(value), unit)
    except ValueError:
        raise Nonsense(f"{curve}: '{size} {value}' is no point") from None
    if not (math.isfinite(point.value) and point.value > 0 and point.size > 0):
        raise Nonsense(f"{curve}: its value at {size} is {value}")
    return point


def medians(points: Sequence[Point]) -> list[Point]:
    """One point for each curve and size: curves as they come, sizes in order."""
    groups: dict[tuple[str, int], list[Point]] = {}
    for point in points:
        groups.setdefault((point.curve, point.size), []).append(point)
    order = {curve: place for place, curve in enumerate(dict.fromkeys(p.curve for p in points))}
    found = [
        Point(curve, size, statistics.median(p.value for p in group), group[0].unit, len(group))
        for (curve, size), group in groups.items()
    ]
    return sorted(found, key=lambda p: (order[p.curve], p.size))


def curves(program: Path) -> list[str]:
    """What the program has. Throws: LabFault when it does not say."""
    try:
        done = process.run([program, "list"], process.Limits(cpu_seconds=10, wall_seconds=20))
    except OSError as error:
        raise LabFault(f"cannot start {program}: {error.strerror}") from error
    if done.status != 0 or not done.output.split():
        raise LabFault(f"{program} list says nothing: remove {program.parents[1]} and try again")
    return done.output.split()


def measure(program: Path, reps: int, tell: Callable[[str], None]) -> list[Point]:
    """Repetitions outermost, so that a slow minute does not bend one curve alone.

    Throws: LabFault when a curve cannot be measured; KeyboardInterrupt loses everything.
    """
    found: list[Point] = []
    names, begun = curves(program), time.monotonic()
    for repetition in range(reps):
        for number, curve in enumerate(names):
            done = repetition * len(names) + number
            seconds = time.monotonic() - begun
            left = f", {span(seconds / done * (reps * len(names) - done))} left" if done else ""
            tell(f"repetition {repetition + 1} of {reps}{left}: {curve}")
            machine.wait_until_quiet()
            found += sample(program, curve)
    return medians(found)


def sample(program: Path, curve: str) -> list[Point]:
    begun = time.monotonic()
    with process.started([program, curve], own_session=True) as child:
        machine.prefer(child.pid)
        done = process.finish(child, LIMITS, begun)
    if done.hit_cpu_limit:
        raise LabFault(f"{curve} was stopped after {done.seconds:.0f} s")
    if done.status != 0:
        raise LabFault(f"{curve}: {how_it_ended(done.status)}")
    try:
        return read_points(curve, done.output)
    except Nonsense as error:
        raise LabFault(f"{program.name}: {error}") from error


def draw(points: Sequence[Point], picture: Path) -> None:
    """Effects: makes the picture and its folder. Throws: LabError when that is refused."""
    from lab.bench import growth_picture

    try:
        picture.parent.mkdir(parents=True, exist_ok=True)
        growth_picture.draw([(p.curve, p.size, p.value, p.unit) for p in points], picture)
    except OSError as error:
        raise LabError(f"cannot write {picture}: {error.strerror}") from error


def report(points: Sequence[Point], about: Mapping[str, object]) -> str:
    """The points as JSON, one a line, so that a newer measurement makes a diff that can be read."""
    rows = [
        {"curve": p.curve, "n": p.size, "value": round(p.value, 3), "unit": p.unit} for p in points
    ]
    lines = ",\n".join("    " + json.dumps(row) for row in rows)
    head = json.dumps({"schema": "lab/growth/v1", **about})[:-1]
    return f'{head}, "points": [\n{lines}\n]}}\n'
