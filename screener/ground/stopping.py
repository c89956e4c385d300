"""Ctrl-C, being ended, being hung up on: leave at once, with one true sentence, from any line of the program.

An exception would be the usual way, but it can strike where Python only prints it and goes on, inside a library that
takes it for a fault of the file it reads, or in the middle of what is drawn. So the signal itself gives the terminal
back, wipes what is to be wiped and says what is true, and then the process ends, in the way that the program hands in.
While something is stored, signals wait. Where much would be lost, the first Ctrl-C only asks; the next one leaves.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

STOPPED = 130
WIPE = "\x1b[H\x1b[2J\x1b[3J"
#: Whatever was being drawn: show the cursor, wrap lines, plain letters, ordinary keys and pasting, nothing below.
_AS_BEFORE = "\x1b[?25h\x1b[?7h\x1b[0m\x1b[?1l\x1b[?2004l\x1b[J"
_NOTHING = "\nStopped. Nothing was stored.\n"
_SOMETHING = "\nStopped.\n"


class _Now:
    """What is done and said when the program is stopped at this moment."""

    said = _NOTHING
    before = ""
    question = ""
    asked = False
    wipe_on: int | None = None
    give_back: Callable[[], None] | None = None
    first: Callable[[], None] | None = None
    holding = 0
    waiting: int | None = None


def stop_on_signals(end: Callable[[int], object]) -> None:
    """From now on Ctrl-C, SIGTERM and SIGHUP stop the program at once; `end` ends the process with a code.

    Who starts a program so that it outlives its terminal keeps that: an ignored SIGHUP stays ignored.
    """

    def strike(number: int, _frame: FrameType | None) -> None:
        if _Now.holding:
            _Now.waiting = number
        elif number == signal.SIGINT and _Now.question and not _Now.asked:
            _Now.asked = True
            _write(2, _Now.question)
        else:
            end(stop(number))

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and not (name == "SIGHUP" and signal.getsignal(number) == signal.SIG_IGN):
            signal.signal(number, strike)


def wipe_when_stopped(terminal: int) -> None:
    """Being stopped also wipes the screen of the terminal with this file descriptor."""
    _Now.wipe_on = terminal


def stored() -> None:
    """From now on it is not true any more that nothing was stored."""
    _Now.said = _SOMETHING


def kept(what: str) -> None:
    """From now on something is kept, and this sentence says what, and where."""
    _Now.said = f"\nStopped. {what}\n"


def say_before(text: str) -> None:
    """From now on this is said before the program says that it stopped; not on a screen that is wiped for others."""
    _Now.before = text


def ask_first(question: str) -> None:
    """From now on the first Ctrl-C only writes this question, and the next one stops the program; empty: no longer."""
    _Now.question, _Now.asked = question, False


def went_on() -> bool:
    """Whether the question was written since this was last asked; then the next Ctrl-C writes it again."""
    asked, _Now.asked = _Now.asked, False
    return asked


@contextmanager
def left_to_others(end: Callable[[], None]) -> Iterator[None]:
    """While another program has the keyboard, Ctrl-C is meant for that one; being ended ends it first."""
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    _Now.first = end
    try:
        yield
    finally:
        _Now.first = None
        signal.signal(signal.SIGINT, before)


@contextmanager
def held() -> Iterator[None]:
    """Let signals wait while something is done that must not be left half done."""
    _Now.holding += 1
    try:
        yield
    finally:
        _Now.holding -= 1
        if not _Now.holding and _Now.waiting is not None:
            signal.raise_signal(_Now.waiting)


@contextmanager
def terminal_given_back(keys: int, screen: int) -> Iterator[None]:
    """Leave the terminal as it is now, on every way out: what is typed is seen, and so is the cursor.

    `keys` and `screen` are the file descriptors that are read and drawn on.
    """
    attributes = _attributes(keys)

    def give_back() -> None:
        _write(screen, _AS_BEFORE)
        _restore(keys, attributes)

    _Now.give_back = give_back
    try:
        yield
    finally:
        _Now.give_back = None
        give_back()


@contextmanager
def typing_given_back(keys: int) -> Iterator[None]:
    """Leave what is typed as it is now, seen or not, on every way out: somebody hides it for a while."""
    attributes = _attributes(keys)
    _Now.give_back = lambda: _restore(keys, attributes)
    try:
        yield
    finally:
        _Now.give_back = None


def stop(number: int = signal.SIGINT) -> int:
    """Give the terminal back, wipe what is to be wiped, say what is true, and give the exit code for this signal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever holds Ctrl-C gets this code, not a process that was killed
    if _Now.first is not None:
        _Now.first()
    if _Now.give_back is not None:
        _Now.give_back()
    if _Now.wipe_on is not None:
        _write(_Now.wipe_on, WIPE)
    else:
        _write(2, _Now.before)
    _write(2, _Now.said)
    return 128 + number


def _attributes(keys: int) -> list[object] | None:
    """How the terminal treats what is typed; None where there is no such thing."""
    with suppress(ImportError, OSError):  # termios.error is an OSError only by what it means
        import termios

        with suppress(termios.error):
            return list(termios.tcgetattr(keys))
    return None


def _restore(keys: int, attributes: list[object] | None) -> None:
    if attributes is None:
        return
    import termios

    with suppress(OSError, termios.error):
        if os.tcgetpgrp(keys) == os.getpgrp():  # otherwise another program has the terminal now
            termios.tcsetattr(keys, termios.TCSANOW, attributes)  # type: ignore[arg-type]  # what tcgetattr gave


def _write(descriptor: int, text: str) -> None:
    with suppress(OSError):  # nobody may be there any more to hear it
        os.write(descriptor, text.encode(getattr(sys.stderr, "encoding", None) or "utf-8", "replace"))
