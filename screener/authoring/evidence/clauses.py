"""The gates behind some literals, numbered anew from 1 and made of nothing but `all of`, for others to read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from screener.proof.gates import Gates, Literal


class Numbered(NamedTuple):
    """The variables by their new numbers, up to `last`, and each gate with the parts of which it needs all.

    Parts have smaller numbers than the gate; 1 holds always.
    """

    variables: Mapping[Literal, Literal]
    gates: Mapping[Literal, Sequence[Literal]]
    last: int

    def of(self, literal: Literal) -> Literal:
        """The new number of this literal."""
        return self.variables[abs(literal)] * (1 if literal > 0 else -1)


def numbered(gates: Gates, literals: Iterable[Literal]) -> Numbered:
    """These literals, and all that they are made of."""
    book = _Book()
    for variable in _below(gates, literals):
        made = [[book.of(part) for part in parts] for parts in gates.made_of(variable)]
        book.number[variable] = book.either(*(book.both(*parts) for parts in made)) if made else book.new()
    return Numbered(book.number, book.gates, book.last)


def _below(gates: Gates, literals: Iterable[Literal]) -> list[Literal]:
    """The variables of these literals and of all gates below them, parts before what is made of them."""
    waiting, met = [abs(one) for one in literals], set[Literal]()
    while waiting:
        variable = waiting.pop()
        if variable not in met:
            met.add(variable)
            waiting += [abs(part) for parts in gates.made_of(variable) for part in parts]
    return sorted(met - {gates.TRUE})


class _Book:
    """Gates that need all of their parts, each written once."""

    def __init__(self) -> None:
        self.number: dict[Literal, Literal] = {Gates.TRUE: Gates.TRUE}
        self.gates: dict[Literal, Sequence[Literal]] = {}
        self._known: dict[frozenset[Literal], Literal] = {}
        self.last = Gates.TRUE

    def of(self, literal: Literal) -> Literal:
        return self.number[abs(literal)] * (1 if literal > 0 else -1)

    def new(self) -> Literal:
        self.last += 1
        return self.last

    def both(self, *literals: Literal) -> Literal:
        parts = frozenset(literals) - {Gates.TRUE}
        if -Gates.TRUE in parts or any(-one in parts for one in parts):
            return -Gates.TRUE
        if len(parts) < 2:
            return next(iter(parts), Gates.TRUE)
        if parts not in self._known:
            self._known[parts] = self.new()
            self.gates[self._known[parts]] = sorted(parts, key=abs)
        return self._known[parts]

    def either(self, *literals: Literal) -> Literal:
        return -self.both(*(-one for one in literals))
