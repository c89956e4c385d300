"""What the world outside looks like: terminals, their width, and what a person asked of the environment."""

import codecs
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TextIO

from screener.ground import stopping
from screener.ground.files import cause_of
from screener.ground.problems import Problem, ProblemsFound
from screener.ground.wrapping import Look

_LONGEST_LINE = 10_000
#: Below this a prompt with its help does not fit on the screen, and numbered lines can be scrolled back to.
_SMALLEST = (40, 16)


def person_at_keys() -> bool:
    """Whether someone can be asked: standard input is a terminal."""
    return is_terminal(sys.stdin)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a standard stream is a terminal; one that was closed before we began is None."""
    return stream is not None and not stream.closed and stream.isatty()


def wants_plain() -> bool:
    """Whether numbered lines are the right face: asked for, or no terminal that can show more."""
    asked = bool(os.environ.get("ACCESSIBLE")) or is_dumb()
    return asked or not (person_at_keys() and is_terminal(sys.stderr)) or not _can_show_prompts()


def _can_show_prompts() -> bool:
    """Whether the terminal is large enough, and shows the marks of what is chosen."""
    columns, rows = shutil.get_terminal_size()
    utf8 = codecs.lookup(sys.stderr.encoding or "ascii").name == "utf-8"
    return utf8 and columns >= _SMALLEST[0] and rows >= _SMALLEST[1]


def is_dumb() -> bool:
    """Whether the terminal can do nothing but print."""
    return os.environ.get("TERM") == "dumb"


def width() -> int:
    """The width for texts, from 20 to 80 cells."""
    return max(20, min(shutil.get_terminal_size().columns, 80))


def page_width() -> int:
    """The width for tables, which no person reads line by line: that of the terminal, from 20 cells on."""
    return max(20, shutil.get_terminal_size().columns)


def wants_color(stream: TextIO | None) -> bool:
    """Whether colour may be used on a stream."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and not is_dumb()


def look() -> Look:
    """How a text on standard output may look."""
    return Look(width(), wants_color(sys.stdout))


def out(made: str | bytes) -> bool:
    """Write data to standard output, texts as UTF-8 whatever the locale; whether there is still someone who reads it.

    Raises ProblemsFound if it can't be written.
    """
    if sys.stdout is None:
        raise _unwritable("it is closed")
    try:
        sys.stdout.flush()
        _write_all(sys.stdout.fileno(), made.encode("utf-8", "replace") if isinstance(made, str) else made)
    except BrokenPipeError:
        forget_output()  # whoever read our output went away: nothing to complain about
        return False
    except OSError as error:
        forget_output()
        raise _unwritable(cause_of(error)) from None
    return True


def _write_all(descriptor: int, data: bytes) -> None:
    """Write every byte; a disk that is almost full takes only some at a time."""
    while data:
        data = data[os.write(descriptor, data) :]


def _unwritable(cause: str) -> ProblemsFound:
    message = f"standard output can't be written: {cause}"
    return ProblemsFound([Problem("not-writable", message, "choose another place")])


def check_out() -> None:
    """Raise ProblemsFound if standard output takes nothing any more: what a library printed was cut short.

    A stream forgets that it failed, so only writing once more can tell.
    """
    try:
        if sys.stdout is not None:
            os.write(sys.stdout.fileno(), b"\n")
    except OSError as error:
        forget_output()
        raise _unwritable(cause_of(error)) from None


def forget_output() -> None:
    """Let what could not be written go, so that the end of the program does not try again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(problems: Iterable[Problem]) -> None:
    """Tell the person of problems, in lines that fit the screen if they go there."""
    from screener.ground.listing import as_text

    talk(as_text(problems, line_width(sys.stderr)))


def line_width(stream: TextIO | None) -> int | None:
    """How wide lines on this stream may be; None where no person reads them as they come."""
    return width() if is_terminal(stream) else None


def talk(text: str) -> None:
    """Say something to the person, beside the data; if nobody can hear it, that is all right."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def forget_typed() -> None:
    """Let go of what was typed and not read yet: it was meant for whoever is gone."""
    with suppress(ImportError, OSError, ValueError):
        import termios

        with suppress(termios.error):
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


def read_line(prompt: str) -> str:
    """The next line of standard input without its end; EOFError when there is none.

    An empty line after Ctrl-C means that the person goes on: then the prompt comes again.
    """
    line = _line(prompt)
    while stopping.went_on() and not line.strip():
        line = _line(prompt)
    return line


def _line(prompt: str) -> str:
    talk(prompt)
    line = sys.stdin.readline(_LONGEST_LINE) if sys.stdin is not None else ""
    if not line:
        raise EOFError
    rest = line
    while rest and not rest.endswith("\n"):  # one long line is one answer, not several
        rest = sys.stdin.readline(_LONGEST_LINE)
    return line.rstrip("\n")
