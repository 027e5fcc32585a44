# Walks through a tar archive that lies in memory, in one pass, and puts its files on a Shelf.
#
# The library reads each header; the walk is our own. The library's takes a damaged header for the
# end, which loses answers in silence, and some 3.11s need 6 s for a pax record of 60,000 digits and
# four times that for twice as many.
from __future__ import annotations

import io
import re
import tarfile
from dataclasses import dataclass

from lab.classroom.shelf import AGAIN, MOST_MEMBERS, BadArchive, Shelf, shown

BLOCK = tarfile.BLOCKSIZE
MOST_HEADERS = 4 * MOST_MEMBERS  # a long name and a few attributes may go before each member
MOST_EXTENDED_BYTES = 256 * 1024
REGULAR = (tarfile.REGTYPE, tarfile.AREGTYPE)
LINKS = (tarfile.LNKTYPE, tarfile.SYMTYPE)
DEVICES = (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
EXTENDED = (tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
CUT_SHORT = "the tar archive is cut short: hand it in again"
DAMAGED = f"the tar archive is damaged: {AGAIN}"


@dataclass(frozen=True)
class Member:
    """One header, and the bytes that follow it."""

    header: tarfile.TarInfo
    body: memoryview


def read_tar(data: bytes, shelf: Shelf) -> None:
    """Puts every file of the archive `data` on `shelf`.

    Throws: BadArchive for anything but regular files and folders, and for a damaged archive.
    Complexity: O(length of data).
    """
    view, at, headers, long_name = memoryview(data), 0, 0, ""
    while not ends_at(view, at):
        headers += 1
        if headers > MOST_HEADERS:
            raise BadArchive(f"it holds more than {MOST_MEMBERS} files and folders: {AGAIN}")
        member = member_at(view, at)
        kind = member.header.type
        if kind == tarfile.XGLTYPE:
            refuse_global(member)
        elif kind in EXTENDED:
            long_name = extended_name(member) or long_name
        else:
            take(member, long_name or member.header.name, shelf)
            long_name = ""
        at += BLOCK + -(-len(member.body) // BLOCK) * BLOCK
    if bytes(view[at:]).strip(b"\0"):
        shelf.notes.append("bytes behind the end of the tar archive are ignored")


def ends_at(view: memoryview, at: int) -> bool:
    """Whether the block of zeros that ends every archive stands at `at`."""
    block = view[at : at + BLOCK]
    if len(block) < BLOCK:
        raise BadArchive(CUT_SHORT)
    return block == bytes(BLOCK)


def member_at(view: memoryview, at: int) -> Member:
    """Reads the header at `at`. The body's length is checked against what is there."""
    try:
        header = tarfile.TarInfo.frombuf(bytes(view[at : at + BLOCK]), "utf-8", "surrogateescape")
    except tarfile.HeaderError as error:
        raise BadArchive(DAMAGED) from error
    if header.size < 0:
        raise BadArchive(DAMAGED)
    begin = at + BLOCK
    if header.size > len(view) - begin:
        raise BadArchive(CUT_SHORT)
    return Member(header, view[begin : begin + header.size])


def take(member: Member, name: str, shelf: Shelf) -> None:
    kind = member.header.type
    if kind in LINKS:
        raise BadArchive(f"{shown(name)} is a link: hand in the file itself")
    if kind in DEVICES:
        raise BadArchive(f"{shown(name)} is a device or a pipe: hand in ordinary files")
    folder = kind == tarfile.DIRTYPE or kind == tarfile.AREGTYPE and name.endswith("/")
    if kind not in REGULAR and not folder:
        raise BadArchive(f"{shown(name)} is no ordinary file: {AGAIN}")
    if folder and member.header.size:
        raise BadArchive(DAMAGED)
    kept = shelf.admit(name, folder=folder)
    if kept is not None:
        shelf.read(kept, io.BytesIO(member.body))


def extended_name(member: Member) -> str:
    """The name that an extended header gives to the next member, or nothing."""
    if len(member.body) > MOST_EXTENDED_BYTES:
        raise BadArchive(f"a header of the tar archive is too large: {AGAIN}")
    body = bytes(member.body)
    if member.header.type == tarfile.GNUTYPE_LONGNAME:
        return body.removesuffix(b"\0").decode("utf-8", "surrogateescape")
    if member.header.type == tarfile.GNUTYPE_LONGLINK:
        return ""
    records = pax_records(body)
    if b"size" in records or any(key.startswith(b"GNU.sparse.") for key in records):
        raise BadArchive(f"the tar archive holds a sparse or a huge file: {AGAIN}")
    return records.get(b"path", b"").decode("utf-8", "surrogateescape")


def refuse_global(member: Member) -> None:
    """Global headers may comment, as git's do, but not rename or resize what follows."""
    if len(member.body) > MOST_EXTENDED_BYTES:
        raise BadArchive(f"a header of the tar archive is too large: {AGAIN}")
    if {b"path", b"size"} & pax_records(bytes(member.body)).keys():
        raise BadArchive(DAMAGED)


def pax_records(body: bytes) -> dict[bytes, bytes]:
    """The records `LENGTH KEY=VALUE\\n` of an extended header; LENGTH counts all of its record."""
    records: dict[bytes, bytes] = {}
    at = 0
    while at < len(body):
        length = re.compile(rb"[1-9][0-9]{0,6} ").match(body, at)
        end = at + int(length[0]) if length else at
        key, equals, value = body[length.end() : end].partition(b"=") if length else (b"",) * 3
        if not equals or not value.endswith(b"\n") or end > len(body):
            raise BadArchive(DAMAGED)
        records[key] = value[:-1]
        at = end
    return records
