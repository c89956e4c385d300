"""The commands of `screener intake`: what the help lists, and the function of each, imported when it is called."""

from collections.abc import Callable
from typing import Any

NAMES = (
    "init",
    "new",
    "desk",
    "list",
    "show",
    "resume",
    "amend",
    "again",
    "receive",
    "export",
    "erase",
    "purge",
    "backup",
    "restore",
    "audit",
)


def function(name: str) -> Callable[..., Any]:  # noqa: C901, PLR0912 – a table that imports one row of itself
    """The function of one of these commands."""
    match name:
        case "init":
            from screener.cli.intake.init import init

            return init
        case "new":
            from screener.cli.intake.new import new

            return new
        case "desk":
            from screener.cli.intake.desk import desk

            return desk
        case "list":
            from screener.cli.intake.list_ import list_

            return list_
        case "show":
            from screener.cli.intake.show import show

            return show
        case "resume":
            from screener.cli.intake.resume import resume

            return resume
        case "amend":
            from screener.cli.intake.amend import amend

            return amend
        case "again":
            from screener.cli.intake.again import again

            return again
        case "export":
            from screener.cli.intake.export import export

            return export
        case "receive":
            from screener.cli.intake.receive import receive

            return receive
        case "erase":
            from screener.cli.intake.erase import erase

            return erase
        case "purge":
            from screener.cli.intake.purge import purge

            return purge
        case "backup":
            from screener.cli.intake.backup import backup

            return backup
        case "restore":
            from screener.cli.intake.restore import restore

            return restore
        case _:
            from screener.cli.intake.audit import audit

            return audit
