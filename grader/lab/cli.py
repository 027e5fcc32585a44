# The command line: finds a command's module when it is used, and turns every end into an exit code.
from __future__ import annotations

import contextlib
import difflib
import importlib
import os
import pkgutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from lab.errors import LabError

ORDER = ("check", "watch", "list", "next", "read", "run", "predict", "hint", "compare", "trace")


class LazyGroup(click.Group):
    """A group whose commands are modules of lab.commands: `./lab check` imports only `check`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from lab import commands

        found = [m.name for m in pkgutil.iter_modules(commands.__path__) if m.name != "home"]
        return sorted(found, key=lambda n: (ORDER.index(n) if n in ORDER else len(ORDER), n))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if not cmd_name.isidentifier() or cmd_name == "home":
            return None
        module = f"lab.commands.{cmd_name}"
        try:
            found = importlib.import_module(module).command
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            return None
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            raise click.UsageError(f"there is no command '{name}'{self.suggestion(ctx, name)}")
        return super().resolve_command(ctx, args)

    def suggestion(self, ctx: click.Context, name: str) -> str:
        close = difflib.get_close_matches(name, self.list_commands(ctx), n=1)
        return f": did you mean '{close[0]}'?" if close else ": ./lab --help shows them all"


@click.command(
    "lab",
    cls=LazyGroup,
    invoke_without_command=True,
    epilog="EX is a key (01-basics/02-order-dinner), its numbers (01-2) or its slug;"
    " 01 is a lesson.",
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 80},
)
@click.option("--no-color", is_flag=True, help="Print plain text.")
@click.pass_context
def cli(ctx: click.Context, no_color: bool) -> Any:
    """Event Loop Lab: a course on event loops that grades itself.

    Without a command: where you are, and what is next.
    """
    from lab.desk import Desk

    ctx.obj = Desk()
    if no_color or os.environ.get("NO_COLOR"):
        ctx.color = False
    if ctx.invoked_subcommand is None:
        from lab.commands.home import home

        return home(ctx.obj)
    return None


def run(arguments: list[str] | None = None) -> int:
    """Runs one command. Returns: the exit code; every failure has said its one line by then."""
    try:
        outcome = cli.main(arguments, prog_name="./lab", standalone_mode=False)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except LabError as error:
        return complain(str(error), error.exit_code)
    except click.Abort:  # click makes one of Ctrl-C as well
        end_children()
        return complain("stopped", 130)
    except click.ClickException as error:
        return complain(error.format_message(), 2)
    except KeyboardInterrupt:
        end_children()
        return complain("stopped", 130)
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:  # a full disk behind standard output, say
        where = keep_traceback()
        return complain(f"the machine refused: {error.strerror or error}{where}", 3)
    except Exception as error:
        where = keep_traceback()
        return complain(f"internal fault: {type(error).__name__}: {error}{where}", 3)


def complain(message: str, code: int) -> int:
    """One line on standard error, whatever the message holds."""
    from lab.text import visible

    with contextlib.suppress(OSError):
        print(f"lab: {visible(' '.join(message.split()))}", file=sys.stderr, flush=True)
    return code


def end_children() -> None:
    process = sys.modules.get("lab.process")
    if process is not None:
        process.stop_all()


def keep_traceback() -> str:
    """Writes the whole story to .lab/last-error.txt. Returns: where it is, for the one line."""
    import traceback

    from lab.places import find_places

    try:
        path: Path = find_places().state / "last-error.txt"
        path.write_text(traceback.format_exc(), encoding="utf-8")
    except (OSError, LabError):
        return ""
    return f" (details in {path})"


def on_signal(number: int, frame: FrameType | None) -> NoReturn:
    """A polite request to end does what Ctrl-C does: everything that was started ends as well."""
    raise KeyboardInterrupt


def main() -> NoReturn:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    code = run()
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    # Threads that still wait for a process that has just been ended must not hold the exit up.
    os._exit(code)
