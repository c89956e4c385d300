"""Conditions that a declined answer makes false where it would leave them unknown."""

from collections.abc import Mapping

from screener.ground.marks import Mark
from screener.rulefile.conditions.atoms import AnyOf
from screener.rulefile.conditions.tree import All, AnyPart, Atom, Condition, Not

#: For each question what is certain where it was answered, or at least not declined.
Guards = Mapping[str, Condition]


def unless_declined(condition: Condition, guards: Guards, want: bool = True) -> Condition:
    """The same for everyone who declines none of these questions; else what was unknown because of it is not `want`."""
    if isinstance(condition, Not):
        part = unless_declined(condition.part, guards, not want)
        return condition if part is condition.part else Not(part)
    if isinstance(condition, All | AnyPart):
        parts = [unless_declined(part, guards, want) for part in condition.parts]
        if all(new is old for new, old in zip(parts, condition.parts, strict=True)):
            return condition
        return _flat(parts) if isinstance(condition, All) else AnyPart(tuple(parts))
    if not isinstance(condition, Atom) or condition.question not in guards:
        return condition
    if condition.marked(Mark.DECLINED) is not None:
        return condition
    if want:
        return All((guards[condition.question], condition))
    return AnyPart((AnyOf(condition.question, frozenset(), frozenset([Mark.DECLINED])), condition))


def _flat(parts: list[Condition]) -> All:
    """All of these, without an `all` in an `all`, and each once."""
    inner = [one for part in parts for one in (part.parts if isinstance(part, All) else (part,))]
    return All(tuple(dict.fromkeys(inner)))
