"""A rule file each of whose rules holds only where its own literal does, so that any of them can be let go."""

from collections.abc import Mapping

from screener.proof.encoding import Encoding, Route
from screener.proof.gates import Gates, Literal, Tick
from screener.proof.solving import Solving
from screener.rulefile.model import RuleFile


class Loose(Solving):
    """The file, and for each place of it that says something of a question the literal under which it holds."""

    def __init__(self, rules: RuleFile, tick: Tick) -> None:
        super().__init__(Gates(tick), tick)
        self.held: dict[Route, Literal] = {}
        self.encoding = Encoding(rules, self.gates, self._held)

    def places(self, questions: frozenset[str]) -> Mapping[Route, Literal]:
        """The places that say something of these questions."""
        return {route: literal for route, literal in self.held.items() if route[1] in questions}

    def claimed(self, claim: Literal) -> Literal:
        """A fresh literal under which this is claimed."""
        held = self._let_go()
        self.gates.bind(-held, -held, claim)
        return held

    def _held(self, route: Route) -> Literal:
        if route not in self.held:
            self.held[route] = self._let_go()
        return self.held[route]

    def _let_go(self) -> Literal:
        """A fresh literal that fails only if something is let go: a solver tries first that nothing is."""
        (gone,) = self.gates.inputs(lambda _count, _word: [0])
        return -gone
