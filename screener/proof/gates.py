"""Clauses built from `and`, `or` and `not`; the same gate is built once.

Beside its clauses each variable has a *word*: bit i says whether it holds in the i-th sample, which is one complete set
of answers. What a sample shows needs no solver.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from screener.proof.spans import Span, Spans

#: A variable as in DIMACS: a positive whole number, negated for its opposite.
Literal = int
Clause = list[Literal]
#: Bit i belongs to the i-th sample.
Bits = int
#: Called now and then while something takes long; raises Undecided when it has taken long enough.
Tick = Callable[[], None]
#: Gives the words of some inputs over new samples, from how many these are and the words of what was built before.
Draw = Callable[[int, Callable[[Literal], Bits]], Sequence[Bits]]

#: What fits into memory; a rule file that people can read needs a hundredth of it.
MOST_VARIABLES = 400_000
_OFTEN = 1024
#: Up to this many literals, every pair is the smallest way to say `at most one`.
_FEW = 6


class Undecided(Exception):
    """A question was not decided: the time was over, or the rule file is too large."""


class _Inputs(NamedTuple):
    """Variables that are no gates and come together, the rules they are bound by, and how their words are drawn."""

    literals: list[Literal]
    rules: list[Clause]
    draw: Draw


class _Cell(NamedTuple):
    """An entry of a table of running counts: whether there were enough before it, or one fewer, and the one it adds."""

    enough: Literal
    fewer: Literal
    one: Literal

    def clauses(self, gate: Literal) -> list[Clause]:
        """The gate holds exactly if there are enough now. Where there are enough, there are also one fewer: that this
        follows is said nowhere else, and it keeps the solver from counting everything anew for each number.
        """
        enough, fewer, one = self
        return [[-enough, gate], [-fewer, -one, gate], [-gate, fewer], [-gate, enough, one]]

    def word(self, word: Callable[[Literal], Bits]) -> Bits:
        """In which samples there are enough now."""
        return word(self.enough) | word(self.fewer) & word(self.one)


class Gates:
    """A growing set of clauses, each taken once. `TRUE` is a literal that always holds."""

    TRUE: Literal = 1

    def __init__(self, tick: Tick, samples: int = 0) -> None:
        self._tick, self._samples = tick, samples
        self._spans = Spans()
        self._added: list[Clause | Literal] = [[self.TRUE]]  # a gate stands for its clauses, which take much memory
        self._words: list[Bits] = [0, _full(samples)]
        self._known: dict[frozenset[Literal], Literal] = {}
        self._parts: dict[Literal, frozenset[Literal]] = {}
        self._inputs: dict[Literal, _Inputs] = {}
        self._cells: dict[Literal, _Cell] = {}
        self._known_cells: dict[_Cell, Literal] = {}
        self._counts: dict[tuple[Literal, ...], list[list[Literal]]] = {}

    def new(self, word: Bits, made_of: Span) -> Literal:
        """A fresh variable. Raises Undecided when there are too many, or the time is over."""
        last = len(self._words)
        if last % _OFTEN == 0:
            self._tick()
        if last > MOST_VARIABLES:
            raise Undecided("it is too large to decide")
        self._words.append(word)
        self._spans.add(made_of)
        return last

    def inputs(self, draw: Draw) -> list[Literal]:
        """Fresh variables, one for each word that is drawn; `bind` says what they are bound by."""
        span = self._spans.group()
        fresh = [self.new(word, span) for word in draw(self._samples, self.word)]
        group = _Inputs(fresh, [], draw)
        self._inputs.update((literal, group) for literal in fresh)
        return fresh

    def bind(self, one: Literal, *literals: Literal) -> None:
        """Of these, at least one holds: a rule for this input and those that came with it."""
        if self.TRUE not in literals:
            self.require(*literals)
            self._inputs[one].rules.append([literal for literal in literals if literal != -self.TRUE])
            self._spans.bind(one, literals)

    def taken(self) -> Iterator[Clause]:
        """The clauses that were added since this was last asked."""
        added, self._added = self._added, []
        for one in added:
            yield from self._made_of(one) if isinstance(one, Literal) else [one]

    def require(self, *literals: Literal) -> None:
        """At least one of these holds."""
        if self.TRUE not in literals:
            self._added.append([literal for literal in literals if literal != -self.TRUE])

    def both(self, *literals: Literal) -> Literal:
        """A literal that holds exactly if all of these do."""
        needed = frozenset(literals) - {self.TRUE}
        if -self.TRUE in needed or any(-literal in needed for literal in needed):
            return -self.TRUE
        if len(needed) < 2:
            return next(iter(needed), self.TRUE)
        if needed not in self._known:
            gate = self._known[needed] = self.new(_all(needed, self._samples, self.word), self._spans.of(needed))
            self._parts[gate] = needed
            self._added.append(gate)
        return self._known[needed]

    def either(self, *literals: Literal) -> Literal:
        """A literal that holds exactly if at least one of these does."""
        return -self.both(*(-literal for literal in literals))

    def differ(self, one: Literal, other: Literal) -> Literal:
        """A literal that holds exactly if one of the two does and the other does not."""
        return -self.TRUE if one == other else self.either(self.both(one, -other), self.both(-one, other))

    def at_least(self, count: int, literals: Iterable[Literal]) -> Literal:
        """A literal that holds exactly if so many of these do."""
        listed = sorted(literal for literal in literals if literal != -self.TRUE)
        sure = listed.count(self.TRUE)
        listed, count = [literal for literal in listed if literal != self.TRUE], count - sure
        if count <= 0 or count > len(listed):
            return self.TRUE if count <= 0 else -self.TRUE
        return self._counted(count, tuple(listed))

    def _counted(self, count: int, listed: tuple[Literal, ...]) -> Literal:
        """A table of running counts, shared by all that count the same: row k says where at least k have held.

        Only entries that have a say are built: with k of the first i there must be room for the others among the rest.
        Lists that begin alike share the beginning of their tables, so that it is plain where two counts agree.
        """
        rows = self._counts.setdefault(listed, [[self.TRUE] * (len(listed) + 1)])
        for held in range(1, count + 1):
            if held == len(rows):
                rows.append([-self.TRUE] * held)
            row, fewer = rows[held], rows[held - 1]
            for place in range(len(row) - 1, len(listed) - count + held):
                row.append(self._cell(_Cell(row[-1], fewer[place], listed[place])))
        return rows[count][-1]

    def _cell(self, cell: "_Cell") -> Literal:
        """A literal that holds exactly if there were as many before, or one fewer and this one."""
        if cell.enough == -self.TRUE:
            return self.both(cell.fewer, cell.one)
        if cell.fewer == self.TRUE:
            return self.either(cell.enough, cell.one)
        if cell not in self._known_cells:
            gate = self._known_cells[cell] = self.new(cell.word(self.word), self._spans.of(cell))
            self._cells[gate] = cell
            self._added.append(gate)
        return self._known_cells[cell]

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

    def word(self, literal: Literal) -> Bits:
        """In which samples this holds."""
        return self._words[literal] if literal > 0 else self._words[-literal] ^ _full(self._samples)

    def shown(self, *literals: Literal) -> Bits:
        """In which samples all of these hold."""
        return _all(literals, self._samples, self.word)

    def clash(self, *literals: Literal) -> bool:
        """Whether it is plain that these can't hold together."""
        return -self.TRUE in literals or (len(literals) < _FEW and self.both(*literals) == -self.TRUE)

    def more_samples(self, count: int) -> None:
        """Draw so many samples more."""
        full, last = _full(count), len(self._words) - 1
        words: list[Bits] = [0] * (2 * last + 1)  # counted from the end as well: entry -n is the opposite of entry n
        words[self.TRUE], variable = full, self.TRUE + 1
        while variable <= last:
            if variable % _OFTEN == 0:
                self._tick()
            for word in self._drawn(variable, count, words.__getitem__):
                words[variable], words[-variable] = word, word ^ full
                variable += 1
        for variable in range(last + 1):  # one by one, so that never all are in memory twice
            self._words[variable] |= words[variable] << self._samples
        self._samples += count

    def _drawn(self, variable: Literal, count: int, word: Callable[[Literal], Bits]) -> Sequence[Bits]:
        """The words of a variable over so many samples, and of those that came together with it."""
        if variable in self._parts:
            return (_all(self._parts[variable], count, word),)
        if variable in self._cells:
            return (self._cells[variable].word(word),)
        return self._inputs[variable].draw(count, word)

    def cone(self, literals: Iterable[Literal], numbers: dict[Literal, int]) -> list[Clause]:
        """All clauses that have a say in whether these can hold: what they are made of, and what binds that.

        Whatever satisfies these can be completed: every question takes some answer, whatever the others are answered.
        Variables that have a number are known already, with all their clauses; the others get the next numbers, from 1.
        """
        clauses: list[Clause] = []
        waiting = [*_fresh(literals, numbers)]
        while waiting:
            for clause in self._made_of(waiting.pop()):
                clauses.append(clause)
                waiting += _fresh(clause, numbers)
        return [[numbers[one] if one > 0 else -numbers[-one] for one in clause] for clause in clauses]

    def span(self, literals: Iterable[Literal]) -> Span:
        """What has a say in these."""
        return self._spans.whole(literals)

    def needs(self, *literals: Literal) -> list[Literal]:
        """What has to hold for all of these to hold, taken apart as far as they are made with `both`."""
        return [literal for literal in self._met(literals) if literal not in self._parts]

    def opposed(self, *literals: Literal) -> bool:
        """Whether something that has to hold for all of these to hold is the opposite of something else that has to."""
        met = self._met(literals)
        return any(-literal in met for literal in met)

    def _met(self, literals: Iterable[Literal]) -> dict[Literal, None]:
        """These and what they are made of with `both`, and so on."""
        waiting, met = [*literals], dict[Literal, None]()
        while waiting:
            literal = waiting.pop()
            waiting += self._parts.get(literal, ())
            met[literal] = None
        return met

    def apart(self, *literals: Literal) -> list[list[Literal]]:
        """What has to hold for all of these to hold, in groups that have no say in each other."""
        return self._spans.apart(self.needs(*literals))

    def made_of(self, variable: Literal) -> list[list[Literal]]:
        """What a gate comes to: it holds if all of one of these lists do. There is no list for what is no gate."""
        if (cell := self._cells.get(variable)) is not None:
            return [[cell.enough], [cell.fewer, cell.one]]
        return [list(self._parts[variable])] if variable in self._parts else []

    def inputs_of(self, variables: Mapping[Literal, int]) -> set[Literal]:
        """Those of these variables that are no gates."""
        return self._inputs.keys() & variables.keys()

    def _made_of(self, variable: Literal) -> list[Clause]:
        """The clauses that a variable brings along; those of inputs that come together come with the first."""
        if variable == self.TRUE:
            return [[variable]]
        if variable in self._parts:
            parts = self._parts[variable]  # it holds exactly if all of these do
            return [*([-variable, literal] for literal in parts), [variable, *(-literal for literal in parts)]]
        if variable in self._cells:
            return self._cells[variable].clauses(variable)
        if (group := self._inputs.get(variable)) is None:
            return []
        first = group.literals[0]
        return group.rules if variable == first else [[first, -first]]


def _full(samples: int) -> Bits:
    return (1 << samples) - 1


def _all(literals: Iterable[Literal], samples: int, word: Callable[[Literal], Bits]) -> Bits:
    """In which samples all of these hold."""
    found = _full(samples)
    for literal in literals:
        found &= word(literal)
    return found


def _fresh(literals: Iterable[Literal], numbers: dict[Literal, int]) -> Iterator[Literal]:
    """The variables that have no number yet, and get one."""
    for variable in map(abs, literals):
        if variable not in numbers:
            numbers[variable] = len(numbers) + 1
            yield variable
