# The students' edition: all that one needs to read, write and check at a desk, and no answer.
#
# check.cpp and params.cpp stay: they work out what must come out, and without them nothing could be
# checked. They tell what an answer does, never how it is written.
from __future__ import annotations

import fnmatch
import re

from lab.classroom.exports.files import CourseFiles, Member

NAME = "event-loop-lab"
COMMANDS = ("audit", "bench", "conformance", "export", "grade", "lint", "new")
LEFT_OUT = (
    "solutions/*",
    "grader/checks/*/*/wrong/*",
    "grader/checks/*/*/right/*",
    "grader/checks/*/*/survivors.toml",
    "conformance/*",
    "runtime/tests/*",
    "runtime/bench/*",
    "grader/tests/*",
    "grader/bench/*",
    "grader/lab/bench/*",
    "grader/judge/tests/*",
    "grader/judge/model/tests/*",
    "grader/lab/audit_*.py",
    "grader/lab/mutants.py",
    "grader/lab/proof_cache.py",
    "grader/lab/skeletons.py",
    "grader/lab/skeleton/*",
    "grader/lab/classroom/exports/*",
    "docs/authors-guide.md",
    "docs/class-proofs.md",
    "docs/teachers-guide.md",
    "docs/cluster.md",
    "docs/course-policy.toml",
    *(f"grader/lab/commands/{name}.py" for name in COMMANDS),
)
SECTION = re.compile(r"^## For teachers\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
OTHERS = re.compile(
    r"authors-guide|teachers-guide|class-proofs|course-policy|cluster\.md|solutions/"
    r"|`\./lab (?:bench|conformance|grade|export)"
)
AUTHORS = re.compile(r"^\| `\./lab test`.*\n", re.MULTILINE)


def edition(files: CourseFiles) -> dict[str, Member]:
    """The files of the students' edition, with a README that names nothing that is not there."""
    members = files.only(for_students)
    readme = members["README.md"].content.decode("utf-8")
    return {**members, "README.md": Member(plain_readme(readme).encode())}


def for_students(name: str) -> bool:
    return not any(fnmatch.fnmatchcase(name, pattern) for pattern in LEFT_OUT)


def plain_readme(text: str) -> str:
    """README.md without what is for teachers and authors."""
    text = SECTION.sub("", text)
    text = AUTHORS.sub("| `./lab test`, `doctor` | all tests; what this machine lacks |\n", text)
    return "".join(line for line in text.splitlines(True) if not OTHERS.search(line))
