"""The fewest sets of answers found that show everything a rule file can: each line, each question, each next step.

First sets are grown one by one, each as large as it gets. Then as many copies of the rule file as there are sets, less
one, are asked to show everything together, until they can't: then it is proved that no fewer sets would do.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Literal as Word
from typing import NamedTuple

from screener.proof.cells import Value, cuts_of
from screener.proof.encoding import Encoding
from screener.proof.gates import Gates, Literal, Tick, Undecided
from screener.proof.prover import Prover
from screener.proof.solving import Solving
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile

Kind = Word["guidance", "question", "disposition"]
#: Hears what is being looked for, and how far it is: of so many things the so-manieth.
Tell = Callable[[str, int, int], None]
#: For each question the limits at which its values are told apart.
Cuts = Mapping[str, frozenset[Value]]
#: How often the search for fewer sets may tick. It counts work, not seconds, so that every machine ends alike.
PATIENCE = 100
#: From how many lines a group is tried in which no two can be said together.
_SEEDS = 8


class Target(NamedTuple):
    """Something that a set of answers can show: guidance that is said, a question asked, a next step reached."""

    kind: Kind
    id: str


class Shown(NamedTuple):
    """A complete set of answers, and everything that it shows."""

    answers: Mapping[str, Answer]
    targets: tuple[Target, ...]


class Suggested(NamedTuple):
    """The sets, what no set can ever show, and whether it is proved that no fewer sets would do."""

    sets: tuple[Shown, ...]
    never: tuple[Target, ...]
    fewest: bool


def suggest(
    rules: RuleFile,
    tick: Tick,
    tell: Tell,
    patience: int = PATIENCE,
    cuts: Mapping[str, frozenset[Value]] | None = None,
) -> Suggested:
    """The fewest sets of answers found that show everything that can be shown. Raises Undecided.

    When the time or the patience ends while fewer sets are looked for, the sets known by then are given. `cuts` are the
    limits at which numbers and dates are told apart, where those of the file's own conditions are not enough.
    """
    cuts = cuts_of(rules) if cuts is None else cuts
    with Prover(rules, tick, cuts) as prover:
        literals = literals_of(prover.encoding)
        grown = _grown(prover, list(dict.fromkeys(literals.values())), tell)
        shown = [shown_in(prover.encoding, literals, model) for model in grown]
        met = {target for one in shown for target in one.targets}
        reached = [target for target in literals if target in met]
        apart = _apart(prover, {literals[target]: target for target in reversed(reached)}, grown)
    sets, fewest = _fewer(_Goal(rules, cuts, reached, apart), _needed(shown), _Patience(tick, patience), tell)
    never = tuple(target for target in literals if target not in met)
    return Suggested(tuple(sorted(sets, key=lambda one: -len(one.targets))), never, fewest)


def literals_of(encoding: Encoding) -> dict[Target, Literal]:
    """Under which literal each target is shown, in the order of the file."""
    rules = encoding.rules
    asked = {Target("question", question.id): encoding.asked[question.id] for question in rules.questions}
    said = {Target("guidance", line.id): encoding.said(line) for line in rules.guidance}
    return asked | said | {Target("disposition", d.id): encoding.exactly(d.id) for d in rules.dispositions}


def shown_in(encoding: Encoding, literals: Mapping[Target, Literal], model: Container[Literal]) -> Shown:
    """The answers that a model stands for, and which of these targets they show."""
    return Shown(encoding.chosen(model), tuple(target for target, literal in literals.items() if literal in model))


def _grown(prover: Prover, literals: Sequence[Literal], tell: Tell) -> list[frozenset[Literal]]:
    """Sets of answers that show everything that can be shown, each grown as far as it goes."""
    grown: list[frozenset[Literal]] = []
    missing = list(literals)
    while missing:
        tell("sets of answers", len(literals) - len(missing), len(literals))
        model = prover.model(missing[0])
        if model is None:
            missing = missing[1:]
            continue
        grown.append(_larger(prover, model, missing))
        missing = [literal for literal in missing if literal not in grown[-1]]
    return grown


def _larger(prover: Prover, model: frozenset[Literal], missing: Iterable[Literal]) -> frozenset[Literal]:
    """Add what is missing, one after the other, wherever everything so far stays."""
    for literal in missing:
        if literal not in model:
            model = prover.model(*_of(missing, model), literal) or model
    return model


def _of(literals: Iterable[Literal], model: frozenset[Literal]) -> list[Literal]:
    return [literal for literal in literals if literal in model]


def _needed(sets: Iterable[Shown]) -> list[Shown]:
    """The sets without those that show nothing the others do not."""
    kept = list(sets)
    for one in list(kept):
        others = {target for other in kept if other is not one for target in other.targets}
        if others.issuperset(one.targets):
            kept.remove(one)
    return kept


def _apart(prover: Prover, names: Mapping[Literal, Target], met: list[frozenset[Literal]]) -> list[Target]:
    """Targets no two of which can be shown together: a set of answers for each of them is needed."""
    met = list(met)
    rare = sorted(names, key=lambda literal: sum(len(_of(names, model)) for model in met if literal in model))
    groups = [_group(prover, seed, rare, met) for seed in rare[:_SEEDS]]
    return [names[literal] for literal in max(groups, key=len, default=[])]


def _group(prover: Prover, seed: Literal, literals: Iterable[Literal], met: list[frozenset[Literal]]) -> list[Literal]:
    group, left = [seed], [literal for literal in literals if literal != seed]
    while left := [literal for literal in left if not _together(prover, group[-1], literal, met)]:
        group.append(left.pop(0))
    return group


def _together(prover: Prover, one: Literal, other: Literal, met: list[frozenset[Literal]]) -> bool:
    if any(one in model and other in model for model in met):
        return True
    model = prover.model(one, other)
    if model is not None:
        met.append(model)
    return model is not None


class _Goal(NamedTuple):
    """What is to be shown, and of that some of which no two can be shown together."""

    rules: RuleFile
    cuts: Cuts
    reached: Sequence[Target]
    apart: Sequence[Target]


def _fewer(wanted: _Goal, sets: list[Shown], tick: Tick, tell: Tell) -> tuple[list[Shown], bool]:
    """Fewer sets as long as there are some, and whether it is proved that there are no fewer still."""
    most, least = len(sets), len(wanted.apart)
    try:
        while len(sets) > least:
            tell("fewer sets of answers", most - len(sets), most - least)
            found = _at_once(wanted, len(sets) - 1, tick)
            if found is None:
                return sets, True
            sets = _needed(found)
    except Undecided:
        return sets, False
    return sets, True


class _Patience:
    """A tick that also ends what has ticked too often."""

    def __init__(self, tick: Tick, times: int) -> None:
        self._tick, self._left = tick, times

    def __call__(self) -> None:
        self._tick()
        self._left -= 1
        if self._left < 0:
            raise Undecided("looking for fewer sets takes too long")


def _at_once(wanted: _Goal, count: int, tick: Tick) -> list[Shown] | None:
    """So many sets of answers that show everything together, or None if there are none. Raises Undecided."""
    gates = Gates(tick)
    with Solving(gates, tick) as solving:
        people = [Encoding(wanted.rules, gates, cuts=wanted.cuts) for _ in range(count)]
        shown = [literals_of(person) for person in people]
        for target in wanted.reached:
            gates.require(*(literals[target] for literals in shown))
        for literals, target in zip(shown, wanted.apart, strict=False):  # each in one of its own, no matter which
            gates.require(literals[target])
        model = solving.model()
        if model is None:
            return None
        return [shown_in(person, literals, model) for person, literals in zip(people, shown, strict=True)]
