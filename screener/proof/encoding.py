"""A whole rule file as clauses: what is asked, what is answered, what is said, and the next step.

A question that is not asked has none of its literals. The engine is the reference; whatever is found here is
replayed there.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from screener.proof.cells import Value, cells_of, cuts_of
from screener.proof.gates import Bits, Draw, Gates, Literal
from screener.proof.samples import Samples, leads_of
from screener.proof.truths import UNNAMED, Pair, Piece, Truths
from screener.rulefile.conditions.tree import Answer, Condition
from screener.rulefile.model import Guidance, Question, Referral, RuleFile

Route = tuple[str | int, ...]
Pieces = Mapping[Piece, Literal]
#: How a question that is asked under a literal gets its answer, in place of one of its own.
Take = Callable[["Encoding", Question, Literal], Pieces]
#: Answers that a sample is to hold, by question; what they leave open is drawn.
Seed = Mapping[str, frozenset[Piece]]
#: The literal under which a rule of the file, named by its route, holds.
Held = Callable[[Route], Literal]


def all_held(_route: Route) -> Literal:
    """Every rule of the file holds, always."""
    return Gates.TRUE


class Encoding:
    """The rule file over its own answers. `cuts` are the limits at which numbers and dates are told apart."""

    def __init__(
        self,
        rules: RuleFile,
        gates: Gates,
        held: Held = all_held,
        cuts: Mapping[str, frozenset[Value]] | None = None,
        take: Take | None = None,
    ) -> None:
        self.rules, self.gates = rules, gates
        self.asked: dict[str, Literal] = {}
        self.pieces: dict[str, Pieces] = {}
        self._held = held
        self._cuts = cuts_of(rules) if cuts is None else cuts
        self._samples = Samples(leads_of(rules))
        self._seeds: Sequence[Seed] = ()
        self._urgent: dict[str, Literal] = {}
        self._calling: dict[int, tuple[Literal, ...]] = {}
        self._truths = Truths(rules, gates, self.pieces)
        for question in rules.questions:
            self.asked[question.id] = self._shown(question)
            self.pieces[question.id] = (take or Encoding.answer)(self, question, self.asked[question.id])

    def truth(self, condition: Condition) -> Pair:
        """The literals of `is true` and `may be true`."""
        return self._truths.truth(condition)

    def given(self, question: str) -> Literal:
        """The question was answered with a value."""
        return self._truths.given(question)

    def instead(self, question: str, pieces: Pieces) -> Truths:
        """Conditions as they would be if this question had been answered with other pieces."""
        return Truths(self.rules, self.gates, {**self.pieces, question: pieces})

    def said(self, line: Guidance) -> Literal:
        """Guidance is said, for certain or as possibly applying."""
        return self.said_for(line)[0]

    def said_for(self, line: Guidance) -> Pair:
        """Guidance is said, and it is said for certain."""
        if line.when is None:
            return self.gates.TRUE, self.gates.TRUE
        certain, possible = self.truth(line.when)
        return (certain if line.when_unsure == "skip" else possible), certain

    def referred(self) -> Iterator[tuple[Referral, Literal]]:
        """Each referral, and that it is the one which is said: the first whose condition is true."""
        free = self.gates.TRUE
        for one in self.rules.referrals:
            holds = self.gates.TRUE if one.when is None else self.truth(one.when)[0]
            yield one, self.gates.both(free, holds)
            free = self.gates.both(free, -holds)

    def calling(self, rank: int) -> tuple[Literal, ...]:
        """For each line that calls for a next step so urgent or more: that it is said."""
        if rank not in self._calling:
            urgency = self.rules.urgency
            urgent = (g for g in self.rules.guidance if g.disposition and urgency[g.disposition] >= rank)
            self._calling[rank] = tuple(self.said(line) for line in urgent)
        return self._calling[rank]

    def at_least(self, disposition: str) -> Literal:
        """The disposition is this one or a more urgent one."""
        if disposition not in self._urgent:
            rank = self.rules.urgency[disposition]
            self._urgent[disposition] = self.gates.TRUE if rank == 0 else self.gates.either(*self.calling(rank))
        return self._urgent[disposition]

    def exactly(self, disposition: str) -> Literal:
        """The disposition is this one."""
        rank, order = self.rules.urgency[disposition], self.rules.dispositions
        more = self.at_least(order[rank + 1].id) if rank + 1 < len(order) else -self.gates.TRUE
        return self.gates.both(self.at_least(disposition), -more)

    def answer(self, question: Question, asked: Literal, draw: Draw | None = None) -> Pieces:
        """Literals for an answer to this question: one that it takes where it is asked, and none where it is not."""
        takes, gates = self.takes(question), self.gates
        literals = gates.inputs(draw or self.draw(question, asked))
        pieces, first = dict(zip(takes, literals, strict=True)), literals[0]
        gates.bind(first, -asked, *literals)
        for literal in literals:
            gates.bind(first, -literal, asked)
        held = self._held(("questions", question.id))
        for needed in self.limits(question, asked, pieces):
            gates.bind(first, -held, needed)
        return pieces

    def draw(self, question: Question, asked: Literal) -> Draw:
        """How answers are drawn by lot, for samples; those that are seeds stay."""
        takes = self.takes(question)

        def drawn(count: int, word: Callable[[Literal], Bits]) -> list[Bits]:
            words = self._samples.draw(question, takes, count, word(asked))
            seeds = [(1 << index, seed[question.id]) for index, seed in enumerate(self._seeds) if question.id in seed]
            if not seeds:
                return words
            free, shown = ~sum(bit for bit, _ in seeds), word(asked)
            return [
                words[place] & free | sum(bit for bit, seed in seeds if piece in seed) & shown
                for place, piece in enumerate(takes)
            ]

        return drawn

    def more_samples(self, seeds: Sequence[Seed]) -> None:
        """A sample more for each of these."""
        if seeds:
            self._seeds = seeds
            self.gates.more_samples(len(seeds))
            self._seeds = ()

    def chosen(self, model: Container[Literal]) -> dict[str, Answer]:
        """The answers that a satisfying assignment stands for."""
        found: dict[str, Answer] = {}
        for question in self.rules.questions:
            if pieces := [piece for piece, literal in self.pieces[question.id].items() if literal in model]:
                found[question.id] = as_answer(question, pieces)
        return found

    def _shown(self, question: Question) -> Literal:
        """A question is shown when its condition is true or unknown."""
        if question.when is None:
            return self.gates.TRUE
        possible, held = self.truth(question.when)[1], self._held(("questions", question.id, "when"))
        if held == self.gates.TRUE:
            return possible
        (asked,) = self.gates.inputs(lambda _count, word: [word(possible)])
        self.gates.bind(asked, -held, -self.gates.differ(asked, possible))
        return asked

    def takes(self, question: Question) -> tuple[Piece, ...]:
        """Every piece that an answer to this question can have."""
        if question.choices:
            return (*question.choices, *question.reserved)
        if question.type == "text":
            return ("answered", *question.reserved)
        return (*cells_of(question, self._cuts.get(question.id, ())), *question.reserved)

    def limits(self, question: Question, asked: Literal, pieces: Pieces) -> list[Literal]:
        """What must hold of an answer that is given: one piece, or several that may stand together."""
        if question.type != "many":
            return [self.gates.at_most_one(pieces.values())]
        exclusive = {id for id, option in question.options.items() if option.exclusive}
        single = [id for id in pieces if id in question.reserved or id in exclusive]
        alone = [pieces[id] for id in single]
        together = [literal for id, literal in pieces.items() if id not in single]
        needed = [self.gates.at_most_one([*alone, self.gates.either(*together)])]
        low, high = question.limits
        if low is not None:
            enough = self.gates.at_least(int(str(low)), together)
            needed.append(self.gates.either(-asked, *alone, enough))
        if high is not None:
            needed.append(-self.gates.at_least(int(str(high)) + 1, together))
        return needed


def as_answer(question: Question, pieces: list[Piece]) -> Answer:
    """The answer that these pieces make up."""
    many = question.type == "many" and pieces[0] not in question.reserved
    return tuple(str(piece) for piece in pieces if piece != UNNAMED) if many else pieces[0]
