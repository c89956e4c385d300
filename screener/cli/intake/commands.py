"""The commands of `screener intake`, in the order of its help."""

import typer

from screener.cli.intake import init, new

app = typer.Typer(rich_markup_mode=None)
app.command("init")(init.init)
app.command("new")(new.new)
