"""One condition → the same with one thing changed: the slips that an author makes, each with a plain sentence."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from screener.ground.marks import MARKS
from screener.rulefile.conditions.atoms import AllOf, AnyOf, Compare, Count, NoneOf, Within
from screener.rulefile.conditions.tree import All, AnyPart, Condition, Not
from screener.rulefile.measures import Measure
from screener.rulefile.model import Question, RuleFile

#: Through the parts of a condition, one index a level.
Path = tuple[int, ...]
#: A sentence, and a part of a condition as it is then.
Changed = tuple[str, Condition]
_WITH_THE_LIMIT = {"below": "at_most", "at_most": "below", "above": "at_least", "at_least": "above"}
_TURNED = "it is turned round with `not`"
_DAY = timedelta(days=1)


class Variant(NamedTuple):
    """A condition with one thing changed: where in it, in words, and the whole as it is then."""

    path: Path
    words: str
    condition: Condition


def variants(rules: RuleFile, condition: Condition, closed: Collection[int] = ()) -> Iterator[Variant]:
    """Every variant of a condition. Parts whose `id()` is closed have a name, and are not looked into."""
    for path, part, turned in _parts(condition, (), closed):
        inner = () if id(part) in closed else parts_of(part)
        changed = [] if id(part) in closed else [*_changed(rules, part)]
        if not turned:  # the `not` around it has this one already
            changed.append(("`not` is left out", part.part) if isinstance(part, Not) else (_TURNED, Not(part)))
        for words, other in changed:
            yield Variant(path, words, _put(condition, path, other))
        for index in range(len(inner)) if len(inner) > 1 else ():
            left = inner[:index] + inner[index + 1 :]
            other = left[0] if len(left) == 1 else with_parts(part, left)
            yield Variant((*path, index), "this part is left out", _put(condition, path, other))


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The parts that a condition is made of; none if it is about one question."""
    if isinstance(condition, Not):
        return (condition.part,)
    return condition.parts if isinstance(condition, All | AnyPart) else ()


def with_parts(condition: Condition, parts: tuple[Condition, ...]) -> Condition:
    """The same kind of condition made of other parts."""
    if isinstance(condition, Not):
        return Not(parts[0])
    return All(parts) if isinstance(condition, All) else AnyPart(parts)


def _parts(condition: Condition, path: Path, closed: Collection[int]) -> Iterator[tuple[Path, Condition, bool]]:
    """Every part with its place, and whether a `not` stands right before it."""
    waiting = [(path, condition, False)]
    while waiting:
        place, part, turned = waiting.pop(0)
        yield place, part, turned
        if id(part) not in closed:
            waiting += [((*place, i), one, isinstance(part, Not)) for i, one in enumerate(parts_of(part))]


def _put(condition: Condition, path: Path, part: Condition) -> Condition:
    """The condition with another part in this place."""
    if not path:
        return part
    inner = list(parts_of(condition))
    inner[path[0]] = _put(inner[path[0]], path[1:], part)
    return with_parts(condition, tuple(inner))


def _changed(rules: RuleFile, part: Condition) -> Iterator[Changed]:
    """What may stand in the place of a part, but for its opposite."""
    if isinstance(part, All | AnyPart) and len(part.parts) > 1:
        any_would_do = isinstance(part, All)
        words = "any of these parts would do, not all" if any_would_do else "all of these parts are needed, not any"
        yield words, AnyPart(part.parts) if any_would_do else All(part.parts)
    if isinstance(part, AnyOf | AllOf | NoneOf):
        yield from _other_options(rules.by_question[part.question], part)
    if isinstance(part, AnyOf):
        yield from _other_marks(rules.by_question[part.question], part)
    if isinstance(part, Count):
        yield from _other_counts(part)
    if isinstance(part, Within):
        yield from ((f"`{part.span.words}` becomes `{one.span.words}`", one) for one in other_spans(part))
    if isinstance(part, Compare):
        yield from _other_limits(part)


def _other_options(question: Question, atom: AnyOf | AllOf | NoneOf) -> Iterator[Changed]:
    """An option left out, another one in its place, and `all` of them for `any`."""
    listed = [id for id in question.choices if id in atom.options]
    words = len(listed) + len(atom.marks if isinstance(atom, AnyOf) else ())
    for id in listed:
        rest = atom.options - {id}
        if words > 1:
            yield f"`{id}` is left out", replace(atom, options=rest)
        for other in question.choices:
            if other not in atom.options:
                yield f"`{other}` stands in the place of `{id}`", replace(atom, options=rest | {other})
    if question.type == "many" and len(listed) > 1:
        if isinstance(atom, AllOf):
            yield "any of these answers would do, not all", AnyOf(atom.question, atom.options)
        elif isinstance(atom, AnyOf) and not atom.marks:
            yield "all of these answers are needed, not any", AllOf(atom.question, atom.options)


def _other_marks(question: Question, atom: AnyOf) -> Iterator[Changed]:
    """`unsure` or `declined` left out, and the one for the other."""
    words = {word: MARKS[word] for word in question.reserved}
    for word, mark in words.items():
        if mark not in atom.marks:
            continue
        rest = atom.marks - {mark}
        if rest or atom.options:
            yield f"`{word}` is left out", replace(atom, marks=rest)
        for other, instead in words.items():
            if instead not in atom.marks:
                yield f"`{other}` stands in the place of `{word}`", replace(atom, marks=rest | {instead})


def _other_counts(atom: Count) -> Iterator[Changed]:
    """One more, and one fewer."""
    for other in (atom.at_least - 1, atom.at_least + 1) if atom.at_least else ():
        yield f"`at_least: {atom.at_least}` becomes `at_least: {other}`", replace(atom, at_least=other)
    for other in (atom.at_most - 1, atom.at_most + 1) if atom.at_most is not None else ():
        yield f"`at_most: {atom.at_most}` becomes `at_most: {other}`", replace(atom, at_most=other)


def _other_limits(atom: Compare) -> Iterator[Changed]:
    """A limit moved by one or by a day; and for numbers, of which some are nearer, the limit itself on the other side.

    For dates that is the limit moved by a day once more.
    """
    others = [(atom.side, other) for other in next_to(atom.limit)]
    if not isinstance(atom.limit, date):
        others.append((_WITH_THE_LIMIT[atom.side], atom.limit))
    for side, limit in others:
        yield f"`{atom.side}: {atom.limit}` becomes `{side}: {limit}`", replace(atom, side=side, limit=limit)


def other_spans(atom: Within) -> list[Within]:
    """One day, week, month or year less, and one more, as it is counted."""
    return [replace(atom, span=span) for by in (-1, 1) if (span := atom.span.moved(by)) is not None]


def next_to(limit: Measure) -> list[Measure]:
    """A limit moved down and up by one, or by a day."""
    if not isinstance(limit, date):
        return [limit - 1, limit + 1]
    days: list[Measure] = [limit - _DAY] if limit > date.min else []
    return days + ([limit + _DAY] if limit < date.max else [])
