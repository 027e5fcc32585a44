# The include graph is the syllabus: a header of the runtime includes only what stands before it.
from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lab.lint_files import Complaint, read, shown

UMBRELLA = "aio.hpp"
# What a student's file includes: it stands after the umbrella, for nothing in the runtime to read.
AFTER_UMBRELLA = (UMBRELLA, "lab.hpp")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*["<](?:aio/)?([\w/]+\.hpp)[">]', re.MULTILINE)


def reading_order(folder: Path) -> list[str]:
    """The headers in the order in which the umbrella header includes them: the one truth."""
    return INCLUDE.findall(read(folder / UMBRELLA))


def check_order(root: Path) -> Iterator[Complaint]:
    """Every header stands in the umbrella, and includes only headers that stand before it."""
    folder = root / "runtime" / "include" / "aio"
    if not (folder / UMBRELLA).is_file():
        yield Complaint("runtime/include/aio", 1, "order", f"there is no {UMBRELLA}")
        return
    order = reading_order(folder)
    place = {name: index for index, name in enumerate(order)}
    for path in sorted(folder.rglob("*.hpp")):
        name = path.relative_to(folder).as_posix()
        if name in AFTER_UMBRELLA:
            continue
        if name not in place:
            message = f"{UMBRELLA} does not include it: it has no place in the reading order"
            yield Complaint(shown(root, path), 1, "order", message)
            continue
        yield from check_header(root, path, place, place[name])
    for name in order:
        if not (folder / name).is_file():
            yield Complaint(f"runtime/include/aio/{UMBRELLA}", 1, "order", f"there is no {name}")


def check_header(root: Path, path: Path, place: dict[str, int], own: int) -> Iterator[Complaint]:
    text = read(path)
    for match in INCLUDE.finditer(text):
        other = match[1]
        if other in AFTER_UMBRELLA or place.get(other, -1) >= own:
            line = text.count("\n", 0, match.start()) + 1
            message = f"includes {other}, which stands after it in the reading order"
            yield Complaint(shown(root, path), line, "order", message)
