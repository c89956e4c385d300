"""The clock beside a long proof: ends it when its time is over, and says how far it is."""

import sys
from time import monotonic

from screener.cli import streams
from screener.proof.gates import Undecided

#: Nothing is said of work that takes no longer than this, in seconds.
_QUIET = 1.0
#: How often the line on a terminal changes, and how often a new line is written elsewhere.
_ON_TERMINAL, _ELSEWHERE = 0.2, 10.0
_BACK = "\r\x1b[K"


class Clock:
    """`tick` raises Undecided once `limit` seconds have passed; after one second it shows what `tell` heard last."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._began = monotonic()
        self._shown = self._began + _QUIET
        self._told = "reading the rules"
        self._terminal = streams.is_terminal(sys.stderr) and not streams.is_dumb()

    def tick(self) -> None:
        """Called now and then while the proof runs."""
        if monotonic() - self._began > self._limit:
            raise Undecided(f"the time of {self._limit:g} seconds was over")
        self._show()

    def tell(self, check: str, number: int, of: int) -> None:
        """Which check is at work, and how far it is."""
        self._told = f"{check}, {number + 1} of {of}"
        self._show()

    def _show(self) -> None:
        now = monotonic()
        if now < self._shown:
            return
        self._shown = now + (_ON_TERMINAL if self._terminal else _ELSEWHERE)
        text = f"Proving over every possible set of answers, {now - self._began:.0f} s: {self._told}"
        streams.talk(f"{_BACK}{text[: streams.width() - 1]}" if self._terminal else f"{text}\n")

    def done(self) -> None:
        """Take the line on the terminal back."""
        if self._terminal and monotonic() - self._began > _QUIET:
            streams.talk(_BACK)
