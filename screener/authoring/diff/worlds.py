"""What comes in one file and not in the other, decided over all answers.

Who is compared with whom: the same person answers both files, with the same answers wherever both ask. An option that
one file does not know is left out of the answer that this file sees, and is not counted by its `count`; an answer of
nothing else, or one that the file would not take as a whole, is to it like an option that no condition names.
"""

from collections.abc import Iterator, Mapping

from screener.authoring.diff.changes import Kind
from screener.proof.cells import Value, cuts_of
from screener.proof.encoding import Encoding
from screener.proof.gates import Gates, Literal, Tick
from screener.proof.obligations import guards
from screener.proof.seen import seen_by
from screener.proof.solving import Solving
from screener.proof.truths import Pair
from screener.rulefile.measures import MEASURED
from screener.rulefile.model import Answers, RuleFile


class World:
    """All answers to the file `to`, and what the file `of` makes of them."""

    def __init__(self, of: RuleFile, to: RuleFile, tick: Tick) -> None:
        self.solving = Solving(Gates(tick), tick)
        cuts = _cuts(of, to)
        self.given = Encoding(to, self.solving.gates, cuts=cuts)
        self.seen = seen_by(of, self.given, cuts)
        self._here, self._there = _literals(self.given), _literals(self.seen)

    def only_here(self, kind: Kind, id: str) -> Iterator[tuple[bool, Answers]]:
        """Answers for which something comes here and not there, and answers for which it comes more surely here."""
        here = self._here.get((kind, id))
        if here is None:
            return
        comes, sure = self._there.get((kind, id), (-Gates.TRUE, -Gates.TRUE))
        for surely, wanted in ((False, (here[0], -comes)), (True, (here[1], comes, -sure))):
            if (answers := self.some(*wanted)) is not None:
                yield surely, answers

    def some(self, *wanted: Literal) -> Answers | None:
        """Answers for which all of these hold. What is written alike in both files needs no solver."""
        if self.solving.gates.clash(*wanted):
            return None
        model = self.solving.model(*wanted)
        return None if model is None else self.given.chosen(model)


def _cuts(one: RuleFile, other: RuleFile) -> Mapping[str, frozenset[Value]]:
    """Where numbers and dates are told apart: at the limits in conditions, and at those of the questions."""
    cuts: dict[str, frozenset[Value]] = {}
    for rules in (one, other):
        for id, limits in cuts_of(rules).items():
            cuts[id] = cuts.get(id, frozenset()) | limits
        for question in rules.questions:
            if question.type in MEASURED:
                ends = frozenset(end for end in question.limits if end is not None)
                cuts[question.id] = cuts.get(question.id, frozenset()) | ends
    return cuts


def _literals(encoding: Encoding) -> Mapping[tuple[Kind, str], Pair]:
    """For everything that comes by itself: it comes, and it comes for certain."""
    rules = encoding.rules
    found: dict[tuple[Kind, str], Pair] = {("question", id): (asked, asked) for id, asked in encoding.asked.items()}
    found |= {("guidance", line.id): encoding.said_for(line) for line in rules.guidance}
    for step in rules.dispositions:
        found["disposition", step.id] = (encoding.exactly(step.id),) * 2
    found |= {("referral", one.id): (said, said) for one, said in encoding.referred()}
    for invariant in rules.invariants:
        certain, possible = guards(encoding, invariant)
        promised = possible if invariant.open == "included" else certain
        found["invariant", invariant.id] = promised, promised
    return found
