"""Questions about every possible set of answers: looked up in samples, and else asked of the solver."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import TracebackType

from screener.proof.aims import aimed, entries
from screener.proof.cells import Value, conditions_of
from screener.proof.encoding import Encoding, Seed
from screener.proof.gates import Gates, Literal, Tick
from screener.proof.loose import Loose
from screener.proof.samples import SAMPLES
from screener.proof.solving import Solving
from screener.proof.truths import Piece
from screener.rulefile.conditions.tree import Answer, Condition
from screener.rulefile.model import Guidance, Question, Referral, RuleFile

#: So many sets of answers are worth the work of making them samples.
_MANY = 64
#: So many samples are kept as answers.
_KEPT = 64
#: Something that has a condition.
Owner = Question | Guidance | Referral


class Sample:
    """One of the samples, as a container of all literals that hold in it."""

    def __init__(self, gates: Gates, index: int) -> None:
        self._gates, self._index = gates, index

    def __contains__(self, literal: object) -> bool:
        return isinstance(literal, Literal) and bool(self._gates.word(literal) >> self._index & 1)


class Prover(Solving):
    """Answers questions about every possible set of answers to a rule file.

    It looks at samples first, which is enough for most of what can happen. What none of them shows is asked of a
    solver; the answers that it finds are among the samples from then on. `cuts` are the limits at which numbers and
    dates are told apart, where those of the file's own conditions are not enough.
    """

    def __init__(self, rules: RuleFile, tick: Tick, cuts: Mapping[str, frozenset[Value]] | None = None) -> None:
        gates = Gates(tick, SAMPLES)
        super().__init__(gates, tick)
        self.rules = rules
        self.encoding = Encoding(rules, gates, cuts=cuts)
        self._loose: Loose | None = None
        self._never: set[frozenset[Literal]] = set()
        self._found: list[Seed] = []
        self._known: list[Seed] = []
        self._read: dict[int, Mapping[str, Answer]] = {}
        self.prefer(self.said(line) for line in rules.guidance)
        self._aim()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if self._loose is not None:
            self._loose.__exit__(kind, error, trace)

    @property
    def loose(self) -> Loose:
        """The same rule file with rules that can be let go, to find out which of them are at fault."""
        if self._loose is None:
            self._loose = Loose(self.rules, self.tick, self._known)
        return self._loose

    @cached_property
    def owners(self) -> Mapping[str, list[Owner]]:
        """For each question, everything whose condition speaks of it."""
        found: dict[str, list[Owner]] = {}
        everyone: list[Owner] = [*self.rules.questions, *self.rules.guidance, *self.rules.referrals]
        for owner in everyone:
            for question in owner.when.references() if owner.when is not None else ():
                found.setdefault(question, []).append(owner)
        return found

    @cached_property
    def all_closed(self) -> Literal:
        """Nothing at all is left open."""
        pieces = self.encoding.pieces
        return self.gates.both(*(-pieces[q.id][word] for q in self.rules.questions for word in q.reserved))

    @cached_property
    def _named(self) -> Mapping[Literal, tuple[str, Piece]]:
        pieces = self.encoding.pieces
        return {literal: (id, piece) for id, named in pieces.items() for piece, literal in named.items()}

    def can(self, *wanted: Literal) -> bool:
        """Whether these hold together for some set of answers. Raises Undecided."""
        if self.gates.shown(*wanted):
            return True
        if self.gates.clash(*wanted) or frozenset(wanted) in self._never or self.gates.opposed(*wanted):
            return False
        model = self.local(*wanted) if self._can_apart(*wanted) else None
        if model is None:
            self._never.add(frozenset(wanted))
            return False
        self._keep(model)
        return True

    def _can_apart(self, *wanted: Literal) -> bool:
        """Whether what these are made of can hold where it has no say in each other: each is quicker to see."""
        apart = self.gates.apart(*wanted)
        return len(apart) < 2 or all(self.can(*together) for together in apart)

    def never(self, *wanted: Literal) -> bool:
        """Whether these hold together for no set of answers. Raises Undecided."""
        return not self.can(*wanted)

    def witness(self, *wanted: Literal) -> Mapping[str, Answer] | None:
        """Answers for which all of these hold, or None if there are none. Raises Undecided."""
        if not self.can(*wanted):
            return None
        if not self.gates.shown(*wanted):
            self.look_further()
        shown = self.gates.shown(*wanted)
        if not shown:
            model = self.model(*wanted)
            return None if model is None else self.encoding.chosen(model)
        return self._in_sample((shown & -shown).bit_length() - 1)

    def _in_sample(self, index: int) -> Mapping[str, Answer]:
        """The answers of a sample. A few samples show nearly all that can be shown, so the last ones are kept."""
        if index not in self._read:
            if len(self._read) == _KEPT:
                del self._read[next(iter(self._read))]
            self._read[index] = self.encoding.chosen(Sample(self.gates, index))
        return self._read[index]

    def look_further(self) -> None:
        """Make samples of all answers that were found since this was last done."""
        self.encoding.more_samples(self._found)
        self._known += self._found
        self._found = []

    def said(self, line: Guidance) -> Literal:
        """Guidance is said, for certain or as possibly applying."""
        return self.encoding.said(line)

    def _aim(self) -> None:
        """Make samples of guesses at answers for what no sample shows: that a line is said, or isn't, or an entry of an
        `any` that comes true.
        """
        for line in self.rules.guidance:
            if line.when is not None:
                self._guess(line.when, True, self.said(line))
                self._guess(line.when, False, -self.said(line))
        for condition in conditions_of(self.rules):
            for entry in entries(condition):
                self._guess(entry, True, self.encoding.truth(entry)[1])
        self.look_further()

    def _guess(self, condition: Condition, want: bool, wanted: Literal) -> None:
        if not self.gates.shown(wanted) and (guess := aimed(self.rules, condition, want)):
            self._found.append({question: frozenset(options) for question, options in guess.items()})

    def _keep(self, model: Iterable[Literal]) -> None:
        found: dict[str, set[Piece]] = {}
        for literal in model:
            if literal in self._named:
                question, piece = self._named[literal]
                found.setdefault(question, set()).add(piece)
        self._found.append({question: frozenset(pieces) for question, pieces in found.items()})
        if len(self._found) >= _MANY:
            self.look_further()
