"""The installed command in a real terminal that tests type into and read."""

import os
import signal
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pexpect
import pyte
import pytest

from screener.cli.start.behind import OFFER

COMMAND = str(Path(sys.executable).parent / "screener")


UP, DOWN, LEFT, ENTER, CTRL_C = "\x1b[A", "\x1b[B", "\x1b[D", "\r", "\x03"


def _heed_hang_ups() -> None:
    """Who runs the tests so that they outlive a terminal has the commands ignore that it is gone; undo that."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Terminal:
    """A running command and its screen. Who is offered the details passes, unless `reads_on` is set before."""

    def __init__(
        self,
        *arguments: str,
        program: str = COMMAND,
        columns: int = 80,
        rows: int = 50,
        cwd: str = ".",
        **environment: str,
    ) -> None:
        env = {
            key: value for key, value in os.environ.items() if key not in ("ACCESSIBLE", "NO_COLOR", "COLUMNS", "LINES")
        }
        env |= {"TERM": "xterm-256color", **environment}
        self.screen = pyte.HistoryScreen(columns, rows, history=10_000)
        self._stream = pyte.Stream(self.screen)
        self.raw = ""
        self.settings_at_end: list[object] = []
        self.reads_on = False
        self._child: pexpect.spawn[str] = pexpect.spawn(
            program,
            list(arguments),
            dimensions=(rows, columns),
            cwd=cwd,
            env=env,
            encoding="utf-8",
            timeout=30,
            preexec_fn=_heed_hang_ups,
        )

    def until(self, text: str) -> str:
        """Wait until the screen shows this text; the whole screen."""
        flat = " ".join(text.split())
        while flat not in " ".join(self.shown().split()):
            self.read()
        return self.shown()

    def when(self, holds: Callable[[], bool]) -> None:
        """Wait until this holds of the screen, which is drawn piece by piece."""
        while not holds():
            self.read()

    def read(self) -> None:
        """Wait until something more is drawn."""
        try:
            data = self._child.read_nonblocking(65_536, timeout=20)
        except pexpect.TIMEOUT:
            pytest.fail(f"still waiting; the screen shows:\n{self.shown()}")
        self.raw += data
        self._stream.feed(data)
        if not self.reads_on and OFFER[:40] in " ".join(self.shown().split()):
            self.reads_on = True
            self.type(ENTER)

    def shown(self) -> str:
        """The screen as text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def everything(self) -> list[str]:
        """All lines, those that scrolled off the top too."""
        gone = ["".join(line[x].data for x in range(self.screen.columns)) for line in self.screen.history.top]
        return [line.rstrip() for line in (*gone, *self.screen.display)]

    def type(self, *keys: str) -> "Terminal":
        """Type these keys."""
        for key in keys:
            self._child.send(key)
        return self

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self.screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def send(self, number: signal.Signals) -> None:
        """Send a signal from outside."""
        self._child.kill(number)

    def settings(self) -> list[object]:
        """How the terminal treats what is typed: echo, lines, signals."""
        return list(termios.tcgetattr(self._child.fileno())[:4])

    def given_back(self) -> None:
        """Assert that the terminal is as it should be left: a cursor, wrapped lines, plain letters, no pasting mode."""
        for on, off in (("\x1b[?25h", "\x1b[?25l"), ("\x1b[?7h", "\x1b[?7l"), ("\x1b[?2004l", "\x1b[?2004h")):
            assert self.raw.rfind(on) >= self.raw.rfind(off), f"{off!r} was the last"
        assert not self.screen.cursor.hidden
        assert self.screen.cursor.attrs == self.screen.default_char

    def end(self) -> int:
        """Wait for the end; the exit code. `raw` then holds everything that was printed."""
        try:
            while True:
                self.read()
        except pexpect.EOF:
            self.settings_at_end = self.settings()
            self._child.close()
        assert self._child.exitstatus is not None, f"killed by {self._child.signalstatus}:\n{self.shown()}"
        return self._child.exitstatus

    def kill(self) -> None:
        """End the program where it is, and read all that it had drawn."""
        self.send(signal.SIGKILL)
        with suppress(pexpect.EOF):
            while True:
                self.read()
        self._child.close()

    def hang_up(self) -> None:
        """Close the terminal, and wait until nothing that was started in it is left."""
        pty = self._child.ptyproc  # type: ignore[attr-defined]  # it has one
        pty.fileobj.close()
        os.waitpid(pty.pid, 0)
        pty.terminated = True
        while _in_session(pty.pid):
            time.sleep(0.01)


def _in_session(leader: int) -> list[int]:
    """The processes that a terminal started, as Linux tells."""
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it may be gone by now
            _state, _parent, _group, session, *_ = path.read_text().rpartition(")")[2].split()
            found += [int(path.parent.name)] if int(session) == leader else []
    return found


#: What a person with melasma types, question by question: the words to wait for, and the keys. Who is not sure about a
#: mark is told the next step at once, and goes on.
PICO: list[tuple[str, str]] = [
    ("Are you 18 or older?", ENTER),
    ("like help with?", DOWN * 2 + " " + ENTER),
    ("Is any mark or mole new", DOWN * 2 + ENTER + ENTER),
    ("How much of your skin is affected?", DOWN + ENTER),
    ("What do you hope for?", " " + ENTER),
    ("What does your skin do after an hour", DOWN * 4 + ENTER),
    ("Are you worried about pain?", ENTER),
    ("Could you keep to sun protection", ENTER),
    ("Do you have a professional in mind?", DOWN + ENTER),
    ("Does any of this apply to the skin you would like treated?", " " + ENTER),
    ("Does any of this apply to your health?", UP + " " + ENTER),
    ("Does any of this apply to your medicines?", UP * 3 + " " + ENTER),
    ("Does any of this apply to earlier treatments?", UP * 3 + " " + ENTER),
    ("weigh on you a lot?", DOWN + ENTER),
]


ANSWERS = {
    "adult": "yes",
    "concerns": ["melasma"],
    "changing-mark": "unsure",
    "extent": "several",
    "goals": ["clearer"],
    "skin-type": "type-5",
    "pain": "yes",
    "aftercare": "yes",
    "provider": "looking",
    "skin-now": ["tan"],
    "health": "declined",
    "medicines": ["none"],
    "earlier": ["none"],
    "distress": "no",
}
