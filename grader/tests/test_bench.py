# The numbers of `./lab bench`: what is read, which sample counts, who is best, and what is a goal.
# Nothing here measures.
from __future__ import annotations

import re
from pathlib import Path

import pytest

from lab.bench import catalog, compare, goals, growth, machine, measure, table
from lab.bench.catalog import WORKLOADS, Workload
from lab.bench.compare import Comparison
from lab.bench.course import Figure
from lab.bench.growth import Point
from lab.bench.peers import NAMES, REGISTER, Peer, absent
from lab.bench.samples import Findings, Nonsense, Reading, Summary
from lab.bench.samples import read_generator, read_lines, summarize
from lab.errors import LabError

ROOT = Path(__file__).resolve().parents[2]
BURST = next(w for w in WORKLOADS if w.name == "call_soon_burst")


def summary(row: str, peer: str, value: float, best: float | None = None) -> Summary:
    return Summary(row, peer, value, best or value, value, value, 5, 0, 0.0)


def test_a_row_selects_its_workload_and_the_catalogue_orders() -> None:
    names = [w.name for w in catalog.select(["tcp_echo_64_p99", "call_soon_burst_bytes"])]

    assert names == ["call_soon_burst", "tcp_echo_64"]
    assert catalog.select([]) == list(WORKLOADS)


def test_an_unknown_name_lists_the_names() -> None:
    with pytest.raises(LabError) as caught:
        catalog.select(["timers_fire", "timer_fire"])

    assert "there is no workload 'timer_fire': did you mean timers_fire?" in str(caught.value)
    assert "tcp_echo_1k_p16_cpu" in str(caught.value)


def test_the_catalogue_has_what_the_runtimes_program_has() -> None:
    text = (ROOT / "runtime/bench/main.cpp").read_text(encoding="utf-8")

    told = set(re.findall(r'^ +\{"(\w+)", bench::', text, re.MULTILINE))

    assert told == {w.name for w in WORKLOADS if w.echo is None}


def test_units_follow_the_rows() -> None:
    units = [catalog.unit(row) for row in ("timers_fire_cpu", "spawn_join_bytes", "tcp_echo_64")]
    assert units == ["ns", "B", "req/s"]
    assert catalog.unit("tcp_echo_64_cpu") == "us"


def test_lines_of_a_sample_are_read_and_others_passed_over() -> None:
    text = "warming up\ncall_soon_burst_cold 41.5 ns\ncall_soon_burst_bytes 65.6 B\nother 1.0 ns\n"

    assert read_lines(BURST, text) == {"call_soon_burst_cold": 41.5, "call_soon_burst_bytes": 65.6}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no row"),
        ("Segmentation fault (core dumped)", "no row"),
        ("call_soon_burst fast ns", "is 'fast'"),
        ("call_soon_burst nan ns", "is 'nan'"),
        ("call_soon_burst 0.0 ns", "is '0.0'"),
        ("call_soon_burst 0.1 us", "in us, not in ns"),
    ],
)
def test_nonsense_is_named(text: str, why: str) -> None:
    with pytest.raises(Nonsense, match=re.escape(why)):
        read_lines(BURST, text)


def test_the_generators_line_gives_four_rows() -> None:
    line = "rps 200000 p50_us 202.5 p99_us 362.0 all 460000"

    assert read_generator("tcp_echo_64", line, 2.3) == {
        "tcp_echo_64": 200000.0,
        "tcp_echo_64_cpu": pytest.approx(5.0),
        "tcp_echo_64_p50": 202.5,
        "tcp_echo_64_p99": 362.0,
    }
    for bad in ("", "stalled", "rps x p50_us 1 p99_us 1 all 1", "rps 1 p50_us 1 p99_us 1 all 0"):
        with pytest.raises(Nonsense, match="nothing of use"):
            read_generator("tcp_echo_64", bad, 2.3)


def test_the_median_is_of_the_quiet_samples() -> None:
    quiet = [Reading(v) for v in (10.0, 12.0, 11.0)]
    disturbed = [Reading(v, 0.9, True) for v in (50.0, 60.0)]

    found = summarize("timers_fire", "aio", quiet + disturbed)

    assert (found.value, found.low, found.high) == (11.0, 10.0, 12.0)
    assert (found.samples, found.disturbed) == (5, 2)


def test_with_too_few_quiet_samples_all_count() -> None:
    readings = [Reading(10.0), Reading(20.0, 2.0, True), Reading(30.0, 2.0, True)]

    found = summarize("timers_fire", "aio", readings)

    assert (found.value, found.noise) == (20.0, 2.0)


def test_the_best_sample_counts_where_two_threads_meet() -> None:
    readings = [Reading(v) for v in (500.0, 100.0, 900.0)]

    assert summarize("loop_pingpong", "aio", readings).compared == 100.0
    assert summarize("timers_fire", "aio", readings).compared == 500.0
    assert summarize("tcp_echo_64", "aio", readings).best == 900.0


def test_json_has_what_the_contract_names() -> None:
    told = summarize("spawn_join_bytes", "aio", [Reading(90.12345)]).to_json()

    assert {k: told[k] for k in ("workload", "peer", "value", "unit")} == {
        "workload": "spawn_join_bytes",
        "peer": "aio",
        "value": 90.123,
        "unit": "B",
    }


def test_the_best_peer_is_no_limit_and_not_we() -> None:
    rows = [
        summary("timers_fire", "aio", 90.0),
        summary("timers_fire", "limit", 50.0),
        summary("timers_fire", "libuv", 1260.0),
        summary("timers_fire", "libev", 380.0),
    ]

    (one,) = compare.compare(rows)

    assert one.best is not None and one.best.peer == "libev"
    assert one.to_best == pytest.approx(90 / 380)
    assert one.to_limit == pytest.approx(1.8)
    assert one.met is True


def test_more_is_better_for_a_rate_and_both_goals_must_be_met() -> None:
    def met(ours: float, raw: float, best: float) -> bool | None:
        values = {"aio": ours, "raw_epoll": raw, "libev": best, "node": 1.0}
        rows = [summary("tcp_echo_64", peer, value) for peer, value in values.items()]
        (one,) = compare.compare(rows)
        assert one.best is not None and one.best.peer == "libev"
        return one.met

    assert met(98, 100, 97) is True
    assert met(96, 100, 90) is False
    assert met(98, 100, 99) is False


def test_a_goal_without_its_other_side_is_open() -> None:
    (one,) = compare.compare([summary("coro_yield", "aio", 7.0), summary("coro_yield", "asio", 80)])

    assert (one.met, one.to_limit) == (None, None)
    assert compare.compare([summary("coro_yield", "asio", 80.0)])[0].met is None


def test_a_row_without_a_goal_is_neither_met_nor_missed() -> None:
    rows = [summary("tcp_echo_64_p99", peer, 300.0) for peer in ("aio", "libev")]

    assert compare.compare(rows)[0].met is None


def test_every_goal_has_a_row_and_nearly_every_row_a_goal() -> None:
    without = {row for row in catalog.ROWS if not goals.goals_of(row)}

    assert {goal.row for goal in goals.GOALS} <= set(catalog.ROWS)
    assert {goal.against for goal in goals.GOALS} <= {*NAMES, goals.BEST}
    assert without == {f"tcp_echo_{size}_p{n}" for size in ("64", "1k_p16") for n in (50, 99)}


def test_findings_are_ordered_by_row_and_then_by_peer() -> None:
    findings = Findings()
    findings.add("libuv", {"timers_fire_cpu": 2.0, "timers_fire": 1.0}, 0.0, False)
    findings.add("aio", {"timers_fire": 1.0, "call_soon_chain": 3.0}, 0.5, True)

    order = [(s.row, s.peer) for s in findings.summaries(["aio", "libuv"])]

    assert order == [
        ("call_soon_chain", "aio"),
        ("timers_fire", "aio"),
        ("timers_fire", "libuv"),
        ("timers_fire_cpu", "libuv"),
    ]
    assert findings.samples == (3, 2)


def peer(name: str, *workloads: str) -> Peer:
    return Peer(name, (name,), (name, "echo"), frozenset(workloads))


def test_repetitions_are_outermost_and_peers_rotate() -> None:
    wanted = catalog.select(["timers_fire", "coro_yield"])
    peers = [peer("a", "timers_fire", "coro_yield"), peer("b", "timers_fire"), peer("c", "echo")]

    order = [(t.repetition, t.workload.name, t.peer.name) for t in measure.turns(wanted, peers, 2)]

    assert order == [
        (0, "timers_fire", "a"),
        (0, "timers_fire", "b"),
        (0, "coro_yield", "a"),
        (1, "timers_fire", "b"),
        (1, "timers_fire", "a"),
        (1, "coro_yield", "a"),
    ]


def test_servers_take_part_in_both_tcp_workloads() -> None:
    wanted = catalog.select(["tcp_echo_64", "tcp_echo_1k_p16", "timers_fire"])
    turns = list(measure.turns(wanted, [peer("raw_epoll", "echo")], 1))

    assert [t.workload.name for t in turns] == ["tcp_echo_64", "tcp_echo_1k_p16"]
    assert measure.expected_seconds(turns) == 2 * measure.ECHO_SAMPLE_SECONDS


def test_what_is_missing_is_one_line_with_packages() -> None:
    some = [entry for entry in REGISTER if entry.name in ("asio", "asio_nolock", "uvloop", "limit")]

    assert absent(some) == (
        "not on this machine: asio, asio_nolock, uvloop, limit"
        " (Debian: apt-get install libasio-dev python3-uvloop)"
    )
    assert absent([]) == ""


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


def test_workloads_have_their_own_name_as_first_or_only_row() -> None:
    assert all(isinstance(w, Workload) and w.name in w.rows for w in WORKLOADS)
    assert len(set(catalog.ROWS)) == len(catalog.ROWS)
