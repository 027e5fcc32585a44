# How every format writes: UTF-8 whatever the text holds, numbers without noise, whole files.
from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from lab.state import write_atomically

SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, from a name that was no UTF-8


def utf8(text: str) -> bytes:
    """`text` in UTF-8, with U+FFFD for what has no UTF-8."""
    return SURROGATE.sub("\ufffd", text).encode("utf-8")


def json_text(value: Any) -> str:
    """`value` on one line; keys stay in the order given. Throws: ValueError for NaN."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def write_json(path: Path, value: dict[str, Any]) -> Path:
    """Writes an object with a line for each of its members. Returns: `path`.

    Not indented further: Python does that itself, which takes five times as long.
    """
    members = ",\n".join(f"{json_text(key)}: {json_text(one)}" for key, one in value.items())
    write_atomically(path, utf8(f"{{\n{members}\n}}\n"))
    return path


def number(points: float) -> int | float:
    """Points with at most two decimals, and no `.0`: 10, 9.5."""
    rounded = round(float(points), 2)
    return int(rounded) if rounded.is_integer() else rounded
