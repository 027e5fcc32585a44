# Packs a submission: the manifest and the answers, the same bytes for the same content.
from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from lab.classroom import manifest
from lab.classroom.archive import read_archive
from lab.classroom.manifest import BadManifest, Manifest
from lab.classroom.shelf import BadArchive
from lab.errors import LabError
from lab.state import write_atomically


def pack(told: Manifest, answers: Mapping[str, bytes]) -> bytes:
    """A gzipped tar of `manifest.json` and `exercises/KEY.cpp` for each answer, by key.

    Every time in it is the manifest's and every owner is 0: equal content packs to equal bytes.
    """
    seconds = int(datetime.fromisoformat(told.created).timestamp())
    files = {f"exercises/{key}.cpp": content for key, content in sorted(answers.items())}
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in {manifest.NAME: manifest.encode(told), **files}.items():
            header = tarfile.TarInfo(name)
            header.size, header.mtime, header.mode = len(content), seconds, 0o644
            archive.addfile(header, io.BytesIO(content))
    return gzip.compress(plain.getvalue(), mtime=seconds)


def refuse_other_file(path: Path, student_id: str) -> None:
    """Throws LabError if writing to `path` would destroy anything but the student's submission."""
    if path.is_dir():
        raise LabError(f"{path} is a folder: name a file, such as -o {path / 'answers.tar.gz'}")
    if not path.exists() and not path.is_symlink():
        return
    try:
        told = manifest.decode(read_archive(path).files.get(manifest.NAME, b""))
    except (BadArchive, BadManifest, OSError) as error:
        raise LabError(f"{path} exists and is no submission: name another file with -o") from error
    if told.id != student_id:
        raise LabError(f"{path} is the submission of {told.id}: name another file with -o")


def write(path: Path, told: Manifest, answers: Mapping[str, bytes]) -> None:
    """Packs into `path`, in one step. Throws: LabError."""
    refuse_other_file(path, told.id)
    write_atomically(path, pack(told, answers), durable=True)
