"""Ctrl-C: leave at once, with one true sentence, from any line of the program.

An exception would be the usual way, but it can strike where Python only prints it and goes on, or inside a library
that takes it for a fault of the file it reads. So the handler ends the process itself. While files are written it
is held back.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPED = 130
WIPE = "\x1b[H\x1b[2J\x1b[3J"
_NOTHING = "\nStopped. Nothing was stored.\n"
_SOMETHING = "\nStopped.\n"


class _Words:
    """What is said and done when the person stops."""

    said = _NOTHING
    wipe_on: int | None = None


def stop_on_interrupt() -> None:
    """From now on Ctrl-C ends the program at once."""
    signal.signal(signal.SIGINT, _stop)


def wipe_when_stopped(terminal: int) -> None:
    """Ctrl-C also wipes the screen of the terminal with this file descriptor."""
    _Words.wipe_on = terminal


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while something is stored; it is no longer true then that nothing was."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
        _Words.said = _SOMETHING
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def terminal_given_back() -> Iterator[None]:
    """Being ended or hung up on leaves by an exception, so that prompts can give the terminal back."""
    signals = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None]
    before = {number: signal.signal(number, _leave) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def stop() -> int:
    """Say what is true, wipe what is to be wiped, and give the exit code."""
    if _Words.wipe_on is not None:
        _write(_Words.wipe_on, WIPE)
    _write(2, _Words.said)
    return STOPPED


def _stop(_number: int, _frame: FrameType | None) -> None:
    os._exit(stop())


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _write(descriptor: int, text: str) -> None:
    try:
        os.write(descriptor, text.encode())
    except OSError:
        return  # nobody can hear it any more
