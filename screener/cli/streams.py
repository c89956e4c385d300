"""What the world outside looks like: terminals, their width, and what a person asked of the environment."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from screener.problems import Problem, ProblemsFound
from screener.report import Look


def person_at_keys() -> bool:
    """Whether someone can be asked: standard input is a terminal."""
    return is_terminal(sys.stdin)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a standard stream is a terminal; one that was closed before we began is None."""
    return stream is not None and not stream.closed and stream.isatty()


def wants_plain() -> bool:
    """Whether numbered lines are the right face: asked for by the environment, or no real terminal."""
    asked = bool(os.environ.get("ACCESSIBLE")) or os.environ.get("TERM") == "dumb"
    return asked or not (person_at_keys() and is_terminal(sys.stderr))


def width() -> int:
    """The width for texts, from 20 to 80 cells."""
    return max(20, min(shutil.get_terminal_size().columns, 80))


def wants_color(stream: TextIO | None) -> bool:
    """Whether colour may be used on a stream."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def look() -> Look:
    """How a text on standard output may look."""
    return Look(width(), wants_color(sys.stdout))


def out(text: str) -> None:
    """Write data to standard output, as UTF-8 whatever the locale. Raises ProblemsFound if it can't be written."""
    if sys.stdout is None:
        raise _unwritable("it is closed")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        forget_output()
        raise _unwritable((error.strerror or "").lower()) from None


def _unwritable(cause: str) -> ProblemsFound:
    message = f"standard output can't be written: {cause}"
    return ProblemsFound([Problem("not-writable", message, "choose another place")])


def forget_output() -> None:
    """Let what could not be written go, so that the end of the program does not try again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def talk(text: str) -> None:
    """Say something to the person, beside the data; if nobody can hear it, that is all right."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def read_line(prompt: str) -> str:
    """The next line of standard input without its end; EOFError when there is none."""
    talk(prompt)
    line = sys.stdin.readline(10_000) if sys.stdin is not None else ""
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
