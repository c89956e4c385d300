"""Cards as shapes."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from screener.authoring.picture.cards import (
    CARD,
    CELL,
    GAP,
    HEAD_LINE,
    LABEL_LINE,
    LABEL_X,
    NOTE,
    NOTE_X,
    PAD,
    STEP,
    STEP_LINE,
    STEP_X,
    TOPIC_CELLS,
    Card,
    Group,
    Row,
    step_lines,
)
from screener.authoring.picture.elements import element
from screener.authoring.picture.labels import cut
from screener.authoring.picture.palette import NextStep
from screener.authoring.picture.pen import arrow, box, fit, line, write
from screener.ground.wrapping import cells

_TRUNK = 12.0


def draw_card(into: Element, card: Card, x: float, y: float) -> None:
    """A question, the line that its branches leave, and the branches."""
    box(into, "card", (x, y), (CARD, card.height))
    _heading(into, card, x + PAD, y + PAD + 10)
    below = y + PAD + HEAD_LINE * len(card.heading)
    for index, text in enumerate(card.only_when):
        write(into, "t quiet", (x + PAD, below + 9 + LABEL_LINE * index), text, CARD - 2 * PAD)
    draw_groups(into, card.groups, x, y + card.top)


def _heading(into: Element, card: Card, x: float, y: float) -> None:
    """The question; the id at its end stands back."""
    for index, text in enumerate(card.heading[:-1]):
        write(into, "b card", (x, y + HEAD_LINE * index), text, CARD - 2 * PAD)
    last = element(into, "text", class_="b card", x=x, y=y + HEAD_LINE * (len(card.heading) - 1))
    if text := card.heading[-1]:
        fit(element(last, "tspan", text), text, "b", CARD - 2 * PAD - 7 - CELL * cells(card.id))
    element(last, "tspan", card.id, class_="i quiet", dx=7 if text else 0)


def draw_groups(into: Element, groups: tuple[Group, ...], x: float, y: float) -> None:
    """The line that the branches leave, and the branches of every group, from here down."""
    top, label = y, y
    for group in groups:
        label = _group(into, group, x, top, label)
        top += group.height + GAP
    if groups:
        line(into, (x + _TRUNK, y - 1), (x + _TRUNK, label))


def _placed(group: Group, top: float) -> Iterator[tuple[Row, float]]:
    """Each row with the middle of its first line."""
    y = top + group.top
    for row in group.rows:
        yield row, y + LABEL_LINE / 2 + 1
        y += row.height


def _group(into: Element, group: Group, x: float, y: float, label: float) -> float:
    """The branches with their labels, a box of guidance, and the box of the next step.

    `label` is the height of the label last written, which may lead to lines of this group too; gives the new one.
    """
    if group.topic:
        write(into, "s quiet", (x + NOTE_X + 4, y + 9), cut(group.topic, TOPIC_CELLS)[0], NOTE + STEP)
    box(into, "note", (x + NOTE_X, y + group.top), (NOTE, group.height - group.top))
    for row, middle in _placed(group, y):
        if row.label:
            label = middle
            _label(into, row, x, middle)
        _to_guidance(into, x + NOTE_X, label, middle)
        _guidance(into, row, x + NOTE_X + 5, middle + 4)
    if group.step:
        _next_step(into, group.step, x + STEP_X, y + group.top, group.height - group.top)
    return label


def _label(into: Element, row: Row, x: float, y: float) -> None:
    line(into, (x + _TRUNK, y), (x + LABEL_X - 3, y))
    for index, text in enumerate(row.label):
        write(into, "t card", (x + LABEL_X, y + 4 + LABEL_LINE * index), text, NOTE_X - LABEL_X - 13)


def _to_guidance(into: Element, x: float, start: float, y: float) -> None:
    """An arrow into the guidance; from the height of the label where one label leads to several lines."""
    turns = [(x - 10, start), (x - 10, y)] if y > start else [(x - 10, y)]
    arrow(into, *turns, (x, y))


def _guidance(into: Element, row: Row, x: float, y: float) -> None:
    held, said = element(into, "g"), row.line.guidance
    element(held, "title", f"{said.id} ({said.topic}): {said.says}")
    for index, text in enumerate(row.id):
        write(held, "t note", (x, y + LABEL_LINE * index), text, NOTE - 8)


def _next_step(into: Element, step: NextStep, x: float, y: float, height: float) -> None:
    """The box of a next step, as high as the guidance that leads to it."""
    line(into, (x - 8, y + height / 2), (x, y + height / 2))
    held = element(into, "g")
    element(held, "title", f"{step.id}: {step.title}")
    box(held, step.tone, (x, y), (STEP, height))
    texts = [step.mark, *step_lines(step)]
    first = y + height / 2 - STEP_LINE * (len(texts) - 1) / 2 + 4
    for index, text in enumerate(texts):
        kind = "x" if index == 0 else "i"
        write(held, f"{kind} m {step.tone}", (x + STEP / 2, first + STEP_LINE * index), text, STEP - 4)
