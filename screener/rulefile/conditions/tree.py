"""The condition tree: three-valued truth, and what in the answers supports it.

A condition is asked of a *view*: a mapping from each question met so far to its state. A state is the
answer itself or a `Mark`. Logic is Kleene's: `None` stands for "not known".
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from screener.ground.marks import MARKS, Mark
from screener.rulefile.measures import Measure

Answer = str | tuple[str, ...] | Measure
Truth = bool | None


@dataclass(frozen=True, slots=True)
class PartOfAnswer:
    """What is known of the answer to a `many` question: it includes these options, the rest is open."""

    options: frozenset[str]


State = Answer | Mark | PartOfAnswer
View = Mapping[str, State]
#: One piece of an answer: an option that a `many` answer includes, or `None` for the whole answer.
Piece = tuple[str, str | None]
Pieces = frozenset[Piece]


class Condition(ABC):
    """Anything that is true, false or unknown of a view."""

    __slots__ = ()

    @abstractmethod
    def holds(self, view: View) -> Truth:
        """Three-valued truth: `None` where an answer is open, unsure or declined and it matters."""

    @abstractmethod
    def leaning(self, view: View, want: bool) -> Truth:
        """Truth if every unsure or declined answer spoke for `want`; open answers stay unknown."""

    @abstractmethod
    def support(self, view: View, want: bool, lean: bool, shown_by: "ShownBy") -> Pieces | None:
        """Pieces of the answers that make this come out as `want`, or None if it does not.

        With `lean`, an unsure or declined answer counts towards `want`.
        """

    @abstractmethod
    def atoms(self) -> "Iterator[Atom]":
        """Every atom, in the order of writing."""

    def references(self) -> frozenset[str]:
        """The ids of the questions this speaks of."""
        return frozenset(atom.question for atom in self.atoms())


#: Gives the condition that shows a question, or None for one that is always shown.
ShownBy = Callable[[str], "Condition | None"]


@dataclass(frozen=True, slots=True)
class Atom(Condition):
    """A condition about one question."""

    question: str

    @abstractmethod
    def matches(self, state: Answer | PartOfAnswer) -> Truth:
        """Truth for a given value; unknown only for a `PartOfAnswer`."""

    @abstractmethod
    def proof(self, answer: Answer, want: bool) -> Pieces:
        """The fewest pieces of this answer from which the truth (`want`) follows."""

    def marked(self, mark: Mark) -> Truth:
        """Truth for a question without a value: one not asked makes every atom false."""
        return False if mark is Mark.HIDDEN else None

    def holds(self, view: View) -> Truth:
        state = view[self.question]
        return self.marked(state) if isinstance(state, Mark) else self.matches(state)

    def leaning(self, view: View, want: bool) -> Truth:
        truth = self.holds(view)
        return want if truth is None and view[self.question] in MARKS.values() else truth

    def support(self, view: View, want: bool, lean: bool, shown_by: ShownBy) -> Pieces | None:
        if (self.leaning(view, want) if lean else self.holds(view)) is not want:
            return None
        state = view[self.question]
        if state is Mark.HIDDEN:
            hidden_by = shown_by(self.question)
            return hidden_by.support(view, False, False, shown_by) if hidden_by else None
        if isinstance(state, Mark | PartOfAnswer):
            return self.whole()
        return self.proof(state, want)

    def atoms(self) -> "Iterator[Atom]":
        yield self

    def whole(self) -> Pieces:
        return frozenset([(self.question, None)])

    def chosen(self, options: list[str]) -> Pieces:
        return frozenset((self.question, option) for option in options)


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The opposite of a condition."""

    part: Condition

    def holds(self, view: View) -> Truth:
        truth = self.part.holds(view)
        return None if truth is None else not truth

    def leaning(self, view: View, want: bool) -> Truth:
        truth = self.part.leaning(view, not want)
        return None if truth is None else not truth

    def support(self, view: View, want: bool, lean: bool, shown_by: ShownBy) -> Pieces | None:
        return self.part.support(view, not want, lean, shown_by)

    def atoms(self) -> Iterator[Atom]:
        return self.part.atoms()


@dataclass(frozen=True, slots=True)
class All(Condition):
    """Every part holds; with no parts it always does."""

    parts: tuple[Condition, ...]

    def holds(self, view: View) -> Truth:
        whole: Truth = True
        for part in self.parts:
            truth = part.holds(view)
            if truth is False:
                return False
            if truth is None:
                whole = None
        return whole

    def leaning(self, view: View, want: bool) -> Truth:
        truths = [part.leaning(view, want) for part in self.parts]
        return False if False in truths else None if None in truths else True

    def support(self, view: View, want: bool, lean: bool, shown_by: ShownBy) -> Pieces | None:
        supports = [part.support(view, want, lean, shown_by) for part in self.parts]
        return _every(supports) if want else _smallest(supports)

    def atoms(self) -> Iterator[Atom]:
        return (atom for part in self.parts for atom in part.atoms())


@dataclass(frozen=True, slots=True)
class AnyPart(Condition):
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def holds(self, view: View) -> Truth:
        whole: Truth = False
        for part in self.parts:
            truth = part.holds(view)
            if truth is True:
                return True
            if truth is None:
                whole = None
        return whole

    def leaning(self, view: View, want: bool) -> Truth:
        truths = [part.leaning(view, want) for part in self.parts]
        return True if True in truths else None if None in truths else False

    def support(self, view: View, want: bool, lean: bool, shown_by: ShownBy) -> Pieces | None:
        supports = [part.support(view, want, lean, shown_by) for part in self.parts]
        return _smallest(supports) if want else _every(supports)

    def atoms(self) -> Iterator[Atom]:
        return (atom for part in self.parts for atom in part.atoms())


def _every(supports: list[Pieces | None]) -> Pieces | None:
    """All the pieces together, if each part has its own."""
    known = [pieces for pieces in supports if pieces is not None]
    return frozenset().union(*known) if len(known) == len(supports) else None


def _smallest(supports: list[Pieces | None]) -> Pieces | None:
    return min((pieces for pieces in supports if pieces is not None), key=len, default=None)
