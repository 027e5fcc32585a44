# From a student's attempts at one exercise to points, each step told. Pure: no clock, no disk.
#
# An attempt that the grader failed at is left out as if it had not been made: the student has what
# the others earn, and is told. All arithmetic is in hundredths of a point, so that steps add up.
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from lab.classroom.lateness import Lateness, lateness
from lab.classroom.model import ExerciseInfo, Grade
from lab.classroom.policy import Policy
from lab.progress import hints_percent, tries_percent
from lab.text import plural

CENT = Decimal("0.01")
NONE = Decimal(0)
FAULT = "not graded yet: a fault of the grader"
PREDICTED = ("predict",)


@dataclass(frozen=True)
class Try:
    """One attempt at one exercise, graded. `number` is the attempt's, in the order of times.

    `submitted_at` is ISO 8601, "" where nobody knows; `tries` and `hints` are the student's own
    counts; `answer` names the stored result, `problem` says why there is none.
    """

    number: int
    verdict: str
    submitted_at: str = ""
    accepted_cases: int = 0
    all_cases: int = 0
    answer: str = ""
    problem: str = ""
    tries: int = 0
    hints: int = 0


@dataclass(frozen=True)
class Step:
    """One line of the account: `amount` is added to what stands so far."""

    text: str
    amount: Decimal = NONE


@dataclass(frozen=True)
class Account:
    """What one attempt is worth, and why."""

    tried: Try
    steps: tuple[Step, ...]

    @property
    def points(self) -> Decimal:
        return sum((step.amount for step in self.steps), NONE)


def grade(policy: Policy, info: ExerciseInfo, student: str, tries: Sequence[Try]) -> Grade:
    """What `student` gets for the exercise, from all attempts, in whatever order they come.

    Returns: the grade; its steps add up to its points. Complexity: O(n log n) in the attempts.
    """
    most = policy.max_points(info.key, info.max_points)
    account, pending = decide(policy, info, student, tries)
    tried, steps = account.tried, list(account.steps)
    verdict, problem = tried.verdict, tried.problem
    if pending:
        steps.append(Step(f"{attempts_named(pending)} {FAULT}"))
        if account.points == 0 and verdict != "accepted":
            worst = pending[-1]
            tried, verdict, problem = worst, "grader-error", worst.problem
    return Grade(
        exercise=info.key,
        verdict=verdict,
        points=float(account.points),
        max_points=float(most),
        answer=tried.answer,
        attempt=tried.number,
        steps=tuple(step.text for step in steps),
        problem=problem,
        tries=tried.tries,
    )


def decide(
    policy: Policy, info: ExerciseInfo, student: str, tries: Sequence[Try]
) -> tuple[Account, list[Try]]:
    """The account of the attempt that counts, and the failed ones that could change it."""
    ordered = sorted(tries, key=lambda one: one.number)
    using = [one for one in ordered if uses_up(policy, one)]
    allowed = using[: policy.attempts.most]
    pending = [
        one for one in ordered if one.verdict == "grader-error" and matters(policy, one, using)
    ]
    if not allowed:
        return nothing(policy, info, ordered), pending
    accounts = [account(policy, info, student, one, earlier) for earlier, one in enumerate(allowed)]
    chosen = choose(policy.attempts.count, accounts)
    notes = [*which(policy, chosen, allowed), *left_out(policy, ordered, using)]
    return Account(chosen.tried, (*chosen.steps, *notes)), pending


def uses_up(policy: Policy, one: Try) -> bool:
    """Whether an attempt is one of those that the policy counts."""
    if one.verdict == "bad-submission":
        return policy.attempts.bad_submissions
    return one.verdict not in ("not-attempted", "grader-error")


def matters(policy: Policy, failed: Try, using: Sequence[Try]) -> bool:
    """Whether the grade could still change once `failed` is graded."""
    before = sum(one.number < failed.number for one in using)
    if policy.attempts.most is not None and before >= policy.attempts.most:
        return False
    if policy.attempts.count == "first":
        return before == 0
    return policy.attempts.count == "best" or before == len(using)


def nothing(policy: Policy, info: ExerciseInfo, ordered: Sequence[Try]) -> Account:
    """What to say where no attempt counts: the last file that could not be read comes first."""
    most = amount(policy.max_points(info.key, info.max_points))
    for verdict, text in (
        ("bad-submission", f"cannot be graded: 0 of {most} points"),
        ("not-attempted", f"not attempted: 0 of {most} points"),
    ):
        found = [one for one in ordered if one.verdict == verdict]
        if found:
            return Account(found[-1], (Step(text),))
    if ordered:
        return Account(ordered[-1], (Step(f"0 of {most} points so far"),))
    return Account(Try(0, "not-attempted"), (Step(f"not handed in: 0 of {most} points"),))


def choose(count: str, accounts: Sequence[Account]) -> Account:
    """The attempt that counts. Of equally good ones the earliest; of worthless ones the latest."""
    if count != "best":
        return accounts[0 if count == "first" else -1]

    def worth(one: Account) -> tuple[Decimal, bool, int]:
        number = one.tried.number
        return one.points, one.tried.verdict == "accepted", -number if one.points else number

    return max(accounts, key=worth)


def account(policy: Policy, info: ExerciseInfo, student: str, one: Try, earlier: int) -> Account:
    """What one attempt is worth that has `earlier` counted ones before it."""
    most = policy.max_points(info.key, info.max_points)
    late = lateness(policy.late, info.lesson, student, one.submitted_at)
    steps = [earned(policy, info, one, most)]
    full = steps[0].amount
    if full:
        steps += deductions(policy, info, one, late, earlier, full)
        steps += rounded(policy, sum((step.amount for step in steps), NONE), most)
    return Account(one, tuple(steps))


def earned(policy: Policy, info: ExerciseInfo, one: Try, most: Decimal) -> Step:
    """What the verdict is worth before anything is taken off."""
    total = amount(most)
    if one.verdict == "accepted":
        return Step(f"accepted: {total} of {total} points", most)
    credit = policy.partial.credit_for(info.key)
    if credit == "cases" and one.all_cases and one.verdict != "bad-submission":
        # Not accepted as a whole is never worth all, whatever its single cases say.
        counted = max(0, min(one.accepted_cases, one.all_cases - 1))
        worth = cents(most * counted / one.all_cases)
        told = f"{one.accepted_cases} of {plural(one.all_cases, 'case')} accepted"
        if counted < one.accepted_cases:
            told += f", but not the whole: as {counted}"
        return Step(f"{one.verdict}, {told}: {amount(worth)} of {total} points", worth)
    percent = policy.partial.verdicts.get(one.verdict, NONE)
    if credit == "verdicts" and percent:
        worth = cents(most * percent / 100)
        told = f"{one.verdict} counts {amount(percent)} %"
        return Step(f"{told}: {amount(worth)} of {total} points", worth)
    return Step(f"{one.verdict}: 0 of {total} points")


def deductions(
    policy: Policy, info: ExerciseInfo, one: Try, late: Lateness, earlier: int, full: Decimal
) -> list[Step]:
    """What is taken off, each in per cent of `full`, together never more than all of it."""
    asked = [(late.text, late.percent), *self_told(policy, info, one)]
    if earlier and policy.attempts.extra_percent:
        extra = policy.attempts.extra_percent * earlier
        asked.append((plural(earlier, "earlier attempt"), extra))
    steps, percent, taken = [], NONE, NONE
    for text, more in asked:
        percent = min(Decimal(100), percent + more)
        # The difference of rounded sums: rounding each alone could make more work earn less.
        now = cents(full * percent / 100)
        if more:
            text = f"{text}: -{amount(more)} % = {signed(taken - now)}"
        if text:
            steps.append(Step(text, taken - now))
        taken = now
    return steps


def self_told(policy: Policy, info: ExerciseInfo, one: Try) -> list[tuple[str, Decimal]]:
    """What the student's own counts take off, where the policy lets them."""
    told = []
    if policy.self_told.predictions and info.kind in PREDICTED and one.tries > 1:
        told.append((plural(one.tries, "prediction"), Decimal(100 - tries_percent(one.tries))))
    if policy.self_told.hints and one.hints > 1:
        told.append((plural(one.hints, "hint"), Decimal(100 - hints_percent(one.hints))))
    return told


def rounded(policy: Policy, points: Decimal, most: Decimal) -> list[Step]:
    """The step that rounding makes, if it changes anything. All points stay all points."""
    step = policy.rounding.step
    way = {"nearest": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR}
    wanted = (points / step).quantize(Decimal(1), rounding=way[policy.rounding.mode]) * step
    change = NONE if points == most else min(wanted, most) - points
    return [Step(f"rounded to {amount(step)}: {signed(change)}", change)] if change else []


def which(policy: Policy, chosen: Account, allowed: Sequence[Try]) -> list[Step]:
    if len(allowed) == 1:
        return []
    count = policy.attempts.count
    return [Step(f"attempt {chosen.tried.number} counts, the {count} of {len(allowed)}")]


def left_out(policy: Policy, ordered: Sequence[Try], using: Sequence[Try]) -> list[Step]:
    """Which attempts were not looked at for points, and why."""
    steps = []
    most = policy.attempts.most
    if most is not None and len(using) > most:
        beyond = attempts_named(using[most:])
        steps.append(Step(f"{beyond} not counted: {plural(most, 'attempt')} allowed"))
    bad = [one for one in ordered if one.verdict == "bad-submission" and one not in using]
    if bad:
        steps.append(Step(f"{attempts_named(bad)} cannot be graded: not counted as an attempt"))
    return steps


def attempts_named(tries: Sequence[Try]) -> str:
    """`attempt 2`, `attempts 2 and 3`, `attempts 2, 3 and 7 more`."""
    numbers = [str(one.number) for one in tries[:3]]
    if len(tries) > 3:
        numbers = [*numbers[:2], f"{len(tries) - 2} more"]
    if len(numbers) == 1:
        return f"attempt {numbers[0]}"
    return f"attempts {', '.join(numbers[:-1])} and {numbers[-1]}"


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def amount(value: Decimal) -> str:
    """`5`, `0.5`, never `5.00` nor `5E+1`."""
    return f"{value.quantize(CENT):f}".rstrip("0").rstrip(".")


def signed(value: Decimal) -> str:
    return f"+{amount(value)}" if value > 0 else amount(value)
