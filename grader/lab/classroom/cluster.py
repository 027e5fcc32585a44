# A crew on other machines: the workers of a Dask scheduler, each with the course and a sandbox.
#
# Dask runs a task at least once. That is enough: a task returns data, the coordinator commits each
# digest once, and what a lost worker or a restarted scheduler has forgotten is handed out again.
from __future__ import annotations

import atexit
import contextlib
import fcntl
import json
import os
import queue
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from lab.classroom.assemble import read_isolation
from lab.classroom.bench import Bench, Trust
from lab.classroom.crew import Stored
from lab.classroom.job import SCHEMA, Job, Rules, lost
from lab.classroom.model import Isolation
from lab.desk import Desk
from lab.errors import LabError
from lab.places import course_root
from lab.result import VERDICTS
from lab.version import course_version

RETRIES = 3  # after a worker that vanished while it ran an answer
PATIENCE_SECONDS = 60.0  # for a scheduler that is away
LOOK_SECONDS = 1.0


class Cluster:
    """Hands jobs to a Dask scheduler; `address` is tcp://HOST:PORT, or local:N for one of our own.

    Throws: LabError when there is no scheduler, no worker, or a worker with another course.
    """

    def __init__(
        self, address: str, rules: Rules, exercises: Sequence[str], trust: Trust = Trust()
    ) -> None:
        self._rules = rules
        self._exercises = list(exercises)
        self._trust = trust
        self._local: Any = None
        self._address = address
        self._client = self._connect(address)
        self._running: dict[str, tuple[Job, bytes, Any, int]] = {}
        self._done: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.isolation: Isolation | None = None
        self.size = self._check_workers()

    def _connect(self, address: str) -> Any:
        dask, distributed = import_dask()
        dask.config.set({"distributed.scheduler.allowed-failures": 100})
        if address.startswith("local:"):
            self._local = distributed.LocalCluster(
                n_workers=local_size(address),
                threads_per_worker=1,
                processes=True,
                memory_limit=None,
                dashboard_address=None,
                silence_logs=50,
            )
            address = self._local.scheduler_address
            self._address = address
        try:
            return distributed.Client(address, timeout="10s", set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise LabError(f"no Dask scheduler answers at {address}: start one there") from error

    def _check_workers(self) -> int:
        """Returns: how many jobs to hand out at one time: two for each thread there is."""
        with contextlib.suppress(Exception):  # told below
            self._client.wait_for_workers(1, timeout=30)
        about = json.dumps(self._about())
        told = self._client.run(about_worker, about)
        if not told:
            raise LabError(f"the scheduler at {self._address} has no workers: start some")
        for worker, answer in sorted(told.items()):
            data = json.loads(answer)
            if data["complaint"]:
                raise LabError(f"worker {worker}: {data['complaint']}")
            self.isolation = weaker(self.isolation, read_isolation(data["isolation"]))
        threads = int(sum(self._client.nthreads().values()))
        return 2 * max(1, threads)

    def _about(self) -> dict[str, Any]:
        """What a worker has to know of the run, with each answer, as workers come and go."""
        return {
            "exercises": self._exercises,
            "rules": asdict(self._rules),
            "trust": asdict(self._trust),
        }

    def start(self, job: Job, text: bytes) -> None:
        self._submit(job, text, RETRIES)

    def _submit(self, job: Job, text: bytes, tries: int) -> None:
        payload = json.dumps(
            {"exercise": job.exercise, "text": text.decode("utf-8"), **self._about()}
        )
        name = f"lab-{job.digest}-{os.urandom(4).hex()}"
        future = self._client.submit(grade_far, payload, key=name, pure=False)
        self._running[name] = (job, text, future, tries)
        future.add_done_callback(lambda done: self._done.put(done.key))

    def finished(self) -> tuple[Job, Stored]:
        while True:
            try:
                name = self._done.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                self._look_after()
                continue
            if name not in self._running:  # handed out a second time meanwhile
                continue
            job, text, future, tries = self._running.pop(name)
            result = self._result_of(future, job)
            if result is not None:
                return job, result
            if tries == 0:
                return job, lost(job.exercise, text, "its workers vanished while they ran it")
            self._submit(job, text, tries - 1)

    def _result_of(self, future: Any, job: Job) -> Stored | None:
        """What a worker returned, if it is a result of that job; None when it got lost."""
        if future.status != "finished":
            return None
        with contextlib.suppress(Exception):  # the machine with the result may be gone by now
            return believed(future.result(timeout=PATIENCE_SECONDS), job)
        return None

    def _look_after(self) -> None:
        """Hands out again what the scheduler has forgotten, once it is back."""
        if self._client.status != "running":
            self._reconnect()
            return
        for name, (_, _, future, _) in list(self._running.items()):
            if future.status in ("cancelled", "lost"):
                self._done.put(name)

    def _reconnect(self) -> None:
        _, distributed = import_dask()
        deadline = time.monotonic() + PATIENCE_SECONDS
        with contextlib.suppress(Exception):
            self._client.close(timeout=1)
        while True:
            try:
                self._client = distributed.Client(self._address, timeout="5s", set_as_default=False)
                break
            except (OSError, TimeoutError) as error:
                if time.monotonic() > deadline:
                    raise LabError(
                        f"the scheduler at {self._address} is gone; what was graded is kept:"
                        " start it again and use --resume"
                    ) from error
        forgotten = list(self._running.values())
        self._running.clear()
        for job, text, _, tries in forgotten:
            self._submit(job, text, tries)

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self._client.close(timeout=5)
        if self._local is not None:
            with contextlib.suppress(Exception):
                self._local.close(timeout=10)


def import_dask() -> tuple[Any, Any]:
    """Throws: LabError with the package's name where Dask is not installed."""
    try:
        import dask
        import distributed
    except ImportError as error:
        raise LabError(
            "--cluster needs Dask: apt-get install python3-distributed, or the like"
        ) from error
    return dask, distributed


def local_size(address: str) -> int:
    """The N of local:N. Throws: LabError."""
    number = address.removeprefix("local:")
    if not number.isdigit() or not 1 <= int(number) <= 256:
        raise LabError(f"--cluster {address}: local:N takes a number from 1 to 256")
    return int(number)


def believed(text: Any, job: Job) -> Stored | None:
    """The result, if it is one of that job's exercise; None sends the job out again."""
    result = json.loads(text)
    if result["schema"] != SCHEMA or result["exercise"] != job.exercise:
        return None
    return dict(result) if result["verdict"] in VERDICTS else None


def weaker(one: Isolation | None, other: Isolation) -> Isolation:
    """Of two workers' walls the fewer: that is what a class was graded behind."""
    order = ("none", "reduced", "full")
    if one is None or order.index(other.mode) < order.index(one.mode):
        return other
    return one


# What follows runs on a worker.


def about_worker(about: str) -> str:
    """Returns: as JSON, why this worker cannot grade in that run, or nothing, and its walls."""
    data = json.loads(about)
    complaint, walls = "", Isolation("none")
    try:
        root = course_root()
        if course_version(root) != data["rules"]["version"]:
            complaint = f"the course in {root} is another than the coordinator's: copy it there"
        else:
            walls = workbench(about)[1].isolation
    except LabError as error:
        complaint = str(error)
    return json.dumps({"complaint": complaint, "isolation": asdict(walls)})


def grade_far(payload: str) -> str:
    """Grades one answer on this worker. Returns: the stored result as JSON."""
    data = json.loads(payload)
    key, text = str(data.pop("exercise")), str(data.pop("text"))
    number, bench = workbench(json.dumps(data))
    return json.dumps(bench.grade(number, key, text.encode("utf-8"), Rules(**data["rules"])))


@lru_cache(maxsize=4)
def workbench(about: str) -> tuple[int, Bench]:
    """What a worker process keeps from one answer to the next: a number of its own, its bench."""
    data = json.loads(about)
    desk = Desk()
    exercises = [desk.course.find_one(key) for key in data["exercises"]]
    opened = Bench.opened(
        desk,
        exercises,
        workers=1,
        sanitize=Rules(**data["rules"]).sanitize,
        trust=Trust(**data["trust"]),
        quiet=True,
    )
    return own_number(), until_the_end.enter_context(opened)


until_the_end = contextlib.ExitStack()
atexit.register(until_the_end.close)


@lru_cache(maxsize=1)
def own_number() -> int:
    """A number that no other worker process of this machine has while this one lives."""
    folder = Path(tempfile.gettempdir()) / f"lab-workers-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    for number in range(1000):
        handle = os.open(folder / str(number), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            continue
        return number  # the descriptor stays open, and the lock held, until the process ends
    raise LabError(f"a thousand workers run on this machine: {folder} has no free number")
