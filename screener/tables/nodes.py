"""Formulas over the columns of a table, each built once: `all` and `any` of what is known of a row.

A formula is a number; its opposite has the other sign. Whatever has one value for every row is `TRUE` or `FALSE`.
"""

from typing import NamedTuple

from screener.rulefile.days import Span
from screener.rulefile.measures import Measure

Node = int
TRUE, FALSE = 1, -1


class Flag(NamedTuple):
    """A boolean column."""

    column: str


class Beside(NamedTuple):
    """A number or date on one side of a limit."""

    column: str
    side: str
    limit: Measure


class Lately(NamedTuple):
    """A date that is at most so long before the day of the interview, and not after it."""

    column: str
    span: Span


class Chosen(NamedTuple):
    """So many of these boolean columns are true, both ends included."""

    columns: tuple[str, ...]
    at_least: int
    at_most: int | None


Leaf = Flag | Beside | Lately | Chosen


class Join(NamedTuple):
    """All of some formulas, or any of them."""

    every: bool
    parts: tuple[Node, ...]


class Nodes:
    """Formulas that are built up; the same parts give the same number."""

    def __init__(self) -> None:
        self._made: list[Leaf | Join] = []
        self._numbers: dict[Leaf | Join, Node] = {}

    def __len__(self) -> int:
        return len(self._made)

    def __getitem__(self, node: Node) -> Leaf | Join:
        return self._made[abs(node) - 2]

    def leaf(self, leaf: Leaf) -> Node:
        """What one or several columns say by themselves."""
        return self._number(leaf)

    def both(self, *parts: Node) -> Node:
        """All of these."""
        return self._join(True, parts)

    def either(self, *parts: Node) -> Node:
        """Any of these."""
        return self._join(False, parts)

    def _join(self, every: bool, parts: tuple[Node, ...]) -> Node:
        nothing, decided = (TRUE, FALSE) if every else (FALSE, TRUE)
        kept = dict.fromkeys(part for part in parts if part != nothing)
        if decided in kept or any(-part in kept for part in kept):
            return decided
        needed = sorted(
            (part for part in kept if not self._follows(part, every, kept)), key=lambda one: (abs(one), one)
        )
        if len(needed) < 2:
            return needed[0] if needed else nothing
        return self._number(Join(every, tuple(needed)))

    def _follows(self, part: Node, every: bool, others: dict[Node, None]) -> bool:
        """Whether a part adds nothing beside the others: of `a` and `a or b` only `a` is needed."""
        made = self[part] if part > TRUE else None
        return isinstance(made, Join) and made.every is not every and any(one in others for one in made.parts)

    def _number(self, made: Leaf | Join) -> Node:
        if made not in self._numbers:
            self._made.append(made)
            self._numbers[made] = len(self._made) + 1
        return self._numbers[made]
