# Builds all that grading some exercises needs, so that the first submission does not wait for it.
#
#     PYTHONPATH=grader python3 -P -m lab.classroom.exports.ahead 01 02-2
from __future__ import annotations

import sys
from collections.abc import Sequence

from lab import build
from lab.desk import Desk
from lab.errors import LabError
from lab.grade import targets_for
from lab.judge import Options


def prepare(names: Sequence[str]) -> int:
    """Builds the checkers of the exercises, or of all, with what their answers are linked with.

    Returns: how many. Throws: LabError when it cannot be built here.
    """
    desk = Desk()
    exercises = desk.course.find_all(names)
    build.prepare(desk.places, targets_for(exercises, Options()))
    return len(exercises)


def main() -> int:
    try:
        count = prepare(sys.argv[1:])
    except LabError as error:
        print(f"lab: {error}", file=sys.stderr)
        return error.exit_code
    print(f"lab: {count} checkers are ready")
    return 0


if __name__ == "__main__":
    sys.exit(main())
