# What the sandbox costs: the same program, compiler and checker with it and without it, in turns.
#
#     PYTHONPATH=grader python3 grader/bench/sandbox_cost.py [ROUNDS] [EXERCISE]
#
# Each round runs both ways one after the other, and the differences of the rounds are compared:
# what the machine does beside hits both. Prints one JSON object a line. `wall` is what a teacher
# waits; `processor` is user and system time of everything that was started, which a busy machine
# changes little.
from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from lab import build, process
from lab.answer import Answer, read_answer
from lab.compile import compile_answer
from lab.course import Exercise, load
from lab.grade import targets_for
from lab.judge import Options
from lab.places import Places, find_places
from lab.sandbox import Box
from lab.sandbox_layers import open_sandbox
from lab.sandbox_stage import staged

CASES = 5


def spent() -> tuple[float, float]:
    """Wall and processor seconds so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), used.ru_utime + used.ru_stime


def compare(
    name: str, rounds: int, times: int, plain: Callable[[], object], boxed: Callable[[], object]
) -> None:
    """Runs both in turns; `times` is how many runs one call stands for."""
    differences: dict[str, list[float]] = {"wall": [], "processor": []}
    alone: dict[str, list[float]] = {"wall": [], "processor": []}
    for _ in range(rounds):
        begun = spent()
        plain()
        between = spent()
        boxed()
        ended = spent()
        for index, kind in enumerate(differences):
            first, second = between[index] - begun[index], ended[index] - between[index]
            alone[kind].append(first * 1000 / times)
            differences[kind].append((second - first) * 1000 / times)
    for kind in differences:
        for peer, values in (("without", alone[kind]), ("added by the sandbox", differences[kind])):
            value = round(statistics.median(values), 2)
            line = {"workload": f"{name}, {kind}", "peer": peer, "value": value, "unit": "ms"}
            print(json.dumps(line), flush=True)


def check(command: list[str]) -> None:
    done = process.run(command)
    if done.status != 0:
        raise SystemExit(f"{command[0]} ended with {done.status}: {done.errors}{done.output[:200]}")


def main(rounds: int, number: str) -> None:
    places = find_places()
    ex = load(places.root).find_one(number)
    tools = build.prepare(places, targets_for([ex], Options()))
    answer = read_answer(ex.solution)
    with staged(tools, [ex]) as stage:
        sandbox = open_sandbox(tools, stage)
        with sandbox.job(0) as box:
            assert box is not None
            entered: Box = box
            compiled = compile_answer(places, tools, ex, answer, box=box)
            if compiled.program is None:
                raise SystemExit(compiled.messages)
            words = [str(tools.bin / ex.target), "--program", str(compiled.program), "--seed", "5"]
            words += ["--cases", str(CASES)]

            def boxed_run() -> None:
                with entered.checker(sanitize=ex.sanitize) as (before, behind):
                    check([*before, *words, *behind])

            compare("one run", rounds, CASES, lambda: check(words), boxed_run)
            compare(
                "one compilation",
                max(rounds // 4, 3),
                1,
                lambda: compile_fresh(places, tools, ex, answer, None),
                lambda: compile_fresh(places, tools, ex, answer, box),
            )


def compile_fresh(
    places: Places, tools: build.Toolbox, ex: Exercise, answer: Answer, box: Box | None
) -> None:
    """Compiles the answer with a line that no compilation before had: past every cache."""
    text = answer.content + f"// {time.perf_counter_ns()}\n".encode()
    done = compile_answer(places, tools, ex, replace(answer, content=text), box=box)
    if done.program is None:
        raise SystemExit(done.messages)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 20,
        sys.argv[2] if len(sys.argv) > 2 else "01-4",
    )
