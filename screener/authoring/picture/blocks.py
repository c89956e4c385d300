"""What stands in a column of the picture, from top to bottom: headings, conditions of runs, cards, the end."""

from abc import ABC, abstractmethod
from xml.etree.ElementTree import Element

from screener.authoring.picture import cards
from screener.authoring.picture.cards import CARD, CELL, HEAD_LINE, LABEL_LINE, PAD, Card, Group
from screener.authoring.picture.draw import draw_card, draw_groups
from screener.authoring.picture.labels import cut
from screener.authoring.picture.palette import NextStep
from screener.authoring.picture.pen import arrow, box, line, write
from screener.authoring.picture.steps import Chart, Run
from screener.rulefile.model import RuleFile

LANE = 12.0
COLUMN = CARD + LANE
#: Where the line from step to step runs, and how long it is between two cards.
_FLOW, _STEP_GAP = 16.0, 11.0
_WIDE = int((CARD - 2 * PAD) / CELL)


class Block(ABC):
    """A piece of a column. One that is `glued` stays with the next; `lane` is the condition of its run."""

    glued = False

    def __init__(self, lane: str | None, height: float) -> None:
        self.lane, self.height = lane, height

    @abstractmethod
    def draw(self, into: Element, x: float, y: float) -> None:
        """Draw this with its top left corner here."""


class Heading(Block):
    """The name of a section."""

    glued = True

    def __init__(self, lane: str | None, text: str, first: bool) -> None:
        super().__init__(lane, 13 if first else 17)
        self._text, self._first = cut(text, _WIDE - 6)[0], first

    def draw(self, into: Element, x: float, y: float) -> None:
        if not self._first:
            line(into, (x + _FLOW, y), (x + _FLOW, y + self.height))
        left = x if self._first else x + _FLOW + 10
        write(into, "b page", (left, y + self.height), self._text, CARD - 40)


class Lane(Block):
    """The condition of a run, said where the run begins and again at the top of a column."""

    glued = True

    def __init__(self, lane: str, begins: str = "") -> None:
        self._lines = cut(begins or f"Still only when {lane}", _WIDE, 6)
        self._gap = _STEP_GAP if begins else 0
        super().__init__(lane, LABEL_LINE * len(self._lines) + 8 + self._gap)

    def draw(self, into: Element, x: float, y: float) -> None:
        if self._gap:
            arrow(into, (x + _FLOW, y), (x + _FLOW, y + self._gap))
        box(into, "lane", (x, y + self._gap), (CARD, self.height - self._gap))
        for index, text in enumerate(self._lines):
            write(into, "t lane", (x + PAD, y + self._gap + 14 + LABEL_LINE * index), text, CARD - 2 * PAD)


class Step(Block):
    """A question with its branches."""

    def __init__(self, lane: str | None, card: Card, first: bool) -> None:
        super().__init__(lane, card.height + _STEP_GAP)
        self._card, self._first = card, first

    def draw(self, into: Element, x: float, y: float) -> None:
        if not self._first:
            arrow(into, (x + _FLOW, y), (x + _FLOW, y + _STEP_GAP))
        draw_card(into, self._card, x, y + _STEP_GAP)


class End(Block):
    """What everyone hears, last."""

    def __init__(self, referral: str, groups: tuple[Group, ...]) -> None:
        self._lines, self._groups = cut(referral, _WIDE, 8), groups
        below = sum(group.height + cards.GAP for group in groups)
        super().__init__(None, _STEP_GAP + PAD * 2 + HEAD_LINE + LABEL_LINE * len(self._lines) + below)

    def draw(self, into: Element, x: float, y: float) -> None:
        top = y + _STEP_GAP
        arrow(into, (x + _FLOW, y), (x + _FLOW, top))
        box(into, "card", (x, top), (CARD, self.height - _STEP_GAP))
        write(into, "b card", (x + PAD * 2, top + PAD + 11), "To everyone, last", CARD - 4 * PAD)
        for index, text in enumerate(self._lines):
            write(into, "t card", (x + PAD * 2, top + PAD + 11 + HEAD_LINE + LABEL_LINE * index), text, CARD - 4 * PAD)
        below = top + PAD + HEAD_LINE + LABEL_LINE * len(self._lines)
        draw_groups(into, self._groups, x, below)


def blocks(rules: RuleFile, chart: Chart, ways: dict[str, NextStep]) -> list[Block]:
    """The whole questionnaire from top to bottom."""
    made: list[Block] = []
    section: str | None = None
    for run in chart.runs:
        made += _run(run, section, ways, len(rules.questions))
        section = run.steps[-1].question.section
    everyone = cards.groups(tuple(cards.to_everyone(chart.everyone)), ways)
    return [*made, End(rules.referral.says, everyone)]


def _run(run: Run, section: str | None, ways: dict[str, NextStep], last: int) -> list[Block]:
    made: list[Block] = [Lane(run.only_when, _begun(run, run.only_when, last))] if run.only_when else []
    for step in run.steps:
        first = step.number == 1
        if step.question.section and step.question.section != section:
            made.append(Heading(run.only_when, step.question.section, first))
        section = step.question.section
        made.append(Step(run.only_when, cards.card(step, ways), first))
    return made


def _begun(run: Run, only_when: str, last: int) -> str:
    """Which questions a condition shows, and where those go who do not meet it."""
    start, end = run.steps[0].number, run.steps[-1].number
    after = "the end" if end == last else f"question {end + 1}"
    return f"Questions {start} to {end} only when {only_when}; otherwise on to {after}"
