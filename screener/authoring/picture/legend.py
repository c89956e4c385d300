"""The head of the picture: its name, how it is read, and the next steps in full."""

from xml.etree.ElementTree import Element

from screener.authoring.picture.cards import CELL, LABEL_LINE
from screener.authoring.picture.labels import cut
from screener.authoring.picture.palette import NextStep
from screener.authoring.picture.pen import box, write
from screener.ground.wrapping import lines
from screener.rulefile.model import RuleFile

_HOW = (
    "Questions are asked from top to bottom. An arrow leads from an answer to the guidance it brings up; "
    "the box beside that is the next step it asks for, and the most urgent one that comes up stands. "
    "When an answer is left open, questions that hang on it are asked all the same, "
    "and guidance with “?” is said as something that may apply."
)
_BOX_GAP = 8.0


class Legend:
    """What stands above the columns."""

    def __init__(self, rules: RuleFile, ways: dict[str, NextStep], width: float) -> None:
        self._width = width
        self._title = cut(rules.title, int(width / (CELL * 1.75)), 2)
        self._made = cut(f"{rules.id} {rules.version}", int(width / CELL))[0]
        self._how = cut(_HOW, int(width / CELL), 8)
        self._ways = list(ways.values())
        self._abreast = max(1, min(len(self._ways), 3 if width > 700 else 1))
        self._box = (width - _BOX_GAP * (self._abreast - 1)) / self._abreast
        self._texts = [self._full(way) for way in self._ways]
        self._box_height = LABEL_LINE * max(len(text) for text in self._texts) + 10

    @property
    def height(self) -> float:
        """All of it, with some room below."""
        rows = -(-len(self._ways) // self._abreast)
        return self._above + rows * (self._box_height + _BOX_GAP) + 4

    @property
    def _above(self) -> float:
        return 24.0 * len(self._title) + LABEL_LINE * (len(self._how) + 1) + 10

    def draw(self, into: Element, x: float, y: float) -> None:
        """Draw this with its top left corner here."""
        for index, text in enumerate(self._title):
            write(into, "h page", (x, y + 18 + 24 * index), text, self._width)
        top = y + 24 * len(self._title) + 10
        write(into, "t muted", (x, top), self._made, self._width)
        for index, text in enumerate(self._how, 1):
            write(into, "t page", (x, top + LABEL_LINE * index + 2), text, self._width)
        for index in range(len(self._ways)):
            self._next_step(into, index, x, y + self._above)

    def _full(self, way: NextStep) -> list[tuple[str, str]]:
        """Mark, title and id of a next step in lines, each with its kind of letters."""
        room = int((self._box - 16) / (CELL * 1.07))
        title = [("b", text) for text in cut(f"{way.mark}: {way.title}", room, 3)]
        return [*title, *(("t", text) for text in lines(way.id, room))]

    def _next_step(self, into: Element, index: int, x: float, y: float) -> None:
        row, place = divmod(index, self._abreast)
        left, top = x + place * (self._box + _BOX_GAP), y + row * (self._box_height + _BOX_GAP)
        tone = self._ways[index].tone
        box(into, tone, (left, top), (self._box, self._box_height))
        for number, (kind, text) in enumerate(self._texts[index]):
            write(into, f"{kind} {tone}", (left + 8, top + 15 + LABEL_LINE * number), text, self._box - 16)
