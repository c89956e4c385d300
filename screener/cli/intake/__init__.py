"""`screener intake …`: the desk where records are taken, kept and found again. One file a command."""

from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group


class _NotYet(TyperGroup):
    """A group whose commands are made when it is called: whoever is asked questions does not wait for them."""

    def make_context(self, *names: Any, **more: Any) -> Any:
        """As any group does, with the commands."""
        from screener.cli.intake import commands

        self.commands = get_group(commands.app).commands
        return super().make_context(*names, **more)


app = typer.Typer(
    cls=_NotYet,
    help="Take records at a desk: kept safe, found again, handed over, erased.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
