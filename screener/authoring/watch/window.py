"""What fits into a window: every part as far as there is room, the most important ones first."""

from collections.abc import Sequence
from typing import NamedTuple

from screener.authoring.watch.listing import Stretch
from screener.ground.wrapping import cells
from screener.ground.wrapping import lines as wrapped

#: So many lines of each part are shown before any part gets more.
_LEAST = 3
#: So many cells behind a caret are shown, or as many as before it.
_BEHIND = 12
#: From so many rows on there is room for an empty one between the parts.
_ROOMY = 20


class ScreenLine(NamedTuple):
    """A line of the window, and whether it stands out."""

    text: str
    stands_out: bool = False


def fitted(stretches: Sequence[Stretch], columns: int, rows: int) -> list[ScreenLine]:
    """At most so many rows of at most so many cells. A part that is cut says how many lines it has more."""
    parts = [part for stretch in stretches if (part := _part(stretch, columns))]
    gaps = [ScreenLine("")] if rows >= _ROOMY else []
    shares = _shares([len(part) for part in parts], rows - len(gaps) * (len(parts) - 1))
    fitting = [_cut(part, share) for part, share in zip(parts, shares, strict=True)]
    return [row for index, part in enumerate(fitting) for row in (*(gaps if index else ()), *part)]


def _part(stretch: Stretch, columns: int) -> list[ScreenLine]:
    title = (
        [ScreenLine(line, stands_out=True) for line in wrapped(stretch.title, columns, "", "  ")]
        if stretch.title
        else []
    )
    return [*title, *(ScreenLine(line) for line in _narrow(stretch.lines, columns))]


def _narrow(lines: Sequence[str], columns: int) -> list[str]:
    """The lines, wrapped; one with a caret under it is shifted instead, so that the caret stays under its place."""
    made: list[str] = []
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        caret = next((one for one in (line, below) if one.strip() == "^"), None)
        if caret is None:
            lead = line[: len(line) - len(line.lstrip())]
            made += wrapped(line.strip(), columns, lead[: columns // 2], lead[: columns // 2] + "  ") if line else [""]
        else:
            by = cells(caret) - columns // 2 if cells(caret) > columns - _BEHIND else 0
            made.append(_shifted(line, by, columns))
    return made


def _shifted(line: str, by: int, columns: int) -> str:
    """The line without its first cells, cut to the width."""
    kept = line
    while by > 0 and kept and cells(line) - cells(kept) < by:
        kept = kept[1:]
    while cells(kept) > columns:
        kept = kept[:-1]
    return kept


def _shares(wanted: Sequence[int], rows: int) -> list[int]:
    """How many rows each part gets."""
    shares = [0] * len(wanted)
    for most in (_LEAST, rows):
        for index, want in enumerate(wanted):
            shares[index] += min(max(0, min(want, most) - shares[index]), rows - sum(shares))
    return shares


def _cut(part: list[ScreenLine], share: int) -> list[ScreenLine]:
    if len(part) <= share:
        return part
    kept = part[: max(0, share - 1)]
    more = len(part) - len(kept)
    return [*kept, ScreenLine(f"… and {more} more line{'' if more == 1 else 's'}")] if share else []
