"""The two faces of a watched file: a screen that is drawn anew, and plain lines that are added."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from screener.authoring.watch.listing import Stretch, stretches
from screener.authoring.watch.look import Bulletin, Outlook
from screener.authoring.watch.window import ScreenLine, fitted
from screener.cli import streams
from screener.ground.stopping import terminal_given_back
from screener.ground.wrapping import Look
from screener.summary.formats import renderer

_HOME, _REST_OF_LINE, _BELOW = "\x1b[H", "\x1b[K", "\x1b[J"
_NO_CURSOR = "\x1b[?25l"
_BOLD, _USUAL = "\x1b[1m", "\x1b[0m"


class Plainly:
    """Lines for a pipe, a file or a screen reader: a block after each save, which begins with the time."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._summary = ""
        self.is_open = True

    def show(self, report: Bulletin, at: str) -> None:
        """Add the block of a save. A summary that is the same as before is not repeated."""
        summary = _summary(report, streams.width())
        made = stretches(report, self._name, at, summary)
        if report.outlook is not None and summary:
            before, self._summary = self._summary, summary.replace(report.outlook.rules.sha256[:12], "")
            made[-1] = Stretch(f"{made[-1].title}: the same as before") if self._summary == before else made[-1]
        lines = [line for one in made for line in ([one.title] if one.title else []) + list(one.lines)]
        self.is_open = streams.out("\n".join(lines) + "\n\n")

    def show_meanwhile(self, _report: Bulletin, at: str) -> None:
        """Say beside the lines that the proof takes its time."""
        streams.talk(f"{at}  Looking at every possible set of answers …\n")

    def refresh(self) -> None:
        """What was written stays."""


class Redrawn:
    """A window of a terminal that always shows the last report, as large as the window is."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._size = shutil.get_terminal_size()
        self._last: tuple[Bulletin, str] | None = None
        self._summary: tuple[Outlook | None, int, str] | None = None
        self.is_open = True
        streams.out("\n" * (self._size.lines - 1))  # what was on the screen can be scrolled back to

    def show(self, report: Bulletin, at: str) -> None:
        """Draw the report of a save."""
        self._last = report, at
        self._draw()

    show_meanwhile = show

    def refresh(self) -> None:
        """Draw anew if the window has another size."""
        if shutil.get_terminal_size() != self._size:
            self._draw()

    def _draw(self) -> None:
        if self._last is None:
            return
        self._size = shutil.get_terminal_size()
        columns, rows = self._size
        report, at = self._last
        if self._summary is None or self._summary[0] is not report.outlook or self._summary[1] != columns:
            self._summary = report.outlook, columns, _summary(report, columns)
        made = stretches(report, self._name, at, self._summary[2])
        drawn = [_drawn(row) for row in fitted(made, columns, rows)]
        self.is_open = streams.out(_NO_CURSOR + _HOME + "\n".join(drawn) + _BELOW)


def _drawn(row: ScreenLine) -> str:
    """A row in the place of what stood there."""
    return _REST_OF_LINE + (f"{_BOLD}{row.text}{_USUAL}" if row.stands_out else row.text)


def _summary(report: Bulletin, columns: int) -> str:
    """The short form of the summary that is previewed."""
    found = report.outlook
    if found is None or found.preview.summary is None:
        return ""
    return str(renderer("text")(found.rules, found.preview.summary, Look(max(20, min(columns, 80)))))


@contextmanager
def face(name: str, plain: bool) -> Iterator[Plainly | Redrawn]:
    """The face that fits where the output goes. The terminal is given back at the end."""
    if plain or not streams.wants_color(sys.stdout) or os.environ.get("ACCESSIBLE"):
        yield Plainly(name)
        return
    keys = sys.stdin.fileno() if streams.person_at_keys() else sys.stdout.fileno()
    with terminal_given_back(keys, sys.stdout.fileno()):
        _type_unseen(keys)
        yield Redrawn(name)


def _type_unseen(keys: int) -> None:
    """Keep what is typed from being written into the report; Ctrl-C stays what it is."""
    with suppress(ImportError, OSError):
        import termios

        with suppress(termios.error):
            if os.tcgetpgrp(keys) == os.getpgrp():  # otherwise another program has the terminal
                settings = termios.tcgetattr(keys)
                settings[3] &= ~(termios.ECHO | termios.ICANON)
                termios.tcsetattr(keys, termios.TCSANOW, settings)
