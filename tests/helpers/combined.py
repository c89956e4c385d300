"""Every combination of answers to the questions that a condition hangs on, and what Python's engine makes of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, product
from math import prod
from random import Random
from typing import Any, NamedTuple

from screener.engine.answers import Refused, as_plain, read_answer
from screener.engine.assess import finding_of, state_of
from screener.ground.marks import Mark
from screener.rulefile.conditions.atoms import AllOf, AnyOf, Compare, Count, NoneOf, Within
from screener.rulefile.conditions.tree import Answer, Atom, Condition, State
from screener.rulefile.model import Guidance, Question, RuleFile

Given = dict[str, Answer]
#: The smallest steps of each type that is measured.
_STEP: Mapping[str, Any] = {"number": Decimal("0.0001"), "whole": Decimal(1), "date": timedelta(1)}


class Target(NamedTuple):
    """Something with a condition: a line, a question, a referral. `own` is the question that the condition shows."""

    name: str
    when: Condition
    skip: bool = False
    own: Question | None = None


class Combinations(NamedTuple):
    """The answers to try at each question, `None` for none; and which of all their combinations, if not every one.

    `cut` says that options of which nothing speaks are tried as one.
    """

    answers: Mapping[str, Sequence[Answer | None]]
    cut: bool
    sampled: tuple[Given, ...] | None

    @property
    def size(self) -> int:
        """How many there are in all."""
        return prod(map(len, self.answers.values()))

    def each(self) -> Iterator[Given]:
        """Those that are tried."""
        if self.sampled is not None:
            yield from self.sampled
            return
        for some in product(*self.answers.values()):
            yield {id: answer for id, answer in zip(self.answers, some, strict=True) if answer is not None}


def targets(rules: RuleFile) -> list[Target]:
    """Every line, question and referral of a rule file that has a condition."""
    lines = [Target(f"line {one.id}", one.when, one.when_unsure == "skip") for one in rules.guidance if one.when]
    asked = [Target(f"question {one.id}", one.when, own=one) for one in rules.questions if one.when]
    return [*lines, *asked, *(Target(f"referral {one.id}", one.when) for one in rules.referrals if one.when)]


def combinations_of(rules: RuleFile, whens: Iterable[Condition], most: int, own: Question | None = None) -> Combinations:
    """The combinations of answers to all the questions that conditions hang on; more than `most` are cut or sampled."""
    hung_on = rules.hangs_on(*whens)
    asked = [question for question in rules.questions if question.id in hung_on]
    speaking = [*whens, *(question.when for question in asked if question.when)]
    atoms = [atom for condition in speaking for atom in condition.atoms()]
    also = {} if own is None else {own.id: (None, next(possible(own, ())))}
    for cut in (False, True):
        answers = {one.id: (None, *possible(one, [a for a in atoms if a.question == one.id], cut)) for one in asked}
        found = Combinations({**answers, **also}, cut, None)
        if found.size <= most:
            return found
    return found._replace(sampled=tuple(_some(found, most)))


def _some(found: Combinations, most: int) -> Iterator[Given]:
    chance = Random(1)
    for _ in range(most):
        drawn = {id: chance.choice(answers) for id, answers in found.answers.items()}
        yield {id: answer for id, answer in drawn.items() if answer is not None}


def possible(question: Question, atoms: Sequence[Atom], cut: bool = False) -> Iterator[Answer]:
    """Every answer to a question; of numbers and days one for each cell between and at the limits of the atoms."""
    if question.type == "many":
        yield from _sets(question, atoms, cut)
    elif question.choices:
        yield from question.choices
    elif question.type in _STEP:
        yield from (value for value in _cells(question, atoms) if _taken(question, str(value)) is not None)
    else:
        yield "some text"
    yield from question.reserved


def _sets(question: Question, atoms: Sequence[Atom], cut: bool) -> Iterator[Answer]:
    """Every set of options that may be chosen together."""
    options = list(question.options)
    counted = any(isinstance(atom, Count) for atom in atoms) or question.min or question.max
    if cut and not counted:
        named = frozenset[str]().union(*(a.options for a in atoms if isinstance(a, AnyOf | AllOf | NoneOf)))
        alike = {question.options[id].exclusive: id for id in reversed(options) if id not in named}
        options = [id for id in options if id in named or id in alike.values()]
    for size in range(1, len(options) + 1):
        for chosen in combinations(options, size):
            if (answer := _taken(question, list(chosen))) is not None:
                yield answer


def _cells(question: Question, atoms: Sequence[Atom]) -> list[Any]:
    """The limits, and the values right beside them: with these there is one in each cell."""
    limits: set[Any] = {limit for limit in question.limits if limit is not None}
    limits |= {atom.limit for atom in atoms if isinstance(atom, Compare)}
    limits |= {day for atom in atoms if isinstance(atom, Within) for day in (atom.since, atom.today)}
    limits = limits or {question.today if question.type == "date" else Decimal(1)}
    step = _STEP[question.type]
    return sorted({value for limit in limits for value in (limit - step, limit, limit + step)})


def _taken(question: Question, raw: object) -> Answer | None:
    try:
        return read_answer(question, raw)
    except Refused:
        return None


def verdict(rules: RuleFile, target: Target, asked: Sequence[Question], given: Given) -> list[Any]:
    """What Python's engine makes of a condition, as `realm.mjs` tells what the page's makes of it.

    `asked` are the questions that it hangs on, with the one it shows.
    """
    view: dict[str, State] = {}
    for question in asked:
        view[question.id] = state_of(question, given, view)
    line = Guidance(id="x", topic="T", says="S", when=target.when, when_unsure="skip" if target.skip else "say")
    found = finding_of(line, view, rules)
    because = [[reason.question, as_plain(reason.answer)] for reason in found.because] if found else None
    truths = [target.when.holds(view), target.when.leaning(view, True), target.when.leaning(view, False)]
    state = [_state(view[target.own.id])] if target.own else []
    return [*truths, found.certainty if found else None, because, *state]


def _state(state: State) -> list[Any]:
    if isinstance(state, Mark):
        return [state.value, None]
    assert isinstance(state, str | tuple | Decimal | date)
    return [None, as_plain(state)]
