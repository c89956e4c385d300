"""The condition tree: three-valued truth, and what in the answers supports it.

A condition is asked of a *view*: a mapping from each question met so far to its state. A state is the
answer itself or a `Mark`. Logic is Kleene's: `None` stands for "not known".
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

Answer = str | tuple[str, ...] | Decimal | date
Truth = bool | None


class Mark(Enum):
    """The states of a question that has no value."""

    HIDDEN = "not asked"
    OPEN = "not answered yet"
    UNSURE = "unsure"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of the answer to a `many` question: it includes these options, the rest is open."""

    options: frozenset[str]


State = Answer | Mark | Part
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
    def matches(self, state: Answer | Part) -> Truth:
        """Truth for a given value; unknown only for a `Part`."""

    @abstractmethod
    def proof(self, answer: Answer, want: bool) -> Pieces:
        """The fewest pieces of this answer from which the truth (`want`) follows."""

    def marked(self, mark: Mark) -> Truth:
        """Truth for a question without a value: one not asked makes every atom false."""
        return False if mark is Mark.HIDDEN else None

    def holds(self, view: View) -> Truth:
        state = view[self.question]
        return self.marked(state) if state.__class__ is Mark else self.matches(state)  # type: ignore[arg-type]

    def leaning(self, view: View, want: bool) -> Truth:
        truth = self.holds(view)
        return want if truth is None and view[self.question] in _RESERVED else truth

    def support(self, view: View, want: bool, lean: bool, shown_by: ShownBy) -> Pieces | None:
        if (self.leaning(view, want) if lean else self.holds(view)) is not want:
            return None
        state = view[self.question]
        if state is Mark.HIDDEN:
            hidden_by = shown_by(self.question)
            return hidden_by.support(view, False, False, shown_by) if hidden_by else None
        if isinstance(state, Mark | Part):
            return self._whole()
        return self.proof(state, want)

    def atoms(self) -> "Iterator[Atom]":
        yield self

    def _whole(self) -> Pieces:
        return frozenset([(self.question, None)])

    def _chosen(self, options: list[str]) -> Pieces:
        return frozenset((self.question, option) for option in options)


_RESERVED = (Mark.UNSURE, Mark.DECLINED)


@dataclass(frozen=True, slots=True)
class AnyOf(Atom):
    """The answer is, or includes, one of these options, or is one of these marks."""

    options: frozenset[str]
    marks: frozenset[Mark] = frozenset()

    def matches(self, state: Answer | Part) -> Truth:
        if isinstance(state, str):
            return state in self.options
        if isinstance(state, Part):
            return None if self.options.isdisjoint(state.options) else True
        return not self.options.isdisjoint(state) if isinstance(state, tuple) else False

    def marked(self, mark: Mark) -> Truth:
        if mark in self.marks:
            return True
        # An atom about nothing but marks is decided by any answer that was given.
        if mark is Mark.HIDDEN or (not self.options and mark is not Mark.OPEN):
            return False
        return None

    def proof(self, answer: Answer, want: bool) -> Pieces:
        if want and isinstance(answer, tuple):
            return self._chosen([option for option in answer if option in self.options][:1])
        return self._whole()


@dataclass(frozen=True, slots=True)
class AllOf(Atom):
    """The answer includes all of these options."""

    options: frozenset[str]

    def matches(self, state: Answer | Part) -> Truth:
        if isinstance(state, Part):
            return True if self.options <= state.options else None
        return isinstance(state, tuple) and self.options.issubset(state)

    def proof(self, answer: Answer, want: bool) -> Pieces:
        return self._chosen(list(self.options)) if want else self._whole()


@dataclass(frozen=True, slots=True)
class NoneOf(Atom):
    """The answer includes none of these options."""

    options: frozenset[str]

    def matches(self, state: Answer | Part) -> Truth:
        if isinstance(state, Part):
            return None if self.options.isdisjoint(state.options) else False
        return self.options.isdisjoint(state if isinstance(state, tuple) else (str(state),))

    def proof(self, answer: Answer, want: bool) -> Pieces:
        if want or not isinstance(answer, tuple):
            return self._whole()
        return self._chosen([option for option in answer if option in self.options][:1])


@dataclass(frozen=True, slots=True)
class Count(Atom):
    """So many options were chosen, both ends included."""

    at_least: int = 0
    at_most: int | None = None

    def matches(self, state: Answer | Part) -> Truth:
        if isinstance(state, Part):
            known = len(state.options)
            if self.at_most is not None:
                return False if known > self.at_most else None
            return True if known >= self.at_least else None
        count = len(state) if isinstance(state, tuple) else 1
        return self.at_least <= count and (self.at_most is None or count <= self.at_most)

    def proof(self, answer: Answer, want: bool) -> Pieces:
        if not isinstance(answer, tuple):
            return self._whole()
        if want and self.at_most is None:
            return self._chosen(list(answer[: self.at_least]))
        if not want and self.at_most is not None and len(answer) > self.at_most:
            return self._chosen(list(answer[: self.at_most + 1]))
        return self._whole()


@dataclass(frozen=True, slots=True)
class Compare(Atom):
    """A number or date on one side of a limit: `below`, `above`, `at_least` or `at_most`."""

    side: str
    limit: Decimal | date

    def matches(self, state: Answer | Part) -> Truth:
        if not isinstance(state, type(self.limit)):
            return False
        return _SIDES[self.side](state, self.limit)

    def proof(self, answer: Answer, want: bool) -> Pieces:
        return self._whole()


_SIDES: dict[str, Callable[[object, object], bool]] = {
    "below": lambda value, limit: value < limit,  # type: ignore[operator]
    "above": lambda value, limit: value > limit,  # type: ignore[operator]
    "at_least": lambda value, limit: value >= limit,  # type: ignore[operator]
    "at_most": lambda value, limit: value <= limit,  # type: ignore[operator]
}


@dataclass(frozen=True, slots=True)
class Answered(Atom):
    """The question was answered with a value."""

    def matches(self, state: Answer | Part) -> Truth:
        return True

    def marked(self, mark: Mark) -> Truth:
        return None if mark is Mark.OPEN else False

    def proof(self, answer: Answer, want: bool) -> Pieces:
        return self._chosen([answer[0]]) if isinstance(answer, tuple) else self._whole()


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
class Any(Condition):
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
