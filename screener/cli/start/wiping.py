"""Wiping the screen, on a shared computer."""

import os
import sys
from contextlib import suppress
from typing import TextIO

from screener.cli import streams
from screener.ground import stopping


def wipe_when_stopped() -> None:
    """From now on the screen is also wiped when the person stops."""
    if (terminal := _terminal()) is not None:
        stopping.wipe_when_stopped(terminal.fileno())


def wipe() -> None:
    """Wipe the screen and what can be scrolled back to, once the person has read it."""
    terminal = _terminal()
    if terminal is None:
        streams.talk("This screen can't be wiped from here. Please close the window.\n")
        return
    if streams.person_at_keys():
        with suppress(EOFError):
            streams.read_line("\nPress Enter to wipe the screen. ")
    terminal.write(stopping.WIPE)
    terminal.flush()


def _terminal() -> TextIO | None:
    if os.environ.get("TERM") == "dumb":
        return None
    return next((stream for stream in (sys.stdout, sys.stderr) if streams.is_terminal(stream)), None)
