# The journal and the coordinator: whatever is cut off, torn or killed, nothing is lost or doubled.
from __future__ import annotations

import errno
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.classroom import run
from lab.classroom.crew import Stored, Threads
from lab.classroom.job import Job, Rules, answer_name, lost
from lab.classroom.journal import HOPELESS, Journal, encode, read
from lab.classroom.plan import read_plan
from lab.classroom.plan import Handed, Plan, PlannedAttempt, PlannedStudent, together
from lab.classroom.store import Store
from lab.errors import LabError, LabFault

RULES = Rules("version", seed=7)
EX = "01-basics/01-predict-lifecycle"
OTHER = "01-basics/04-fix-one-after-another"


def canned(number: int, job: Job, text: bytes) -> Stored:
    """A result that depends on the answer alone, as a real one does."""
    return {**lost(EX, text, ""), "verdict": "accepted" if len(text) % 2 else "wrong-order"}


class Killed(BaseException):
    """Stands for SIGKILL: nothing behind it runs."""


class Dying(Threads):
    """A crew whose coordinator dies when it waits for the n-th result."""

    def __init__(self, at: int) -> None:
        super().__init__(2, canned)
        self.left = at

    def finished(self) -> tuple[Job, Stored]:
        if self.left == 0:
            raise Killed
        self.left -= 1
        return super().finished()


def prepared(folder: Path, texts: list[bytes]) -> tuple[Store, list[Job]]:
    store = Store(folder)
    folder.mkdir(parents=True, exist_ok=True)
    answers = {answer_name(text): text for text in texts}
    store.write_run({"schema": "lab/run/v1"}, answers)
    jobs = [Job(RULES.digest(EX, name), EX, name) for name in sorted(answers)]
    return store, jobs


def grade_all(store: Store, jobs: list[Job], crew: Threads) -> list[str]:
    graded: list[str] = []
    with Journal(store.journal) as journal:
        left = run.missing(store, journal, jobs)
        try:
            run.work(store, journal, left, crew, lambda job, _: graded.append(job.digest))
        finally:
            crew.close()
    return graded


def results_of(store: Store) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store.folder.glob("results/*/*.json")}


TEXTS = [b"answer %d" % number for number in range(9)]


@pytest.mark.parametrize("deaths", [[0], [1], [3, 0, 2], [0, 0, 0], [8], [2, 2, 2, 1]])
def test_a_killed_run_goes_on_with_nothing_lost_and_nothing_twice(
    tmp_path: Path, deaths: list[int]
) -> None:
    whole, jobs = prepared(tmp_path / "whole", TEXTS)
    grade_all(whole, jobs, Threads(2, canned))
    broken, jobs = prepared(tmp_path / "broken", TEXTS)
    ends: Counter[str] = Counter()
    for death in deaths:
        with pytest.raises(Killed):
            grade_all(broken, jobs, Dying(death))
    grade_all(broken, jobs, Threads(2, canned))
    for record, _ in read(broken.journal):
        ends[record["name"]] += record["event"] == "end"
    assert results_of(broken) == results_of(whole)
    assert set(ends.values()) == {1}


def test_a_result_that_the_disk_lost_is_made_again(tmp_path: Path) -> None:
    store, jobs = prepared(tmp_path, TEXTS)
    grade_all(store, jobs, Threads(2, canned))
    before = results_of(store)
    store.result_file(jobs[3].digest).write_bytes(b'{"verdict": "accepted"}')
    store.result_file(jobs[5].digest).unlink()
    graded = grade_all(store, jobs, Threads(2, canned))
    assert sorted(graded) == sorted([jobs[3].digest, jobs[5].digest])
    assert results_of(store) == before


def test_a_job_that_ends_the_grader_is_done_alone_and_then_given_up(tmp_path: Path) -> None:
    store, jobs = prepared(tmp_path, TEXTS)
    poison = jobs[4]
    company: list[int] = []

    class Poisoned(Threads):
        def start(self, job: Job, text: bytes) -> None:
            if job == poison:
                company.append(self._running)
                raise Killed
            super().start(job, text)

    for _ in range(HOPELESS):
        with pytest.raises(Killed):
            grade_all(store, jobs, Poisoned(2, canned))
    grade_all(store, jobs, Poisoned(2, canned))
    assert company[2:] == [0] * (HOPELESS - 2)
    results = results_of(store)
    assert len(results) == len(jobs)
    assert json.loads(results[f"{poison.digest}.json"])["verdict"] == "grader-error"


def test_what_was_given_up_is_tried_again_by_the_next_call(tmp_path: Path) -> None:
    store, jobs = prepared(tmp_path, TEXTS[:3])
    with Journal(store.journal) as journal:
        for _ in range(HOPELESS):
            journal.begin(jobs[1].digest)
    grade_all(store, jobs, Threads(2, canned))
    given_up = json.loads(results_of(store)[f"{jobs[1].digest}.json"])
    assert given_up["verdict"] == "grader-error" and "ended 5 times" in given_up["message"]
    assert grade_all(store, jobs, Threads(2, canned)) == [jobs[1].digest]
    assert json.loads(results_of(store)[f"{jobs[1].digest}.json"])["verdict"] != "grader-error"


def test_whoever_is_stopped_politely_is_not_suspected(tmp_path: Path) -> None:
    store, jobs = prepared(tmp_path, TEXTS)

    class Stopped(Threads):
        def finished(self) -> tuple[Job, Stored]:
            raise KeyboardInterrupt

    for _ in range(HOPELESS):
        with pytest.raises(KeyboardInterrupt):
            grade_all(store, jobs, Stopped(2, canned))
    with Journal(store.journal) as journal:
        assert not any(journal.history.suspected(job.digest) for job in jobs)


def test_an_answer_that_the_grader_cannot_cope_with_does_not_stop_the_others(
    tmp_path: Path,
) -> None:
    store, jobs = prepared(tmp_path, TEXTS)

    def choking(number: int, job: Job, text: bytes) -> Stored:
        if job == jobs[4]:
            raise ZeroDivisionError("by nothing")
        return canned(number, job, text)

    grade_all(store, jobs, Threads(2, choking))
    found = [json.loads(content) for content in results_of(store).values()]
    faults = [result["message"] for result in found if result["verdict"] == "grader-error"]
    assert faults == ["ZeroDivisionError: by nothing"] and len(found) == len(jobs)


@pytest.mark.parametrize("well", [True, False])
def test_after_ten_faults_in_a_row_the_grader_doubts_itself(tmp_path: Path, well: bool) -> None:
    store, jobs = prepared(tmp_path, [b"answer %d" % number for number in range(25)])
    doubts: list[int] = []

    def faulty(number: int, job: Job, text: bytes) -> Stored:
        return lost(EX, text, "no processes left")

    def reassure() -> None:
        doubts.append(len(results_of(store)))
        if not well:
            raise LabFault("the solution got grader-error")

    with Journal(store.journal) as journal:
        crew = Threads(1, faulty)
        if well:
            run.work(store, journal, jobs, crew, lambda job, _: None, reassure)
        else:
            with pytest.raises(LabFault):
                run.work(store, journal, jobs, crew, lambda job, _: None, reassure)
        crew.close()
    assert doubts == ([10, 20] if well else [10])


def test_equal_answers_to_two_exercises_are_two_jobs() -> None:
    handed = {"answers": {EX: {"answer": "a"}, OTHER: {"answer": "a"}}}
    attempt = {"source": "", "submitted_at": "", "notes": [], **handed}
    student = {"id": "s", "name": "", "email": "", "roster": {}, "attempts": [attempt, attempt]}
    jobs = read_plan({"exercises": [EX, OTHER], "students": [student]}).jobs(RULES)
    assert [job.exercise for job in jobs] == [EX, OTHER]
    assert len({job.digest for job in jobs}) == 2


def test_the_journal_calls_nothing_done_that_is_not_on_the_disk(tmp_path: Path) -> None:
    store, jobs = prepared(tmp_path, TEXTS[:1])

    class FullDisk(Store):
        def write_result(self, digest: str, result: Any) -> str:
            raise LabError("no room")

    full = FullDisk(store.folder)
    with pytest.raises(LabError, match="no room"):
        grade_all(full, jobs, Threads(1, canned))
    assert "end" not in [record["event"] for record, _ in read(store.journal)]


def test_our_fault_is_told_but_never_called_done(tmp_path: Path) -> None:
    store, jobs = prepared(tmp_path, TEXTS[:3])

    def faulty(number: int, job: Job, text: bytes) -> Stored:
        return lost(EX, text, "no processes left")

    grade_all(store, jobs, Threads(2, faulty))
    assert len(grade_all(store, jobs, Threads(2, canned))) == 3
    assert grade_all(store, jobs, Threads(2, canned)) == []


def test_one_folder_serves_one_run(tmp_path: Path) -> None:
    with Store(tmp_path).held():
        with pytest.raises(LabError, match="in use"):
            with Store(tmp_path).held():
                pass


def test_a_full_disk_is_one_line_and_leaves_no_half_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real, room = tmp_path / "journal.jsonl", os.write, [30]

    def until_full(fd: int, content: bytes) -> int:
        if room[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = real(fd, content[: room[0]])
        room[0] -= written
        return written

    with Journal(path) as journal:
        journal.begin("before")
        whole = path.read_bytes()
        monkeypatch.setattr(os, "write", until_full)
        with pytest.raises(LabError, match="No space left"):
            journal.begin("during")
        monkeypatch.undo()
        assert path.read_bytes() == whole
        journal.begin("after")
    assert [record["name"] for record, _ in read(path)] == ["before", "after"]


RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "event": st.sampled_from(["begin", "end", "proved"]),
            "name": st.text(max_size=5),
            "check": st.text(max_size=5),
        }
    ),
    max_size=8,
)


@given(records=RECORDS, cut=st.integers(0, 400), junk=st.binary(max_size=20))
@settings(max_examples=200, deadline=None)
def test_a_torn_journal_tells_the_lines_before_the_tear(
    tmp_path_factory: Any, records: list[dict[str, str]], cut: int, junk: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "torn.jsonl"
    lines = [encode(record) for record in records]
    content = b"".join(lines)[:cut]
    path.write_bytes(content + junk.replace(b"\n", b" "))
    whole = 0
    while whole < len(lines) and len(b"".join(lines[: whole + 1])) <= cut:
        whole += 1
    found = [record for record, _ in read(path)]
    assert found == records[:whole]
    with Journal(path) as journal:
        journal.begin("next")
    assert [record["name"] for record, _ in read(path)][whole:] == ["next"]


@given(record=RECORDS.filter(bool), at=st.integers(0, 10_000), bit=st.integers(0, 7))
@settings(max_examples=200, deadline=None)
def test_a_line_with_a_wrong_bit_is_not_believed(
    tmp_path_factory: Any, record: list[dict[str, str]], at: int, bit: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "flipped.jsonl"
    line = bytearray(encode(record[0]))
    line[at % len(line)] ^= 1 << bit
    path.write_bytes(bytes(line))
    found = [one for one, _ in read(path)]
    assert found in ([], [record[0]])
    if found:  # only where the checksum's own digits changed their case
        assert bytes(line).lower() == encode(record[0]).lower()


def attempt(source: str, text: bytes | None, when: str = "") -> PlannedAttempt:
    given = Handed(answer=answer_name(text)) if text else Handed(verdict="bad-submission")
    return PlannedAttempt(source, when, (), {EX: given})


def plan_of(*students: tuple[str, list[PlannedAttempt]], texts: list[bytes]) -> Plan:
    people = tuple(PlannedStudent(id_, "", "", tuple(own)) for id_, own in students)
    return Plan((EX,), people, {answer_name(text): text for text in texts})


def test_what_a_run_has_read_before_stays_when_more_comes(tmp_path: Path) -> None:
    old = plan_of(
        ("ada", [attempt("ada.zip", b"one", "1")]),
        ("linus", [attempt("s003_x.zip", b"two")]),
        ("absent", []),
        texts=[],
    )
    new = plan_of(
        ("ada", [attempt("ada.zip", b"better", "2")]),
        ("s003", [attempt("s003_x.zip", b"two")]),
        texts=[b"better", b"two"],
    )
    known = {answer_name(text): text for text in (b"one", b"two")}

    plan = together(old, new, known.__getitem__)

    found = {s.id: [a.answers[EX].answer for a in s.attempts] for s in plan.students}
    assert found == {
        "ada": [answer_name(b"one"), answer_name(b"better")],  # the same name, another file
        "s003": [answer_name(b"two")],  # no longer taken for a stranger's
        "absent": [],
    }
    assert set(plan.texts.values()) == {b"one", b"two", b"better"}
