"""A code as a picture: half blocks for a terminal or a text, and a path for pages. The only door to segno.

Importing this raises ProblemsFound where segno is not installed, so that it is known before anything is asked.
"""

from itertools import groupby
from typing import Literal, NamedTuple

from screener.ground.problems import Problem, ProblemsFound

try:
    import segno
except ImportError:
    _MESSAGE = "a code needs an extra package that is not installed"
    _HELP = "install it with: pip install 'screener[code]'"
    raise ProblemsFound([Problem("no-code", _MESSAGE, _HELP)]) from None

#: A larger code is hard to scan from a phone, and its text is longer than some terminals take as one line (1,023).
MOST_VERSION = 20
#: So much of the picture may be dirty, folded or in glare: about a seventh.
_REPAIRS = "m"
#: Scanners need a light edge of so many squares.
EDGE = 4
#: Black on white, whatever the colours of the terminal.
_BLACK_ON_WHITE, _AS_BEFORE = "\x1b[38;5;16;48;5;231m", "\x1b[0m"
#: How squares stand in a text: in colours of their own, as ink on paper, or as light in the dark.
Ink = Literal["colours", "dark", "light"]


class Picture(NamedTuple):
    """The squares of a QR code, row by row, without the edge; true is dark."""

    version: int
    rows: tuple[tuple[bool, ...], ...]

    @property
    def width(self) -> int:
        """How many squares it is wide and high, with its edge."""
        return len(self.rows) + 2 * EDGE

    @property
    def path(self) -> str:
        """The dark squares as the path of an SVG of this width and height."""
        return "".join(_strips(y + EDGE, row) for y, row in enumerate(self.rows))


def picture(text: str) -> Picture:
    """The picture of a code. Raises ProblemsFound for one that is too long."""
    try:
        made = segno.make_qr(text, error=_REPAIRS, boost_error=False)
    except segno.DataOverflowError:
        raise _full() from None
    version = int(made.version)
    if version > MOST_VERSION:
        raise _full()
    return Picture(version, tuple(tuple(map(bool, row)) for row in made.matrix))


def _strips(y: int, row: tuple[bool, ...]) -> str:
    """The dark squares of a row, those side by side as one."""
    path, x = "", EDGE
    for dark, squares in groupby(row):
        width = len(list(squares))
        path += f"M{x} {y}h{width}v1h-{width}z" if dark else ""
        x += width
    return path


def _full() -> ProblemsFound:
    message = "these answers do not fit into one code, as much was written in your own words"
    help = "take them along in a file, which --save-answers writes"
    return ProblemsFound([Problem("code-full", message, help)])


def drawn(picture: Picture, ink: Ink) -> str:
    """The picture in lines of half blocks, two rows of squares in each, its edge included."""
    blank = [[False] * picture.width] * EDGE
    side = [False] * EDGE
    rows = [*blank, *([*side, *row, *side] for row in picture.rows), *blank, blank[0]]
    lines = (_line(upper, lower, ink) for upper, lower in zip(rows[:-1:2], rows[1::2], strict=True))
    around = (_BLACK_ON_WHITE, _AS_BEFORE) if ink == "colours" else ("", "")
    return "".join(f"{around[0]}{line}{around[1]}\n" for line in lines)


def _line(upper: list[bool], lower: list[bool], ink: Ink) -> str:
    filled = ink != "light"
    return "".join(" ▄▀█"[2 * (high is filled) + (low is filled)] for high, low in zip(upper, lower, strict=True))
