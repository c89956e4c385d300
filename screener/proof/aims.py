"""Answers aimed at conditions: a guess at answers that make one true or false, without a solver.

A guess speaks only of questions where several options may be chosen; what it leaves open is drawn by lot. It need not
come out as it was meant: whether it does, the sample shows that is made of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from screener.rulefile.conditions.atoms import AllOf, AnyOf, Count, NoneOf
from screener.rulefile.conditions.tree import All, AnyPart, Atom, Condition, Not
from screener.rulefile.model import Question, RuleFile


def entries(condition: Condition) -> Iterator[Condition]:
    """Every entry of every `any` in a condition."""
    if isinstance(condition, Not):
        yield from entries(condition.part)
    for part in condition.parts if isinstance(condition, All | AnyPart) else ():
        if isinstance(condition, AnyPart):
            yield part
        yield from entries(part)


class _Wish(NamedTuple):
    """What an answer should be: options that are chosen, options that are left, and how many in all."""

    chosen: frozenset[str]
    left: frozenset[str]
    least: int
    most: int


_Wishes = Mapping[str, _Wish]


def aimed(rules: RuleFile, condition: Condition, want: bool) -> Mapping[str, frozenset[str]] | None:
    """For each question that matters the options to choose, or None if no guess comes to mind."""
    wishes = _met(rules, condition, want, {})
    if wishes is None:
        return None
    return {id: _answer(rules.by_question[id], wish) for id, wish in wishes.items()}


def _met(rules: RuleFile, condition: Condition, want: bool, wishes: _Wishes) -> _Wishes | None:
    """These wishes and those of a condition, or None if they contradict each other."""
    if isinstance(condition, Not):
        return _met(rules, condition.part, not want, wishes)
    if isinstance(condition, All | AnyPart):
        if isinstance(condition, All) is want:
            return _all(rules, condition.parts, want, wishes)
        guesses = (_met(rules, part, want, wishes) for part in condition.parts)
        return next((guess for guess in guesses if guess is not None), None)
    if not isinstance(condition, Atom) or rules.by_question[condition.question].type != "many":
        return wishes
    question = rules.by_question[condition.question]
    if question.id not in wishes:
        asked = _met(rules, question.when, True, wishes) if question.when is not None else wishes
        if asked is None:
            return None
        wishes = {**asked, question.id: _anything(question)}
    wish = _wish(question, condition, want, wishes[question.id])
    return {**wishes, question.id: wish} if _fits(question, wish) else None


def _all(rules: RuleFile, parts: Iterable[Condition], want: bool, wishes: _Wishes) -> _Wishes | None:
    met: _Wishes | None = wishes
    for part in parts:
        met = _met(rules, part, want, met) if met is not None else None
    return met


def _anything(question: Question) -> _Wish:
    low, high = question.limits
    most = int(str(high or len(question.options)))
    return _Wish(frozenset(), frozenset(), max(1, int(str(low or 1))), most)


def _wish(question: Question, atom: Atom, want: bool, wish: _Wish) -> _Wish:
    """The wish, and what an atom adds to it."""
    chosen, left, least, most = wish
    if isinstance(atom, Count):
        over = len(question.options) if atom.at_most is None else atom.at_most
        if want:
            return wish._replace(least=max(least, atom.at_least), most=min(most, over))
        if atom.at_least > least:
            return wish._replace(most=min(most, atom.at_least - 1))
        return wish._replace(least=max(least, over + 1))
    if not isinstance(atom, AnyOf | AllOf | NoneOf):
        return wish
    listed = frozenset(atom.options)
    if isinstance(atom, AllOf):
        return wish._replace(chosen=chosen | listed) if want else wish._replace(left=left | _one(listed - chosen))
    if isinstance(atom, AnyOf) is want:
        return wish if chosen & listed else wish._replace(chosen=chosen | _one(listed - left))
    return wish._replace(left=left | listed)


def _one(options: frozenset[str]) -> frozenset[str]:
    return frozenset(sorted(options)[:1])


def _fits(question: Question, wish: _Wish) -> bool:
    """Whether some answer is as wished, as far as can be seen at once."""
    alone = _alone(question)
    if wish.chosen & alone:
        return len(wish.chosen) == 1 and wish.least <= 1
    room = len(question.options) - len(alone | wish.left)
    return not wish.chosen & wish.left and max(len(wish.chosen), wish.least) <= min(room, wish.most)


def _answer(question: Question, wish: _Wish) -> frozenset[str]:
    """The options that are chosen, and as many others as are missing."""
    if wish.chosen & _alone(question):
        return wish.chosen
    others = [id for id in question.options if id not in wish.chosen | wish.left | _alone(question)]
    missing = max(wish.least - len(wish.chosen), 0)
    return wish.chosen | frozenset(others[:missing])


def _alone(question: Question) -> frozenset[str]:
    return frozenset(id for id, option in question.options.items() if option.exclusive)
