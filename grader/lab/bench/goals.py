# What the runtime is to reach: a factor against another program in the same run.
#
# Absolute figures move by a quarter with the load of a machine; factors stay. The factors were set
# once, from all peers that could be built on one machine: a probe of each data structure of the
# runtime against the best of them. Where the best peer of a row is in no distribution, so that few
# machines have it, the goal is a factor against the physical limit (runtime/bench/peers, `limit`).
from __future__ import annotations

from dataclasses import dataclass

from lab.bench.catalog import RATES

BEST = "best"  # the best installed peer of the row, whoever that is


@dataclass(frozen=True)
class Goal:
    """aio's value, divided by that of `against`, is at most `factor`; for a rate, at least."""

    row: str
    against: str
    factor: float

    def met(self, factor: float) -> bool:
        return factor >= self.factor if self.row in RATES else factor <= self.factor

    def __str__(self) -> str:
        sign = ">=" if self.row in RATES else "<="
        return f"{sign} {self.factor:g} {self.against}"


GOALS = (
    Goal("call_soon_chain", BEST, 0.71),
    Goal("call_soon_chain_io", BEST, 0.73),
    Goal("call_soon_burst", BEST, 0.57),
    Goal("call_soon_burst_cold", "limit", 1.7),
    Goal("call_soon_burst_bytes", BEST, 0.55),
    Goal("timers_fire", BEST, 0.34),
    Goal("timers_fire_cpu", BEST, 0.31),
    Goal("timers_cancel", BEST, 0.92),
    Goal("timers_churn", BEST, 0.85),
    Goal("coro_yield", "limit", 5.0),
    Goal("spawn_join", "limit", 3.4),
    Goal("spawn_join_cold", "limit", 2.4),
    Goal("spawn_join_bytes", "limit", 1.6),
    Goal("nested_await", "limit", 1.9),
    Goal("post_threadsafe", BEST, 0.80),
    Goal("loop_pingpong", "limit", 2.6),
    Goal("executor_roundtrip", "limit", 2.8),
    Goal("executor_batch", BEST, 0.58),
    # A request costs two system calls, for everyone: the goal is to be on that line.
    Goal("tcp_echo_64", "raw_epoll", 0.97),
    Goal("tcp_echo_64", BEST, 1.0),
    Goal("tcp_echo_64_cpu", BEST, 1.0),
    Goal("tcp_echo_1k_p16", "raw_epoll", 0.97),
    Goal("tcp_echo_1k_p16", BEST, 1.0),
    Goal("tcp_echo_1k_p16_cpu", BEST, 1.0),
)


def goals_of(row: str) -> list[Goal]:
    return [goal for goal in GOALS if goal.row == row]
