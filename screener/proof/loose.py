"""A rule file each of whose rules holds only where its own literal does, so that any of them can be let go."""

from collections.abc import Mapping, Sequence

from screener.proof.encoding import Encoding, Route, Seed
from screener.proof.gates import Gates, Literal, Tick
from screener.proof.samples import SAMPLES
from screener.proof.solving import Solving
from screener.proof.spans import Span
from screener.rulefile.model import RuleFile


class Loose(Solving):
    """The file, and for each place of it that says something of a question the literal under which it holds."""

    def __init__(self, rules: RuleFile, tick: Tick, known: Sequence[Seed]) -> None:
        super().__init__(Gates(tick, SAMPLES), tick)
        self.held: dict[Route, Literal] = {}
        self.encoding = Encoding(rules, self.gates, self._held)
        self.encoding.more_samples(known)

    def places(self, span: Span) -> Mapping[Literal, Route]:
        """The places that have a say in what has this span."""
        return {literal: route for route, literal in self.held.items() if self.gates.span([literal]) & span}

    def _held(self, route: Route) -> Literal:
        if route not in self.held:
            (self.held[route],) = self.gates.inputs(lambda count, _word: [(1 << count) - 1])
        return self.held[route]
