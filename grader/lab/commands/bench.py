# `./lab bench`: what the loop costs beside its peers, what a save costs, and how costs grow.
from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from lab.bench import catalog, course, growth, machine, measure, peers, programs, table, watching
from lab.bench.compare import OURS, compare
from lab.bench.course import Figure
from lab.bench.echo import GENERATOR
from lab.bench.measure import Bench, Turn
from lab.bench.peers import Peer
from lab.bench.progress import Progress, say
from lab.bench.samples import Findings
from lab.desk import Desk, shown
from lab.errors import LabFault
from lab.options import WholeNumber
from lab.options import command as lab_command
from lab.state import write_atomically

INTERRUPTED = 130
PICTURE = Path("docs/pictures/growth.svg")
GROWTH = "aio-growth"
OTHERS = "See also: ./lab bench course --help, ./lab bench growth --help"


class WithDefault(click.Group):
    """A group whose first command is meant when none is named: `./lab bench timers_fire`."""

    default = "loops"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = next((arg for arg in args if not arg.startswith("-")), "")
        if named in self.commands and named != self.default:
            args = [named, *(arg for arg in args if arg is not named)]
        else:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


@click.group("bench", cls=WithDefault)
def command() -> None:
    """Measure the loop beside others, the course, and how costs grow."""


@lab_command("loops", "./lab bench timers_fire --peers. " + OTHERS)
@click.argument("names", metavar="[WORKLOAD]...", nargs=-1)
@click.option("--peers", "with_peers", is_flag=True, help="Also the other loops that are here.")
@click.option("--reps", type=WholeNumber(min=1), default=5, show_default=True, help="Samples each.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_context
def loops(
    ctx: click.Context, names: tuple[str, ...], with_peers: bool, reps: int, as_json: bool
) -> int:
    """Measure the runtime, and with --peers every other loop that this machine has, in turn.

    A value is the median of samples; each sample is a process of its own. Ctrl-C ends the
    measuring and shows what there is. A missed goal is no failure: the exit status is 0.
    """
    desk: Desk = ctx.obj
    wanted = catalog.select(names)
    bin_folder = programs.prepare(desk.places, targets(with_peers))
    here = find(peers.Places(bin_folder, desk.places.root), with_peers)
    wanted = without_generator(wanted, bin_folder)
    planned = list(measure.turns(wanted, here, reps))
    count = f"{len(planned)} samples, {len(here)} programs"
    say(f"{count}: about {measure.span(measure.expected_seconds(planned))}")
    findings, load = Findings(), machine.load()
    whole = take(bin_folder, planned, findings)
    if as_json:
        show_json(findings, here)
    else:
        show(findings, here, load, bin_folder.parent, colour=ctx.color is not False)
    if not whole:
        say("stopped: these are the samples until then")
    return 0 if whole else INTERRUPTED


def targets(with_peers: bool) -> list[str]:
    return ["all"] if with_peers else ["aio-bench", GENERATOR]


def find(places: peers.Places, with_peers: bool) -> list[Peer]:
    """Who takes part. Throws: LabFault without our own program."""
    here, missing = peers.find_peers(places, peers.REGISTER if with_peers else [peers.OURS])
    if not any(peer.name == OURS for peer in here):
        raise LabFault(f"{places.bin / 'aio-bench'} does not run: remove {places.bin.parent}")
    if missing:
        say(peers.absent(missing))
    return here


def without_generator(
    wanted: Sequence[catalog.Workload], bin_folder: Path
) -> list[catalog.Workload]:
    """The workloads that can be measured: TCP needs the generator."""
    if (bin_folder / GENERATOR).is_file() or not any(w.echo for w in wanted):
        return list(wanted)
    say(f"without TCP: {GENERATOR} was not built")
    return [w for w in wanted if not w.echo]


def take(bin_folder: Path, planned: Sequence[Turn], findings: Findings) -> bool:
    progress = Progress()
    try:
        return Bench(bin_folder, findings, progress.tell).run(planned)
    finally:
        progress.done()


def show_json(findings: Findings, here: Sequence[Peer]) -> None:
    for summary in findings.summaries(peer.name for peer in here):
        click.echo(json.dumps(summary.to_json()))
    for line in table.failure_lines(findings):
        say(line)


def show(
    findings: Findings, here: Sequence[Peer], load: float, made: Path, *, colour: bool
) -> None:
    rows = compare(findings.summaries(peer.name for peer in here))
    paper = table.console(colour)
    if rows:
        paper.print(table.comparison_table(rows) if len(here) > 1 else table.own_table(rows))
    click.echo()
    for line in table.closing_lines(rows, findings, load, made):
        click.echo(line)


@lab_command("course", "./lab bench course --no-audit")
@click.option("--rounds", type=WholeNumber(min=1), default=5, show_default=True, help="Saves each.")
@click.option("--no-first", is_flag=True, help="Leave out the first start.")
@click.option("--no-audit", is_flag=True, help="Leave out the audits, which take minutes.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_context
def course_command(
    ctx: click.Context, rounds: int, no_first: bool, no_audit: bool, as_json: bool
) -> int:
    """Measure what the course costs: a save, the first start, the audit.

    In a fresh clone of the last commit, in a temporary folder: your answers are not touched.
    """
    desk: Desk = ctx.obj
    say(f"a fresh clone, then {'5' if no_audit else '15'} minutes or so")
    figures: list[Figure] = []
    whole = True
    with course.copied(desk.places.root) as copy:
        say(f"measured: {copy.commit}")
        try:
            for figure in course_figures(copy, rounds, no_first=no_first, no_audit=no_audit):
                figures.append(figure)
        except KeyboardInterrupt:
            whole = False
    if as_json:
        for figure in figures:
            click.echo(json.dumps({**vars(figure), "met": figure.met}))
    else:
        table.console(ctx.color is not False).print(table.figure_table(figures))
    return 0 if whole else INTERRUPTED


def course_figures(
    copy: course.Copy, rounds: int, *, no_first: bool, no_audit: bool
) -> Iterator[Figure]:
    """One after the other, so that an end before the end keeps what there is."""
    wanted = course.exercises(copy)
    if not no_first:
        say("the first start")
        yield from course.first_start(copy, wanted[0])
    yield from watching.saves(copy, wanted, rounds, say)
    if not no_audit:
        say("the audits")
        yield from course.audits(copy)


@lab_command("growth", "./lab bench growth -o growth.svg")
@click.option(
    "-o", "picture", type=click.Path(path_type=Path), help="Not docs/pictures/growth.svg."
)
@click.option("--reps", type=WholeNumber(min=1), default=5, show_default=True, help="Samples each.")
@click.pass_obj
def growth_command(desk: Desk, picture: Path | None, reps: int) -> int:
    """Measure how costs grow with size, and draw it; the points go to a .json beside it."""
    picture = picture or desk.places.root / PICTURE
    program = programs.prepare(desk.places, [GROWTH]) / GROWTH
    progress = Progress()
    try:
        points = growth.measure(program, reps, progress.tell)
    finally:
        progress.done()
    about = {"reps": reps, "machine": f"{machine.processor()}, {machine.cores()} cores"}
    data = picture.with_suffix(".json")
    write_atomically(data, growth.report(points, about).encode())
    growth.draw(points, picture)
    for path in (picture, data):
        click.echo(shown(path))
    return 0


command.add_command(loops)
command.add_command(course_command)
command.add_command(growth_command)
