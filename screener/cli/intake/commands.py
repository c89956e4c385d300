"""The commands of `screener intake`, in the order of its help; each is imported when it is called."""

from collections.abc import Callable
from typing import Any

Command = Callable[..., Any]


def _init() -> Command:
    from screener.cli.intake.init import init

    return init


def _new() -> Command:
    from screener.cli.intake.new import new

    return new


def _desk() -> Command:
    from screener.cli.intake.desk import desk

    return desk


def _list() -> Command:
    from screener.cli.intake.list_ import list_

    return list_


def _show() -> Command:
    from screener.cli.intake.show import show

    return show


def _resume() -> Command:
    from screener.cli.intake.resume import resume

    return resume


def _amend() -> Command:
    from screener.cli.intake.amend import amend

    return amend


def _again() -> Command:
    from screener.cli.intake.again import again

    return again


def _receive() -> Command:
    from screener.cli.intake.receive import receive

    return receive


def _code_keys() -> Command:
    from screener.cli.intake.sealing import code_keys

    return code_keys


def _export() -> Command:
    from screener.cli.intake.export import export

    return export


def _erase() -> Command:
    from screener.cli.intake.erase import erase

    return erase


def _purge() -> Command:
    from screener.cli.intake.purge import purge

    return purge


def _stats() -> Command:
    from screener.cli.intake.stats import stats

    return stats


def _backup() -> Command:
    from screener.cli.intake.backup import backup

    return backup


def _restore() -> Command:
    from screener.cli.intake.restore import restore

    return restore


def _audit() -> Command:
    from screener.cli.intake.audit import audit

    return audit


def _impact() -> Command:
    from screener.cli.intake.impact import impact

    return impact


#: Each name, and what imports its function.
COMMANDS: dict[str, Callable[[], Command]] = {
    "init": _init,
    "new": _new,
    "desk": _desk,
    "list": _list,
    "show": _show,
    "resume": _resume,
    "amend": _amend,
    "again": _again,
    "receive": _receive,
    "code-keys": _code_keys,
    "export": _export,
    "erase": _erase,
    "purge": _purge,
    "stats": _stats,
    "backup": _backup,
    "restore": _restore,
    "audit": _audit,
    "impact": _impact,
}
