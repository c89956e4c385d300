"""Every condition with every combination of answers that it could tell apart, and what the engine makes of it.

A condition speaks of a handful of questions, so that this is complete, where all answers to all questions would be too
many to list. Answers that differ only in options which the condition does not name share a row.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product
from math import prod
from random import Random
from typing import NamedTuple

from screener.authoring.evidence.people import name_of
from screener.ground.marks import MARKS, Mark
from screener.proof.encoding import Encoding, as_answer
from screener.proof.truths import Piece
from screener.rulefile.conditions.atoms import AllOf, AnyOf, Count, NoneOf
from screener.rulefile.conditions.tree import Condition, State
from screener.rulefile.measures import number
from screener.rulefile.model import Question

#: A condition with more combinations than this is sampled, and so many of them are drawn.
MOST, DRAWN = 4_096, 256
_Choice = tuple[Piece, ...]


class Rows(NamedTuple):
    """What the table says of one thing; `whole` says whether every combination is there."""

    what: str
    rows: Sequence[tuple[str, str]]
    whole: bool


class _WaysToAnswer(NamedTuple):
    """The ways to answer one question that are told apart: some by themselves, and any of these together."""

    single: Sequence[_Choice]
    together: Sequence[Piece]

    @property
    def size(self) -> int:
        return len(self.single) + (1 << len(self.together)) - 1

    def all(self) -> Iterator[_Choice]:
        yield from self.single
        for size in range(1, len(self.together) + 1):
            yield from combinations(self.together, size)

    def draw(self, random: Random) -> _Choice:
        """One of them: as many options together as may be, few as well as many, so that counts are looked at too."""
        if self.single and (not self.together or random.random() < 1 / 4):
            return self.single[random.randrange(len(self.single))]
        chosen = random.sample(range(len(self.together)), random.randint(1, len(self.together)))
        return tuple(self.together[place] for place in sorted(chosen))


def verdicts(what: str, condition: Condition, encoding: Encoding) -> Rows:
    """Whether the condition holds, by the engine: `yes`, `no`, or `open` where an open answer leaves it unknown."""
    asked = sorted(condition.references(), key=encoding.rules.position.__getitem__)
    questions = [encoding.rules.by_question[id] for id in asked]
    choices = [_choices(question, condition, encoding.takes(question)) for question in questions]
    whole = prod(one.size for one in choices) <= MOST
    found = list(product(*(one.all() for one in choices))) if whole else _drawn(choices)
    return Rows(what, [(_written(questions, one), _verdict(questions, condition, one)) for one in found], whole)


def fitting(what: str, question: Question) -> Rows:
    """How many options may be chosen together: `yes` where the limits of the question allow it."""
    free = [id for id, option in question.options.items() if not option.exclusive]
    choices = _WaysToAnswer([()], free)
    whole = choices.size <= MOST
    found = list(choices.all()) if whole else [one[0] for one in _drawn([choices])]
    return Rows(what, [(_written([question], (one,)), _fits(question, one)) for one in found], whole)


def _fits(question: Question, chosen: _Choice) -> str:
    count = number(str(len(chosen)))
    return "no" if question.limits.under(count) or question.limits.over(count) else "yes"


def _choices(question: Question, condition: Condition, takes: Sequence[Piece]) -> _WaysToAnswer:
    """The ways to answer this question that the condition could tell apart, by the options that it names."""
    hidden: list[_Choice] = [()] if question.when is not None else []
    if question.type != "many":
        return _WaysToAnswer([*hidden, *((piece,) for piece in takes)], ())
    alone = [id for id, option in question.options.items() if option.exclusive]
    atoms = [atom for atom in condition.atoms() if atom.question == question.id]
    named = {id for atom in atoms if isinstance(atom, AnyOf | AllOf | NoneOf) for id in atom.options}
    free = [id for id in question.options if id not in alone]
    if not any(isinstance(atom, Count) for atom in atoms):
        free = [*(id for id in free if id in named), *islice((id for id in free if id not in named), 1)]
    return _WaysToAnswer([*hidden, *((id,) for id in (*alone, *question.reserved))], free)


def _drawn(choices: Sequence[_WaysToAnswer]) -> list[tuple[_Choice, ...]]:
    """Some combinations by lot, the same ones every time."""
    random = Random(1)  # noqa: S311 - nothing here is a secret
    return list(dict.fromkeys(tuple(one.draw(random) for one in choices) for _ in range(DRAWN)))


def _written(questions: Sequence[Question], combination: Sequence[_Choice]) -> str:
    """As in `health=lupus+diabetes age=17 itch=`; a question that is not asked has nothing after the sign."""
    pairs = zip(questions, combination, strict=True)
    return " ".join(f"{question.id}={'+'.join(map(name_of, chosen))}" for question, chosen in pairs)


def _verdict(questions: Sequence[Question], condition: Condition, combination: Sequence[_Choice]) -> str:
    view = {question.id: _state(question, chosen) for question, chosen in zip(questions, combination, strict=True)}
    truth = condition.holds(view)
    return "open" if truth is None else "yes" if truth else "no"


def _state(question: Question, chosen: _Choice) -> State:
    if not chosen:
        return Mark.HIDDEN
    if chosen[0] in question.reserved:
        return MARKS[str(chosen[0])]
    return as_answer(question, list(chosen))
