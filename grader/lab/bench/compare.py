# The runtime beside its peers: who is best in a row, by which factor, and whether a goal is met.
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lab.bench.catalog import RATES, ROWS
from lab.bench.goals import BEST, Goal, goals_of
from lab.bench.samples import Summary

OURS = "aio"
LIMITS = ("limit", "raw_epoll", "raw_uring")  # programs that are no loops: the least that is needed


@dataclass(frozen=True)
class Judged:
    """A goal, and what became of it: `factor` is None when its other side was not measured."""

    goal: Goal
    factor: float | None

    @property
    def met(self) -> bool | None:
        return None if self.factor is None else self.goal.met(self.factor)


@dataclass(frozen=True)
class Comparison:
    """One row of the table."""

    row: str
    ours: Summary | None
    best: Summary | None
    limit: Summary | None
    judged: tuple[Judged, ...]

    @property
    def to_best(self) -> float | None:
        return factor(self.ours, self.best)

    @property
    def to_limit(self) -> float | None:
        return factor(self.ours, self.limit)

    @property
    def met(self) -> bool | None:
        """Whether all goals of the row are met; None without any, or when one cannot be judged."""
        answers = [one.met for one in self.judged]
        if False in answers:
            return False
        return True if answers and None not in answers else None


def factor(ours: Summary | None, other: Summary | None) -> float | None:
    return ours.compared / other.compared if ours and other else None


def best_peer(row: str, of_row: Mapping[str, Summary]) -> Summary | None:
    """The best of those that are event loops, and not ours."""
    peers = [s for name, s in of_row.items() if name != OURS and name not in LIMITS]
    choose = max if row in RATES else min
    return choose(peers, key=lambda s: s.compared) if peers else None


def compare(summaries: Sequence[Summary]) -> list[Comparison]:
    """A comparison for each row that anybody has, in the catalogue's order."""
    found = []
    for row in ROWS:
        of_row = {s.peer: s for s in summaries if s.row == row}
        if not of_row:
            continue
        best, ours = best_peer(row, of_row), of_row.get(OURS)
        sides = {**of_row, **({BEST: best} if best else {})}
        judged = [Judged(goal, factor(ours, sides.get(goal.against))) for goal in goals_of(row)]
        limit = of_row.get("limit") or of_row.get("raw_epoll")
        found.append(Comparison(row, ours, best, limit, tuple(judged)))
    return found
