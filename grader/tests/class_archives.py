# Builds archives for tests, honest and hostile, byte for byte the same in every run.

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping

KEY = "01-basics/04-fix-one-after-another"
OTHER_KEY = "02-scheduling/01-fix-timers"


def header(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE, link: str = "") -> bytes:
    """One tar header with a right checksum, whatever it claims."""
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname, info.mode = size, kind, link, 0o644
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")


def patched(block: bytes, at: int, value: bytes) -> bytes:
    """A tar header with other bytes at `at`, and the checksum put right again."""
    changed = bytearray(block)
    changed[at : at + len(value)] = value
    changed[148:156] = b" " * 8
    changed[148:156] = b"%06o\0 " % sum(changed)
    return bytes(changed)


def padded(content: bytes) -> bytes:
    return content + b"\0" * (-len(content) % 512)


def member(name: str, content: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = "") -> bytes:
    return header(name, len(content), kind, link) + padded(content)


def raw_tar(*parts: bytes) -> bytes:
    return b"".join(parts) + bytes(1024)


def pax(records: bytes) -> bytes:
    return member("./PaxHeaders/x", records, tarfile.XHDTYPE)


def tar_of(files: Mapping[str, bytes]) -> bytes:
    """A tar as Python's own module packs it: pax headers for long and odd names."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def tgz_of(files: Mapping[str, bytes]) -> bytes:
    return gzip.compress(tar_of(files), mtime=0)


def zip_of(files: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(zip_info(name, packing), content)
    return out.getvalue()


def zip_info(
    name: str, packing: int = zipfile.ZIP_DEFLATED, mode: int = 0o100644
) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("placeholder")
    info.filename = info.orig_filename = name
    info.compress_type, info.external_attr, info.create_system = packing, mode << 16, 3
    return info


def zip_bomb(real: int, claimed: int) -> bytes:
    """A zip whose one file inflates to `real` bytes, while both headers claim `claimed`."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(bytes(real)) + packed.flush()
    name, crc = b"answer.cpp", zlib.crc32(bytes(real))
    sizes = (crc, len(body), claimed)
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, *sizes, len(name), 0) + name
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, *sizes, len(name), 0, 0, 0, 0, 0, 0
    )
    entry += name
    where = len(local) + len(body)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(entry), where, 0)
    return local + body + entry + end
