"""The only door to wcwidth: text → lines that fit a width in terminal cells, whatever its script."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from screener.ground.safetext import visible

#: How many characters are wrapped at once, where a line has less.
_PIECE = 200
#: A code point that is no character yet, as wide as a flag. It stands for one where another letter of flags follows, so
#: that what joins the last of a row is measured with what it joins.
_STAND_IN = "\U0002fffd"
_FLAG = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}(?=[\U0001f1e6-\U0001f1ff])|{_STAND_IN}")
#: Long words of characters that take a cell each, or two, and never join: they are cut by counting.
_RUNS = (
    (1, re.compile(r"[!-~]+")),
    (2, re.compile(f"[\u3001\u3002\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3{_STAND_IN}]+")),
)
#: Any other word; what is neither shown nor a blank is left to wcwidth.
_WORD = re.compile(r"[^\s\x00-\x1f\x7f-\x9f]+")
#: Where lines have at least so many cells, every sign fits on one.
_ROOMY = 8


class _Run(NamedTuple):
    """A long word, and how many cells each of its characters takes."""

    cells: int
    text: str


class Look(NamedTuple):
    """How wide a text may be, in cells, and whether it may use colour."""

    width: int = 80
    color: bool = False


def lines(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """The text in lines of at most `width` cells; line breaks in it stay, long words are cut.

    `first` begins the first line, `rest` (as many blanks as `first` by default) all others. Where these leave no room,
    lines are longer, with a character each.
    """
    hang = " " * len(first) if rest is None else rest
    flags = iter(_FLAG.findall(text))
    wrapped: list[str] = []
    for paragraph in _without_flags(text).splitlines() or [""]:
        start = hang if wrapped else first
        wrapped += _paragraph(paragraph, max(1, width), start, hang) or [start.rstrip()]
    return [_with_flags(line, flags) for line in wrapped]


def _without_flags(text: str) -> str:
    """The text with a character for each flag: wcwidth looks back from each half of a flag over all before it."""
    return text if text.isascii() else _FLAG.sub(_STAND_IN, text)


def _with_flags(line: str, flags: Iterator[str]) -> str:
    """The line with the next of these flags wherever one stood."""
    return re.sub(_STAND_IN, lambda found: next(flags, found[0]), line) if _STAND_IN in line else line


def _paragraph(text: str, width: int, start: str, hang: str) -> list[str]:
    """One paragraph, wrapped piece by piece: a word of a whole book would be measured again for each of its lines.

    Lines are filled from the left, so all of a piece stay as they are but the last two, where its end has a say.
    """
    if len(start) + len(text) <= width and text.isascii() and text.isprintable() and text == text.strip() != "":
        return [start + text]  # by far the most frequent, and nothing to do
    made: list[str] = []
    done, size = 0, len(text) if "\t" in text else max(_PIECE, 4 * width)
    while len(text) - done > size:
        room = width - max(cells(start), cells(hang))
        if run := _run(text, done, size, room):
            piece, end = _sliced(run, width, start, hang)
        elif room >= _ROOMY and (word := _WORD.match(text, done)) and len(word[0]) > size:
            piece, end = _filled(word[0], width, start, hang)
        else:
            part = text[done : done + size]
            piece = _wrapped(part, width, start, hang)
            end = _without(part, [line.removeprefix(hang) for line in piece[1:][-2:]])
            piece = piece[:-2]
        if end:
            made += piece
            done, start = done + end, hang
        else:
            size *= 2  # marks and joined signs: so many characters were hardly two lines
    return made + _wrapped(text[done:], width, start, hang)


def _run(text: str, done: int, size: int, room: int) -> "_Run | None":
    """What begins here, if it is longer than a piece and can be cut by counting."""
    found = ((cells, run.match(text, done)) for cells, run in _RUNS if cells <= room)
    return next((_Run(cells, match[0]) for cells, match in found if match and len(match[0]) > size), None)


def _sliced(run: "_Run", width: int, start: str, hang: str) -> tuple[list[str], int]:
    """All lines of a run but the last two, and how much of it they are."""
    first, later = ((width - cells(lead)) // run.cells for lead in (start, hang))
    ends = range(first, len(run.text) - 2 * later, later)
    return [start + run.text[:first], *(hang + run.text[end : end + later] for end in ends)], ends[-1] + later


def _filled(word: str, width: int, start: str, hang: str) -> tuple[list[str], int]:
    """All lines of a long word but the last two, and how much of it they are: sign by sign, each measured once."""
    import wcwidth

    wide: dict[str, int] = {}
    made, line, room = list[list[str]](), list[str](), width - cells(start)
    for sign in wcwidth.iter_graphemes(word):
        if sign not in wide:
            wide[sign] = wcwidth.width(sign)
        room -= wide[sign]
        if room < 0 and line:
            made.append(line)
            line, room = [], width - cells(hang) - wide[sign]
        line.append(sign)
    kept = ["".join(signs) for signs in made[:-1]]
    led = [(hang if place else start) + text for place, text in enumerate(kept)]
    return [piece for text in led for piece in _cut(text, width, hang)], sum(map(len, kept))


def _without(text: str, lines: list[str]) -> int:
    """How much of a text comes before these lines, which were made of its end; 0 where that can't be told."""
    end = len(text)
    for line in reversed(lines):
        end = len(text[:end].rstrip()) - len(line)
        if end < 0 or text[end : end + len(line)] != line:
            return 0
    return end if len(lines) == 2 else 0


def _wrapped(text: str, width: int, start: str, hang: str) -> list[str]:
    import wcwidth  # prompt_toolkit needs it too; commands that ask nothing don't pay for it

    made = wcwidth.wrap(text, width, initial_indent=start, subsequent_indent=hang, break_on_hyphens=False)
    return [piece for line in made for piece in _cut(line, width, hang)]


def _cut(line: str, width: int, hang: str) -> list[str]:
    """The line, cut where it is still too wide: signs that join others are counted differently alone and joined."""
    pieces = []
    least = len(hang) + 1
    while len(line) > least and cells(line) > width:
        end = next((end for end in range(len(line) - 1, least, -1) if cells(line[:end]) <= width), least)
        pieces.append(line[:end])
        line = hang + line[end:]
    return [*pieces, line]


def cells(text: str) -> int:
    """How many terminal cells the text takes."""
    import wcwidth

    return wcwidth.width(_without_flags(text))


class Listing:
    """A text for a terminal, written piece by piece; every piece is wrapped to `width` cells.

    The lines after one that begins with a lead are set in by `hang` blanks more than the lead is.
    """

    def __init__(self, width: int, hang: int) -> None:
        self._width, self._hang = width, hang
        self._lines: list[str] = []

    def say(self, text: str, indent: int = 0, lead: str = "") -> None:
        """Add a text, set in, behind its lead. Hostile characters are made visible."""
        first, rest = " " * indent + lead, " " * (indent + (self._hang if lead else 0))
        self._lines += lines(visible(text), self._width, first, rest)

    def blank(self) -> None:
        """Add an empty line."""
        self._lines.append("")

    def title(self, text: str) -> None:
        """Add a title with an empty line above and below it."""
        self._lines += ["", *lines(text, self._width), ""]

    def text(self) -> str:
        """Everything so far, with a line feed at the end."""
        return "\n".join(self._lines) + "\n"
