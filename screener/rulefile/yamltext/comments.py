"""Comments that stand behind a text on the same line: what follows a `#` after a blank is no part of the text."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import yaml

_BEHIND = re.compile(r"\s+#")


class Commented(NamedTuple):
    """A text without quotes with a comment behind it: the route to the text, and how many blanks are between."""

    route: tuple[str | int, ...]
    text: str
    comment: str
    blanks: int


def commented(node: Any, lines: Sequence[str], route: tuple[str | int, ...] = ()) -> Iterator[Commented]:
    """Every text in this node that a comment follows on the same line."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from commented(value, lines, (*route, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from commented(item, lines, (*route, index))
    elif (place := comment_at(node, lines)) is not None:
        line, column = place
        yield Commented(route, node.value, lines[line][column:], column - node.end_mark.column)


def comment_at(node: Any, lines: Sequence[str]) -> tuple[int, int] | None:
    """Line and column of the comment behind a text without quotes, from 0; None if there is none."""
    if node.style or not node.value:
        return None
    end = node.end_mark
    found = _BEHIND.match(lines[end.line], end.column) if end.line < len(lines) else None
    return (end.line, found.end() - 1) if found else None
