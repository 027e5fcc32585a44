# Reads a submission, an archive or a folder, into memory. Nothing is ever extracted to the disk.
#
# The type is told by the content, never by the name. What comes out is a mapping from clean names
# to bytes; all else is BadArchive with one sentence.
from __future__ import annotations

import errno
import io
import os
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from lab.classroom.shelf import (
    AGAIN,
    CHUNK,
    LINK,
    MOST_FILE_BYTES,
    MOST_MEMBERS,
    MOST_PACKED_BYTES,
    MOST_UNPACKED_BYTES,
    SPECIAL,
    BadArchive,
    Contents,
    Shelf,
    is_junk,
    read_regular,
    shown,
    too_much,
)
from lab.classroom.tar_members import read_tar
from lab.errors import LabError, LabFault
from lab.text import visible

MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
)
# What Python's zipfile throws for archives that are damaged on purpose; not MemoryError, which
# would be our fault and not the student's.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
MACHINE_FAILS = (
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.ENOSPC,
    errno.EAGAIN,
    errno.EIO,
    errno.ESTALE,
    errno.ETIMEDOUT,
)
MOST_GZIP_PARTS = 16
TAR_HEADERS_BYTES = 4 * 1024 * MOST_MEMBERS


def read_submission(path: Path, loose: Mapping[str, Path] | None = None) -> Contents:
    """What the archive or folder `path` holds, or the `loose` files in it, if some are named.

    A link as `path` itself is not followed.
    Throws: BadArchive; LabFault when the machine fails, and LabError, with the file's name, when
    whoever grades may not read it: neither is a student's fault.
    """
    try:
        if loose:
            return read_files(loose)
        return read_folder(path) if stat.S_ISDIR(path.lstat().st_mode) else read_archive(path)
    except OSError as error:
        if error.errno in MACHINE_FAILS:
            raise LabFault(f"cannot read {path}: {error.strerror}") from error
        if isinstance(error, PermissionError):
            what = visible(error.filename if isinstance(error.filename, str) else str(path))
            raise LabError(f"cannot read {what}: {error.strerror}: make it readable") from error
        raise BadArchive(f"it cannot be read: {error.strerror}") from error


def read_archive(path: Path) -> Contents:
    """Reads an archive of at most MOST_PACKED_BYTES. Throws: BadArchive."""
    return unpack(read_regular(path, path.name, MOST_PACKED_BYTES))


def unpack(packed: bytes) -> Contents:
    """What the archive `packed` holds: a tar, a gzipped tar or a zip. Throws: BadArchive."""
    kind = kind_of(packed)
    shelf = Shelf()
    if kind == "gzip":
        data = inflate(packed, shelf)
        if kind_of(data) != "tar":
            raise BadArchive(f"it is a gzip file, but there is no tar archive in it: {AGAIN}")
        read_tar(data, shelf)
    elif kind == "tar":
        read_tar(packed, shelf)
    elif kind == "zip":
        read_zip(packed, shelf)
    elif kind:
        raise BadArchive(f"{kind} archives are not read: hand in a .tar.gz or a .zip")
    else:
        what = "it is no archive" if packed else "the file is empty"
        raise BadArchive(f"{what}: hand in the .tar.gz that ./lab submit makes")
    return sort_out(shelf)


def kind_of(content: bytes) -> str:
    """gzip, zip, tar, the name of another packer, or nothing: decided by the first bytes."""
    for magic, kind in MAGIC:
        if content.startswith(magic):
            return kind
    return "tar" if starts_a_tar(content) else ""


def starts_a_tar(content: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(content[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
        return True
    except tarfile.HeaderError:
        # An empty archive begins with its end; one whose first header is broken keeps its mark.
        block = content[: tarfile.BLOCKSIZE]
        return block == bytes(tarfile.BLOCKSIZE) or content[257:262] == b"ustar"


def inflate(packed: bytes, shelf: Shelf) -> bytes:
    """Unpacks gzip, and stops as soon as more comes out than any submission may hold."""
    most = MOST_UNPACKED_BYTES + TAR_HEADERS_BYTES
    out, at, parts = bytearray(), 0, 0
    while packed[at : at + 2] == b"\x1f\x8b":
        parts += 1
        if parts > MOST_GZIP_PARTS:
            raise BadArchive(f"it is made of too many gzip files: {AGAIN}")
        part = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)  # checks length and CRC as well
        while not part.eof:
            chunk = part.unconsumed_tail or packed[at : at + CHUNK]
            at += 0 if part.unconsumed_tail else len(chunk)
            if not chunk:
                raise BadArchive("the gzip file is cut short: hand it in again")
            try:
                out += part.decompress(chunk, CHUNK)
            except zlib.error as error:
                raise BadArchive("the gzip file is damaged: hand it in again") from error
            if len(out) > most:
                raise BadArchive(too_much())
        at -= len(part.unused_data)
    if packed[at:].strip(b"\0"):
        shelf.notes.append("bytes behind the end of the gzip file are ignored")
    return bytes(out)


def read_zip(packed: bytes, shelf: Shelf) -> None:
    """Puts the files of a zip on `shelf`. Throws: BadArchive."""
    if packed.count(b"PK\x01\x02") > 4 * MOST_MEMBERS:  # before the library makes objects of them
        raise BadArchive(f"it holds more than {MOST_MEMBERS} files and folders: {AGAIN}")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            names = [zip_name(info) for info in archive.infolist()]
            if not any("/" in name for name in names):  # as old tools on Windows wrote them
                names = [name.replace("\\", "/") for name in names]
            for name, info in zip(names, archive.infolist()):
                read_zip_member(archive, info, name, shelf)
    except UnicodeDecodeError as error:
        raise BadArchive("a name in the zip is no UTF-8: rename the file") from error
    except ZIP_ERRORS as error:
        raise BadArchive(f"the zip is damaged or cut short: {AGAIN}") from error


def read_zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, shelf: Shelf
) -> None:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        raise BadArchive(f"{shown(name)} {LINK}")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise BadArchive(f"{shown(name)} {SPECIAL}")
    if info.flag_bits & (0x1 | 0x40):
        raise BadArchive(f"{shown(name)} is encrypted: pack it without a password")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadArchive(f"{shown(name)} is packed in a way that is not read: {AGAIN}")
    kept = shelf.admit(name, folder=name.endswith("/"))
    if kept is not None:
        with archive.open(info) as stream:
            shelf.read(kept, stream)
        if len(shelf.files[kept]) != info.file_size:
            raise zipfile.BadZipFile("the directory names another size")


def zip_name(info: zipfile.ZipInfo) -> str:
    """The name as it was packed: some packers write UTF-8 and do not say so."""
    if info.flag_bits & 0x800:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def read_folder(folder: Path) -> Contents:
    """What a folder holds. A whole course is not walked: of it, only its exercises count.

    Throws: BadArchive for links and special files, and beyond the limits.
    """
    shelf = Shelf()
    whole = (folder / "exercises").is_dir() and not (folder / "exercises").is_symlink()
    for entry in entries(folder):
        if whole and entry.name not in ("exercises", "manifest.json"):
            if not is_junk(entry.name):
                slash = "/" if entry.is_dir(follow_symlinks=False) else ""
                shelf.notes.append(f"left out: {shown(entry.name)}{slash}")
        else:
            walk(entry, entry.name, shelf)
    return sort_out(shelf)


def read_files(files: Mapping[str, Path]) -> Contents:
    """A submission of loose files, by the names that they are to have. Throws: BadArchive."""
    shelf = Shelf()
    for name, path in sorted(files.items()):
        put_file(path, name, shelf)
    return sort_out(shelf)


def walk(entry: os.DirEntry[str], name: str, shelf: Shelf) -> None:
    """Puts a file, or all files below a folder, on `shelf`."""
    if entry.is_dir(follow_symlinks=False):
        shelf.admit(name, folder=True)
        if not is_junk(name):
            for inner in entries(Path(entry.path)):
                walk(inner, f"{name}/{inner.name}", shelf)
    else:
        put_file(Path(entry.path), name, shelf)


def put_file(path: Path, name: str, shelf: Shelf) -> None:
    kept = shelf.admit(name)
    if kept is not None:
        shelf.read(kept, io.BytesIO(read_regular(path, name, MOST_FILE_BYTES)))


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in `folder`, by name. Throws: BadArchive when there is far too much."""
    found: list[os.DirEntry[str]] = []
    with os.scandir(folder) as there:
        for entry in there:
            found.append(entry)
            if len(found) > MOST_MEMBERS:
                raise BadArchive(f"it holds more than {MOST_MEMBERS} files and folders: {AGAIN}")
    return sorted(found, key=lambda entry: entry.name)


def sort_out(shelf: Shelf) -> Contents:
    """What counts of a full shelf: without packed files, and without one wrapping folder."""
    notes = list(shelf.notes)
    files = {}
    for name, content in sorted(shelf.files.items()):
        if kind_of(content):
            notes.append(f"left out: {shown(name)}, an archive in the archive")
        else:
            files[name] = content
    if not files and not notes:
        raise BadArchive(f"there is no file in it: {AGAIN}")
    return Contents(unwrapped(files), tuple(notes))


def unwrapped(files: dict[str, bytes]) -> dict[str, bytes]:
    """Without the one folder around everything, unless it is a folder of the course."""
    tops = {name.partition("/")[0] for name in files}
    if len(tops) != 1 or any("/" not in name for name in files):
        return files
    top = next(iter(tops))
    if top.casefold() == "exercises" or re.match(r"\d\d-", top):
        return files
    return {name.partition("/")[2]: content for name, content in files.items()}
