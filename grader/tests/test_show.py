# What people see: escaped text, timelines, hints, the built-in messages, and predictions.
from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Lab
from lab import cli, course, hints, judge, report, rules, runner, text, timeline
from lab.answer import essence
from lab.commands import predict, trace
from lab.result import VERDICTS, Case, Hint, Line, Result

Lab = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]


@given(st.text())
def test_nothing_that_was_printed_can_move_the_cursor(printed: str) -> None:
    shown = text.visible(printed)

    assert all(c.isprintable() or c == " " or not text.needs_spelling(c) for c in shown)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200e\u202e\u2066]", shown)


@given(st.text(max_size=60), st.integers(min_value=3, max_value=40))
def test_columns_stay_columns(printed: str, columns: int) -> None:
    assert text.width(text.fit(text.visible(printed), columns)) == columns


@given(st.text(alphabet="ab/*\"'\\\n R()", max_size=40))
def test_the_essence_has_no_blanks_and_is_stable(program: str) -> None:
    once = essence(program)

    assert essence(program + " \n") == once


@pytest.mark.parametrize(
    "left, right, same",
    [
        ("int x; // one", "int  x ;/* two */", True),
        ('say("a // b");', 'say("a");', False),
        ('say("a b");', 'say("ab");', False),
        ("char c = '\"'; // x", "char c='\"';", True),
        ("\ufeffint x;", "int x;", True),
        ('auto s = R"(// no comment)";', 'auto s = R"()";', False),
    ],
)
def test_comments_and_blanks_do_not_count_but_text_does(left: str, right: str, same: bool) -> None:
    assert (essence(left) == essence(right)) == same


def case_of(count: int, difference: int) -> Case:
    expected = tuple(Line(100 * i, f"line {i}") for i in range(count))
    actual = tuple(Line(100 * i, f"line {i}" if i != difference else "X") for i in range(count))
    return Case("published", 0, "wrong-content", expected, actual, difference)


def test_a_long_timeline_is_cut_around_the_first_difference() -> None:
    shown = list(report.timeline_part(case_of(100, 50)))

    assert any("  > [ 5000] line 50" in line for line in shown)
    assert "    ... 45 lines as expected" in shown
    assert "    ... 41 lines more" in shown
    assert len(shown) < 25


@pytest.mark.parametrize("at", [0, 1, 98, 99])
def test_the_first_difference_is_always_shown(at: int) -> None:
    shown = list(report.timeline_part(case_of(100, at)))

    assert sum(click.unstyle(line).startswith("  > ") for line in shown) == 1


@pytest.mark.parametrize(
    "expected, actual, said",
    [
        ([Line(0, "A")], [], 'line 1, "A" at 0 ms, never came.'),
        ([], [Line(5, "A")], 'line 1, "A", is one too many.'),
        ([Line(0, "A")], [Line(5, "A")], 'line 1, "A", came at 5 ms instead of 0 ms.'),
        ([Line(0, "A")], [Line(0, "B")], 'line 1 should be "A" at 0 ms; yours is "B" at 0 ms.'),
    ],
)
def test_the_cause_is_one_sentence(expected: list[Line], actual: list[Line], said: str) -> None:
    case = Case("published", 0, "incomplete", tuple(expected), tuple(actual), 0)

    assert report.cause_of(case) == said


@pytest.mark.parametrize("name", sorted(hints.built_in()))
def test_built_in_hints_have_four_sentences_and_80_to_160_words(name: str) -> None:
    belief = hints.built_in()[name]
    lines = [line for line in belief.text.strip().splitlines() if line]

    assert len(lines) == 4
    assert all(line.endswith((".", "?")) for line in lines)
    assert 80 <= len(belief.text.split()) <= 160
    assert hints.placeholders(belief.text) <= {"message", "said", "line", "t", "last_line"}
    assert not re.search(r"\b(simply|just|obviously|magic)\b", belief.text)


def test_every_verdict_but_accepted_has_a_text(root: Path) -> None:
    ex = course.load(root).exercises[0]
    elsewhere = {"accepted", "does-not-compile", "bad-submission"}
    spoken_for = {"crashed": "crash"}

    for verdict in set(VERDICTS) - elsewhere:
        told = {"id": spoken_for.get(verdict, verdict), "facts": {"line": "1"}}
        hint = hints.render(ex, verdict, told)
        assert hint is not None and hint.text, verdict


def test_the_shown_case_is_the_judges_and_its_warnings_are_quoted(root: Path) -> None:
    ex = course.load(root).find_one("01-4")
    one = {"seed": 0, "expected": [], "actual": [], "first_difference": None}
    cases = [
        {**one, "name": "published", "verdict": "accepted"},
        {**one, "name": "seed 1", "seed": 1, "verdict": "crashed", "message": "a crash"},
        {
            **one,
            "name": "seed 2",
            "seed": 2,
            "verdict": "incomplete",
            "message": "line 2 is missing",
        },
    ]
    cases[2]["warnings"] = [{"code": "never_awaited", "text": "coroutine 'f' was never awaited"}]
    data = {"exercise": ex.key, "verdict": "incomplete", "cases": cases, "shown": 2}

    result = judge.read_result(ex, data)

    assert result.failed_case is not None and result.failed_case.seed == 2
    assert result.message == "line 2 is missing"
    assert "coroutine 'f' was never awaited" in report.full_report(result)


def test_an_exercises_own_text_wins_and_variants_fall_back(root: Path) -> None:
    ex = course.load(root).find_one("01-4")

    assert hints.belief_for(ex, "M02-variant") is ex.beliefs["M02"]
    assert hints.belief_for(ex, "M10") is hints.built_in()["nested-run"]
    assert hints.belief_for(ex, "M99") is None


def test_a_prediction_that_lacks_a_line_is_not_told_of_a_program_that_ended(root: Path) -> None:
    predict, fix = course.load(root).find_one("01-1"), course.load(root).find_one("01-4")
    told = {"id": "incomplete", "facts": {"line": "3"}}

    texts = [hints.render(ex, "incomplete", told) for ex in (predict, fix)]

    assert [hint and hint.text.split()[:2] for hint in texts] == [
        ["Your", "prediction"],
        ["You", "expected"],
    ]


def test_lines_that_differ_beyond_the_columns_are_shown_whole(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    ex = course.load(root).find_one("01-4")
    long = "Callback order: [0.1s, 0.2s, "
    case = Case(
        "seed 7", 7, "wrong-content", (Line(300, long + "0.3s]"),), (Line(300, long + "0.4s]"),), 0
    )

    shown = report.full_report(Result(ex, "wrong-content", (case,), None))

    assert f"expected: [  300] {long}0.3s]" in shown
    assert f"yours:    [  300] {long}0.4s]" in shown
    assert "./lab trace 01-4 --seed 7" in shown


def test_the_judges_sentence_opens_the_hint_and_is_not_repeated(root: Path) -> None:
    ex = course.load(root).find_one("01-4")
    told = {"id": "hang", "facts": {"message": "task A waits for future 3"}}
    hint = hints.render(ex, "hang", told)
    case = Case("published", 0, "hang", (), (), None)
    result = Result(ex, "hang", (case,), hint, message="task A waits for future 3")

    shown = report.full_report(result)

    assert shown.count("waits for future 3") == 1
    assert hint is not None and hint.text.startswith("Task A waits for future 3. You expected")


def test_a_block_is_told_once_and_its_jump_of_the_clock_is_no_idle_loop() -> None:
    block = {"ev": "block", "t": 0, "dur": 250_000}
    jumps = [
        {"ev": "clock.advance", "t": t, "to": to} for t, to in ((0, 250_000), (250_000, 300_000))
    ]

    told = trace.as_text(runner.Trace((block, *jumps), True, 0), 80)

    assert sum("blocks for 250 ms" in line for line in told) == 1
    assert [line for line in told if "nothing is ready" in line] == [told[-1]]
    assert "300 ms" in told[-1]


def test_a_prediction_has_no_trace(lab: Lab) -> None:
    code, _, err = lab("trace", "01-1")

    assert code == 2
    assert "01-1 is a prediction" in err


def test_rules_are_read_from_the_rule_book(tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons/RULES.md").write_text(
        "# Rules\n\n* **R1 Lazy coroutines.** Calling a function makes a `Coro`\n  object.\n"
        "* **R6 Time moves only when nothing is ready**, and then jumps.\n\nMore text.\n"
    )

    found = rules.load_rules(tmp_path)

    assert str(found["R1"]) == "R1 Lazy coroutines. Calling a function makes a Coro object."
    assert str(found["R6"]) == "R6 Time moves only when nothing is ready, and then jumps."


TRACE = [
    {"t": 0, "ev": "task.new", "task": 1, "name": "main"},
    {"t": 0, "ev": "task.begin", "task": 1},
    {"t": 0, "ev": "task.new", "task": 2, "name": "A"},
    {"t": 0, "ev": "coro.suspend", "task": 1, "on": "task 'A'"},
    {"t": 0, "ev": "task.end", "task": 1},
    {"t": 0, "ev": "task.begin", "task": 2},
    {"t": 0, "ev": "block", "dur": 500_000},
    {"t": 500_000, "ev": "handle.add", "kind": "timer", "when": 1_500_000},
    {"t": 500_000, "ev": "coro.suspend", "task": 2, "on": "a timer: sleep 3"},
    {"t": 500_000, "ev": "task.end", "task": 2},
    {"t": 1_500_000, "ev": "task.begin", "task": 2},
    {"t": 1_500_000, "ev": "task.cancel_delivered", "task": 2},
    {"t": 1_500_000, "ev": "task.done", "task": 2, "outcome": "cancelled"},
    {"t": 1_500_000, "ev": "task.end", "task": 2},
    {"t": 2_000_000, "ev": "task.begin", "task": 1},
    {"t": 2_000_000, "ev": "task.done", "task": 1, "outcome": "ok"},
    {"t": 2_000_000, "ev": "task.end", "task": 1},
]


def test_lanes_show_hands_waits_blocks_and_cancels() -> None:
    assert timeline.draw(TRACE, 80) == [
        "t (ms)      0         500       1000      1500      2000",
        "            +---------+---------+---------+---------+",
        "main        #.......................................#   task 'A'",
        "A           %%%%%%%%%%%...................x             sleep 1000",
    ]


@given(st.lists(st.fixed_dictionaries({"t": st.integers(0, 10**9), "task": st.integers(1, 3),
    "ev": st.sampled_from(["task.new", "task.begin", "task.end", "block", "task.done"]),
    "dur": st.integers(0, 10**9)})))  # fmt: skip
def test_any_trace_can_be_drawn(events: list[dict[str, object]]) -> None:
    assert all(text.width(line) <= 80 for line in timeline.draw(events, 80))


def test_a_program_of_no_time_and_no_tasks_can_be_drawn() -> None:
    assert timeline.draw([], 80) == []
    assert len(timeline.draw(TRACE[:1], 80)) == 3


def test_timers_workers_and_lateness_have_lanes() -> None:
    events = [
        {"ev": "task.new", "t": 0, "task": 1, "name": "main"},
        {"ev": "task.begin", "t": 0, "task": 1},
        {"ev": "handle.add", "t": 0, "h": -1, "kind": "timer", "when": 100_000},
        {"ev": "handle.add", "t": 0, "h": -2, "kind": "timer", "when": 300_000},
        {"ev": "handle.cancel", "t": 0, "h": -2},
        {"ev": "block", "t": 0, "dur": 200_000},
        {"ev": "exec.start", "t": 200_000, "job": 1, "worker": "worker-1"},
        {"ev": "handle.add", "t": 200_000, "h": -3, "kind": "timer", "when": 300_000},
        {"ev": "coro.suspend", "t": 200_000, "task": 1, "on": "a timer: sleep 1"},
        {"ev": "task.end", "t": 200_000, "task": 1},
        {"ev": "handle.ready", "t": 200_000, "h": -1, "as": 2, "late": 100_000},
        {"ev": "handle.begin", "t": 200_000, "h": 2},
        {"ev": "exec.end", "t": 300_000, "job": 1, "worker": "worker-1", "dur": 100_000},
        {"ev": "task.done", "t": 300_000, "task": 1},
    ]
    drawn = timeline.draw(events, 80)
    assert drawn == [
        "t (ms)      0         100       200       300",
        "            +---------+---------+---------+",
        "main        %%%%%%%%%%%%%%%%%%%%%..........   sleep 100",
        "timer 1     ..........::::::::::#             due 100",
        "timer 2     x                                 due 300",
        "worker-1                        ===========   job 1",
    ]
    assert timeline.legend(drawn[2:]) == (
        "# has the hands   . waits   : is late   % blocks   = a worker's job   x is cancelled"
    )


def test_a_jobs_block_is_no_block_of_the_task_that_has_the_hands_meanwhile() -> None:
    job = {"lane": "worker-1", "worker": "worker-1", "job": 1}
    events = [
        {"ev": "task.new", "t": 0, "task": 1, "name": "main"},
        {"ev": "task.begin", "t": 0, "task": 1},
        {"ev": "block", "t": 0, "lane": "loop", "dur": 100_000},
        {"ev": "exec.start", "t": 0, **job},
        {"ev": "block", "t": 0, "lane": "worker-1", "dur": 300_000},
        {"ev": "coro.suspend", "t": 100_000, "task": 1, "on": "job 2"},
        {"ev": "task.end", "t": 100_000, "task": 1},
        {"ev": "exec.end", "t": 300_000, "dur": 300_000, **job},
        {"ev": "task.done", "t": 300_000, "task": 1},
    ]
    assert timeline.draw(events, 80)[2:] == [
        "main        %%%%%%%%%%%....................   a job",
        "worker-1    ===============================   job 1",
    ]


def test_a_trace_counts_only_with_its_own_closing_record() -> None:
    said = json.dumps({"ev": "say", "t": 5000, "text": "x"}).encode()
    closing = json.dumps({"closing": "abc", "events": 1}).encode()

    assert runner.understand(said + b"\n" + closing, "abc", 0).whole
    assert not runner.understand(said + b"\n" + closing, "other", 0).whole
    assert runner.understand(b"garbage\n[1]\n" + said, "abc", 0).transcript == [Line(5, "x")]


def test_events_read_as_words() -> None:
    trace_of = runner.Trace(tuple(TRACE), True, 0)

    told = "\n".join(trace.as_text(trace_of, 80))

    assert "[    0] turn   0  blocks for 500 ms" in told
    assert "task A receives CancelledError" in told


@pytest.mark.parametrize(
    "typed, count, problem, numbers",
    [
        ("2 1 3", 3, False, [2, 1, 3]),
        ("2,1,3\n", 3, False, [2, 1, 3]),
        ("1 2", 3, True, []),
        ("1 1 2", 3, True, []),
        ("one two", 2, True, []),
        ("", 2, True, []),
        ("\u0662 1", 2, True, []),
    ],
)
def test_an_order_is_each_number_once(
    typed: str, count: int, problem: bool, numbers: list[int]
) -> None:
    assert (bool(predict.understand(typed, count)[0]), predict.understand(typed, count)[1]) == (
        problem,
        numbers,
    )


def test_a_shuffle_repeats_itself_and_hides_the_answer() -> None:
    lines = [Line(0, str(i)) for i in range(5)]

    assert predict.shuffle(lines, "x") == predict.shuffle(lines, "x") != lines


def test_every_command_has_help_with_an_example(lab: Lab) -> None:
    ctx = click.Context(cli.cli)
    for name in cli.ORDER + ("reset", "undo"):
        assert isinstance(cli.cli, click.Group) and cli.cli.get_command(ctx, name) is not None
        code, out, _ = lab(name, "--help")
        assert code == 0 and f"Example: ./lab {name}" in out, name


def test_a_start_imports_nothing_slow() -> None:
    import subprocess
    import sys

    probe = "import sys, lab.cli; lab.cli.run(['next']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True)

    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"rich", "watchdog", "asyncio", "lab.grade", "lab.compile_sentences"}


def test_hint_json_names_no_rule_as_null() -> None:
    assert Hint("x", "", "y").to_json() == {"id": "x", "rule": None, "text": "y"}


@pytest.mark.parametrize("command", [("check", "01-4"), ("hint", "01-4"), ("list",), ()])
@pytest.mark.parametrize("width", [50, 60, 72])
def test_a_narrow_terminal_is_respected(
    lab: Lab, answer: Write, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], width: int
) -> None:
    answer("// verdict: wrong-time M02\nint wrong();")
    monkeypatch.setenv("COLUMNS", str(width))

    out = lab(*command)[1]

    commands = re.compile(r" +(\./lab|edit) ")  # those stay whole, to be copied
    long = [line for line in out.splitlines() if len(line) > width and not commands.match(line)]
    assert not long


def test_a_narrow_timeline_has_two_narrow_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")

    shown = list(report.timeline_part(case_of(3, 1)))

    assert shown[1] == f"    {'-' * 25}-+-{'-' * 25}"
    assert all(len(click.unstyle(line)) <= 60 for line in shown)


def test_a_word_is_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    path = "/a/path/that/is/longer/than/forty/columns/answer.cpp"

    assert path in text.wrap(f"it lies in {path} for you")


def test_a_command_in_the_footer_is_whole(root: Path) -> None:
    ex = course.load(root).find_one("01-4")
    case = Case("fresh 1", 3_241_750_274, "wrong-time", (Line(0, "A"),), (Line(5, "A"),), 0)

    shown = report.full_report(Result(ex, "wrong-time", (case,)))

    assert "  ./lab check 01-4 --seed 3241750274 this case again\n" in shown


def test_blanks_in_quoted_output_stay() -> None:
    assert hints.fill("you\nsaid {what}.\n\nLook", {"what": '"[    0] hazel"'}) == (
        'you said "[    0] hazel".\n\nLook'
    )
    assert hints.sentence('it said\n"[    0] hazel"') == 'It said "[    0] hazel".'
    assert text.wrap('It said "[    0] hazel".') == '  It said "[    0] hazel".'


@pytest.mark.parametrize(
    "verdict, actual, told, where",
    [
        ("timed-out", [], "(it was stopped before it said anything)", "beginning of your program"),
        ("timed-out", [{"t_ms": 0, "text": "A"}], "(here it was stopped)", "last line of your"),
        ("runaway", [], "(it was stopped before it said anything)", ""),
        ("crashed", [], "(it ended before it said anything)", ""),
    ],
)
def test_a_run_without_a_word_has_no_last_line(
    root: Path, verdict: str, actual: list[object], told: str, where: str
) -> None:
    ex = course.load(root).find_one("01-4")
    case = {"name": "published", "seed": 0, "verdict": verdict, "expected": [], "actual": actual}
    result = judge.read_result(ex, {"exercise": ex.key, "verdict": verdict, "cases": [case]})

    shown = report.full_report(result)

    assert told in shown
    assert where in " ".join(shown.split())


@pytest.mark.parametrize("name", ["watch", "hint", "read"])
def test_help_shows_what_may_be_left_out(lab: Lab, name: str) -> None:
    assert re.search(r"\[OPTIONS\] \[(EX|NN)\]\n", lab(name, "--help")[1])


def test_every_hint_so_far_is_shown(lab: Lab, root: Path) -> None:
    outputs = [lab("hint", "01-4")[1] for _ in range(2)]

    assert "Hint 1 of 3" in outputs[1] and "concept four" in outputs[1]
    assert outputs[1].index("concept four") < outputs[1].index("place four")
