"""What the engine makes of every condition, for every combination of answers that the condition could tell apart.

A condition speaks of a handful of questions, so that this is complete, where all answers to all questions would be too
many to list. `check.py` says which conditions and combinations there are, and looks for each of them.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from screener.authoring.evidence import check
from screener.authoring.evidence.meaning import Rules
from screener.ground.marks import MARKS, Mark
from screener.proof.gates import Tick
from screener.proof.prover import Prover
from screener.rulefile.conditions.tree import Answer, Condition, State
from screener.rulefile.loader.conditions import Reader
from screener.rulefile.measures import MEASURED, limit
from screener.rulefile.model import Question, RuleFile
from screener.rulefile.yamltext import YamlText


class Verdicts:
    """The rows of `local.csv` for a rule file, which stands in `source`; `meaning` is the same for the checker."""

    def __init__(self, rules: RuleFile, source: YamlText, meaning: Rules, tick: Tick) -> None:
        self._rules, self._meaning, self._tick = rules, meaning, tick
        self._reader = Reader(source, [], rules.today)
        self._reader.named = dict(rules.conditions)

    def rows(self) -> Iterator[list[str]]:
        """What, the answers, and the verdict: `yes`, `no`, or `open` where an open answer leaves it unknown."""
        for what, (written, whole) in check.tables(self._meaning).items():
            condition = self._reader.condition(written, ())
            if condition is None:  # what was read once is read again
                raise ValueError(what)
            for each in check.combined(self._meaning, written) if whole else self._some(written, condition):
                yield [what, check.row(self._meaning, each), self._verdict(condition, each)]

    @cached_property
    def _prover(self) -> Prover:
        return Prover(self._rules, self._tick)

    def _some(self, written: Any, condition: Condition) -> Iterator[check.Combination]:
        """Answers of larger conditions that are sure, impossible and open, if there are such; and few or many options
        where it is a question of how many.
        """
        encoding, asked = self._prover.encoding, check.told_apart(self._meaning, written)
        sure, may = encoding.truth(condition)
        found = [self._prover.witness(*wanted) for wanted in ((sure,), (-may,), (may, -sure))]
        seen = [{id: self._pieces(id, one.get(id)) for id in asked} for one in found if one is not None]
        if not self._meaning.split(written)[0]:
            ((id, (_, free)),) = asked.items()
            seen += [{id: frozenset(some)} for n in range(1, len(free) + 1) for some in (free[:n], free[-n:])]
        yield from {frozenset(one.items()): one for one in seen}.values()

    def _pieces(self, id: str, answer: Answer | None) -> frozenset[str]:
        """The pieces of an answer as the checker has them: of numbers and dates one that no condition tells from it."""
        question = self._rules.by_question[id]
        if answer is None or isinstance(answer, tuple):
            return frozenset(answer or ())
        if answer in question.reserved or question.type not in MEASURED:
            return frozenset([str(answer)])
        values = self._meaning.values[id]
        place = bisect_right([self._meaning.number(id, one) for one in values], self._meaning.number(id, str(answer)))
        return frozenset([values[place - 1]])

    def _verdict(self, condition: Condition, combination: check.Combination) -> str:
        view = {id: _state(self._rules.by_question[id], pieces) for id, pieces in combination.items()}
        truth = condition.holds(view)
        return "open" if truth is None else "yes" if truth else "no"


def _state(question: Question, pieces: frozenset[str]) -> State:
    if not pieces:
        return Mark.HIDDEN
    first = min(pieces)
    if first in question.reserved:
        return MARKS[first]
    if question.type == "many":
        return tuple(option for option in question.options if option in pieces)
    value = limit(question.type, first) if question.type in MEASURED else None
    return first if value is None else value
