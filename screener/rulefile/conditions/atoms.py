"""What a condition can say of one question."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from screener.ground.marks import Mark
from screener.rulefile.conditions.tree import Answer, Atom, PartOfAnswer, Pieces, Truth
from screener.rulefile.days import Span
from screener.rulefile.measures import Measure, less


@dataclass(frozen=True, slots=True)
class AnyOf(Atom):
    """The answer is, or includes, one of these options, or is one of these marks."""

    options: frozenset[str]
    marks: frozenset[Mark] = frozenset()

    def matches(self, state: Answer | PartOfAnswer) -> Truth:
        if isinstance(state, str):
            return state in self.options
        if isinstance(state, PartOfAnswer):
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
            return self.chosen([option for option in answer if option in self.options][:1])
        return self.whole()


@dataclass(frozen=True, slots=True)
class AllOf(Atom):
    """The answer includes all of these options."""

    options: frozenset[str]

    def matches(self, state: Answer | PartOfAnswer) -> Truth:
        if isinstance(state, PartOfAnswer):
            return True if self.options <= state.options else None
        return isinstance(state, tuple) and self.options.issubset(state)

    def proof(self, answer: Answer, want: bool) -> Pieces:
        return self.chosen(list(self.options)) if want else self.whole()


@dataclass(frozen=True, slots=True)
class NoneOf(Atom):
    """The answer includes none of these options."""

    options: frozenset[str]

    def matches(self, state: Answer | PartOfAnswer) -> Truth:
        if isinstance(state, PartOfAnswer):
            return None if self.options.isdisjoint(state.options) else False
        return self.options.isdisjoint(state if isinstance(state, tuple) else (str(state),))

    def proof(self, answer: Answer, want: bool) -> Pieces:
        if want or not isinstance(answer, tuple):
            return self.whole()
        return self.chosen([option for option in answer if option in self.options][:1])


@dataclass(frozen=True, slots=True)
class Count(Atom):
    """So many options were chosen, both ends included."""

    at_least: int = 0
    at_most: int | None = None

    def matches(self, state: Answer | PartOfAnswer) -> Truth:
        if isinstance(state, PartOfAnswer):
            known = len(state.options)
            if self.at_most is not None:
                return False if known > self.at_most else None
            return True if known >= self.at_least else None
        count = len(state) if isinstance(state, tuple) else 1
        return self.at_least <= count and (self.at_most is None or count <= self.at_most)

    def proof(self, answer: Answer, want: bool) -> Pieces:
        if not isinstance(answer, tuple):
            return self.whole()
        if want and self.at_most is None:
            return self.chosen(list(answer[: max(1, self.at_least)]))  # at least none still needs an answer
        if not want and self.at_most is not None and len(answer) > self.at_most:
            return self.chosen(list(answer[: self.at_most + 1]))
        return self.whole()


@dataclass(frozen=True, slots=True)
class Compare(Atom):
    """A number or date on one side of a limit: `below`, `above`, `at_least` or `at_most`."""

    side: str
    limit: Measure

    def matches(self, state: Answer | PartOfAnswer) -> Truth:
        if not isinstance(state, type(self.limit)):
            return False
        return _SIDES[self.side](state, self.limit)

    def proof(self, answer: Answer, want: bool) -> Pieces:
        return self.whole()


_SIDES: dict[str, Callable[[Measure, Measure], bool]] = {
    "below": less,
    "above": lambda value, limit: less(limit, value),
    "at_least": lambda value, limit: not less(value, limit),
    "at_most": lambda value, limit: not less(limit, value),
}


@dataclass(frozen=True, slots=True)
class Within(Atom):
    """A date that is at most so long before the interview, which is on the day `today`, and not after it."""

    span: Span
    today: date

    @property
    def since(self) -> date:
        """The first such day."""
        return self.span.before(self.today)

    def matches(self, state: Answer | PartOfAnswer) -> Truth:
        return isinstance(state, date) and self.since <= state <= self.today

    def proof(self, answer: Answer, want: bool) -> Pieces:
        return self.whole()


@dataclass(frozen=True, slots=True)
class Answered(Atom):
    """The question was answered with a value."""

    def matches(self, state: Answer | PartOfAnswer) -> Truth:
        return True

    def marked(self, mark: Mark) -> Truth:
        return None if mark is Mark.OPEN else False

    def proof(self, answer: Answer, want: bool) -> Pieces:
        return self.chosen([answer[0]]) if isinstance(answer, tuple) else self.whole()
