"""Sets of answers that notice every small change of a rule file, beside those that show everything it can.

A set notices a change if something comes out otherwise with it. The samples of the proof notice most changes; for the
others the solver finds answers. Of all these sets, those that notice most come first, until nothing is left.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import reduce
from heapq import heapify, heappop, heappush
from operator import or_
from typing import NamedTuple

from screener.authoring.changes.difference import cuts_with_changes, decided, in_samples
from screener.authoring.changes.mutants import Mutant, all_mutants
from screener.authoring.suggest.search import Shown, Tell, literals_of, shown_in
from screener.proof.encoding import Seed
from screener.proof.gates import Bits, Gates, Tick, Undecided
from screener.proof.prover import Prover, Sample
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import RuleFile

#: Bit i belongs to the i-th change.
_Noticed = int
#: So many changes are turned round at once.
_AT_ONCE = 1_000


class Strong(NamedTuple):
    """Sets beside those that show everything; for each set, those first, the changes that none before it notices; and
    the changes of which it was not decided whether they make a difference.
    """

    more: tuple[Shown, ...]
    noticed: tuple[tuple[Mutant, ...], ...]
    undecided: tuple[Mutant, ...]

    @property
    def noticed_in_all(self) -> int:
        """How many changes are noticed."""
        return sum(map(len, self.noticed))


def strengthened(rules: RuleFile, sets: Sequence[Shown], tick: Tick, tell: Tell) -> Strong:
    """The sets that are missing until all changes are noticed that make a difference for any answers.

    `sets` are found with the limits of `cuts_with_changes`. When the time ends, what is known by then is given.
    Raises Undecided if there are too many changes to look at any.
    """
    all_changes = all_mutants(rules)
    try:
        with Prover(rules, tick, cuts_with_changes(rules)) as prover:
            prover.encoding.more_samples([_seed(one.answers) for one in sets])
            return _strengthened(prover, len(sets), all_changes, tell)
    except Undecided:
        return Strong((), tuple(() for _ in sets), all_changes)


def _strengthened(prover: Prover, given: int, all_changes: Sequence[Mutant], tell: Tell) -> Strong:
    """The last samples of the prover are the sets that are given."""
    end = _samples(prover)
    differ, undecided = decided(prover, all_changes, tell)
    with suppress(Undecided):  # what was found so far is shown all the same
        prover.look_further()
    words = list(in_samples(prover, differ))
    shown = [change for change, word in zip(differ, words, strict=True) if word]
    late = [change for change, word in zip(differ, words, strict=True) if not word]
    noticed = _by_sample([word for word in words if word], _samples(prover))
    chosen = _chosen(noticed, list(range(end - given, end)), (1 << len(shown)) - 1)
    literals = literals_of(prover.encoding)
    more = [shown_in(prover.encoding, literals, Sample(prover.gates, sample)) for sample in chosen[given:]]
    new = [tuple(shown[place] for place in places) for places in _new(noticed, chosen)]
    return Strong(tuple(more), tuple(new), (*undecided, *late))


def _seed(answers: Mapping[str, Answer]) -> Seed:
    """Answers as the pieces that they are made of."""
    return {id: frozenset(answer if isinstance(answer, tuple) else (answer,)) for id, answer in answers.items()}


def _samples(prover: Prover) -> int:
    return prover.gates.word(Gates.TRUE).bit_length()


def _by_sample(words: Sequence[Bits], samples: int) -> list[_Noticed]:
    """For each sample the changes that it notices, from the samples that notice each change.

    Written as text a table is turned round quickly; a part of it at a time, as the whole may take much memory.
    """
    noticed = [0] * samples
    for start in range(0, len(words), _AT_ONCE):
        part = words[start : start + _AT_ONCE]
        table = "".join(f"{word:0{samples}b}" for word in reversed(part))
        for sample in range(samples):
            noticed[sample] |= int(table[samples - 1 - sample :: samples], 2) << start
    return noticed


def _chosen(noticed: Sequence[_Noticed], given: list[int], all_changes: _Noticed) -> list[int]:
    """The samples that are given, and others until every change is noticed: those that notice most first."""
    chosen, left = list(given), all_changes & ~_union(noticed[one] for one in given)
    waiting = [(-(changes & left).bit_count(), sample) for sample, changes in enumerate(noticed)]
    heapify(waiting)
    while left:
        sample = heappop(waiting)[1]
        count = (noticed[sample] & left).bit_count()
        if waiting and (-count, sample) > waiting[0]:  # it notices less than when it was last looked at
            heappush(waiting, (-count, sample))
            continue
        chosen.append(sample)
        left &= ~noticed[sample]
    for one in reversed(chosen[len(given) :]):  # what came later may notice all that an earlier one does
        if _union(noticed[other] for other in chosen if other != one) == all_changes:
            chosen.remove(one)
    return chosen


def _union(noticed: Iterable[_Noticed]) -> _Noticed:
    return reduce(or_, noticed, 0)


def _new(noticed: Sequence[_Noticed], chosen: Iterable[int]) -> Iterator[list[int]]:
    """For each sample the places of the changes that none before it notices."""
    met = 0
    for sample in chosen:
        new = noticed[sample] & ~met
        met |= new
        yield [place for place, bit in enumerate(reversed(f"{new:b}")) if bit == "1"]
