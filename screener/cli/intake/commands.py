"""The commands of `screener intake`, in the order of its help."""

import typer

from screener.cli.intake import amend, audit, backup, erase, init, list_, new, purge, receive, restore, resume, show

app = typer.Typer(rich_markup_mode=None)
app.command("init")(init.init)
app.command("new")(new.new)
app.command("list")(list_.list_)
app.command("show")(show.show)
app.command("resume")(resume.resume)
app.command("amend")(amend.amend)
app.command("receive")(receive.receive)
app.command("erase")(erase.erase)
app.command("purge")(purge.purge)
app.command("backup")(backup.backup)
app.command("restore")(restore.restore)
app.command("audit")(audit.audit)
