# The comparison as a table for people, and the lines below it: who failed, what the machine did.
from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lab.bench import machine
from lab.bench.catalog import BY_BEST_SAMPLE, RATES, unit
from lab.bench.compare import OURS, Comparison
from lab.bench.course import Figure
from lab.bench.samples import Findings, Summary
from lab.text import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDTH = 120  # where there is no terminal
MET = {True: "yes", False: "no", None: ""}
STYLES = {True: "green", False: "red", None: ""}


def number(value: float) -> str:
    """Three figures or more: `8.51`, `13.9`, `381`, `237 907`."""
    if value >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def compared(summary: Summary | None) -> str:
    return "" if summary is None else number(summary.compared)


def name_of(row: str) -> str:
    return f"{row} *" if row in BY_BEST_SAMPLE else row


def comparison_cells(one: Comparison) -> list[str]:
    """The cells of a row; the table of a run with peers."""
    best = f"{compared(one.best)} {one.best.peer}" if one.best else ""
    goals = " and ".join(str(judged.goal) for judged in one.judged)
    return [
        name_of(one.row),
        unit(one.row),
        compared(one.ours),
        best,
        ratio(one.to_best),
        ratio(one.to_limit),
        goals,
        MET[one.met],
    ]


def own_cells(one: Comparison) -> list[str]:
    """The cells of a row; the table of a run without peers."""
    ours = one.ours
    if ours is None:
        return [one.row, unit(one.row), "", "", ""]
    return [one.row, unit(one.row), number(ours.value), number(ours.low), number(ours.high)]


def comparison_table(rows: Sequence[Comparison]) -> Table:
    heads = ("workload", "unit", OURS, "best peer", "/best", "/limit", "goal", "met")
    table = columns(heads, left=("workload", "unit", "goal", "met"))
    for one in rows:
        table.add_row(*comparison_cells(one), style=STYLES[one.met])
    return table


def own_table(rows: Sequence[Comparison]) -> Table:
    table = columns(("workload", "unit", "median", "least", "most"), left=("workload", "unit"))
    for one in rows:
        table.add_row(*own_cells(one))
    return table


def figure_table(figures: Sequence[Figure]) -> Table:
    table = columns(("what", "seconds", "samples", "goal", "met"), left=("what", "met"))
    for one in figures:
        goal = "" if one.goal is None else f"<= {one.goal:g}"
        table.add_row(
            one.what,
            f"{one.seconds:.2f}",
            str(one.samples),
            goal,
            MET[one.met],
            style=STYLES[one.met],
        )
    return table


def columns(heads: Sequence[str], left: Sequence[str]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:  # in a narrow terminal the two widest columns give way
        wraps = head in ("goal", "best peer")
        table.add_column(head, justify="left" if head in left else "right", no_wrap=not wraps)
    return table


def console(colour: bool) -> Console:
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDTH
    return Console(no_color=not colour, highlight=False, width=width)


def closing_lines(
    rows: Sequence[Comparison], findings: Findings, load_before: float, made: Path
) -> list[str]:
    """What must be known to believe the table."""
    return [
        *goal_lines(rows),
        *failure_lines(findings),
        *footnote_lines(rows),
        *machine_lines(findings, load_before, made),
    ]


def goal_lines(rows: Sequence[Comparison]) -> list[str]:
    judged = [one for one in rows if one.met is not None]
    if not judged:
        return []
    met = sum(bool(one.met) for one in judged)
    slower = [one.row for one in rows if one.judged and one.to_best and not is_ahead(one)]
    behind = f"; behind the best peer in {', '.join(slower)}" if slower else ""
    return [f"{met} of {len(judged)} goals are met{behind}."]


def is_ahead(one: Comparison) -> bool:
    assert one.to_best is not None
    return one.to_best >= 1 if one.row in RATES else one.to_best <= 1


def failure_lines(findings: Findings) -> list[str]:
    return [
        visible(f"{peer} failed in {workload}: {why}.")
        for (workload, peer), why in findings.failures.items()
    ]


def footnote_lines(rows: Sequence[Comparison]) -> list[str]:
    if any(one.row in BY_BEST_SAMPLE and one.best for one in rows):
        return ["* two threads: the best sample of each side, since luck decides how they meet."]
    return []


def machine_lines(
    findings: Findings,
    load_before: float,
    made: Path,
    versions: Callable[[], str] = machine.package_versions,
) -> list[str]:
    samples, disturbed = findings.samples
    cores = machine.cores()
    return [
        f"{samples} samples, {disturbed} of them while others used the machine; "
        f"load {load_before:.2f} before, {machine.load():.2f} after.",
        f"{machine.processor()}, {cores} cores; {machine.compiler(made / 'CMakeCache.txt')}.",
        *([f"Packages: {known}."] if (known := versions()) else []),
    ]
