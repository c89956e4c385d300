"""Which changes of a rule file make any difference to a complete interview, over every possible set of answers.

All that is asked and answered is the same until a changed condition decides otherwise, and that is a difference. So
there is no need for a second encoding of the file: what is changed is compared in the place where it stands.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from screener.authoring.changes.mutants import Mutant, Owner
from screener.authoring.changes.variants import next_to, other_spans
from screener.proof.cells import Value, conditions_of, cuts_of
from screener.proof.encoding import Encoding
from screener.proof.gates import Bits, Literal, Undecided
from screener.proof.lookup import lookup
from screener.proof.prover import Prover
from screener.rulefile.conditions.atoms import Compare, Within
from screener.rulefile.model import Guidance, Question, Referral, RuleFile

#: After so many changes it is time to forget what they were made of.
_AT_ONCE = 2_000
#: Hears what is being looked at, and how far it is: of so many things the so-manieth.
Tell = Callable[[str, int, int], None]


class Decided(NamedTuple):
    """The changes that make a difference for some answers, and those of which it was not decided."""

    differ: tuple[Mutant, ...]
    undecided: tuple[Mutant, ...]


def cuts_with_changes(rules: RuleFile) -> Mapping[str, frozenset[Value]]:
    """The limits at which numbers and dates are told apart, those that a change moves there among them."""
    cuts = {question: set(limits) for question, limits in cuts_of(rules).items()}
    for atom in {atom for condition in conditions_of(rules) for atom in condition.atoms()}:
        if isinstance(atom, Compare):
            cuts[atom.question].update(next_to(atom.limit))
        if isinstance(atom, Within):
            cuts[atom.question].update(one.since for one in other_spans(atom))
    return {question: frozenset(limits) for question, limits in cuts.items()}


def decided(prover: Prover, changes: Sequence[Mutant], tell: Tell) -> Decided:
    """Which of these make a difference. The prover tells answers apart at the limits of `cuts_with_changes`.

    Most are noticed in some sample. Only the others are asked of the solver.
    """
    differ, undecided = list[Mutant](), list[Mutant]()
    for number, (change, word) in enumerate(zip(changes, in_samples(prover, changes), strict=True)):
        tell("changes", number, len(changes))
        try:
            prover.tick()
            if word or prover.can(difference(prover.encoding, change)):
                differ.append(change)
        except Undecided:
            undecided.append(change)
    return Decided(tuple(differ), tuple(undecided))


def in_samples(prover: Prover, changes: Sequence[Mutant]) -> Iterator[Bits]:
    """For each of these, in which of the samples that the prover has now something comes out otherwise with it."""
    for start in range(0, len(changes), _AT_ONCE):
        seen = lookup(prover)
        for change in changes[start : start + _AT_ONCE]:
            yield seen.gates.word(difference(seen, change))


def difference(encoding: Encoding, change: Mutant) -> Literal:
    """The literal under which something comes out otherwise with this change."""
    pairs = list(zip(change.before, change.after, strict=True))
    return encoding.gates.either(*(_difference(encoding, *pair) for pair in pairs), _referred(encoding, pairs))


def _difference(encoding: Encoding, before: Owner, after: Owner) -> Literal:
    gates = encoding.gates
    if isinstance(before, Question):
        return gates.differ(encoding.asked[before.id], encoding.truth(after.when)[1] if after.when else gates.TRUE)
    if isinstance(before, Guidance) and isinstance(after, Guidance):
        first, second = encoding.said_for(before), encoding.said_for(after)
        said = [gates.differ(one, other) for one, other in zip(first, second, strict=True)]
        return gates.either(*said, _called_for(encoding, before, after))
    return -gates.TRUE


def _called_for(encoding: Encoding, before: Guidance, after: Guidance) -> Literal:
    """The next step is another one, as no other line calls for one that is as urgent as the more urgent of the two."""
    rules, gates = encoding.rules, encoding.gates
    ranks = {rules.urgency[line.disposition] if line.disposition else 0 for line in (before, after)}
    if len(ranks) == 1:
        return -gates.TRUE
    urgent = [
        line
        for line in rules.guidance
        if line is not before and line.disposition and rules.urgency[line.disposition] >= max(ranks)
    ]
    return gates.both(encoding.said(before), *(-encoding.said(line) for line in urgent))


def _referred(encoding: Encoding, pairs: Iterable[tuple[Owner, Owner]]) -> Literal:
    """Another referral is said."""
    gates, referrals = encoding.gates, encoding.rules.referrals
    changed = {id(before): after for before, after in pairs if isinstance(after, Referral)}
    others = [changed.get(id(one), one) for one in referrals]
    said = zip(_chosen(encoding, referrals), _chosen(encoding, others), strict=True) if changed else ()
    return gates.either(*(gates.differ(one, other) for one, other in said))


def _chosen(encoding: Encoding, referrals: Iterable[Referral]) -> list[Literal]:
    """For each of these that it is the one which is said."""
    gates, free, chosen = encoding.gates, encoding.gates.TRUE, list[Literal]()
    for one in referrals:
        holds = gates.TRUE if one.when is None else encoding.truth(one.when)[0]
        chosen.append(gates.both(free, holds))
        free = gates.both(free, -holds)
    return chosen
