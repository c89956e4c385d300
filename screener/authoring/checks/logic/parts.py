"""Parts of conditions that can never be true, inside a condition that can."""

from collections.abc import Iterator
from typing import NamedTuple

from screener.authoring.checks.logic.check import Check
from screener.authoring.checks.logic.places import because, in_words
from screener.authoring.checks.page import Example, Page
from screener.authoring.checks.remark import Remark, Route
from screener.proof.fault import parts_of, possible
from screener.proof.prover import Prover
from screener.rulefile.conditions.tree import All, AnyPart, Condition, Not
from screener.rulefile.model import RuleFile

DEAD_PART = Page(
    "dead-part",
    "warning",
    "One entry of an `any` can never be true, so it could as well not be there. Often it is a slip: a limit outside "
    "the question's range, two answers that exclude each other, or a question that is not asked in this case.",
    bad=Example("""
questions:
  - {id: age, type: number, ask: How old are you?, min: 0, max: 120}
  - {id: itch, type: yes-no, ask: Does your skin itch?}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: older, topic: Care, when: {any: [{age: {above: 150}}, {itch: yes}]}, says: Say since when it itches.}
  - {id: young, topic: Care, when: {age: {below: 18}}, says: Bring a parent along.}
"""),
    good=Example("""
questions:
  - {id: age, type: number, ask: How old are you?, min: 0, max: 120}
  - {id: itch, type: yes-no, ask: Does your skin itch?}
guidance:
  - {id: care, topic: Care, says: Keep the skin cool.}
  - {id: older, topic: Care, when: {any: [{age: {above: 50}}, {itch: yes}]}, says: Say since when it itches.}
  - {id: young, topic: Care, when: {age: {below: 18}}, says: Bring a parent along.}
"""),
)


class Written(NamedTuple):
    """A condition and the place it is written at."""

    place: Route
    name: str
    condition: Condition


def whens(rules: RuleFile) -> list[Written]:
    """Every condition of the file; one that has a name once, at the place of its name."""
    found = [
        Written((kind, owner.id, "when"), owner.id, owner.when)
        for kind, owners in rules.conditional.items()
        for owner in owners
        if owner.when is not None
    ]
    named = {id(condition): name for name, condition in rules.conditions.items()}
    own = [one for one in found if id(one.condition) not in named]
    return own + [Written(("conditions", name), name, condition) for name, condition in rules.conditions.items()]


def _dead(prover: Prover, written: Written) -> Iterator[Remark]:
    if not prover.can(prover.encoding.truth(written.condition)[1]):
        return  # the whole can't be true, which is found where it matters
    for place, part in _entries(written.place, written.condition):
        if not prover.can(prover.encoding.truth(part)[1]):
            found = because(prover, parts_of(place, part), possible)
            message = f"this part of the condition of `{written.name}` can never be true: {in_words(part)}"
            yield DEAD_PART.remark(message, place, "correct it, or delete it").showing(found)


def _entries(place: Route, condition: Condition) -> Iterator[tuple[Route, Condition]]:
    """Every entry of every `any` in a condition, with its place."""
    if isinstance(condition, Not):
        yield from _entries((*place, "part:0"), condition.part)
    for index, part in enumerate(condition.parts if isinstance(condition, All | AnyPart) else ()):
        inner = (*place, f"part:{index}")
        if isinstance(condition, AnyPart):
            yield inner, part
        yield from _entries(inner, part)


CHECKS: tuple[Check[Written], ...] = (Check(DEAD_PART, whens, lambda written: written.name, _dead),)
