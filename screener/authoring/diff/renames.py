"""What has a new id and is otherwise the same: the same words, and the same condition.

A question with a new id has it in every condition too, and these mean the same as before. So the old file is taken
with the ids of the new one, and only what is left is compared.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any

from screener.authoring.diff.changes import Kind
from screener.authoring.diff.moved import Named, Renames, invariant, line, logic, moved, statement
from screener.ground.shapes import Shape
from screener.rulefile.library import Sources
from screener.rulefile.model import Question, RuleFile

Things = Mapping[str, Any]
_Move = Callable[[Any, Renames], Any]
#: Named beside what something says, by ids of its own kind: these are followed once all are known.
_BESIDE = frozenset(["id", "excludes", "balance"])


def followed(old: RuleFile, new: RuleFile) -> tuple[RuleFile, Renames]:
    """The old file with the ids of the new one, and the renames. What could be one of several is the first of them."""
    kinds: tuple[Kind, ...] = ("question", "guidance", "disposition", "referral", "invariant", "document", "statement")
    renames = Renames({kind: {} for kind in kinds}, {})
    for kind, move, before, after in _listed(old, new):
        renames.ids[kind].update(_pairs(before, after, move, renames))
        if kind == "statement":
            _questions(old, new, renames)
    return moved(old, renames), renames


def _listed(old: RuleFile, new: RuleFile) -> Iterator[tuple[Kind, _Move, Things, Things]]:
    """Everything but questions, in an order in which each thing comes after those that it names."""
    before, after = (one.library or Sources(format="1", documents={}, statements=()) for one in (old, new))
    yield "document", lambda one, _: one, before.documents, after.documents
    yield "statement", statement, before.by_id, after.by_id
    yield "disposition", logic, _by_id(old.dispositions), _by_id(new.dispositions)
    yield "guidance", line, _by_id(old.guidance), _by_id(new.guidance)
    yield "referral", logic, _by_id(old.referrals), _by_id(new.referrals)
    yield "invariant", invariant, _by_id(old.invariants), _by_id(new.invariants)


def _by_id(things: Iterable[Named]) -> Things:
    return {thing.id: thing for thing in things}


def _pairs(before: Things, after: Things, move: _Move, renames: Renames) -> dict[str, str]:
    """The old id of each thing that is gone → the id of a new one that is the same."""
    gone, free = [id for id in before if id not in after], _free(before, after)
    pairs = {}
    for id in gone if free else ():
        if same := free.get(_key(move(before[id], renames))):
            pairs[id] = same.pop(0)
    return pairs


def _free(before: Things, after: Things) -> dict[Hashable, list[str]]:
    """The ids of what is new, by what it says."""
    free: dict[Hashable, list[str]] = {}
    for id, thing in after.items() if before.keys() - after.keys() else ():
        if id not in before:
            free.setdefault(_key(thing), []).append(id)
    return free


def _key(thing: Shape) -> Hashable:
    """Everything that it says, its id and the ids of its options apart."""
    found: list[Hashable] = []
    for name in type(thing).model_fields:
        value = getattr(thing, name)
        if name == "options":
            found.append(tuple(value.values()))
        elif name not in _BESIDE:
            found.append(tuple(value.items()) if isinstance(value, dict) else value)
    return tuple(found)


def _questions(old: RuleFile, new: RuleFile, renames: Renames) -> None:
    """Questions and options one after the other: a condition speaks of earlier ones, which are known by then."""
    free = _free(old.by_question, new.by_question)
    for question in old.questions:
        if question.id in new.by_question:
            options = _options(question, new.by_question[question.id])
        elif same := free and free.get(_key(logic(question, renames))):
            id = renames.ids["question"][question.id] = same.pop(0)
            options = dict(zip(question.options, new.by_question[id].options, strict=True))
        else:
            continue
        if options := {was: id for was, id in options.items() if was != id}:
            (id,) = renames.of("question", question.id)
            renames.options[id] = options


def _options(before: Question, after: Question) -> dict[str, str]:
    """The options that have a new id, and the same words."""
    free = [id for id in after.options if id not in before.options]
    pairs = {}
    for id, option in before.options.items() if free else ():
        same = next((one for one in free if after.options[one] == option), None)
        if id not in after.options and same is not None:
            pairs[id] = same
            free.remove(same)
    return pairs
