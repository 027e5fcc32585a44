# The picture of a timeline: what was expected and what came over virtual time, and where they part.
#
# Places along the time axis are percentages, so that one drawing fits a telephone and a projector
# with its letters at their own size; places across it are pixels.
from __future__ import annotations

import os.path
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lab.classroom.reports.html_page import LONGEST_TEXT, clip
from lab.report import AFTER, window

LEFT, RIGHT = 4.0, 94.0  # where time begins and ends, in percent of the width
APART = 8.0  # percent between two marks of one height: 24 pixels on the narrowest screen
LEVEL = 24  # pixels between two heights
BETWEEN = 48  # pixels between the lanes
MOST_TICKS = 4


@dataclass(frozen=True)
class Spot:
    """One line of a transcript, and where it stands: `x` in percent, `level` counted in heights."""

    number: int
    t_ms: int
    text: str
    x: float
    level: int = 0
    shape: str = "circle"  # the other lane has it too; else square; diamond: the first difference

    @property
    def y(self) -> int:
        return LEVEL // 2 + self.level * LEVEL


@dataclass(frozen=True)
class Row:
    """One line of the table that says the same as the picture."""

    number: int
    expected: Spot | None
    actual: Spot | None
    first: bool


@dataclass(frozen=True)
class Link:
    """The same words in both lanes; `moved` if at another time."""

    start: float
    end: float
    moved: bool


@dataclass(frozen=True)
class Picture:
    """A drawn case. `before` and `after` count the lines that are left out on both sides."""

    rows: tuple[Row, ...]
    expected: tuple[Spot, ...]
    actual: tuple[Spot, ...]
    links: tuple[Link, ...]
    ticks: tuple[tuple[float, int], ...]
    difference: str
    compared: bool
    before: int
    after: int

    @property
    def upper(self) -> int:
        """The axis of the expected lane, in pixels from the top."""
        return 26 + LEVEL * (1 + max((spot.level for spot in self.expected), default=0))

    @property
    def lower(self) -> int:
        """The axis of the lane of what came."""
        return self.upper + BETWEEN if self.compared else 4

    @property
    def foot(self) -> int:
        """Where the marks of the lower lane end."""
        return self.lower + LEVEL * (1 + max((spot.level for spot in self.actual), default=0)) + 4


def draw(case: Mapping[str, Any]) -> Picture | None:
    """The picture of a stored case; None where nothing came that could be drawn.

    Complexity: linear in the lines of the case; what is drawn is bounded by the window.
    """
    expected, actual = case["expected"], case["actual"]
    first = case["first_difference"]
    compared = bool(expected)
    count = max(len(expected), len(actual))
    begin, end = window(count, first) if compared else (max(0, count - AFTER), count)
    if count == 0:
        return None
    shown = [*expected[begin:end], *actual[begin:end]]
    scale = Scale([line["t_ms"] for line in shown])
    left, right = place(expected, begin, end, scale), place(actual, begin, end, scale)
    left, right, links = join(left, right, first if compared else None)
    rows = (row(number, left, right, first) for number in range(begin + 1, end + 1))
    return Picture(
        rows=tuple(rows),
        expected=tuple(left),
        actual=tuple(right),
        links=links,
        ticks=scale.ticks(),
        difference=sentence(expected, actual, first) if compared else "",
        compared=compared,
        before=begin,
        after=count - end,
    )


class Scale:
    """Maps virtual milliseconds to percent of the width."""

    def __init__(self, times: Sequence[int]) -> None:
        self.start, self.end = min(0, *times), max(0, *times)

    def x(self, t_ms: int) -> float:
        span = self.end - self.start
        part = (t_ms - self.start) / span if span else 0.0
        return round(LEFT + (RIGHT - LEFT) * part, 2)

    def ticks(self) -> tuple[tuple[float, int], ...]:
        """At most MOST_TICKS round times, from the beginning on."""
        span = self.end - self.start
        step = 1
        while span // step >= MOST_TICKS:
            step *= 5 if str(step)[0] == "2" else 2  # 1, 2, 10, 20, 100, ...
        first = -(-self.start // step) * step
        return tuple((self.x(t), t) for t in range(first, self.end + 1, step))


def place(lines: Sequence[Mapping[str, Any]], begin: int, end: int, scale: Scale) -> list[Spot]:
    """Spots for the lines of a lane: those too close to each other stand one above the other."""
    ends: list[float] = []  # at each height, where the last mark stands
    spots = []
    for number, line in enumerate(lines[begin:end], begin + 1):
        x = scale.x(line["t_ms"])
        free = (level for level, last in enumerate(ends) if abs(x - last) >= APART)
        level = next(free, len(ends))
        ends[level : level + 1] = [x]
        spots.append(Spot(number, line["t_ms"], clip(line["text"]), x, level))
    return spots


def join(
    left: Sequence[Spot], right: Sequence[Spot], first: int | None
) -> tuple[list[Spot], list[Spot], tuple[Link, ...]]:
    """Pairs equal words, first with first, and gives every spot its shape."""
    waiting: dict[str, deque[Spot]] = defaultdict(deque)
    for spot in right:
        waiting[spot.text].append(spot)
    links, paired = [], set()
    for spot in left:
        if waiting[spot.text]:
            other = waiting[spot.text].popleft()
            paired |= {("left", spot.number), ("right", other.number)}
            links.append(Link(spot.x, other.x, spot.t_ms != other.t_ms))
    different = None if first is None else first + 1
    shaped = (
        [
            replace(spot, shape=shape(spot, (side, spot.number) in paired, different))
            for spot in lane
        ]
        for side, lane in (("left", left), ("right", right))
    )
    return next(shaped), next(shaped), tuple(links)


def shape(spot: Spot, paired: bool, different: int | None) -> str:
    if spot.number == different:
        return "diamond"
    return "circle" if paired else "square"


def row(number: int, left: Sequence[Spot], right: Sequence[Spot], first: int | None) -> Row:
    return Row(number, at(left, number), at(right, number), first == number - 1)


def at(spots: Sequence[Spot], number: int) -> Spot | None:
    offset = number - spots[0].number if spots else 0
    return spots[offset] if 0 <= offset < len(spots) else None


def sentence(
    expected: Sequence[Mapping[str, Any]], actual: Sequence[Mapping[str, Any]], first: int | None
) -> str:
    """The first difference in words."""
    if first is None:
        return "No line differs."
    pair = [lane[first]["text"] if first < len(lane) else "" for lane in (expected, actual)]
    same = len(os.path.commonprefix(pair))
    skipped = (
        same - 20 if same > LONGEST_TEXT - 20 else 0
    )  # else both would be cut to the same words
    wanted, came = (told(lane, first, skipped) for lane in (expected, actual))
    return f"First difference: line {first + 1}. Expected {wanted}; came {came}."


def told(lane: Sequence[Mapping[str, Any]], index: int, skipped: int) -> str:
    if index >= len(lane):
        return "nothing more"
    text = ("… " if skipped else "") + clip(lane[index]["text"][skipped:])
    return f"“{text}” at {lane[index]['t_ms']} ms"
