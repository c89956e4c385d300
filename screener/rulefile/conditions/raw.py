"""Conditions as they are written in a rule file."""

from collections.abc import Mapping
from typing import Any

from screener.ground.marks import ANSWERED
from screener.rulefile.conditions.atoms import AllOf, Answered, AnyOf, Compare, Count, NoneOf, Within
from screener.rulefile.conditions.tree import All, AnyPart, Atom, Condition, Not
from screener.rulefile.words import ALL, ANY, IS, NOT

#: What stands in the file, as plain values.
Raw = dict[str, Any]


def as_written(condition: Condition, names: Mapping[str, Condition]) -> Raw:
    """The condition as plain values that are read as it again; those that have a name stand under it."""
    for name, named in names.items():
        if named is condition:
            return {IS: name}
    if isinstance(condition, Not):
        return {NOT: as_written(condition.part, names)}
    if isinstance(condition, All | AnyPart):
        return {ALL if isinstance(condition, All) else ANY: [as_written(part, names) for part in condition.parts]}
    if isinstance(condition, Atom):
        return {condition.question: _form(condition)}
    raise TypeError(condition)


def _form(atom: Atom) -> Any:
    if isinstance(atom, AnyOf):
        words = [*sorted(atom.options), *sorted(mark.value for mark in atom.marks)]
        return words[0] if len(words) == 1 else words
    if isinstance(atom, AllOf | NoneOf):
        return {"all" if isinstance(atom, AllOf) else "none": sorted(atom.options)}
    if isinstance(atom, Count):
        most = {} if atom.at_most is None else {"at_most": str(atom.at_most)}
        least = {"at_least": str(atom.at_least)} if atom.at_least or not most else {}
        return {"count": least | most}
    if isinstance(atom, Compare):
        return {atom.side: str(atom.limit)}
    if isinstance(atom, Within):
        return {"within": atom.span.words}
    if isinstance(atom, Answered):
        return ANSWERED
    raise TypeError(atom)
