"""Tallies as a table of text: each group with its number of people."""

from collections.abc import Sequence
from functools import partial

from screener.ground.safetext import one_line
from screener.ground.wrapping import Listing, Look, cells, lines
from screener.records.statistics.tally import Tally
from screener.records.statistics.wording import bars, framed, number

#: Blanks before a label, and at least between it and its number.
_SET_IN, _APART = 2, 2


def as_text(tallies: Sequence[Tally], look: Look) -> str:
    """Every tally as a table that is no wider than the screen; the numbers stand below each other."""
    return framed(tallies, look.width, partial(_table, look.width))


def _table(width: int, page: Listing, tally: Tally) -> None:
    rows = [(one_line(bar.label), number(bar.people)) for bar in bars(tally)]
    numbers = max(cells(count) for _, count in rows)
    room = max(1, width - _SET_IN - _APART - numbers)
    broad = min(room, max(cells(label) for label, _ in rows))
    for label, count in rows:
        *above, last = lines(label, broad)
        for line in above:
            page.say(line, _SET_IN)
        page.say(f"{last}{' ' * (broad - cells(last) + _APART)}{count:>{numbers}}", _SET_IN)
