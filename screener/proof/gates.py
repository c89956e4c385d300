"""Clauses built from `and`, `or` and `not`; the same gate is built once."""

from collections.abc import Callable, Iterable
from itertools import combinations

#: A variable as in DIMACS: a positive whole number, negated for its opposite.
Literal = int
#: Called now and then while something takes long; raises Undecided when it has taken long enough.
Tick = Callable[[], None]

#: What fits into memory; a rule file that people can read needs a hundredth of it.
MOST_VARIABLES = 400_000
_OFTEN = 1024
#: Up to this many literals, every pair is the smallest way to say `at most one`.
_FEW = 6


class Undecided(Exception):
    """A question was not decided: the time was over, or the rule file is too large."""


class Gates:
    """A growing set of clauses, each taken once. `TRUE` is a literal that always holds."""

    TRUE: Literal = 1

    def __init__(self, tick: Tick) -> None:
        self._tick = tick
        self._clauses: list[list[Literal]] = [[self.TRUE]]
        self._last = self.TRUE
        self._known: dict[frozenset[Literal], Literal] = {}

    def new(self) -> Literal:
        """A fresh variable. Raises Undecided when there are too many, or the time is over."""
        self._last += 1
        if self._last % _OFTEN == 0:
            self._tick()
        if self._last > MOST_VARIABLES:
            raise Undecided("it is too large to decide")
        return self._last

    def taken(self) -> list[list[Literal]]:
        """The clauses that were added since this was last asked."""
        clauses, self._clauses = self._clauses, []
        return clauses

    def require(self, *literals: Literal) -> None:
        """At least one of these holds."""
        if self.TRUE not in literals:
            self._clauses.append([literal for literal in literals if literal != -self.TRUE])

    def both(self, *literals: Literal) -> Literal:
        """A literal that holds exactly if all of these do."""
        needed = frozenset(literals) - {self.TRUE}
        if -self.TRUE in needed or any(-literal in needed for literal in needed):
            return -self.TRUE
        if len(needed) < 2:
            return next(iter(needed), self.TRUE)
        if needed not in self._known:
            gate = self._known[needed] = self.new()
            self._clauses += [[-gate, literal] for literal in needed]
            self._clauses.append([gate, *(-literal for literal in needed)])
        return self._known[needed]

    def either(self, *literals: Literal) -> Literal:
        """A literal that holds exactly if at least one of these does."""
        return -self.both(*(-literal for literal in literals))

    def differ(self, one: Literal, other: Literal) -> Literal:
        """A literal that holds exactly if one of the two does and the other does not."""
        if one == other:
            return -self.TRUE
        return self.either(self.both(one, -other), self.both(-one, other))

    def at_least(self, count: int, literals: Iterable[Literal]) -> Literal:
        """A literal that holds exactly if so many of these do: a table of running counts."""
        listed = list(literals)
        if count > len(listed):
            return -self.TRUE
        reached = [self.TRUE] + [-self.TRUE] * count
        for literal in listed:
            for level in range(count, 0, -1):
                reached[level] = self.either(reached[level], self.both(reached[level - 1], literal))
        return reached[count]

    def at_most_one(self, literals: Iterable[Literal]) -> Literal:
        """A literal that, if it holds, leaves room for no two of these."""
        listed = list(literals)
        if len(listed) <= _FEW:
            return self.both(*(-self.both(one, other) for one, other in combinations(listed, 2)))
        some, clashes = -self.TRUE, []
        for literal in listed:
            clashes.append(self.both(some, literal))
            some = self.either(some, literal)
        return -self.either(*clashes)
