# What `./lab bench` shows: numbers, rows, the lines below the table, and the points of curves.
from __future__ import annotations

from pathlib import Path

import pytest
from bench_programs import BURST, peer, summary

from lab.bench import compare, growth, machine, measure, table
from lab.bench.compare import Comparison
from lab.bench.course import Figure
from lab.bench.growth import Point
from lab.bench.samples import Findings, Nonsense


def test_progress_says_how_long_it_will_be() -> None:
    turn = measure.Turn(1, BURST, peer("aio"))

    line = measure.progress_line(turn, 5, 10, 100, 60.0)

    assert line == "repetition 2 of 5, sample 11 of 100, 9 min left: call_soon_burst, aio"
    assert "left" not in measure.progress_line(turn, 5, 0, 100, 0.0)


@pytest.mark.parametrize(
    ("value", "shown"), [(8.512, "8.51"), (13.94, "13.9"), (380.6, "381"), (237907, "237 907")]
)
def test_numbers_have_three_figures(value: float, shown: str) -> None:
    assert table.number(value) == shown


def comparison(ours: float, libev: float) -> Comparison:
    values = {"aio": ours, "libev": libev, "limit": 5.0}
    return compare.compare([summary("timers_fire", p, v) for p, v in values.items()])[0]


def test_a_row_of_the_table() -> None:
    assert table.comparison_cells(comparison(97.0, 381.0)) == (
        ["timers_fire", "ns", "97.0", "381 libev", "0.25", "19.40", "<= 0.34 best", "yes"]
    )
    alone = compare.compare([summary("loop_pingpong", "libuv", 45000.0, 41000.0)])[0]
    assert table.comparison_cells(alone)[:4] == ["loop_pingpong *", "ns", "", "41 000 libuv"]
    assert table.own_cells(alone) == ["loop_pingpong", "ns", "", "", ""]


def test_the_lines_below_say_what_is_missed_and_what_failed() -> None:
    findings = Findings(failures={("timers_fire", "libuv"): "it crashed: SIGSEGV"})

    lines = table.closing_lines([comparison(400.0, 381.0)], findings, 0.5, Path("/nowhere"))

    assert lines[0] == "0 of 1 goals are met; behind the best peer in timers_fire."
    assert lines[1] == "libuv failed in timers_fire: it crashed: SIGSEGV."
    assert "load 0.50 before" in lines[2]


def test_a_noisy_run_says_so() -> None:
    findings = Findings()
    for foreign in (0.0, 2.0, 2.0):
        findings.add("aio", {"timers_fire": 100.0}, foreign, foreign > 1)

    lines = table.machine_lines(findings, 0.5, Path("/nowhere"), lambda: "")

    assert lines[0].startswith("3 samples, 2 of them while others used the machine")
    assert lines[1] == "Most of it is noise: measure again when the machine is quiet."


def test_versions_are_those_of_the_projects() -> None:
    assert machine.upstream("1:1.22.1-1+b2") == "1.22.1"
    assert machine.upstream("0.17.0+ds1-2") == "0.17.0"


def test_busy_time_counts_all_but_idle_and_waiting(tmp_path: Path) -> None:
    stat = tmp_path / "stat"
    stat.write_text("cpu 100 20 30 99999 88888 1 2 3 0 0\ncpu0 1 2 3\n")

    assert machine.busy_seconds(stat) == pytest.approx(156 / 100, rel=1e-6)
    assert machine.busy_seconds(tmp_path / "none") == 0.0


def test_two_threads_need_a_quieter_machine_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "cores", lambda: 2)

    assert (machine.noise_limit(1), machine.noise_limit(2)) == (1.0, 0.25)


def test_points_of_a_curve_become_medians_in_order() -> None:
    text = "timers 1000 40.0 ns\nnoise\ntimers 100 30.0 ns\n"
    points = growth.read_points("timers", text) + [Point("timers", 100, 50.0, "ns")]
    points += [Point("timers", 100, 32.0, "ns"), Point("a_heap", 100, 90.0, "ns")]

    found = growth.medians(points)

    assert [(p.curve, p.size, p.value, p.samples) for p in found] == [
        ("timers", 100, 32.0, 3),
        ("timers", 1000, 40.0, 1),
        ("a_heap", 100, 90.0, 1),
    ]
    assert '{"curve": "timers", "n": 100, "value": 32.0, "unit": "ns"},\n' in growth.report(
        found, {}
    )


@pytest.mark.parametrize("text", ["", "timers many 4.0 ns", "timers 10 inf ns", "timers 10 0 ns"])
def test_a_curve_without_points_is_nonsense(text: str) -> None:
    with pytest.raises(Nonsense, match="timers"):
        growth.read_points("timers", text)


def test_a_figure_is_met_or_not_or_has_no_goal() -> None:
    assert Figure("save", 0.25, 0.30).met is True
    assert Figure("save", 0.31, 0.30).met is False
    assert Figure("again", 12.0).met is None
