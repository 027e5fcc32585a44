# A solution that tells something else in one run of many is found.
from __future__ import annotations

from pathlib import Path

from lab import course
from lab.audit_repeats import mark, tally


def test_one_trace_for_each_seed_is_what_must_come_out(root: Path) -> None:
    ex = course.load(root).find_one("01-4")

    found = tally(ex, [0, 0, 7, 7], [("a", True), ("a", True), ("b", True), ("b", True)])

    assert (found.runs, found.traces, found.bad_ends, found.ok) == (4, 2, 0, True)


def test_a_run_that_differs_or_ends_badly_shows(root: Path) -> None:
    ex = course.load(root).find_one("01-4")

    other = tally(ex, [0, 0, 7], [("a", True), ("c", True), ("b", True)])
    broken = tally(ex, [0, 0, 7], [("a", True), ("a", False), ("b", True)])

    assert not other.ok and other.traces == 3
    assert not broken.ok and broken.bad_ends == 1


def test_the_mark_sees_every_field_of_every_event() -> None:
    said = {"ev": "say", "t": 1000, "text": "soup"}

    assert mark([said]) == mark([dict(said)])
    assert len({mark([said]), mark([{**said, "t": 1001}]), mark([said, said]), mark([])}) == 4
