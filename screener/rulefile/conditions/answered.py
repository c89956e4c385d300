"""Conditions that an answer which was kept back makes false where it would leave them unknown."""

from collections.abc import Mapping

from screener.ground.marks import UNSURE, Mark
from screener.rulefile.conditions.atoms import Answered, AnyOf
from screener.rulefile.conditions.tree import All, AnyPart, Atom, Condition, Not

#: For some questions the words with which each can be answered otherwise than with a value.
Reserved = Mapping[str, tuple[str, ...]]


def unless_kept_back(condition: Condition, reserved: Reserved, want: bool = True) -> Condition:
    """The same for everyone who tells or is unsure; where an answer to one of these questions was kept back, and left
    this unknown, it does not come out as `want`.
    """
    if isinstance(condition, Not):
        part = unless_kept_back(condition.part, reserved, not want)
        return condition if part is condition.part else Not(part)
    if isinstance(condition, All | AnyPart):
        parts = [unless_kept_back(part, reserved, want) for part in condition.parts]
        if all(new is old for new, old in zip(parts, condition.parts, strict=True)):
            return condition
        return _flat(parts) if isinstance(condition, All) else AnyPart(tuple(parts))
    if not isinstance(condition, Atom) or not (marks := kept_back(condition, reserved.get(condition.question, ()))):
        return condition
    was_kept = AnyOf(condition.question, frozenset(), marks)
    if not want:
        return AnyPart((was_kept, condition))
    told = Answered(condition.question) if len(marks) == len(reserved[condition.question]) else Not(was_kept)
    return All((told, condition))


def kept_back(atom: Atom, reserved: tuple[str, ...]) -> frozenset[Mark]:
    """The answers among these that keep something back and leave an atom unknown."""
    return frozenset(mark for word in reserved if word != UNSURE and atom.marked(mark := Mark(word)) is None)


def _flat(parts: list[Condition]) -> All:
    """All of these, without an `all` in an `all`, and each once."""
    inner = [one for part in parts for one in (part.parts if isinstance(part, All) else (part,))]
    return All(tuple(dict.fromkeys(inner)))
