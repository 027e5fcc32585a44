# Proves what pages show of runs: published transcripts against the judge, timelines against traces.
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lab import build, process

from lab.audit_answers import Proof
from lab.errors import LabError
from lab.lint_cut import NotFound
from lab.lint_files import Complaint, read, shown
from lab.lint_pages import Block, blocks, first_difference, marked_pages, published_transcript
from lab.places import Places
from lab.result import Result
from lab.runner import Event, run_traced
from lab.state import write_atomically
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
            events = until_main_is_done(trace_of(places, places.root / block.source))
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


def trace_of(places: Places, demo: Path) -> Sequence[Event]:
    """Runs a demo as if it were an answer: its main becomes the harness's entry.

    Throws: LabError when it does not compile, OSError when it cannot be read.
    """
    entry = 'extern "C" void lab_entry(std::uint64_t)'
    text = re.sub(r"\bint main\(\)", entry, demo.read_text(encoding="utf-8"))
    tools = build.prepare(places, [])
    profile = tools.profile("lab")
    source = places.state / "audit" / f"timeline-{demo.stem}.cpp"
    write_atomically(source, text.encode())
    objects, program = source.with_suffix(".o"), source.with_suffix("")
    macros = [f'-DLAB_ANSWER="{source}"', "-DLAB_DRIVER=<lab/driver.hpp>"]
    compiling = [tools.cxx, *profile.compile, *macros, "-c", str(tools.unit), "-o", str(objects)]
    linking = [tools.cxx, str(objects), *profile.link, "-o", str(program)]
    for command in (compiling, linking):
        done = process.run(command, env=process.plain_environment(), join_streams=True)
        if done.status != 0:
            raise LabError(f"{demo.name} does not compile: {build.first_error(done.output)}")
    return run_traced(program).events


def marked(root: Path, kind: str) -> Iterator[tuple[Path, Block]]:
    for page in marked_pages(root):
        for block in blocks(read(page)):
            if block.kind == kind:
                yield page, block
