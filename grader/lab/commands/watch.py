# `./lab watch`: grades at every save, listens to keys, and moves on when the answer is right.
from __future__ import annotations

import contextlib
import hashlib
import select
import time
from collections.abc import Callable
from pathlib import Path

import click

from lab import build, grade, pristine
from lab.course import Exercise
from lab.desk import Desk, shown
from lab.errors import LabError
from lab.judge import Options
from lab.keys import key_presses, read_key
from lab.options import command as lab_command
from lab.progress import Record
from lab.report import full_report
from lab.result import Result
from lab.saves import drain, saves

KEYS = "keys: h hint, n next, l list, c compare, r reset, q quit"
SETTLE = 0.003  # seconds without a further event that end a save


@lab_command("watch", "./lab watch 01-4")
@click.argument("exercise", required=False, metavar="[EX]")
@click.option("--sanitize", is_flag=True, help="Build with the address sanitizer.")
@click.option("--polling", is_flag=True, help="Look at the file ten times a second.")
@click.pass_obj
def command(desk: Desk, exercise: str | None, sanitize: bool, polling: bool) -> int:
    """Check at every save; without EX, the next exercise."""
    ex = desk.one_or_next(exercise)
    options = Options(sanitize=sanitize)
    return watch(desk, ex, options, stay=exercise is not None, polling=polling)


def watch(
    desk: Desk,
    ex: Exercise,
    options: Options = Options(),
    *,
    stay: bool = True,
    polling: bool = False,
) -> int:
    """Watches `ex` and its successors. `stay` keeps an exercise that is accepted at the start."""
    with key_presses() as keys:
        watcher = Watcher(desk, ex, options, keys, polling)
        watcher.warm_up()
        watcher.grade_now(saved=False)
        if not stay and watcher.accepted:
            watcher.move_on()
        while watcher.running:
            watcher.watch_one()
    return 0


class Watcher:
    """The state of one `./lab watch`: the exercise, and the content that was graded last."""

    def __init__(
        self, desk: Desk, ex: Exercise, options: Options, keys: int | None, polling: bool
    ) -> None:
        self.desk = desk
        self.ex = ex
        self.options = options
        self.keys = keys
        self.polling = polling
        self.running = True
        self.accepted = False
        self.graded = b""

    def warm_up(self) -> None:
        """Builds the checker before the first save, so that no save has to wait for it."""
        build.prepare(self.desk.places, grade.targets_for([self.ex], self.options))

    def watch_one(self) -> None:
        """Waits for saves and keys until the exercise changes or the watch ends."""
        watched = self.ex
        with saves(self.ex.stub.parent, polling=self.polling) as rings:
            sources = [rings] if self.keys is None else [rings, self.keys]
            self.grade_if_changed()  # saved while nobody was watching
            while self.running and self.ex == watched:
                ready, _, _ = select.select(sources, [], [])
                if self.keys in ready and self.keys is not None:
                    self.press(read_key(self.keys))
                if rings in ready:
                    self.settle(rings)
                    self.grade_if_changed()

    def grade_if_changed(self) -> None:
        if fingerprint(self.ex.stub) not in (self.graded, b""):
            self.grade_now(saved=True)

    def settle(self, rings: int) -> None:
        """An editor writes a file in several steps: waits until they are all done."""
        drain(rings)
        while select.select([rings], [], [], SETTLE)[0]:
            drain(rings)

    def grade_now(self, *, saved: bool) -> None:
        """Grades the file as it is, and says how long that took since the save."""
        self.graded = fingerprint(self.ex.stub)
        since = saved_at(self.ex.stub)
        result = grade.grade(self.desk.places, self.ex, None, self.options)
        seconds = time.time() - since
        self.accepted = result.accepted
        now = self.desk.remember([result])
        self.show(result, now.record(self.ex.key))
        if saved:
            click.echo(f"  {seconds:.2f} s from save to verdict")
        if saved and result.accepted:
            self.move_on()
        elif self.keys is not None:
            click.echo(f"  {KEYS}")

    def show(self, result: Result, own: Record) -> None:
        if self.keys is not None:
            click.clear()
        counted = own.account(result.exercise)
        click.echo(full_report(result, repeats=own.same_hint, counted=counted))

    def move_on(self) -> None:
        """The next exercise that is not accepted; the end when there is none."""
        following = self.desk.progress.next_exercise(self.desk.course, self.ex.key)
        if following is None:
            click.echo("Every exercise is accepted: ./lab list shows the map.")
            self.running = False
            return
        if following == self.ex:
            click.echo("  This is the only one left.")
            return
        self.ex = following
        self.graded = fingerprint(following.stub)
        self.accepted = False
        click.echo()
        click.echo(click.style(f"Next: {following.number} {following.slug[3:]}", bold=True))
        click.echo(f"  {following.title}; edit {shown(following.stub)}")
        self.warm_up()
        if self.keys is not None:
            click.echo(f"  {KEYS}")

    def press(self, key: str) -> None:
        """What a key does; a command that fails says its line and the watch goes on."""
        actions: dict[str, Callable[[], None]] = {
            "h": self.hint,
            "n": self.move_on,
            "l": self.list,
            "c": self.compare,
            "r": self.reset,
            "q": self.quit,
        }
        action = actions.get(key)
        if action is None:
            click.echo(f"  {KEYS}")
            return
        try:
            action()
        except LabError as error:
            click.echo(f"lab: {error}", err=True)

    def hint(self) -> None:
        from lab.commands.hint import take_rung, tell

        click.echo("\n".join(tell(self.ex, take_rung(self.desk, self.ex))))

    def list(self) -> None:
        from lab.commands.list import line

        now = self.desk.progress
        for ex in self.desk.course.exercises:
            click.echo(line(ex, now, is_next=ex == self.ex))

    def compare(self) -> None:
        from lab.commands.compare import comparison

        if not self.desk.progress.accepted(self.ex.key):
            click.echo("  Not accepted yet. Press c again to see the solution, another key not to.")
            if self.keys is None or read_key(self.keys) != "c":
                return
        click.echo(comparison(self.desk, self.ex))

    def reset(self) -> None:
        done = pristine.reset(self.desk.places, self.ex)
        self.graded = fingerprint(self.ex.stub)
        kept = f"; yours is kept: ./lab undo {self.ex.number}" if done.kept_as else ""
        click.echo(f"  {shown(done.file)} is the stub again{kept}")

    def quit(self) -> None:
        self.running = False


def fingerprint(path: Path) -> bytes:
    """What the file holds; nothing while an editor has it away or empty for a moment."""
    with contextlib.suppress(OSError):
        content = path.read_bytes()
        return hashlib.sha256(content).digest() if content else b""
    return b""


def saved_at(path: Path) -> float:
    with contextlib.suppress(OSError):
        return path.stat().st_mtime
    return time.time()
