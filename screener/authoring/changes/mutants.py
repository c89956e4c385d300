"""A rule file → the same with one thing changed, as often as there are things to change."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from screener.authoring.changes.variants import parts_of, variants, with_parts
from screener.proof.gates import Undecided
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import Guidance, Question, Referral, RuleFile

Route = tuple[str | int, ...]
#: What fits into memory and is looked at in minutes: some 200,000 mutants with conditions that name ten answers each.
_MOST = 4_000_000
#: Something with a condition that decides what comes out.
Owner = Question | Guidance | Referral
_When = TypeVar("_When", Condition, Condition | None)


class Mutant(NamedTuple):
    """One small change: its place in the rule file, what it is a change of and what is changed, both in words, and all
    that decides otherwise by it: each as it is, and in the same order each as it is then. `named` are the conditions
    with a name that are others then.
    """

    route: Route
    of: str
    words: str
    before: tuple[Owner, ...]
    after: tuple[Owner, ...]
    named: Mapping[str, Condition] = MappingProxyType({})


def mutants(rules: RuleFile) -> Iterator[Mutant]:
    """Every small change of a condition or an urgency, in the order of the file."""
    names = {id(condition): name for name, condition in reversed([*rules.conditions.items()])}
    for name, condition in rules.conditions.items():
        if names[id(condition)] == name:  # a second name for the same is no other condition
            yield from _of_named(rules, name, names.keys() - {id(condition)})
    for kind, what, owners in _owners(rules):
        for owner in owners:
            for one in variants(rules, owner.when, names) if owner.when is not None else ():
                place, of = (kind, owner.id, "when", *_steps(one.path)), f"the condition of {what} `{owner.id}`"
                yield Mutant(place, of, one.words, (owner,), (_with(owner, one.condition),))
            yield from _without(kind, what, owner)
            yield from _of_line(rules, owner) if isinstance(owner, Guidance) else ()


def all_mutants(rules: RuleFile) -> tuple[Mutant, ...]:
    """All of them at once. Raises Undecided if they are too many to look at."""
    found, weight = list[Mutant](), 0
    for one in mutants(rules):
        found.append(one)
        weight += sum(_weight(owner.when) for owner in one.after)
        if weight > _MOST:
            raise Undecided("more small changes can be made to it than can be looked at")
    return tuple(found)


def _weight(when: Condition | None) -> int:
    """What a condition takes in memory, in answers that it names; anything at all takes as much as ten of them."""
    return 10 + sum(len(getattr(atom, "options", ())) for atom in when.atoms()) if when is not None else 10


def applied(rules: RuleFile, change: Mutant) -> RuleFile:
    """The rule file with this change."""
    others = {id(before): after for before, after in zip(change.before, change.after, strict=True)}
    fields = {name: getattr(rules, name) for name in RuleFile.model_fields}
    for key in ("questions", "guidance", "referrals"):
        fields[key] = tuple(others.get(id(owner), owner) for owner in fields[key])
    fields["conditions"] = {**rules.conditions, **change.named}
    return RuleFile.model_construct(None, **fields)


def _owners(rules: RuleFile) -> Iterator[tuple[str, str, tuple[Owner, ...]]]:
    """Everything that has a condition, with its key in the file and its name in words."""
    yield "questions", "question", rules.questions
    yield "guidance", "line", rules.guidance
    yield "referral", "referral", rules.referrals


def _of_named(rules: RuleFile, name: str, closed: Collection[int]) -> Iterator[Mutant]:
    """A condition with a name changes everywhere it is used."""
    before = rules.conditions[name]
    for one in variants(rules, before, closed):
        after = {id(before): one.condition}
        named = {other: _swapped(condition, after) for other, condition in rules.conditions.items()}
        uses = [
            owner
            for _, _, owners in _owners(rules)
            for owner in owners
            if _swapped(owner.when, after) is not owner.when
        ]
        others = tuple(_with(owner, _swapped(owner.when, after)) for owner in uses)
        place = ("conditions", name, *_steps(one.path))
        yield Mutant(place, f"the condition `{name}`", one.words, tuple(uses), others, named)


def _swapped(condition: _When, after: dict[int, Condition]) -> _When:
    """A condition with another one wherever that stands in it; itself if that stands nowhere. `after` grows."""
    if condition is None:
        return None
    if id(condition) not in after:
        parts = parts_of(condition)
        swapped = tuple(_swapped(part, after) for part in parts)
        same = all(one is other for one, other in zip(parts, swapped, strict=True))
        after[id(condition)] = condition if same else with_parts(condition, swapped)
    return after[id(condition)]


def _without(kind: str, what: str, owner: Owner) -> Iterator[Mutant]:
    """The whole condition left out; not of a referral, as the loader refuses one for everyone but the last."""
    if owner.when is not None and not isinstance(owner, Referral):
        then = "everyone is asked" if isinstance(owner, Question) else "everyone gets the line"
        of, words = f"the condition of {what} `{owner.id}`", f"it is left out, so that {then}"
        yield Mutant((kind, owner.id, "when"), of, words, (owner,), (_with(owner, None),))


def _of_line(rules: RuleFile, line: Guidance) -> Iterator[Mutant]:
    """What becomes of a line that is unknown turned round, and its next step raised, lowered and left out."""
    place, of = ("guidance", line.id), f"line `{line.id}`"
    if line.when is not None:
        after = "say" if line.when_unsure == "skip" else "skip"
        words = f"`when_unsure: {line.when_unsure}` becomes `when_unsure: {after}`"
        yield Mutant((*place, "when"), of, words, (line,), (line.model_copy(update={"when_unsure": after}),))
    if line.disposition is None:
        return
    rank, steps = rules.urgency[line.disposition], [step.id for step in rules.dispositions]
    others = [*steps[max(rank - 1, 0) : rank], *steps[rank + 1 : rank + 2], None]
    for step in others:
        words = f"the next step `{step}` stands in the place of `{line.disposition}`"
        if step is None:
            words = f"the next step `{line.disposition}` is left out"
        other = line.model_copy(update={"disposition": step})
        yield Mutant((*place, "disposition"), of, words, (line,), (other,))


def _with(owner: Owner, when: Condition | None) -> Owner:
    return owner.model_copy(update={"when": when})


def _steps(path: tuple[int, ...]) -> Route:
    return tuple(f"part:{index}" for index in path)
