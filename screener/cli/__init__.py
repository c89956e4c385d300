"""The command line: the only reader of arguments, environment and terminal, and the only place that exits."""

import sys
import traceback
from contextlib import suppress
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from screener.cli import batch, intake, rules, start, streams
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.stopping import STOPPED, stop


class _Top(TyperGroup):
    """The commands of the program; one of `screener rules` that stands here is offered where it belongs."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As any group does, with a word on where the command is, or on how a rule file is opened."""
        name = args[0] if args else ""
        if name not in self.commands and (help := _misplaced(name)):
            ctx.fail(f"There is no command `{name}`. {help}")
        return super().resolve_command(ctx, args)


def _misplaced(name: str) -> str:
    from screener.cli.rules.commands import app

    if name in {command.name for command in app.registered_commands}:
        return f"Did you mean `screener rules {name}`?"
    return f"Did you mean `screener start {name}`?" if name.endswith((".yaml", ".yml")) else ""


app = typer.Typer(
    name="screener",
    cls=_Top,
    help="Answer questions about your skin before a consultation, and get a summary to take along. "
    "It informs; a certified professional decides with you.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("start")(start.start)
app.add_typer(rules.app, name="rules")
app.add_typer(intake.app, name="intake")
app.command("batch")(batch.batch)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"screener {version('screener')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options of the program itself."""


def run() -> int:
    """Run the command that the arguments name, and give the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # one that was closed before we began is None
            stream.reconfigure(errors="replace")
    try:
        code = int(app(standalone_mode=False) or 0)
    except ProblemsFound as found:
        return _told(found)
    except (KeyboardInterrupt, typer.Abort):
        return stop()
    except OSError as error:
        return _refused(error)
    except Exception as error:
        return _failed(error)
    return stop() if code == STOPPED else code


def _told(found: ProblemsFound) -> int:
    streams.tell(found.problems)
    return 1


def _refused(error: OSError) -> int:
    """What the system refuses is said: to take the help that typer prints, to change a file for the tab key."""
    from screener.ground.files import cause_of, shown

    if error.filename is not None:
        message = f"`{shown(error.filename)}` can't be used: {cause_of(error)}"
        return _told(ProblemsFound([Problem("not-writable", message)]))
    try:
        streams.check_out()
    except ProblemsFound as found:
        return _told(found)
    return _failed(error)


def _failed(error: Exception) -> int:
    """Usage errors say what to type; anything else says where it happened, and never what was answered."""
    show, code = getattr(error, "show", None), getattr(error, "exit_code", None)
    if callable(show) and isinstance(code, int):
        with suppress(OSError):
            show()
        return code
    where = traceback.extract_tb(error.__traceback__)
    lines = "".join(f"  {frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}\n" for frame in where)
    streams.talk(
        "\nSomething failed inside screener that should not.\n"
        f"Please report these lines; they hold no answers:\n  {type(error).__name__}\n{lines}"
    )
    return 3
