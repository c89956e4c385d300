"""Wiping the screen, on a shared computer."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

import typer

from screener.cli import streams
from screener.ground import stopping
from screener.ground.problems import ProblemsFound


def left(work: Callable[[], int]) -> int:
    """Do the work and leave on the screen what it shows; the exit code."""
    return work()


def wiped(work: Callable[[], int]) -> int:
    """Do the work and wipe the screen on every way out; the exit code. What the input lacks is said before."""
    if (terminal := _terminal()) is not None:
        stopping.wipe_when_stopped(terminal.fileno())
    try:
        code = work()
    except ProblemsFound as found:
        streams.tell(found.problems)
        code = 1
    except typer.BadParameter:  # said before anything was asked or shown
        raise
    except Exception:
        _wipe()
        raise
    _wipe()
    return code


def _wipe() -> None:
    """Wipe the screen and what can be scrolled back to, once the person has read it."""
    terminal = _terminal()
    if terminal is None:
        streams.talk("This screen can't be wiped from here. Please close the window.\n")
        return
    if streams.person_at_keys():
        with suppress(EOFError):
            streams.read_line("\nPress Enter to wipe the screen. ")
    with suppress(OSError):  # a terminal that is gone shows nothing any more
        terminal.write(stopping.WIPE)
        terminal.flush()


def _terminal() -> TextIO | None:
    if os.environ.get("TERM") == "dumb":
        return None
    return next((stream for stream in (sys.stdout, sys.stderr) if streams.is_terminal(stream)), None)
