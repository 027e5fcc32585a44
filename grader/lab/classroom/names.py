# A file name for any id: readable for plain ones, safe and different for all others.
from __future__ import annotations

import hashlib
import re

PLAIN = re.compile(r"[a-z0-9][a-z0-9@+._-]{0,79}", re.ASCII)
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.DOTALL)
MOST_READABLE = 40


def file_name(id: str) -> str:
    """A file name (without suffix) for `id`, whatever it holds.

    Returns: a plain id as it is; of any other id its readable part, `~`, and 128 bits of its
    SHA-256. No plain id has a `~`, and nothing has a capital letter, so that different ids give
    different names on file systems that ignore case or fold Unicode, too. Never hidden, never `..`,
    never a device of Windows, at most 80 bytes.
    """
    if PLAIN.fullmatch(id) and not RESERVED.fullmatch(id) and not id.endswith("."):
        return id
    digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    readable = re.sub(r"[^a-z0-9]+", "-", id[:200].lower()).strip("-")[:MOST_READABLE]
    return f"{readable or 'id'}~{digest}"
