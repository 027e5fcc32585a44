# The picture of how costs grow: a small panel for each curve, both axes in powers of ten.
#
# On such axes a cost that stays is a flat line, and one that grows with n a diagonal. The dashed
# line is what the documentation promises, laid through the last point. Points above it on the left
# are what one operation costs at least; points below it grew quicker than promised, be it that the
# structure is to blame or that the machine's caches ran out.
from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.errors import LabError

Point = tuple[str, int, float, str]  # curve, n, value, unit: a line of aio-growth

COLUMNS = 3
PANEL_INCHES = (3.1, 2.5)
INK = "#101214"  # becomes the reader's own: see themed()
MARK = "#2f7fd6"  # readable on white and on black
LEAST_DECADES = 2.0  # of a y axis: or noise would look like growth
SETTINGS = {
    "svg.fonttype": "none",  # text stays text: it can be searched, read aloud, and scaled
    "svg.hashsalt": "growth",  # names inside the file come from this, not from chance
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
STYLE = "<style>svg{color:#1f2328}" "@media(prefers-color-scheme:dark){svg{color:#d6dbe1}}</style>"


@dataclass(frozen=True)
class Promise:
    """What a curve is called in the picture, and how the documentation says that it grows."""

    title: str
    complexity: str
    shape: Callable[[int], float]


def stays(_n: int) -> float:
    return 1.0


def logarithm(n: int) -> float:
    return math.log2(n + 1)


def proportion(n: int) -> float:
    return float(n)


PROMISES: Mapping[str, Promise] = {
    "callbacks": Promise("call_soon, and its turn", "O(1)", stays),
    "tasks": Promise("create_task, and await", "O(1)", stays),
    "timers_fire": Promise("call_later, and its turn", "O(log n)", logarithm),
    "timers_cancel": Promise("call_later, and cancel", "O(1)", stays),
    "timers_churn": Promise("one of n timers moves", "O(1)", stays),
    "requests_epoll": Promise("a request, n idle: epoll", "O(1)", stays),
    "requests_poll": Promise("a request, n idle: poll", "O(n)", proportion),
}


def draw(points: Iterable[Point], path: Path) -> None:
    """Writes the picture as SVG, the same bytes for the same points, whatever their order.

    Throws: ValueError for no points, or one that a logarithmic axis has no place for; LabError
    without matplotlib; OSError.
    """
    curves = sorted_curves(points)
    try:
        import matplotlib
    except ModuleNotFoundError as error:
        raise LabError(
            "pictures need matplotlib (Debian: apt-get install python3-matplotlib)"
        ) from error
    with matplotlib.rc_context():
        matplotlib.rcdefaults()  # or the reader's own settings would be in the picture
        matplotlib.rcParams.update(SETTINGS)
        text = rendered(curves)
    path.write_text(themed(text), encoding="utf-8")


def sorted_curves(points: Iterable[Point]) -> dict[str, list[Point]]:
    """The points of each curve by n: known curves in the order of PROMISES, others behind them."""
    curves: dict[str, list[Point]] = {}
    for point in sorted(points, key=lambda p: (p[0], p[1])):
        if point[1] <= 0 or not (point[2] > 0 and math.isfinite(point[2])):
            raise ValueError(f"{point[0]}: {point[2]} at n = {point[1]} has no logarithm")
        curves.setdefault(point[0], []).append(point)
    if not curves:
        raise ValueError("there are no points to draw")
    known = list(PROMISES)
    place = {curve: known.index(curve) if curve in PROMISES else len(known) for curve in curves}
    return {curve: curves[curve] for curve in sorted(curves, key=lambda c: (place[c], c))}


def rendered(curves: Mapping[str, Sequence[Point]]) -> str:
    from matplotlib.figure import Figure

    columns = min(COLUMNS, len(curves))
    rows = math.ceil(len(curves) / columns)
    figure = Figure(
        figsize=(PANEL_INCHES[0] * columns, PANEL_INCHES[1] * rows), layout="constrained"
    )
    panels = list(figure.subplots(rows, columns, squeeze=False).flat)
    for panel, (curve, points) in zip(panels, curves.items()):
        draw_panel(panel, curve, points)
    for panel in panels[len(curves) :]:
        panel.set_visible(False)
    file = io.StringIO()
    figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return file.getvalue()


def draw_panel(panel: Any, curve: str, points: Sequence[Point]) -> None:
    from matplotlib.ticker import EngFormatter, LogLocator, NullLocator

    promise = PROMISES.get(curve, Promise(curve, "", stays))
    scale, unit = (1e-9, "s") if points[0][3] == "ns" else (1.0, points[0][3])
    sizes = [n for _, n, _, _ in points]
    values = [value * scale for _, _, value, _ in points]
    panel.set_xscale("log")
    panel.set_yscale("log")
    if promise.complexity:
        last = values[-1] / promise.shape(sizes[-1])
        promised = [last * promise.shape(n) for n in sizes]
        panel.plot(sizes, promised, "--", color=INK, linewidth=1, gid=f"promise-{curve}")
    panel.plot(sizes, values, "o-", color=MARK, markersize=4, clip_on=False, gid=f"points-{curve}")
    panel.set_ylim(*bounds(values))
    panel.set_title(f"{promise.title}: {promise.complexity}" if promise.complexity else curve)
    panel.set_xlabel("n")
    for axis, of in ((panel.xaxis, ""), (panel.yaxis, unit)):
        axis.set_major_locator(LogLocator(numticks=12))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(EngFormatter(unit=of))
    panel.grid(color=INK, alpha=0.15, linewidth=0.6)


def bounds(values: Sequence[float]) -> tuple[float, float]:
    """The ends of a y axis: room above and below, and never less than LEAST_DECADES."""
    low, high = math.log10(min(values)) - 0.15, math.log10(max(values)) + 0.15
    missing = max(0.0, LEAST_DECADES - (high - low)) / 2
    return 10 ** (low - missing), 10 ** (high + missing)


def themed(svg: str) -> str:
    """Dark lines on a light page, light ones on a dark page: the page's reader has chosen."""
    start = svg.index(">", svg.index("<svg")) + 1
    return svg[:start] + STYLE + svg[start:].replace(INK, "currentColor")
