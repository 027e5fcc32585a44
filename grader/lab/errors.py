# The two ways in which a command ends early: the request was wrong, or the lab itself is.
from __future__ import annotations


class LabError(Exception):
    """It cannot be done as asked. The message is one line that says what, and what to do."""

    exit_code = 2


class LabFault(LabError):
    """A fault of the course or of the grader, never of the student."""

    exit_code = 3


class BrokenBox(LabFault):
    """The sandbox did not work, also when tried again."""
