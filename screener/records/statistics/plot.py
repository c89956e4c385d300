"""Tallies as bars for a terminal: groups below each other, and the days of a month beside each other."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from screener.ground.safetext import one_line
from screener.ground.wrapping import Listing, Look, lines
from screener.records.statistics.tally import Group, Tally
from screener.records.statistics.wording import bars, framed, number

_SET_IN = 2
#: Part of a cell, from nothing to all of it, by eighths: to the right, and upwards.
_ACROSS, _UP = " ▏▎▍▌▋▊▉█", " ▁▂▃▄▅▆▇█"
#: How many lines the bars of a month are high, and which days are named below them.
_HEIGHT, _WEEK = 5, 7
NO_DAY = "no day that can be shown"


def as_plot(tallies: Sequence[Tally], look: Look) -> str:
    """Every tally as bars that are no wider than the screen; all bars of a tally have one measure."""
    return framed(tallies, look.width, partial(_drawn, look.width))


def _drawn(width: int, page: Listing, tally: Tally) -> None:
    most = max((group.people or 0 for group in tally.groups), default=0)
    if tally.by.kind != "day":
        _groups(page, tally, most, width)
        return
    for month, days in groupby(tally.groups, lambda day: day.id[:7]):
        _month(page, month, list(days), most, width)


def _groups(page: Listing, tally: Tally, most: int, width: int) -> None:
    """Each label with its bar below it, and the number at the end of the bar."""
    room = max(1, width - _SET_IN - 1 - len(str(most)))
    for bar in bars(tally):
        for line in lines(one_line(bar.label), max(1, width - _SET_IN)):
            page.say(line, _SET_IN)
        page.say(f"{_across(bar.people or 0, most, room)} {number(bar.people)}".lstrip(), _SET_IN)


def _across(people: int, most: int, room: int) -> str:
    whole, part = divmod(people * room * 8 // max(1, most), 8)
    return "█" * whole + _ACROSS[part].strip()


def _month(page: Listing, month: str, days: list[Group], most: int, width: int) -> None:
    """The days of a month, or as many beside each other as there is room for."""
    if not any(day.people for day in days):
        page.say(f"{month}: {NO_DAY}", _SET_IN)
        return
    page.say(month, _SET_IN)
    scale = len(str(most))
    room = max(1, width - _SET_IN - scale - 2)
    for start in range(0, len(days), room):
        for line in _columns(days[start : start + room], most, scale):
            page.say(line, _SET_IN)


def _columns(days: Sequence[Group], most: int, scale: int) -> Iterator[str]:
    """The bars from top to bottom, then the line that they stand on, then the days of the month."""
    heights = [(day.people or 0) * _HEIGHT * 8 // max(1, most) for day in days]
    for line in reversed(range(_HEIGHT)):
        cells = "".join(_UP[min(8, max(0, height - line * 8))] for height in heights)
        yield f"{most if line == _HEIGHT - 1 else '':>{scale}} │{cells}".rstrip()
    yield f"{0:>{scale}} └{'─' * len(days)}"
    named = (day.id[8:].lstrip("0") for day in days[::_WEEK])
    yield f"{'':>{scale}}  {''.join(f'{name:<{_WEEK}}' for name in named)}".rstrip()
