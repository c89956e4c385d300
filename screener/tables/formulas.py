"""What conditions come to in a row, as formulas that are true or false and never unknown.

An atom is true, false, kept unknown by an unsure, declined or skipped answer, or open. A condition is true, or may be,
in four ways: with answers that were kept back against it or for it, and with open ones against it or for it.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from screener.ground.marks import ANSWERED, MARKS, Mark
from screener.rulefile.conditions.atoms import AllOf, Answered, AnyOf, Compare, Count, NoneOf, Within
from screener.rulefile.conditions.tree import All, AnyPart, Atom, Condition, Not
from screener.rulefile.model import Question, RuleFile
from screener.tables.layout import flag, value
from screener.tables.nodes import FALSE, TRUE, Beside, Chosen, Flag, Lately, Node, Nodes


class Ways(NamedTuple):
    """When a condition is true (`sure`), also if all that was kept back speaks for it (`kept`), if all that is open
    does (`open`), and if both do (`either`).

    `only_kept`: it hangs on what was kept back alone. `can_hold`: with what was kept back against it, open answers can
    still make it true or not; `can_fail`: the same with what was kept back for it.
    """

    sure: Node
    kept: Node
    open: Node
    either: Node
    only_kept: Node
    can_hold: Node
    can_fail: Node


ALWAYS = Ways(TRUE, TRUE, TRUE, TRUE, FALSE, FALSE, FALSE)


class Standing(NamedTuple):
    """A question in a row: it is or may be asked, its answer counts, it lacks one, and it is open for any reason."""

    asked: Node
    counts: Node
    lacking: Node
    open: Node


class Formulas:
    """The conditions of a rule file as formulas; a question is shown before anything speaks of it."""

    def __init__(self, rules: RuleFile, nodes: Nodes) -> None:
        self._nodes, self._questions = nodes, rules.by_question
        #: A named condition is the same object wherever it is used.
        self._met: dict[int, Ways] = {}
        standing: dict[str, Standing] = {}
        self.standing: Mapping[str, Standing] = standing
        for question in rules.questions:
            standing[question.id] = self._standing(question)

    def ways(self, condition: Condition | None) -> Ways:
        """What a condition comes to; without one it always holds."""
        if condition is None:
            return ALWAYS
        if id(condition) not in self._met:
            self._met[id(condition)] = self._ways(condition)
        return self._met[id(condition)]

    def _standing(self, question: Question) -> Standing:
        nodes, when = self._nodes, self.ways(question.when)
        given = nodes.either(*(self._flag(question, word) for word in (ANSWERED, *question.reserved)))
        lacking = nodes.both(when.either, -given)
        # While open answers leave it undecided whether it is asked at all, an answer to it does not count yet.
        return Standing(when.either, when.kept, lacking, nodes.either(lacking, nodes.both(when.either, -when.kept)))

    def _ways(self, condition: Condition) -> Ways:
        if isinstance(condition, Not):
            part = self.ways(condition.part)
            opposite = (-part.either, -part.open, -part.kept, -part.sure)
            return Ways(*opposite, part.only_kept, can_hold=part.can_fail, can_fail=part.can_hold)
        if isinstance(condition, All | AnyPart):
            parts = [self.ways(part) for part in condition.parts]
            return self._joined(parts, every=isinstance(condition, All))
        if isinstance(condition, Atom):
            return self._atom(condition)
        raise TypeError(condition)

    def _joined(self, parts: list[Ways], every: bool) -> Ways:
        nodes = self._nodes
        join = nodes.both if every else nodes.either
        sure, kept, open, either = (join(*ways) for ways in zip(*(part[:4] for part in parts), strict=True))
        keeping = [part for part in parts if part.only_kept != FALSE]
        if not keeping:
            only_kept = FALSE
        elif len(keeping) == 1:
            others = [part.kept if every else -part.open for part in parts if part is not keeping[0]]
            only_kept = nodes.both(keeping[0].only_kept, *others)
        else:
            only_kept = nodes.both(kept, -open)
        return Ways(sure, kept, open, either, only_kept, nodes.both(open, -sure), nodes.both(either, -kept))

    def _atom(self, atom: Atom) -> Ways:
        nodes, question = self._nodes, self._questions[atom.question]
        _, counts, _, open = self.standing[atom.question]
        matches = self._matches(atom, question)
        unknown = [self._flag(question, word) for word in question.reserved if atom.marked(MARKS[word]) is None]
        sure, kept = nodes.both(counts, matches), nodes.both(counts, nodes.either(matches, *unknown))
        only_kept = nodes.both(counts, nodes.either(*unknown))
        return Ways(sure, kept, nodes.either(sure, open), nodes.either(kept, open), only_kept, open, open)

    def _matches(self, atom: Atom, question: Question) -> Node:
        """An answer that counts makes the atom true: by a value that matches, or by a mark that it names."""
        nodes, answered = self._nodes, self._flag(question, ANSWERED)
        if isinstance(atom, AnyOf):
            marks = [self._flag(question, word) for word in question.reserved if Mark(word) in atom.marks]
            return nodes.either(*self._options(atom.options, question), *marks)
        if isinstance(atom, AllOf):
            return nodes.both(*self._options(atom.options, question))
        if isinstance(atom, NoneOf):
            return nodes.both(answered, -nodes.either(*self._options(atom.options, question)))
        if isinstance(atom, Count):
            columns = tuple(flag(question.id, option) for option in question.choices)
            return nodes.both(answered, nodes.leaf(Chosen(columns, atom.at_least, atom.at_most)))
        if isinstance(atom, Compare):
            if (question.type == "date") is not isinstance(atom.limit, date):
                return FALSE
            return nodes.both(answered, nodes.leaf(Beside(value(question.id), atom.side, atom.limit)))
        if isinstance(atom, Within):
            return nodes.both(answered, nodes.leaf(Lately(value(question.id), atom.span)))
        if isinstance(atom, Answered):
            return answered
        raise TypeError(atom)

    def _options(self, options: frozenset[str], question: Question) -> list[Node]:
        """In the order of the rule file, so that the same file gives the same formulas."""
        return [self._flag(question, option) for option in question.choices if option in options]

    def _flag(self, question: Question, word: str) -> Node:
        return self._nodes.leaf(Flag(flag(question.id, word)))
