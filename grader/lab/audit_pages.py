# Proves what pages show of runs: published transcripts against the judge, timelines against traces.
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lab.audit_answers import Proof
from lab.errors import LabError
from lab.lint_cut import NotFound
from lab.lint_files import Complaint, read, shown
from lab.lint_pages import Block, blocks, first_difference, marked_pages, published_transcript
from lab.places import Places
from lab.programs import traced_demo
from lab.result import Result
from lab.runner import Event, run_traced
from lab.timeline import draw

COLUMNS = 80


def check_transcripts(root: Path, proofs: Sequence[Proof]) -> Iterator[Complaint]:
    """What the judge expects of the published case stands on the page and on top of the stub."""
    expected = {
        proof.claim.exercise.key: transcript(proof.result)
        for proof in proofs
        if proof.claim.kind == "solution" and proof.result.cases
    }
    for key, wanted in expected.items():
        stub = root / "exercises" / f"{key}.cpp"
        try:
            if first_difference(published_transcript(stub), wanted) is not None:
                message = "the transcript in the comment is not what the judge expects"
                yield Complaint(shown(root, stub), 1, "transcript", message)
        except (NotFound, OSError):
            pass  # a stub need not show one: predict exercises do not
    for page, block in marked(root, "transcript"):
        wanted = expected.get(block.source, list(block.lines))
        if first_difference(block.lines, wanted) is not None:
            message = f"not what the judge expects of {block.source}"
            yield Complaint(shown(root, page), block.marked_at + 1, "transcript", message)


def transcript(result: Result) -> list[str]:
    """The published case's expected lines, as pages write them."""
    published = next((case for case in result.cases if case.seed == 0), result.cases[0])
    return [f"[{line.t_ms:5}] {line.text}" for line in published.expected]


def check_timelines(places: Places) -> Iterator[Complaint]:
    """Every timeline is what the trace of its demo draws today."""
    for page, block in marked(places.root, "timeline"):
        name = shown(places.root, page)
        try:
            program = traced_demo(places, places.root / block.source)
            events = until_main_is_done(run_traced(program).events)
        except (LabError, OSError) as error:
            yield Complaint(name, block.marked_at + 1, "timeline", str(error))
            continue
        if first_difference(block.lines, draw(events, COLUMNS)) is not None:
            message = f"not what the trace of {block.source} draws"
            yield Complaint(name, block.marked_at + 1, "timeline", message)


def until_main_is_done(events: Sequence[Event]) -> list[Event]:
    """A page shows the program; the turn in which `run` closes the loop is no lane of it."""
    main = next((e["task"] for e in events if e.get("ev") == "task.new"), None)
    shown_events = []
    for event in events:
        shown_events.append(event)
        if event.get("ev") == "task.done" and event.get("task") == main:
            break
    return shown_events


def marked(root: Path, kind: str) -> Iterator[tuple[Path, Block]]:
    for page in marked_pages(root):
        for block in blocks(read(page)):
            if block.kind == kind:
                yield page, block
