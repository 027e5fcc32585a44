# What a teacher may want to look at: never a verdict, as each of these has honest uses.
from __future__ import annotations

import re

from lab.answer import TOKEN

SUSPICIONS = {
    "assembly": r"\basm\b|__asm",
    "a constructor or section attribute": r"__attribute__|\[\[\s*gnu::",
    'extern "C"': r'extern\s*"C"',
    "an odd include": r'#\s*include\s*(<(unistd|dlfcn|sys/[a-z]+|c?signal|link|pthread)[.>]|")',
    "the number of a system call": r"\bsyscall\b",
    "a name of the harness": r"\blab_entry\b|\bLAB_(FDS|DRIVER|ANSWER)\b|lab::channel",
    "the preprocessor's line or file": r"#\s*line\b|\b__FILE__\b",
}


def flags_of(text: str) -> list[str]:
    """The suspicions that an answer raises, in a fixed order; comments raise none."""
    code = TOKEN.sub(lambda m: " " if m.group("comment") else m.group(), text)
    return [name for name, pattern in SUSPICIONS.items() if re.search(pattern, code)]
