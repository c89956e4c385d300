"""Conditions in plain language."""

from typing import Protocol

from screener.ground.marks import Mark
from screener.rulefile.conditions.atoms import AllOf, Answered, AnyOf, Compare, Count, NoneOf, Within
from screener.rulefile.conditions.tree import All, AnyPart, Atom, Condition, Not


class Words(Protocol):
    """How a rule file names things to a reader."""

    def ask(self, question: str) -> str:
        """The question as it is asked."""

    def labels(self, question: str, options: frozenset[str]) -> list[str]:
        """The labels of these options, in the order of the rule file."""


_MARKS = {Mark.UNSURE: "not sure", Mark.DECLINED: "rather told in person", Mark.SKIPPED: "skipped"}
_JOINED = (All, AnyPart)
_SIDES = {"below": "below", "above": "above", "at_least": "at least", "at_most": "at most"}


def describe(condition: Condition, words: Words) -> str:
    """The condition as part of a sentence that begins with `when`."""
    condition = _said_once(condition)
    if isinstance(condition, Atom):
        return f"“{words.ask(condition.question)}” is answered {_answer(condition, words)}"
    if isinstance(condition, Not):
        return f"it is not so that {_grouped(condition.part, words, _JOINED)}"
    if isinstance(condition, All | AnyPart):
        joint = " and " if isinstance(condition, All) else " or "
        *before, last = condition.parts
        # What is not so would otherwise seem to go on to the end of the sentence.
        parts = [_grouped(part, words, (*_JOINED, Not)) for part in before]
        return joint.join([*parts, _grouped(last, words, _JOINED)])
    raise TypeError(condition)


def _said_once(condition: Condition) -> Condition:
    """The same without what is denied twice."""
    while isinstance(condition, Not) and isinstance(condition.part, Not):
        condition = condition.part.part
    return condition


def asked(words: str, in_doubt: bool) -> str:
    """Who is asked, as the rest of a sentence such as `it is asked …`: a condition in words, and whether an answer left
    open can leave it unknown, as the question is asked then too.
    """
    return f"when {words}, or when that is left open" if in_doubt else f"only when {words}"


def _grouped(part: Condition, words: Words, kinds: tuple[type, ...]) -> str:
    """The part of a condition, in brackets if it is of these kinds."""
    text = describe(part, words)
    return f"({text})" if isinstance(_said_once(part), kinds) else text


def _answer(atom: Atom, words: Words) -> str:
    if isinstance(atom, AnyOf):
        marks = [_MARKS[mark] for mark in sorted(atom.marks, key=str)]
        return _listed([*_labels(atom.question, atom.options, words), *marks], "or")
    if isinstance(atom, AllOf):
        return "with all of " + _listed(_labels(atom.question, atom.options, words), "and")
    if isinstance(atom, NoneOf):
        return "with none of " + _listed(_labels(atom.question, atom.options, words), "and")
    if isinstance(atom, Compare):
        return f"{_SIDES[atom.side]} {atom.limit}"
    if isinstance(atom, Within):
        return f"with a day at most {atom.span.words} before the interview"
    if isinstance(atom, Count):
        most = "" if atom.at_most is None else f"at most {atom.at_most}"
        least = f"at least {atom.at_least}" if atom.at_least or not most else ""
        last = atom.at_least if atom.at_most is None else atom.at_most
        return " and ".join(part for part in (least, most) if part) + (" option" if last == 1 else " options")
    if isinstance(atom, Answered):
        return "with anything"
    raise TypeError(atom)


def _labels(question: str, options: frozenset[str], words: Words) -> list[str]:
    return [f"“{label}”" for label in words.labels(question, options)]


def _listed(items: list[str], joint: str) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joint} {items[-1]}"
