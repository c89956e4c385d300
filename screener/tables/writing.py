"""Formulas as expressions of narwhals."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import and_, or_

import narwhals as nw

from screener.rulefile.days import Span
from screener.tables.nodes import FALSE, TRUE, Beside, Chosen, Flag, Join, Lately, Leaf, Node, Nodes
from screener.tables.plan import Picked
from screener.tables.staging import KeptColumn

#: The day of the interview: one for all rows, or the name of the column that has it.
Day = date | str


class Writer:
    """Writes formulas; what has a column in an earlier stage is taken from there."""

    def __init__(self, nodes: Nodes, kept: Mapping[Node, KeptColumn], day: Day) -> None:
        self._nodes, self._kept, self._day = nodes, kept, day

    def columns(self, formulas: Mapping[str, Node], stage: int) -> tuple[nw.Expr, ...]:
        """The columns of a stage."""
        return tuple(self._written(node, stage).alias(name) for name, node in formulas.items())

    def picked(self, choice: Picked, stage: int) -> nw.Expr:
        """The first id whose formula is true."""
        needed = [(id, node) for id, node in choice if node != FALSE]
        last = next(place for place, (_, node) in enumerate(needed) if node == TRUE)
        expression = nw.lit(needed[last][0])
        for id, node in reversed(needed[:last]):
            expression = nw.when(self._written(node, stage)).then(nw.lit(id)).otherwise(expression)
        return expression

    def _written(self, node: Node, stage: int) -> nw.Expr:
        if abs(node) == TRUE:
            return nw.lit(node == TRUE)
        there, made = self._kept.get(abs(node)), self._nodes[node]
        if there is not None and there.stage < stage:
            found = nw.col(there.name)
        elif isinstance(made, Join):
            found = _joined([self._written(part, stage) for part in made.parts], and_ if made.every else or_)
        else:
            found = _leaf(made, self._day)
        return found if node > 0 else ~found


def _joined(parts: Sequence[nw.Expr], join: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> nw.Expr:
    """As a tree that is no deeper than needed."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return join(_joined(parts[:middle], join), _joined(parts[middle:], join))


def _leaf(leaf: Leaf, day: Day) -> nw.Expr:
    if isinstance(leaf, Flag):
        return nw.col(leaf.column)
    if isinstance(leaf, Beside):
        limit = leaf.limit if isinstance(leaf.limit, date) else float(leaf.limit)
        return _SIDES[leaf.side](nw.col(leaf.column), limit)
    if isinstance(leaf, Lately):
        return _lately(nw.col(leaf.column), leaf.span, day)
    return _chosen(leaf)


_SIDES: Mapping[str, Callable[[nw.Expr, float | date], nw.Expr]] = {
    "below": lambda value, limit: value < limit,
    "above": lambda value, limit: value > limit,
    "at_least": lambda value, limit: value >= limit,
    "at_most": lambda value, limit: value <= limit,
}


def _lately(value: nw.Expr, span: Span, day: Day) -> nw.Expr:
    if isinstance(day, date):
        return (value >= span.before(day)) & (value <= day)
    today = nw.col(day)
    since = today.dt.offset_by(f"-{span.number}{'mo' if span.in_months else 'd'}").cast(nw.Date)
    return (value >= since) & (value <= today)


def _chosen(leaf: Chosen) -> nw.Expr:
    count = nw.sum_horizontal(*(nw.col(name).cast(nw.Int16) for name in leaf.columns))
    enough = count >= leaf.at_least
    return enough if leaf.at_most is None else enough & (count <= leaf.at_most)
