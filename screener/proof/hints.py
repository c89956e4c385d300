"""A proof made easy to check: beside each step, the clauses from which it follows, in the order in which they are used.

A step follows by unit propagation: take every literal of it as false; then each clause named has at most one literal
left that can hold, which is taken as true, and the last has none. This is the format LRAT without deletions.
Source of the method: Cruz-Filipe et al. 2017, Efficient Certified RAT Verification.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from screener.proof.gates import Clause, Literal, Tick


class Follows(NamedTuple):
    """A clause, and the numbers of those it follows from. Clauses are numbered from 1, those given before the steps."""

    number: int
    clause: Sequence[Literal]
    hints: Sequence[int]


class _Watched(NamedTuple):
    """A clause whose first two literals are looked at whenever one of them turns false."""

    number: int
    literals: Clause


class Explained(NamedTuple):
    """The clauses that a proof stands on, and the steps that it needs."""

    clauses: Sequence[Clause]
    steps: Sequence[Follows]


def explained(clauses: Sequence[Clause], steps: Iterable[Clause], tick: Tick) -> Explained:
    """What is needed to reach the empty clause, each step with its hints. `tick` is called before each.

    No clause holds a literal twice.

    Raises ValueError for a step that does not follow, or if no empty clause comes of them; and Undecided.
    """
    known = _Known(clauses)
    for clause in steps:
        tick()
        if not known.closed:
            known.learn(clause)
    if not known.closed:
        raise ValueError("the empty clause does not follow")
    return _needed(clauses, known.learnt)


def _needed(clauses: Sequence[Clause], steps: Sequence[Follows]) -> Explained:
    """What the last step stands on, numbered anew."""
    wanted = {steps[-1].number}
    for step in reversed(steps):
        if step.number in wanted:
            wanted.update(step.hints)
    new = {number: place for place, number in enumerate(sorted(wanted), 1)}
    kept = [
        Follows(new[one.number], one.clause, [new[hint] for hint in one.hints]) for one in steps if one.number in new
    ]
    return Explained([clauses[number - 1] for number in sorted(wanted) if number <= len(clauses)], kept)


class _Known:
    """Clauses that hold, and each literal that follows from them at once. `closed` once they can't all hold."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self.learnt: list[Follows] = []
        self.closed = False
        self._clauses: list[Sequence[Literal]] = [(), *clauses]
        self._facts: dict[Literal, int] = {}
        self._watching: dict[Literal, list[_Watched]] = {}
        self._given = self.last
        for number in range(1, self._given + 1):
            self._attach(number)

    @property
    def last(self) -> int:
        """The number of the last clause."""
        return len(self._clauses) - 1

    def learn(self, clause: Clause) -> None:
        """One more clause, which follows from the others. Raises ValueError if it doesn't."""
        hints = self._conflict(clause)
        if hints is None:
            raise ValueError("a step does not follow")
        self._attach(self._learnt(clause, hints))

    def _learnt(self, clause: Clause, hints: Sequence[int]) -> int:
        self._clauses.append(clause)
        self.learnt.append(Follows(self.last, clause, hints))
        self.closed = self.closed or not clause
        return self.last

    def _attach(self, number: int) -> None:
        """Watch a clause, or take what it leaves as a fact."""
        literals = sorted(dict.fromkeys(self._clauses[number]), key=lambda one: -one in self._facts)
        free = [one for one in literals if -one not in self._facts]
        if not literals and number <= self._given:
            self._learnt([], [number])
        elif len(free) > 1:
            for literal in free[:2]:
                self._watching.setdefault(literal, []).append(_Watched(number, literals))
        elif literals and not self.closed:
            self._settle(free[0] if free else literals[0], number)

    def _settle(self, literal: Literal, number: int) -> None:
        """A literal is all that a clause leaves: it is a fact from now on, and so is what follows from it."""
        waiting = deque([(literal, number)])
        while waiting and not self.closed:
            literal, number = waiting.popleft()
            if literal in self._facts:
                continue
            others = [one for one in self._clauses[number] if one != literal]
            if others:
                number = self._learnt([literal], [*(self._facts[-one] for one in others), number])
            if -literal in self._facts:
                self._learnt([], [self._facts[-literal], number])
            self._facts[literal] = number
            waiting += self._forced(literal, {})

    def _conflict(self, clause: Clause) -> list[int] | None:
        """The hints from which a clause follows, or None if it does not."""
        true: dict[Literal, int] = {}
        waiting = deque((-literal, 0) for literal in clause)
        while waiting:
            literal, number = waiting.popleft()
            if literal in true or literal in self._facts:
                continue
            if -literal in true or -literal in self._facts:
                return self._hints(true, number or self._facts[-literal])
            true[literal] = number
            waiting += self._forced(literal, true)
        return None

    def _hints(self, true: Mapping[Literal, int], number: int) -> list[int]:
        """How the clause of this number, which can't hold, came to that: all clauses used, in their order."""
        hints, needed = [number], {-one for one in self._clauses[number]}
        for literal in reversed(true):
            if literal in needed and true[literal]:
                hints.append(true[literal])
                needed |= {-one for one in self._clauses[true[literal]]}
        hints += [self._facts[literal] for literal in needed if literal in self._facts]
        return hints[::-1]

    def _forced(self, literal: Literal, true: Mapping[Literal, int]) -> list[tuple[Literal, int]]:
        """What clauses leave once this literal holds, each with the number of the clause."""
        forced: list[tuple[Literal, int]] = []
        for watched in self._watching.pop(-literal, []):
            number, literals = watched
            if literals[0] == -literal:
                literals[:2] = literals[1], literals[0]
            place = next((at for at in range(2, len(literals)) if self._open(literals[at], true)), None)
            if place is None or literals[0] in true or literals[0] in self._facts:
                forced.append((literals[0], number))
            else:
                literals[1], literals[place] = literals[place], literals[1]
            self._watching.setdefault(literals[1], []).append(watched)
        return forced

    def _open(self, literal: Literal, true: Mapping[Literal, int]) -> bool:
        return -literal not in true and -literal not in self._facts
