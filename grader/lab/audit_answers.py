# Proves the exercises: each stub, solution, wrong and right answer gets the verdict it must.
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from lab import build, grade, process
from lab.answer import Answer, BadAnswer, read_answer
from lab.course import Exercise
from lab.hints import PLACEHOLDER, belief_for
from lab.judge import Options
from lab.lint_course import read_wrong, right_files, wrong_files
from lab.places import Places
from lab.proof_cache import proof_key, remember, remembered
from lab.result import Result

KINDS = ("stub", "solution", "wrong", "right")
# A stub may be anything but right: it has to compile, and the fault must not be the lab's.
NO_STUB = ("accepted", "does-not-compile", "compile-limit", "grader-error", "bad-submission")


@dataclass(frozen=True)
class Claim:
    """One file of the course, and what must come out; of a stub only what must not."""

    exercise: Exercise
    kind: str
    path: Path
    verdict: str = "accepted"
    hint: str = ""

    @property
    def expected(self) -> str:
        if self.kind == "stub":
            return "not accepted"
        return f"{self.verdict} {self.hint}".strip()


@dataclass(frozen=True)
class Proof:
    """What came out. `trouble` is empty when it is what the claim says."""

    claim: Claim
    result: Result
    trouble: str

    @property
    def ok(self) -> bool:
        return not self.trouble


class AuditPlaces(Places):
    """Keeps the programs of an audit apart from the student's, whose cache they would fill up."""

    @property
    def cache(self) -> Path:
        return self.state / "audit"


def claims(ex: Exercise) -> list[Claim]:
    """Everything that is claimed about one exercise."""
    found = [Claim(ex, "stub", ex.stub), Claim(ex, "solution", ex.solution)]
    for path in wrong_files(ex):
        wrong = read_wrong(path)
        if wrong is not None:  # lint complains about the others
            found.append(Claim(ex, "wrong", path, wrong.verdict, wrong.hint))
    return found + [Claim(ex, "right", path) for path in right_files(ex)]


def prove(
    places: Places,
    exercises: Sequence[Exercise],
    options: Options = Options(),
    done: Callable[[Proof], None] = lambda proof: None,
    jobs: int = grade.WORKERS,
) -> list[Proof]:
    """Grades every file of `exercises`; `done` sees each proof in order. Ctrl-C ends everything."""
    tools = build.prepare(places, grade.targets_for(exercises, options))
    apart = AuditPlaces(places.root, places.state)
    proofs = []
    pool = ThreadPoolExecutor(max_workers=jobs)
    try:
        todo = [c for ex in exercises for c in claims(ex)]
        for waiting in [pool.submit(prove_one, apart, tools, c, options) for c in todo]:
            proofs.append(waiting.result())
            done(proofs[-1])
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        process.stop_all()
        raise
    pool.shutdown()
    return proofs


def prove_one(places: Places, tools: build.Toolbox, claim: Claim, options: Options) -> Proof:
    try:
        answer = read_answer(claim.path)
    except BadAnswer as error:
        result = Result(claim.exercise, "bad-submission", message=str(error))
        return Proof(claim, result, str(error))
    result = known_or_graded(places, tools, claim.exercise, answer, options)
    return Proof(claim, result, trouble_with(claim, result))


def known_or_graded(
    places: Places, tools: build.Toolbox, ex: Exercise, answer: Answer, options: Options
) -> Result:
    """What an earlier audit found, if nothing has changed and no cases of its own are asked for."""
    asked = options != Options(sanitize=options.sanitize)
    key = None if asked else proof_key(tools, ex, answer, options.sanitize or ex.sanitize)
    result = remembered(places, ex, key) if key else None
    if result is None:
        result = grade.grade_with(places, tools, ex, answer, options)
        if key:
            remember(places, key, result)
    return replace(result, file=answer.path)


def trouble_with(claim: Claim, result: Result) -> str:
    """Why the result is not what was claimed, in one line; nothing when it is. A pure function."""
    hint = result.hint.id if result.hint else ""
    came = f"{result.verdict} {hint}".strip()
    if claim.kind == "stub":
        wrong = result.verdict in NO_STUB
    elif claim.kind == "wrong":
        wrong = (result.verdict, hint) != (claim.verdict, claim.hint)
    else:
        wrong = result.verdict != "accepted"
    if wrong:
        about = f": {result.message}" if result.message else ""
        return f"expected {claim.expected}, came {came}{about}"
    if claim.kind in ("stub", "solution") and "warning:" in result.compiler:
        return "compiles with warnings: " + first_warning(result.compiler)
    if claim.kind == "wrong" and unfilled(claim.exercise, result):
        return f"the hint {hint} asks for a fact that its checker does not tell"
    return ""


def first_warning(messages: str) -> str:
    return next(line for line in messages.splitlines() if "warning:" in line)


def unfilled(ex: Exercise, result: Result) -> bool:
    """Whether a {placeholder} of the hint stayed a question mark."""
    belief = belief_for(ex, result.hint.id) if result.hint else None
    if belief is None or result.hint is None:
        return False
    parts = [re.escape(" ".join(part.split())) for part in PLACEHOLDER.split(belief.text)[::2]]
    shown = " ".join(result.hint.text.split())
    match = re.fullmatch(r"\s*(.*?)\s*".join(parts), shown, re.DOTALL)
    return match is not None and "?" in match.groups()
