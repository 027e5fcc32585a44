# A real scheduler and real workers on this machine: whoever of them dies, no answer is lost.
from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import canned_worker
import pytest
from conftest import make_course, write

from lab import cli
from lab.classroom import cluster, cluster_worker, run
from lab.classroom.cluster import Cluster
from lab.classroom.crew import Crew, Stored, Threads
from lab.classroom.job import Job, Rules, answer_name
from lab.classroom.journal import Journal, read
from lab.classroom.store import Store
from lab.errors import LabError
from lab.version import course_version

pytest.importorskip("distributed", reason="Dask is not installed: python3-distributed")

EX = "01-basics/01-predict-lifecycle"
TEXTS = [b"int answer%d;" % number for number in range(12)] + [b"int wait;"]


class Killed(BaseException):
    """Stands for SIGKILL: nothing behind it runs."""


class Yard:
    """A scheduler, its workers, and two pipes: `begun` tells who is at work, `gate` lets them go on."""

    def __init__(self, folder: Path) -> None:
        self.root = make_course(folder / "course")
        self.folder = folder
        self.begun, self.gate = folder / "begun", folder / "gate"
        for pipe in (self.begun, self.gate):
            os.mkfifo(pipe)
        self._told = os.fdopen(os.open(self.begun, os.O_RDWR), "r")
        self._opened: int | None = None
        self._log = open(folder / "dask.txt", "wb")
        self._children: list[subprocess.Popen[bytes]] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.rules = Rules(course_version(self.root), seed=7)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def scheduler(self) -> subprocess.Popen[bytes]:
        words = ["--host=127.0.0.1", f"--port={self.port}", "--no-dashboard"]
        return self._start("dask_scheduler", words, {})

    def worker(self, *, root: Path | None = None, path: bool = True) -> subprocess.Popen[bytes]:
        preload = [f"--preload={canned_worker.__file__}"] if path else []
        words = [self.address, "--no-nanny", "--nthreads=1", "--no-dashboard", "--memory-limit=0"]
        words += [f"--local-directory={self.folder}", *preload]
        env = {"LAB_ROOT": str(root or self.root)}
        env |= {"LAB_TEST_BEGUN": str(self.begun), "LAB_TEST_GATE": str(self.gate)}
        env |= {"PYTHONPATH": str(Path(cli.__file__).parents[1]) if path else ""}
        return self._start("dask_worker", words, env)

    def _start(self, what: str, words: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", f"distributed.cli.{what}", *words]
        child = subprocess.Popen(
            command, env={**os.environ, **env}, stdout=self._log, stderr=self._log, cwd=self.folder
        )
        self._children.append(child)
        return child

    def who_waits(self) -> int:
        """Waits until a worker is at the answer that waits. Returns: its process."""
        return int(self._told.readline())

    def open_gate(self) -> None:
        """From now on nobody waits."""
        self._opened = self._opened or os.open(self.gate, os.O_RDWR)

    def close(self) -> None:
        self.open_gate()
        for child in self._children:
            child.kill()
            child.wait()
        for thing in (self._told, self._log):
            thing.close()
        os.close(self._opened or 0)


@pytest.fixture
def yard(tmp_path: Path) -> Iterator[Yard]:
    made = Yard(tmp_path)
    yield made
    made.close()


def prepared(folder: Path, rules: Rules) -> tuple[Store, list[Job]]:
    store = Store(folder)
    folder.mkdir(parents=True)
    answers = {answer_name(text): text for text in TEXTS}
    store.write_run({"schema": "lab/run/v1"}, answers)
    return store, [Job(rules.digest(EX, name), EX, name) for name in sorted(answers)]


def grade_all(store: Store, jobs: list[Job], crew: Crew) -> None:
    with Journal(store.journal) as journal:
        try:
            run.work(store, journal, run.missing(store, journal, jobs), crew, lambda *_: None)
        finally:
            crew.close()


def check(store: Store, jobs: list[Job]) -> None:
    """Every answer has its own result, and each was committed once."""
    ends: Counter[str] = Counter()
    for record, _ in read(store.journal):
        ends[record["name"]] += record["event"] == "end"
    assert ends == {job.digest: 1 for job in jobs}
    for job in jobs:
        text = store.answer(job.answer)
        result = store.read_result(job.digest)
        assert result == canned_worker.grade(EX, text.replace(b"wait", b"hold")) | {
            "source": text.decode()
        }


RULES = Rules("any", seed=7)


def in_background(work: ThreadPoolExecutor, yard: Yard, store: Store, jobs: list[Job]) -> Any:
    return work.submit(lambda: grade_all(store, jobs, Cluster(yard.address, yard.rules, [EX])))


def test_a_worker_killed_at_its_work_costs_nothing(yard: Yard, tmp_path: Path) -> None:
    yard.scheduler()
    workers = [yard.worker(), yard.worker()]
    store, jobs = prepared(tmp_path / "out", yard.rules)

    with ThreadPoolExecutor(1) as work:
        grading = in_background(work, yard, store, jobs)
        victim = yard.who_waits()
        os.kill(victim, signal.SIGKILL)
        successor = yard.who_waits()
        yard.open_gate()
        grading.result()

    assert {victim, successor} == {worker.pid for worker in workers}
    check(store, jobs)


def test_a_scheduler_killed_and_started_again_costs_nothing(yard: Yard, tmp_path: Path) -> None:
    scheduler = yard.scheduler()
    worker = yard.worker()
    store, jobs = prepared(tmp_path / "out", yard.rules)

    with ThreadPoolExecutor(1) as work:
        grading = in_background(work, yard, store, jobs)
        yard.who_waits()
        scheduler.kill()
        scheduler.wait()
        worker.kill()
        yard.scheduler()
        yard.worker()
        yard.who_waits()  # the answer has been handed out again
        yard.open_gate()
        grading.result()

    check(store, jobs)


@pytest.mark.parametrize("deaths", [[0, 3], [5]])
def test_a_coordinator_killed_and_called_again_loses_nothing(
    yard: Yard, tmp_path: Path, deaths: list[int]
) -> None:
    class Dying(Cluster):
        left = 0

        def finished(self) -> tuple[Job, Stored]:
            if self.left == 0:
                raise Killed
            self.left -= 1
            return super().finished()

    yard.open_gate()
    yard.scheduler()
    yard.worker()
    store, jobs = prepared(tmp_path / "out", yard.rules)

    for death in deaths:
        crew = Dying(yard.address, yard.rules, [EX])
        crew.left = death
        with pytest.raises(Killed):
            grade_all(store, jobs, crew)
    grade_all(store, jobs, Cluster(yard.address, yard.rules, [EX]))

    check(store, jobs)


def test_a_worker_with_another_course_is_refused(yard: Yard, tmp_path: Path) -> None:
    other = make_course(tmp_path / "other")
    write(other / "grader/checks" / EX / "driver.hpp", "// another driver\n")
    yard.scheduler()
    yard.worker(root=other)

    with pytest.raises(LabError, match=r"worker tcp://.*: the course in .*other is another"):
        Cluster(yard.address, yard.rules, [EX])


def test_a_worker_with_another_course_that_comes_later_is_refused(
    yard: Yard, tmp_path: Path
) -> None:
    other = make_course(tmp_path / "other")
    write(other / "grader/checks" / EX / "driver.hpp", "// another driver\n")
    yard.scheduler()
    first = yard.worker()
    store, jobs = prepared(tmp_path / "out", yard.rules)

    with ThreadPoolExecutor(1) as work:
        grading = in_background(work, yard, store, jobs)
        yard.who_waits()
        yard.worker(root=other)
        first.kill()
        yard.open_gate()
        with pytest.raises(LabError, match="a worker on .*: the course in .*other is another"):
            grading.result()

    assert all(
        "verdict" in json.loads(path.read_bytes()) for path in tmp_path.glob("out/results/*/*")
    )


def test_a_worker_without_the_grader_is_told_how_to_start(yard: Yard) -> None:
    yard.scheduler()
    yard.worker(path=False)

    with pytest.raises(LabError, match="cannot run the grader .*PYTHONPATH="):
        Cluster(yard.address, yard.rules, [EX])


def test_without_scheduler_or_workers_one_line_says_so(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.2)
    with pytest.raises(LabError, match=f"no Dask scheduler answers at {yard.address}"):
        Cluster(yard.address, yard.rules, [EX])

    yard.scheduler()
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 5)
    with pytest.raises(LabError, match="has no workers: start some"):
        Cluster(yard.address, yard.rules, [EX])


def test_each_thread_of_a_worker_has_a_number_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    numbers = Barrier(3)

    def number() -> tuple[int, int]:
        first = cluster_worker.own_number()
        numbers.wait()  # all have one before the first thread ends
        return first, cluster_worker.own_number()

    with ThreadPoolExecutor(3) as threads:
        found = [future.result() for future in [threads.submit(number) for _ in range(3)]]
    assert sorted(found) == [(0, 0), (1, 1), (2, 2)]


def test_a_folder_of_somebody_else_is_not_used_for_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / f"lab-workers-{os.getuid()}").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(LabError, match="belongs to somebody else"):
        cluster_worker.take_number()


@pytest.mark.parametrize("size", ["0", "x", "1000", ""])
def test_a_cluster_of_our_own_has_a_size(size: str) -> None:
    with pytest.raises(LabError, match="from 1 to 256"):
        Cluster(f"local:{size}", RULES, [EX])
