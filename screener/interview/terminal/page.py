"""Where everything about a list stands in a window of so many rows: whole entries only, and how many more there are."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from prompt_toolkit.formatted_text import StyleAndTextTuples

#: One row of the window.
Row = StyleAndTextTuples
#: What a window that is too low does without, in this order: a gap above, the bar, other gaps, help that was read.
NEVER, FIRST, SECOND, THIRD, FOURTH = range(5)


class Block(NamedTuple):
    """Rows that stand together, and when they go if the window is too low."""

    rows: list[Row]
    goes: int = NEVER


def block(style: str, texts: Sequence[str], goes: int = NEVER) -> Block:
    """Lines of text in one style."""
    return Block([[(style, text)] for text in texts], goes)


class Entries(NamedTuple):
    """What can be chosen: how many rows each takes, and how to draw the one with a number from 0."""

    heights: Sequence[int]
    drawn: Callable[[int], list[Row]]


class LongList:
    """A list between what stands above and below it. It keeps its place while the pointer stays on it."""

    def __init__(self, entries: Entries) -> None:
        self._entries, self._first = entries, 0

    def rows(self, above: Sequence[Block], pointed: int, below: Sequence[Block], height: int) -> list[Row]:
        """The rows of a window of this height; what is too much even for the bare list is left out at the top."""
        heights = self._entries.heights
        gone = _gone([*above, *below], sum(heights), max(heights), height)
        head, foot = _kept(above, gone), _kept(below, gone)
        room = max(1, height - len(head) - len(foot))
        shown = part(heights, pointed, room, self._first)
        self._first = shown.start
        return [*head, *_listed(self._entries, shown, room), *foot][-height:]


def fitted(above: Sequence[Block], below: int, least: int, height: int) -> list[Row]:
    """What stands above a line to type in, where `below` rows stand under it and it needs at least so many."""
    return _kept(above, _gone(above, least + below, least + below, height))


def part(heights: Sequence[int], pointed: int, room: int, first: int) -> range:
    """The entries to show, each as high as `heights` says: those from `first` on, moved as little as shows the pointer.

    A row is kept for saying that there are more above, and one for more below.
    """
    first = min(first, pointed)
    if pointed >= _end(heights, first, room):
        first = pointed
        while pointed < _end(heights, first - 1, room):
            first -= 1
    while first > 0 and _end(heights, first - 1, room) == len(heights):
        first -= 1
    return range(first, _end(heights, first, room))


def _end(heights: Sequence[int], first: int, room: int) -> int:
    """Behind the last entry that is shown whole if the list begins with `first`; one is always shown."""
    room -= first > 0
    end = first
    while end < len(heights) and heights[end] <= room:
        room -= heights[end]
        end += 1
    return max(end - (end < len(heights) and not room), first + 1)


def _gone(blocks: Sequence[Block], whole: int, least: int, height: int) -> int:
    """Up to which of the blocks that may go all have to, so that the list has room.

    A gap above goes for a list to be seen whole; other rows only for any one entry between two rows that tell of more.
    """
    for gone in range(FOURTH):
        room = height - len(_kept(blocks, gone))
        if room >= whole or (gone >= FIRST and room >= least + 2):
            return gone
    return FOURTH


def _kept(blocks: Sequence[Block], gone: int) -> list[Row]:
    return [row for block in blocks if block.goes == NEVER or block.goes > gone for row in block.rows]


def _listed(entries: Entries, shown: range, room: int) -> list[Row]:
    """These entries, with how many more there are above and below, in as many rows as there are for a long list."""
    more_below = len(entries.heights) - shown.stop
    top, bottom = _more("▲", shown.start), _more("▼", more_below)
    rows = [row for index in shown for row in entries.drawn(index)][: max(1, room - len(top) - len(bottom))]
    rows = [*top, *rows, *bottom]
    return rows + [[] for _ in range(room - len(rows))] if top or bottom else rows


def _more(mark: str, count: int) -> list[Row]:
    return [[("class:more", f"   {mark} {count} more")]] if count else []
