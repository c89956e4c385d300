"""Conditions that an answer left open can leave unknown; without a solver where samples show it."""

from functools import cached_property

from screener.ground.marks import MARKS
from screener.proof.encoding import Encoding
from screener.proof.gates import Gates, Undecided
from screener.proof.samples import SAMPLES
from screener.rulefile.conditions.tree import Condition
from screener.rulefile.model import RuleFile


class Doubt:
    """Says of conditions of a rule file whether they can be unknown once everything is answered."""

    def __init__(self, rules: RuleFile) -> None:
        self._rules = rules

    def about(self, condition: Condition) -> bool:
        """Whether some unsure or declined answer leaves it unknown. In a file too large to decide, it may."""
        by_question = self._rules.by_question
        words = ((atom, word) for atom in condition.atoms() for word in by_question[atom.question].reserved)
        if all(atom.marked(MARKS[word]) is not None for atom, word in words):
            return False
        try:
            return self._can(condition)
        except Undecided:
            return True

    def _can(self, condition: Condition) -> bool:
        certain, possible = self._encoding.truth(condition)
        gates = self._encoding.gates
        if gates.shown(possible, -certain):
            return True
        if gates.clash(possible, -certain):
            return False
        from screener.proof.solving import Solving  # slow to load, and nearly never needed

        with Solving(gates, _no_hurry) as solving:
            return solving.local(possible, -certain) is not None

    @cached_property
    def _encoding(self) -> Encoding:
        return Encoding(self._rules, Gates(_no_hurry, SAMPLES))


def _no_hurry() -> None:
    """A page is only made of what can be decided at once."""
