# Points: what an attempt earns, which attempt counts, and that the steps add up to it.
from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.classroom.lateness import duration, late_seconds, lateness
from lab.classroom.model import ExerciseInfo, Grade
from lab.classroom.points import Try, grade
from lab.classroom.policy import Attempts, Late, Partial, Policy, Rounding, SelfTold
from lab.result import VERDICTS

INFO = ExerciseInfo("01-basics/04-x", "01-4", "X", "fix", "01-basics", 10)
DUE = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)
TABLE = {"wrong-time": Decimal(50), "hang": Decimal("12.5")}
ZERO = ("bad-submission", "not-attempted", "grader-error")


def tried(number: int, verdict: str, late: timedelta | None = None, cases: int = 0) -> Try:
    """An attempt with that many of 5 cases accepted, `late` after the due date if that is told."""
    at = "" if late is None else (DUE + late).isoformat()
    return Try(number, verdict, at, 5 if verdict == "accepted" else cases, 5, f"digest{number}")


def graded(policy: Policy, *tries: Try) -> Grade:
    return grade(policy, INFO, "ada", tries)


def total(steps: tuple[str, ...]) -> Decimal:
    """What the lines add up to, read as a student reads them."""
    sum_ = Decimal(0)
    for step in steps:
        found = re.search(r"(?:: | = )(-?\+?[\d.]+)(?: of [\d.]+ points.*)?$", step)
        sum_ += Decimal(found[1]) if found else 0
    return sum_


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("credit", ["none", "cases", "verdicts"])
@pytest.mark.parametrize("cases", range(6))
def test_each_verdict_under_each_credit(verdict: str, credit: str, cases: int) -> None:
    policy = Policy(partial=Partial(credit, TABLE if credit == "verdicts" else {}))
    expected = Decimal(0)
    if verdict == "accepted":
        expected = Decimal(10)
    elif credit == "cases" and verdict not in ZERO:
        expected = Decimal(2 * min(cases, 4))
    elif credit == "verdicts":
        expected = TABLE.get(verdict, Decimal(0)) / 10

    got = graded(policy, tried(1, verdict, cases=cases))

    assert Decimal(str(got.points)) == expected == total(got.steps)
    assert (got.verdict, got.max_points, got.attempt, got.answer) == (verdict, 10, 1, "digest1")


hours, days = (lambda n: timedelta(hours=n)), (lambda n: timedelta(days=n))
LATE = Late(DUE, 15, "day", Decimal(20), Decimal(60), 14)
BY_HOUR = replace(LATE, per="hour", percent=Decimal("0.5"), most_percent=Decimal(100))
LATENESS = [
    (LATE, days(-3), 0, ""),
    (LATE, days(0), 0, ""),
    (LATE, timedelta(minutes=15), 0, "late by 15 min: within 15 minutes of grace"),
    (LATE, timedelta(minutes=15, microseconds=1), 20, "late by 15 min, 1 started day"),
    (LATE, days(1), 20, "late by 1 day, 1 started day"),
    (LATE, hours(27), 40, "late by 1 day 3 h, 2 started days"),
    (LATE, hours(73), 60, "late by 3 days 1 h, 4 started days, the most"),
    (LATE, days(14), 60, "late by 14 days, 14 started days, the most"),
    (LATE, days(14) + hours(1), 100, "late by 14 days 1 h, more than 14 days"),
    (BY_HOUR, hours(27), Decimal("13.5"), "late by 1 day 3 h, 27 started hours"),
    (BY_HOUR, timedelta(seconds=901), Decimal("0.5"), "late by 15 min 1 s, 1 started hour"),
    (Late(DUE), hours(5), 0, "late by 5 h: nothing is taken off"),
    (Late(DUE), timedelta(microseconds=1), 0, "late by less than 1 s: nothing is taken off"),
    (Late(), days(99), 0, ""),
    (replace(LATE, extensions={"ada": 2}), hours(27), 0, "in time by an extension"),
    (replace(LATE, extensions={"ada": 2}), hours(49), 20, "late by 1 h, 1 started day"),
    (replace(LATE, extensions={"bob": 2}), hours(27), 40, "late by 1 day 3 h, 2 started days"),
    (replace(LATE, lessons={"01-basics": DUE + days(9)}), days(8), 0, ""),
]


@pytest.mark.parametrize(("late", "after", "percent", "text"), LATENESS)
def test_lateness(late: Late, after: timedelta, percent: Any, text: str) -> None:
    got = lateness(late, "01-basics", "ada", (DUE + after).isoformat())

    assert (got.percent, got.text) == (percent, text)
    assert (late_seconds(late, "01-basics", "ada", (DUE + after).isoformat()) > 0) == (
        text.startswith("late") and "grace" not in text
    )


@pytest.mark.parametrize("time", ["", "yesterday", "2027-01-01T00:00:00"])
def test_a_time_that_nobody_knows_is_never_late_and_said_so(time: str) -> None:
    got = graded(Policy(late=LATE), replace(tried(1, "accepted"), submitted_at=time))

    assert got.points == 10
    assert "time of handing in unknown: taken as on time" in got.steps
    assert late_seconds(LATE, "01-basics", "ada", time) == 0


def test_one_instant_is_one_time_wherever_it_was_told() -> None:
    told = [f"2026-12-02T{hour}:30:00{offset}" for hour, offset in (("15", "Z"), ("20", "+05:00"))]

    assert lateness(LATE, "", "", told[0]) == lateness(LATE, "", "", told[1])


def test_the_account_of_a_late_answer() -> None:
    policy = Policy(late=LATE, rounding=Rounding(Decimal("0.5")), partial=Partial("cases"))

    got = graded(policy, tried(1, "wrong-time", hours(27), cases=3), tried(2, "hang", days(-1)))

    assert got.steps == (
        "wrong-time, 3 of 5 cases accepted: 6 of 10 points",
        "late by 1 day 3 h, 2 started days: -40 % = -2.4",
        "rounded to 0.5: -0.1",
        "attempt 1 counts, the best of 2",
    )
    assert (got.points, got.verdict, got.attempt) == (3.5, "wrong-time", 1)


A, W, N, B, G = "accepted", "wrong-order", "not-attempted", "bad-submission", "grader-error"
ATTEMPTS = [
    # attempts in order, count, most, points, verdict, attempt
    ("", "best", None, 0, N, 0),
    ("W", "best", None, 0, W, 1),
    ("WA", "best", None, 10, A, 2),
    ("AW", "best", None, 10, A, 1),
    ("AA", "best", None, 10, A, 1),
    ("WW", "best", None, 0, W, 2),
    ("AW", "last", None, 0, W, 2),
    ("AN", "last", None, 10, A, 1),
    ("AB", "last", None, 10, A, 1),
    ("AG", "last", None, 10, A, 1),
    ("WG", "last", None, 0, G, 2),
    ("GW", "last", None, 0, W, 2),
    ("GA", "last", None, 10, A, 2),
    ("WA", "first", None, 0, W, 1),
    ("BA", "first", None, 10, A, 2),
    ("NA", "first", None, 10, A, 2),
    ("GW", "first", None, 0, G, 1),
    ("WG", "first", None, 0, W, 1),
    ("GA", "first", None, 10, A, 2),
    ("WWA", "best", 2, 0, W, 2),
    ("WBA", "best", 2, 10, A, 3),
    ("WNA", "best", 2, 10, A, 3),
    ("WGA", "best", 2, 10, A, 3),
    ("WWG", "best", 2, 0, W, 2),
    ("WGW", "best", 2, 0, G, 2),
    ("AWW", "last", 2, 0, W, 2),
    ("WWG", "last", 2, 0, W, 2),
    ("B", "best", None, 0, B, 1),
    ("NB", "best", None, 0, B, 2),
    ("BN", "best", None, 0, B, 1),
    ("NN", "best", None, 0, N, 2),
    ("G", "best", None, 0, G, 1),
    ("GN", "best", None, 0, G, 1),
    ("GB", "last", None, 0, G, 1),
]


def sequence(letters: str) -> list[Try]:
    names = {"A": A, "W": W, "N": N, "B": B, "G": G}
    return [tried(number, names[one]) for number, one in enumerate(letters, 1)]


@pytest.mark.parametrize(("letters", "count", "most", "points", "verdict", "attempt"), ATTEMPTS)
def test_which_attempt_counts(
    letters: str, count: str, most: int | None, points: int, verdict: str, attempt: int
) -> None:
    got = graded(Policy(attempts=Attempts(count, most)), *sequence(letters))

    assert (got.points, got.verdict, got.attempt) == (points, verdict, attempt)
    assert any("a fault of the grader" in step for step in got.steps) == (
        verdict == G or letters in ("AG", "GA", "WGA") and (letters, count) != ("GA", "last")
    )


def test_a_bad_submission_uses_up_an_attempt_only_where_the_policy_says_so() -> None:
    strict = Policy(attempts=Attempts("last", 2, bad_submissions=True))

    assert graded(strict, *sequence("WBA")).verdict == B
    assert graded(strict, *sequence("WBA")).steps[-1] == (
        "attempt 3 not counted: 2 attempts allowed"
    )
    lenient = graded(Policy(attempts=Attempts("last", 2)), *sequence("WBA"))
    assert lenient.steps[-1] == "attempt 2 cannot be graded: not counted as an attempt"


def test_earlier_attempts_cost_what_the_policy_says_and_never_below_nothing() -> None:
    policy = Policy(attempts=Attempts(extra_percent=Decimal(40)), late=LATE)

    assert graded(policy, *sequence("WA")).points == 6
    assert graded(policy, *sequence("WWWA")).points == 0
    assert graded(policy, *sequence("WBNGA")).points == 6
    steps = graded(policy, tried(1, W), tried(2, W), tried(3, A, hours(30))).steps
    assert steps[1:3] == (
        "late by 1 day 6 h, 2 started days: -40 % = -4",
        "2 earlier attempts: -80 % = -6",
    )


def test_of_worthless_attempts_an_accepted_one_is_shown() -> None:
    policy = Policy(late=LATE)

    assert graded(policy, tried(1, A, days(30)), tried(2, W)).verdict == A


def test_what_students_tell_of_themselves_counts_only_where_asked() -> None:
    predict = replace(INFO, kind="predict")
    one = replace(tried(1, A), tries=2, hints=3)

    def points(told: SelfTold, info: ExerciseInfo = predict) -> float:
        return grade(Policy(self_told=told), info, "ada", [one]).points

    assert points(SelfTold()) == 10
    assert points(SelfTold(predictions=True)) == 7
    assert points(SelfTold(predictions=True), INFO) == 10
    assert points(SelfTold(hints=True)) == 6
    assert points(SelfTold(True, True)) == 3


ROUNDINGS = [
    ("nearest", "0.5", "6.25", 6.5),
    ("nearest", "1", "6.49", 6),
    ("up", "0.5", "6.01", 6.5),
    ("down", "0.5", "6.49", 6),
    ("up", "3", "9.1", 10),  # twelve would be more than all
    ("down", "3", "10", 10),  # all points stay all points
    ("nearest", "20", "4", 0),
]


@pytest.mark.parametrize(("mode", "step", "percent", "points"), ROUNDINGS)
def test_rounding(mode: str, step: str, percent: str, points: float) -> None:
    partial = Partial("verdicts", {"hang": Decimal(percent) * 10})

    got = graded(Policy(partial=partial, rounding=Rounding(Decimal(step), mode)), tried(1, "hang"))

    assert got.points == points
    assert total(got.steps) == Decimal(str(points))


def test_durations_read_well() -> None:
    spans = [timedelta(days=1, seconds=5), timedelta(seconds=3661), timedelta(minutes=2)]

    assert [duration(span) for span in spans] == ["1 day", "1 h 1 min", "2 min"]


percents = st.decimals(0, 100, places=2)
minutes = st.integers(-9000, 40000)


@st.composite
def policies(draw: Any) -> Policy:
    late = Late(
        DUE,
        draw(st.integers(0, 90)),
        draw(st.sampled_from(["day", "hour"])),
        draw(percents),
        draw(percents),
        draw(st.none() | st.integers(1, 30)),
        extensions=draw(st.sampled_from([{}, {"ada": 3}])),
    )
    return Policy(
        points=draw(st.sampled_from([{}, {INFO.key: Decimal("7.37")}])),
        partial=Partial(draw(st.sampled_from(["none", "cases", "verdicts"])), TABLE),
        late=draw(st.sampled_from([late, Late()])),
        attempts=Attempts(
            draw(st.sampled_from(["best", "last", "first"])),
            draw(st.none() | st.integers(1, 4)),
            draw(percents),
            draw(st.booleans()),
        ),
        rounding=Rounding(
            draw(st.decimals("0.01", 4, places=2)),
            draw(st.sampled_from(["nearest", "up", "down"])),
        ),
        self_told=SelfTold(draw(st.booleans()), draw(st.booleans())),
    )


@st.composite
def attempts(draw: Any) -> list[Try]:
    found = []
    for number in range(1, draw(st.integers(0, 5)) + 1):
        verdict = draw(st.sampled_from([A, W, "wrong-time", "hang", "crashed", N, B, G]))
        at = draw(st.none() | minutes)
        cases = draw(st.integers(0, 5))
        late = None if at is None else timedelta(minutes=at)
        one = tried(number, verdict, late, cases)
        found.append(replace(one, tries=draw(st.integers(0, 4)), hints=draw(st.integers(0, 7))))
    return found


def points_of(policy: Policy, tries: list[Try]) -> float:
    return grade(policy, replace(INFO, kind="predict"), "ada", tries).points


@given(policies(), attempts(), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_points_are_bounded_explained_and_the_same_in_any_order(
    policy: Policy, tries: list[Try], chance: random.Random
) -> None:
    got = graded(policy, *tries)
    shuffled = list(tries)
    chance.shuffle(shuffled)

    assert 0 <= got.points <= got.max_points
    assert total(got.steps) == Decimal(str(got.points))
    assert graded(policy, *shuffled) == got
    assert got.verdict != "grader-error" or got.points == 0


@given(policies(), attempts().filter(bool), st.data())
@settings(max_examples=300)
def test_later_is_never_better(policy: Policy, tries: list[Try], data: Any) -> None:
    index = data.draw(st.integers(0, len(tries) - 1))
    one = tries[index]
    if not one.submitted_at:
        return
    more = timedelta(minutes=data.draw(st.integers(1, 9000)))
    at = (datetime.fromisoformat(one.submitted_at) + more).isoformat()
    later = [*tries[:index], replace(one, submitted_at=at), *tries[index + 1 :]]

    assert points_of(policy, later) <= points_of(policy, tries)


@given(policies(), attempts().filter(bool), st.data())
@settings(max_examples=300)
def test_more_accepted_cases_are_never_worth_less(
    policy: Policy, tries: list[Try], data: Any
) -> None:
    index = data.draw(st.integers(0, len(tries) - 1))
    one = tries[index]
    if one.verdict in (A, *ZERO):
        return
    more = replace(one, accepted_cases=min(5, one.accepted_cases + 1))
    whole = replace(one, verdict=A, accepted_cases=5)
    for better in (more, whole):
        changed = [*tries[:index], better, *tries[index + 1 :]]
        assert points_of(policy, changed) >= points_of(policy, tries)


@given(policies(), attempts(), st.integers(0, 5))
@settings(max_examples=300)
def test_a_fault_of_the_grader_costs_nothing(policy: Policy, tries: list[Try], at: int) -> None:
    at = min(at, len(tries))
    moved = [replace(one, number=one.number + 1) for one in tries[at:]]
    with_fault = [*tries[:at], tried(at + 1, G), *moved]

    assert points_of(policy, with_fault) == points_of(policy, tries)


def test_hints_that_a_manifest_tells_reach_the_points() -> None:
    """From the archive to the account: what `[self-told] hints` takes off."""
    from lab.classroom.assemble import Verdicts, tries_at
    from lab.classroom.job import Rules
    from lab.classroom.plan import Handed, PlannedAttempt, PlannedStudent

    class Accepted(Verdicts):
        def __init__(self) -> None:
            pass

        def of(self, digest: str) -> tuple[str, int, int]:
            return "accepted", 5, 5

    handed = {"01-basics/02-order-dinner": Handed(answer="x", hints=3)}
    student = PlannedStudent("s", "S", "", (PlannedAttempt("a", "", (), handed),))
    told = list(tries_at(student, "01-basics/02-order-dinner", Rules("v", 1), Accepted()))

    assert [one.hints for one in told] == [3]
