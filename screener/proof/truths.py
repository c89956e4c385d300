"""What conditions come to, given a literal for each piece of an answer.

A condition becomes a pair of literals: it is true, and it may be true. They differ where an unsure or declined
answer leaves it unknown.
"""

from collections.abc import Iterable, Mapping

from screener.ground.marks import MARKS
from screener.proof.gates import Gates, Literal
from screener.rulefile.conditions.atoms import AllOf, Answered, AnyOf, Compare, Count, NoneOf, Within
from screener.rulefile.conditions.tree import All, Answer, AnyPart, Atom, Condition, Not
from screener.rulefile.model import RuleFile

#: A piece of an answer: an option, a reserved word, or the value that stands for a cell.
Piece = Answer
Pair = tuple[Literal, Literal]
#: A piece that stands for anything no condition names.
UNNAMED = ""


class Truths:
    """Conditions over these pieces; one that stands twice is built once."""

    def __init__(self, rules: RuleFile, gates: Gates, pieces: Mapping[str, Mapping[Piece, Literal]]) -> None:
        self._rules, self._gates, self._pieces = rules, gates, pieces
        self._pairs: dict[Condition, Pair] = {}
        #: A named condition is the same object wherever it is used; it is kept here, so that no other gets its id.
        self._met: dict[int, tuple[Condition, Pair]] = {}

    def truth(self, condition: Condition) -> Pair:
        """The literals of `is true` and `may be true`."""
        met = self._met.get(id(condition))
        if met is None:
            pair = self._pairs.get(condition) or self._pair(condition)
            met = self._met[id(condition)] = condition, pair
            self._pairs[condition] = pair
        return met[1]

    def given(self, question: str) -> Literal:
        """The question was answered with a value."""
        return self._gates.either(*self._values(question).values())

    def _pair(self, condition: Condition) -> Pair:
        if isinstance(condition, Not):
            certain, possible = self.truth(condition.part)
            return -possible, -certain
        if isinstance(condition, All | AnyPart):
            pairs = [self.truth(part) for part in condition.parts]
            join = self._gates.both if isinstance(condition, All) else self._gates.either
            return join(*(pair[0] for pair in pairs)), join(*(pair[1] for pair in pairs))
        if not isinstance(condition, Atom):
            raise TypeError(condition)
        certain = self._certain(condition)
        return certain, self._gates.either(certain, *self._unknown(condition))

    def _unknown(self, atom: Atom) -> list[Literal]:
        """The reserved answers that leave an atom unknown."""
        pieces = self._pieces[atom.question]
        return [pieces[word] for word, mark in MARKS.items() if word in pieces and atom.marked(mark) is None]

    def _certain(self, atom: Atom) -> Literal:
        """An atom is true: by a value that matches, or by a mark that it names."""
        values, gates = self._values(atom.question), self._gates
        if isinstance(atom, AnyOf):
            pieces = self._pieces[atom.question]
            marks = [pieces[mark.value] for mark in atom.marks]
            return gates.either(*_of(values, atom.options), *marks)
        if isinstance(atom, AllOf):
            return gates.both(*_of(values, atom.options))
        if isinstance(atom, Answered):
            return self.given(atom.question)
        if isinstance(atom, NoneOf):
            return gates.both(self.given(atom.question), *(-chosen for chosen in _of(values, atom.options)))
        if isinstance(atom, Count):
            return self._counted(atom, list(values.values()))
        if isinstance(atom, Compare | Within):
            return gates.either(*(chosen for value, chosen in values.items() if atom.matches(value)))
        raise TypeError(atom)

    def _counted(self, atom: Count, values: list[Literal]) -> Literal:
        gates = self._gates
        most = -gates.TRUE if atom.at_most is None else gates.at_least(atom.at_most + 1, values)
        return gates.both(self.given(atom.question), gates.at_least(atom.at_least, values), -most)

    def _values(self, question: str) -> dict[Piece, Literal]:
        reserved = self._rules.by_question[question].reserved
        return {piece: literal for piece, literal in self._pieces[question].items() if piece not in reserved}


def _of(values: Mapping[Piece, Literal], options: Iterable[str]) -> list[Literal]:
    return [values[option] for option in sorted(options)]
