"""A step as a card: its question, and row by row the answers, the guidance they lead to, and the next step."""

from itertools import groupby
from typing import NamedTuple

from screener.authoring.picture.labels import cut
from screener.authoring.picture.palette import NextStep
from screener.authoring.picture.steps import Branch, Line, Step
from screener.ground.wrapping import cells, lines

#: Widths in units of the picture, of which a page is 1,000 wide.
CARD = 470.0
LABEL_X, NOTE_X, STEP_X = 22.0, 268.0, 391.0
NOTE, STEP = 114.0, 74.0
#: What a terminal cell of text takes in the fonts we ask for, at 12 units; wider texts are squeezed.
CELL = 5.7
HEAD_LINE, LABEL_LINE, TOPIC_LINE, STEP_LINE = 14.0, 12.2, 12.0, 11.5
PAD, GAP = 5.0, 3.0
_HEAD_CELLS = int((CARD - 2 * PAD) / (CELL * 1.07))
_LABEL_CELLS = int((NOTE_X - LABEL_X - 13) / CELL)
_NOTE_CELLS = int((NOTE - 6) / CELL)
TOPIC_CELLS = int((NOTE + STEP) / (CELL * 0.875))
_STEP_CELLS = int((STEP - 4) / (CELL * 0.875))
_MOST_LABEL_LINES, _MOST_HEAD_LINES = 8, 6


class Row(NamedTuple):
    """One guidance line with its id in lines and, on the first row of a branch, the label of the branch."""

    label: tuple[str, ...]
    id: tuple[str, ...]
    line: Line
    height: float


class Group(NamedTuple):
    """Rows of one topic that lead to one next step, or to none; drawn as one box."""

    topic: str
    step: NextStep | None
    rows: tuple[Row, ...]

    @property
    def top(self) -> float:
        """The room that the topic takes above the rows, where it is said."""
        return TOPIC_LINE if self.topic else 0

    @property
    def height(self) -> float:
        """All rows with the topic above them."""
        return self.top + sum(row.height for row in self.rows)


class Card(NamedTuple):
    """A whole step, with its texts in lines. The id stands at the end of the last line of the heading."""

    id: str
    heading: tuple[str, ...]
    only_when: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def top(self) -> float:
        """How high question and condition are together."""
        return PAD + HEAD_LINE * len(self.heading) + LABEL_LINE * len(self.only_when)

    @property
    def height(self) -> float:
        """The whole card."""
        return self.top + sum(group.height + GAP for group in self.groups) + PAD


def card(step: Step, ways: dict[str, NextStep]) -> Card:
    """The card of a step."""
    heading = cut(f"{step.number}. {step.question.ask}", _HEAD_CELLS, _MOST_HEAD_LINES)
    if cells(heading[-1]) + cells(step.question.id) + 2 > _HEAD_CELLS:
        heading.append("")
    only = cut(f"Only when {step.only_when}", _HEAD_CELLS, _MOST_HEAD_LINES) if step.only_when else []
    return Card(step.question.id, tuple(heading), tuple(only), groups(step.branches, ways, step.question.section))


def groups(branches: tuple[Branch, ...], ways: dict[str, NextStep], said: str | None = None) -> tuple[Group, ...]:
    """The guidance beside a step, row by row, boxed by topic and next step.

    A topic is not said again below itself, nor where `said`, the section, has the same name.
    """
    pairs = [(_label(branch, line), line) for branch in branches for line in branch.lines]
    made = []
    for (topic, step), members in groupby(pairs, key=_topic_and_step):
        made.append(_group("" if topic == said else topic, ways.get(step), list(members)))
        said = topic
    return tuple(made)


def to_everyone(lines: tuple[Line, ...]) -> list[Branch]:
    """The one branch of what is said whatever is answered."""
    return [Branch("Whatever is answered", lines)] if lines else []


def _topic_and_step(pair: tuple[tuple[str, ...], Line]) -> tuple[str, str]:
    return pair[1].guidance.topic, pair[1].guidance.disposition or ""


def _label(branch: Branch, line: Line) -> tuple[str, ...]:
    first = line is branch.lines[0]
    return tuple(cut(branch.label, _LABEL_CELLS, _MOST_LABEL_LINES)) if first and branch.label else ()


def _group(topic: str, step: NextStep | None, members: list[tuple[tuple[str, ...], Line]]) -> Group:
    rows = [_row(label, line) for label, line in members]
    short = _room_for(step) - sum(row.height for row in rows)
    if short > 0:  # the box of the next step needs more room than its few rows take
        rows[-1] = rows[-1]._replace(height=rows[-1].height + short)
    return Group(topic, step, tuple(rows))


def _row(label: tuple[str, ...], line: Line) -> Row:
    id = tuple(lines(line.guidance.id + (" ?" if line.possible else ""), _NOTE_CELLS))
    return Row(label, id, line, LABEL_LINE * max(len(label), len(id)) + 1.5)


def _room_for(step: NextStep | None) -> float:
    return 0 if step is None else STEP_LINE * (1 + len(step_lines(step))) + 4


def step_lines(step: NextStep) -> list[str]:
    """The id of a next step, in the width of its box."""
    return lines(step.id, _STEP_CELLS)
