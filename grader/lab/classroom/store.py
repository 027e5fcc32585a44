# The output folder of a class run: what is graded, each distinct answer, each result.
#
#   run.json        who handed in what, under which rules (lab/run/v1)
#   roster.csv      the class's list, as it was given
#   answers.jsonl   the distinct answers' texts, one a line, so that the folder needs nothing else
#   journal.jsonl   what was begun and ended
#   results/        one file a distinct answer (lab/answer/v1), whole or not there
#   reports/        made from the above alone
#
# The teacher's folder is held by a lock of the kernel's, which a killed run drops by itself.
from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lab.classroom.model import Isolation
from lab.errors import LabError
from lab.state import TEMPORARY, write_atomically

RUN = "lab/run/v1"


class Store:
    """One output folder. Only the coordinator writes to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._places: dict[str, tuple[int, int]] | None = None

    @property
    def reports(self) -> Path:
        return self.folder / "reports"

    @property
    def journal(self) -> Path:
        return self.folder / "journal.jsonl"

    @property
    def run_file(self) -> Path:
        return self.folder / "run.json"

    def exists(self) -> bool:
        return self.run_file.is_file()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Holds the folder. Throws: LabError when another run holds it, or it cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise LabError(
                f"cannot write to {self.folder}: {error.strerror}; name another with --out"
            ) from error
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise LabError(
                    f"{self.folder} is in use by another ./lab grade: wait for it, or name another"
                    " folder with --out"
                ) from error
            except OSError as error:
                raise LabError(
                    f"{self.folder} cannot be locked: {error.strerror}; name a folder on another"
                    " disk with --out"
                ) from error
            self.sweep()
            yield
        finally:
            os.close(handle)

    def sweep(self) -> None:
        """Removes what a killed run was writing: files that never got their names."""
        for path in self.folder.rglob(".*.new"):
            if TEMPORARY.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    path.unlink()

    def holds_others(self) -> bool:
        """Whether something lies in the folder that no run of ours has put there."""
        own = ("lock", "answers.jsonl", "journal.jsonl", "roster.csv")
        return any(
            path.name not in own and not path.name.startswith(".") for path in self.folder.iterdir()
        )

    def keep_roster(self, content: bytes) -> None:
        """Keeps the class's list, for the calls that go on with this run."""
        write_atomically(self.folder / "roster.csv", content, durable=True)

    def kept_roster(self) -> bytes | None:
        path = self.folder / "roster.csv"
        return path.read_bytes() if path.is_file() else None

    def read_run(self) -> dict[str, Any]:
        """What is graded here. Throws: LabError for a folder that holds something else."""
        try:
            run = json.loads(self.run_file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise LabError(f"{self.run_file} cannot be read: name another --out") from error
        if not isinstance(run, dict) or run.get("schema") != RUN:
            raise LabError(f"{self.run_file} is of no run of ./lab grade: name another --out")
        return run

    def write_run(self, run: Mapping[str, Any], answers: Mapping[str, bytes]) -> None:
        """Keeps what is to be graded: the answers first, so that a run never lacks one."""
        lines = (
            json.dumps({"answer": name, "text": text.decode("utf-8")}).encode("ascii") + b"\n"
            for name, text in sorted(answers.items())
        )
        write_atomically(self.folder / "answers.jsonl", b"".join(lines), durable=True)
        write_atomically(self.run_file, dump(run), durable=True)
        sync_folder(self.folder)
        self._places = None

    def rewrite_run(self, run: Mapping[str, Any]) -> None:
        """Other rules for the same answers."""
        write_atomically(self.run_file, dump(run), durable=True)

    def note_isolation(self, isolation: Isolation) -> None:
        """Keeps how answers were kept apart, for reports; of several calls the weakest walls."""
        run = self.read_run()
        old = Isolation.from_json(run["isolation"])
        kept = old.weaker(isolation) if old.layers else isolation
        if kept != old:
            self.rewrite_run({**run, "isolation": asdict(kept)})

    def answer(self, name: str) -> bytes:
        """The text of an answer. Throws: LabError if the file was changed by hand."""
        path = self.folder / "answers.jsonl"
        if self._places is None:
            self._places = dict(index(path))
        try:
            start, length = self._places[name]
            with open(path, "rb") as source:
                source.seek(start)
                text = str(json.loads(source.read(length))["text"]).encode("utf-8")
        except (KeyError, ValueError, OSError) as error:
            raise LabError(f"{path} lacks the answer {name}: grade into a new --out") from error
        return text

    def result_file(self, digest: str) -> Path:
        return self.folder / "results" / digest[:2] / f"{digest}.json"

    def write_result(self, digest: str, result: Mapping[str, Any]) -> str:
        """Effects: the result is on the disk, whole. Returns: its checksum, for the journal."""
        path, content = self.result_file(digest), dump(result)
        write_atomically(path, content, durable=True)
        sync_folder(path.parent)
        return checksum(content)

    def read_result(self, digest: str) -> dict[str, Any]:
        """Throws: LabError for a missing or broken file."""
        path = self.result_file(digest)
        try:
            data = json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise LabError(f"{path} cannot be read: --resume grades that answer again") from error
        return dict(data)

    def holds(self, digest: str, check: str) -> bool:
        """Whether the result is there as it was written."""
        try:
            return checksum(self.result_file(digest).read_bytes()) == check
        except OSError:
            return False


def index(path: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where each answer's line stands, so that the texts need not be in memory."""
    try:
        with open(path, "rb") as source:
            place = 0
            for line in source:
                with contextlib.suppress(ValueError, IndexError):
                    name = line.split(b'"', 4)[3].decode("ascii")
                    yield name, (place, len(line))
                place += len(line)
    except OSError as error:
        raise LabError(f"cannot read {path}: {error.strerror}") from error


def dump(data: Mapping[str, Any]) -> bytes:
    """JSON in one form, so that equal results are equal bytes."""
    return json.dumps(data, sort_keys=True, indent=1).encode("ascii") + b"\n"


def checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sync_folder(folder: Path) -> None:
    """Makes the names in `folder` durable as well; what the disk refuses here is told later."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
