"""`screener intake …`: the desk where records are taken, kept and found again. One file a command."""

from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command


class _EachWhenCalled(TyperGroup):
    """A group that makes a command when it is called: whoever is asked questions waits for that one only."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every name, in the order of the help."""
        from screener.cli.intake.commands import COMMANDS

        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command with this name, if there is one."""
        from screener.cli.intake.commands import COMMANDS

        if cmd_name not in COMMANDS:
            return None
        alone = typer.Typer(rich_markup_mode=None, add_completion=False)
        alone.command(cmd_name)(COMMANDS[cmd_name]())
        return get_command(alone)


app = typer.Typer(
    cls=_EachWhenCalled,
    help="Take records at a desk: kept safe, found again, handed over, erased.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
