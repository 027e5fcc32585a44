# From lines that programs print to one number for each row and peer. Nothing here measures.
from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lab.bench.catalog import BY_BEST_SAMPLE, RATES, ROWS, Workload, unit

LEAST_QUIET = 3  # with fewer quiet samples than this, all count


@dataclass(frozen=True)
class Reading:
    """One value. `foreign` is how many cores other programs used meanwhile."""

    value: float
    foreign: float = 0.0
    disturbed: bool = False


class Nonsense(Exception):
    """A program did not print what it must; the message says what is wrong."""


def read_lines(workload: Workload, text: str) -> dict[str, float]:
    """The rows of `workload` among the lines "name value unit"; other lines are passed over.

    Throws: Nonsense without any row, for a value that is none, for another unit.
    """
    rows: dict[str, float] = {}
    for line in text.splitlines():
        words = line.split()
        if len(words) == 3 and words[0] in workload.rows:
            rows[words[0]] = read_value(*words)
    if not rows:
        raise Nonsense("it printed no row of this workload")
    return rows


def read_value(row: str, text: str, told_unit: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value > 0):
        raise Nonsense(f"its {row} is '{text}'")
    if told_unit != unit(row):
        raise Nonsense(f"its {row} is in {told_unit}, not in {unit(row)}")
    return value


def read_generator(name: str, text: str, processor_seconds: float) -> dict[str, float]:
    """The rows of a TCP workload, from the generator's one line "rps V p50_us V p99_us V all N".

    Throws: Nonsense when the line is another.
    """
    words = text.split()
    told = dict(zip(words[::2], words[1::2]))
    try:
        rate, p50, p99 = float(told["rps"]), float(told["p50_us"]), float(told["p99_us"])
        each = processor_seconds * 1e6 / float(told["all"])
    except (KeyError, ValueError, ZeroDivisionError):
        raise Nonsense("the load generator said nothing of use") from None
    return {name: rate, f"{name}_cpu": each, f"{name}_p50": p50, f"{name}_p99": p99}


@dataclass(frozen=True)
class Summary:
    """What all samples of one row and peer say. `value` is the median, `best` the best sample."""

    row: str
    peer: str
    value: float
    best: float
    low: float
    high: float
    samples: int
    disturbed: int
    noise: float

    @property
    def compared(self) -> float:
        """The number that factors are made of."""
        return self.best if self.row in BY_BEST_SAMPLE else self.value

    def to_json(self) -> dict[str, Any]:
        return {
            "workload": self.row,
            "peer": self.peer,
            "value": round(self.value, 3),
            "unit": unit(self.row),
            "min": round(self.low, 3),
            "max": round(self.high, 3),
            "samples": self.samples,
            "disturbed": self.disturbed,
            "noise": round(self.noise, 2),
        }


def summarize(row: str, peer: str, readings: Sequence[Reading]) -> Summary:
    """The median of the quiet readings, or of all when too few were quiet."""
    quiet = [r for r in readings if not r.disturbed]
    values = [r.value for r in (quiet if len(quiet) >= LEAST_QUIET else readings)]
    return Summary(
        row,
        peer,
        statistics.median(values),
        max(values) if row in RATES else min(values),
        min(values),
        max(values),
        len(readings),
        len(readings) - len(quiet),
        statistics.median(r.foreign for r in readings),
    )


@dataclass
class Findings:
    """All that was measured so far, and which peers failed in which workload."""

    readings: dict[tuple[str, str], list[Reading]] = field(default_factory=dict)
    failures: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, peer: str, rows: dict[str, float], foreign: float, disturbed: bool) -> None:
        for row, value in rows.items():
            reading = Reading(value, foreign, disturbed)
            self.readings.setdefault((row, peer), []).append(reading)

    def summaries(self, peers: Iterable[str]) -> list[Summary]:
        """One a row and peer, by row in the catalogue's order, then by peer in the order given."""
        names = list(peers)
        return [
            summarize(row, peer, self.readings[row, peer])
            for row in ROWS
            for peer in names
            if (row, peer) in self.readings
        ]

    @property
    def samples(self) -> tuple[int, int]:
        """How many readings there are of the workloads' first rows, and how many were disturbed."""
        firsts = [rs for (row, _), rs in self.readings.items() if row in FIRST_ROWS]
        return sum(map(len, firsts)), sum(r.disturbed for rs in firsts for r in rs)


FIRST_ROWS = frozenset(
    row for row in ROWS if not row.endswith(("_cold", "_bytes", "_cpu", "_p50", "_p99"))
)
