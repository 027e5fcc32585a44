# The policy file: what it says is what counts, and what it cannot mean is refused with one line.
from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab import course
from lab.classroom.policy import Attempts, Late, Partial, Policy, Rounding, Run, SelfTold
from lab.classroom.policy_file import SCHEMA_FILE
from lab.errors import LabError
from lab.result import VERDICTS

REPOSITORY = Path(__file__).resolve().parents[2]
DATE = "2026-12-01T23:59:00+01:00"

Load = Callable[[str], Policy]


@pytest.fixture
def load(root: Path) -> Load:
    """Reads a policy of the small course."""

    def load_text(text: str) -> Policy:
        path = root / "policy.toml"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return Policy.load(path, course.load(root))

    return load_text


def test_the_example_is_read_and_every_key_of_the_schema_stands_in_it() -> None:
    example = REPOSITORY / "docs/course-policy.toml"

    policy = Policy.load(example, course.load(REPOSITORY))

    assert policy.points["01-basics/04-fix-one-after-another"] == 12
    assert len(policy.exercises) == 9
    assert policy.late.lessons["02-scheduling"].day == 15
    assert not [id_ for id_ in policy.late.extensions if "@" in id_]  # ids, not addresses
    text = example.read_text(encoding="utf-8")
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    for table, rule in schema["properties"].items():
        assert table in text
        for key, inner in rule.get("properties", {}).items():
            is_table = inner.get("type") == "object"
            assert (f"[{table}.{key}]" if is_table else f"\n{key} = ") in text


def test_an_empty_file_is_the_default(load: Load) -> None:
    assert load("") == Policy()


def test_names_become_keys_in_course_order(load: Load) -> None:
    policy = load('[course]\nexercises = ["02-1", "fix-one-after-another"]\n[points]\n"01/1" = 2.5')

    assert policy.exercises == ("01-basics/04-fix-one-after-another", "02-scheduling/01-fix-timers")
    assert policy.points == {"01-basics/01-predict-lifecycle": Decimal("2.5")}


REFUSED = [
    ("[late]\npenalty = 1", "late.penalty is no key of a policy: "),
    ("[late]\npercnt = 1", "late.percnt is no key of a policy: did you mean percent? Allowed here"),
    ("[lat]\ndue = 1", "lat is no key of a policy: did you mean late?"),
    ("[partial.verdicts]\naccepted = 1", "partial.verdicts.accepted is no key"),
    ("late = 3", "late is 3: it must be a table"),
    ("[late]\ndue = 2026-12-01T23:59:00", "late.due is a local time"),
    ("[late]\ndue = 2026-12-01", "late.due needs a date, a time and an offset"),
    ('[late]\ndue = "tomorrow"', 'late.due is "tomorrow": it must be a date and time with an off'),
    ('[late]\ndue = "2026-13-01T00:00:00Z"', "late.due is"),
    ('[late]\ndue = "9999-01-01T00:00:00Z"', "a year from 1970 to 9000"),
    ("[late]\npercent = 20", "late.percent has no effect without a date: add late.due"),
    ("[late.extensions]\nada = 3", "late.extensions has no effect without a date"),
    (f"[late]\ndue = {DATE}\npercent = 101", "late.percent is 101: it must be a number from 0 to"),
    (f"[late]\ndue = {DATE}\npercent = nan", "late.percent is NaN, which is no number"),
    (f"[late]\ndue = {DATE}\npercent = inf", "late.percent is Infinity"),
    (f'[late]\ndue = {DATE}\nper = "week"', 'it must be one of "day", "hour"'),
    (f"[late]\ndue = {DATE}\n[late.extensions]\nada = 0", "ada is 0: it must be a whole number fr"),
    (f"[late]\ndue = {DATE}\n[late.lessons]\n99 = {DATE}", "late.lessons.99 is no lesson: the les"),
    ('[points]\n"01-4" = -1', "is -1: it must be a number from 0 to 10000, at most two decimal pl"),
    ('[points]\n"01-4" = 1.005', "is 1.005: it must be a number"),
    ('[points]\n"01-4" = true', "is true: it must be a number"),
    ('[points]\n"01-4" = 1\n"01/4" = 2', "names 01-basics/04-fix-one-after-another a second time"),
    ('[points]\n"09-9" = 1', "points.09-9: there is no exercise '09-9'"),
    ('[course]\nexercises = ["01-basic/01-predict-lifecycl"]', "did you mean 01-1"),
    ("[course]\nexercises = []", "it must be a list with at least one name"),
    ("[rounding]\nstep = 0", "rounding.step is 0: it must be a number from 0.01 to 1000"),
    ('[partial]\ncredit = "half"', 'it must be one of "none", "cases", "verdicts"'),
    ('[partial]\ncredit = "verdicts"', "partial.verdicts is missing"),
    ("[partial.verdicts]\nhang = 5", "partial.verdicts has no effect without"),
    ("[attempts]\nmost = 0", "attempts.most is 0: it must be a whole number from 1"),
    ("[attempts]\nmost = 2.5", "attempts.most is 2.5: it must be a whole number"),
    ('[attempts]\ncount = "first"\nextra_percent = 5', "attempts.extra_percent has no effect"),
    ("[run]\ncases = 0", "run.cases is 0: it must be a whole number from 1 to 1000"),
    ("[run]\nseed = 0", "run.seed is 0: it must be a whole number from 1 to 4294967295"),
    ("[run]\nsanitize = 1", "run.sanitize is 1: it must be true or false"),
    ('schema = "lab/policy/v2"', 'schema is "lab/policy/v2": it must be "lab/policy/v1"'),
    ("[late\n", "is no TOML"),
    ("a = " + "[" * 5000, "is no TOML"),
    ("[course]\ntitle = '\udcff'", "is no UTF-8 text (line 2)"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED, ids=[text[:40] for text, _ in REFUSED])
def test_what_it_cannot_mean_is_refused_with_file_key_and_what_is_allowed(
    load: Load, text: str, said: str
) -> None:
    with pytest.raises(LabError) as caught:
        load(text)

    message = str(caught.value)
    assert said in message
    assert "policy.toml" in message and "\n" not in message
    assert caught.value.exit_code == 2


def test_a_file_that_is_not_there_is_one_line(root: Path) -> None:
    with pytest.raises(LabError, match="cannot read .*none.toml: No such file"):
        Policy.load(root / "none.toml", course.load(root))


def test_the_schema_knows_every_verdict_that_can_earn_a_part() -> None:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    listed = schema["properties"]["partial"]["properties"]["verdicts"]["properties"]

    nothing_to_earn = {"accepted", "bad-submission", "not-attempted", "grader-error"}
    assert set(listed) == set(VERDICTS) - nothing_to_earn


def test_an_extension_never_makes_a_date_earlier() -> None:
    due, early, later = (datetime(2026, 12, day, tzinfo=timezone.utc) for day in (8, 1, 20))
    late = Late(due=due, lessons={"02": later}, extensions={"a": 2, "b": early, "c": later})

    assert late.due_for("01", "nobody") == due
    assert late.due_for("01", "a") == due.replace(day=10)
    assert late.due_for("02", "a") == due.replace(day=22)
    assert late.due_for("01", "b") == due
    assert late.due_for("01", "c") == later


def test_an_extension_for_nobody_is_found() -> None:
    policy = Policy(late=Late(extensions={"ada": 1, "adda": 1}))

    assert policy.unknown_extensions(["ada", "bob"]) == ["adda"]


percents = st.decimals(0, 100, places=2)
instants = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(timezone.utc))
names = st.text(min_size=1, max_size=9).filter(lambda text: text.isprintable())


@st.composite
def policies(draw: Any) -> Policy:
    credit = draw(st.sampled_from(["none", "cases", "verdicts"]))
    verdicts = {"hang": draw(percents)} if credit == "verdicts" else {}
    count = draw(st.sampled_from(["best", "last", "first"]))
    extra = Decimal(0) if count == "first" else draw(percents)
    late = Late(
        draw(instants),
        draw(st.integers(0, 99)),
        draw(st.sampled_from(["day", "hour"])),
        draw(percents),
        draw(percents),
        draw(st.none() | st.integers(1, 99)),
        draw(st.dictionaries(names, instants, max_size=2)),
        draw(st.dictionaries(names, st.integers(1, 99) | instants, max_size=2)),
    )
    return Policy(
        title=draw(st.text(max_size=9)),
        exercises=tuple(draw(st.lists(names, max_size=3))),
        points=draw(st.dictionaries(names, st.decimals(0, 10000, places=2), max_size=3)),
        partial=Partial(credit, verdicts, draw(st.dictionaries(names, st.just(credit)))),
        late=late,
        attempts=Attempts(count, draw(st.none() | st.integers(1, 9)), extra, draw(st.booleans())),
        rounding=Rounding(draw(st.decimals("0.01", 5, places=2)), draw(st.sampled_from(["up"]))),
        run=Run(draw(st.integers(1, 9)), 5, 256, True, draw(st.none() | st.integers(1, 99))),
        self_told=SelfTold(draw(st.booleans()), draw(st.booleans())),
    )


@given(policies())
def test_a_policy_survives_its_json(policy: Policy) -> None:
    assert Policy.from_json(json.loads(json.dumps(policy.to_json()))) == policy


def test_the_json_has_one_spelling_for_one_policy(load: Load) -> None:
    one = load(f"[late]\ndue = {DATE}\n[late.extensions]\nb = 1\na = 2")
    two = load('[late.extensions]\na = 2\nb = 1\n[late]\ndue = "2026-12-01T22:59:00.000Z"')

    assert json.dumps(one.to_json()) == json.dumps(two.to_json())
    assert one.to_json()["late"]["due"] == "2026-12-01T22:59:00Z"
