"""What the world outside looks like: terminals, their width, and what a person asked of the environment."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from screener.report import Look


def person_at_keys() -> bool:
    """Whether someone can be asked: standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def wants_plain() -> bool:
    """Whether numbered lines are the right face: asked for by the environment, or no real terminal."""
    asked = bool(os.environ.get("ACCESSIBLE")) or os.environ.get("TERM") == "dumb"
    return asked or not (person_at_keys() and sys.stderr.isatty())


def width() -> int:
    """The width for texts, from 20 to 80 cells."""
    return max(20, min(shutil.get_terminal_size().columns, 80))


def wants_color(stream_is_terminal: bool) -> bool:
    """Whether colour may be used on a stream."""
    return stream_is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def look() -> Look:
    """How a text on standard output may look."""
    return Look(width(), wants_color(sys.stdout.isatty()))


def out(text: str) -> None:
    """Write data to standard output, as UTF-8 whatever the locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def talk(text: str) -> None:
    """Say something to the person, beside the data."""
    sys.stderr.write(text)
    sys.stderr.flush()


def read_line(prompt: str) -> str:
    """The next line of standard input without its end; EOFError when there is none."""
    talk(prompt)
    line = sys.stdin.readline(10_000)
    if not line:
        raise EOFError
    return line.rstrip("\n")


@contextmanager
def interrupts_noted() -> Iterator[Callable[[], bool]]:
    """Note Ctrl-C instead of raising it, and tell when asked; what was noted is raised at the end.

    While no prompt is waiting for keys, an interrupt could strike inside clean-up code, where Python can only
    print it and go on.
    """
    noted: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: noted.append(number))
    try:
        yield lambda: bool(noted)
    finally:
        signal.signal(signal.SIGINT, before)
    if noted:
        raise KeyboardInterrupt
