"""`screener rules …`: look at, check, test and begin rule files. One file a command."""

from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group


class _Later(TyperGroup):
    """A group whose commands are made when it is called: whoever is asked questions does not wait for them."""

    def make_context(self, *names: Any, **more: Any) -> Any:
        """As any group does, with the commands."""
        from screener.cli.rules import commands

        self.commands = get_group(commands.app).commands
        return super().make_context(*names, **more)


app = typer.Typer(
    cls=_Later,
    help="Look at, check, test and begin rule files.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
