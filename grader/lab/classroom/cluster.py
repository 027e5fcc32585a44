# A crew on other machines: the workers of a Dask scheduler, each with the course and a sandbox.
#
# Dask runs a task at least once. That is enough: a task returns data, the coordinator commits each
# digest once, and what a lost worker or a restarted scheduler has forgotten is handed out again.
from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lab.classroom.bench import Trust
from lab.classroom.cluster_worker import about_worker, grade_far
from lab.classroom.crew import Stored
from lab.classroom.job import SCHEMA, Job, Rules, lost
from lab.classroom.model import Isolation
from lab.errors import LabError
from lab.result import VERDICTS
from lab.sandbox_stage import own_folder

RETRIES = 3  # after the workers that ran an answer have vanished
CONNECT_SECONDS = 10.0
PATIENCE_SECONDS = 60.0  # with a scheduler that is away, or that has no workers left
LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class HandedOut:
    """A job on its way; `tries` is how often it may still go out again."""

    job: Job
    text: bytes
    future: Any
    tries: int


class Cluster:
    """Hands jobs to a Dask scheduler; `address` is tcp://HOST:PORT, or local:N for one of our own.

    Throws: LabError when there is no scheduler, no worker, or a worker with another course.
    """

    def __init__(
        self, address: str, rules: Rules, exercises: Sequence[str], trust: Trust = Trust()
    ) -> None:
        # What a worker has to know of the run, with each answer, as workers come and go.
        self._about = {
            "exercises": list(exercises),
            "rules": asdict(rules),
            "trust": asdict(trust),
        }
        self.isolation: Isolation | None = None
        self._running: dict[str, HandedOut] = {}
        self._done: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._workers_seen = time.monotonic()
        self._at_end = contextlib.ExitStack()
        self._local = self._start_local(address) if address.startswith("local:") else None
        self._address = self._local.scheduler_address if self._local is not None else address
        try:
            self._client = self._connect(0)
            self.size = self._check_workers()
        except BaseException:
            self.close()
            raise

    def _start_local(self, address: str) -> Any:
        """A scheduler in this process with N workers, which end with it. Throws: LabError."""
        size, distributed = local_size(address), import_distributed()
        try:
            return distributed.LocalCluster(
                n_workers=size,
                threads_per_worker=1,
                processes=True,
                memory_limit=None,
                dashboard_address=None,
                silence_logs=50,
                local_directory=str(self._at_end.enter_context(own_folder())),
            )
        except (OSError, RuntimeError, TimeoutError) as error:
            self._at_end.close()
            raise LabError(f"no workers can be started here: {error}") from error

    def _connect(self, patience_seconds: float) -> Any:
        """Returns: a client. Throws: LabError when nobody has answered for so long."""
        distributed = import_distributed()
        deadline = time.monotonic() + patience_seconds
        while True:
            try:
                return distributed.Client(
                    self._address, timeout=CONNECT_SECONDS, set_as_default=False
                )
            except (OSError, ValueError, TimeoutError) as error:
                if time.monotonic() >= deadline:
                    raise LabError(
                        f"no Dask scheduler answers at {self._address}: start one there"
                        + (", and use --resume: what was graded is kept" if self._running else "")
                    ) from error

    def _check_workers(self) -> int:
        """Returns: how many jobs to hand out at one time: two for each thread there is."""
        with contextlib.suppress(Exception):  # told below
            self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        about = json.dumps(self._about)
        told = self._client.run(about_worker, about, on_error="return")
        if not told:
            raise LabError(f"the scheduler at {self._address} has no workers: start some")
        for worker, answer in sorted(told.items()):
            if isinstance(answer, Exception):
                fault = f"it cannot run the grader ({answer}): start it with {path_word()}"
                raise LabError(f"worker {worker}: {fault}")
            data = json.loads(answer)
            if data["complaint"]:
                raise LabError(f"worker {worker}: {data['complaint']}")
            walls = Isolation.from_json(data["isolation"])
            self.isolation = walls.weaker(self.isolation or walls)
        threads = int(sum(self._client.nthreads().values()))
        return 2 * max(1, threads)

    def start(self, job: Job, text: bytes) -> None:
        self._submit(job, text, RETRIES)

    def _submit(self, job: Job, text: bytes, tries: int) -> None:
        payload = json.dumps(
            {"exercise": job.exercise, "text": text.decode("utf-8"), **self._about}
        )
        name = f"lab-{job.digest}-{os.urandom(4).hex()}"
        while True:
            self._stay_connected()
            try:
                future = self._client.submit(grade_far, payload, key=name, pure=False)
                break
            except Exception:
                if self._client.status == "running":
                    raise
        self._running[name] = HandedOut(job, text, future, tries)
        future.add_done_callback(lambda done: self._done.put(done.key))

    def finished(self) -> tuple[Job, Stored]:
        while True:
            try:
                name = self._done.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                self._look_after()
                continue
            if name not in self._running:  # told twice, or handed out again meanwhile
                continue
            one = self._running.pop(name)
            forgotten = one.future.status in ("cancelled", "lost")
            result = None if forgotten else self._result_of(one)
            if result is not None:
                return one.job, result
            if forgotten:  # by a scheduler that is gone, for which no answer is to blame
                self._submit(one.job, one.text, one.tries)
            elif one.tries:
                self._submit(one.job, one.text, one.tries - 1)
            else:
                return one.job, lost(one.job.exercise, one.text, "its workers vanished each time")

    def _result_of(self, one: HandedOut) -> Stored | None:
        """What a worker returned, if it is a result of that job; None when it got lost.

        Throws: LabError from a worker that has another course: it came later than the others.
        """
        if one.future.status != "finished":
            return None
        try:
            told = json.loads(one.future.result(timeout=PATIENCE_SECONDS))
        except Exception:  # the machine with the result may be gone by now
            return None
        if told.get("complaint"):
            raise LabError(f"a worker on {told['host']}: {told['complaint']}")
        return believed(told, one.job)

    def _look_after(self) -> None:
        """While nothing comes in: is the scheduler there, has it workers, does it know our jobs?"""
        self._stay_connected()
        for name, one in list(self._running.items()):
            if one.future.done():
                self._done.put(name)
        with contextlib.suppress(Exception):  # the scheduler has gone at this moment
            if self._client.nthreads():
                self._workers_seen = time.monotonic()
        if time.monotonic() - self._workers_seen > PATIENCE_SECONDS:
            raise LabError(
                f"the scheduler at {self._address} has no workers left: start some, and use"
                " --resume: what was graded is kept"
            )

    def _stay_connected(self) -> None:
        """Waits for a scheduler that is away, and hands out again what a new one cannot know."""
        while self._client.status == "connecting":  # the client tries by itself, for a while
            time.sleep(LOOK_SECONDS / 10)
        if self._client.status == "running":
            return
        with contextlib.suppress(Exception):
            self._client.close(timeout=1)
        self._client = self._connect(PATIENCE_SECONDS)
        self._workers_seen = time.monotonic()
        forgotten = list(self._running.values())
        self._running.clear()
        for one in forgotten:
            self._submit(one.job, one.text, one.tries)

    def close(self) -> None:
        for each in (getattr(self, "_client", None), self._local):
            if each is not None:
                with contextlib.suppress(Exception):
                    each.close(timeout=CONNECT_SECONDS)
        self._at_end.close()


def import_distributed() -> Any:
    """Throws: LabError with the package's name where Dask is not installed."""
    try:
        import distributed
    except ImportError as error:
        raise LabError(
            "--cluster needs Dask: apt-get install python3-distributed, or the like"
        ) from error
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("distributed", "tornado")):  # what matters is told in one line of ours
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return distributed


def path_word() -> str:
    """What makes `lab` importable in a worker."""
    return f"PYTHONPATH={Path(__file__).resolve().parents[2]}"


def local_size(address: str) -> int:
    """The N of local:N. Throws: LabError."""
    number = address.removeprefix("local:")
    if not number.isdigit() or not 1 <= int(number) <= 256:
        raise LabError(f"--cluster {address}: local:N takes a number from 1 to 256")
    return int(number)


def believed(result: Any, job: Job) -> Stored | None:
    """The result, if it is one of that job's exercise; None sends the job out again."""
    if result["schema"] != SCHEMA or result["exercise"] != job.exercise:
        return None
    return dict(result) if result["verdict"] in VERDICTS else None
