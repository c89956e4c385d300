"""Whether answers have made the most urgent next step certain already, without looking at every line each time."""

from collections.abc import Iterable
from typing import NamedTuple

from screener.engine.addressed import addressed
from screener.engine.assess import fires
from screener.rulefile.conditions.tree import View
from screener.rulefile.model import Answers, Disposition, Guidance, RuleFile


class Certain(NamedTuple):
    """The most urgent next step, and the lines that have called for it so far, in the order in which they came."""

    step: Disposition
    lines: tuple[Guidance, ...]

    @property
    def says(self) -> tuple[str, ...]:
        """What there is to say: the words of the step, then each line after its title."""
        return (self.step.says, *(f"{line.title}. {line.says}" if line.title else line.says for line in self.lines))

    def addressed(self, rules: RuleFile, answers: Answers) -> "Certain":
        """The same in words that repeat these answers."""
        if not rules.repeats_answers:
            return self
        spoken = addressed(rules, answers)
        lines = {line.id: line for line in spoken.guidance}
        step = spoken.dispositions[rules.urgency[self.step.id]]
        return Certain(step, tuple(lines[line.id] for line in self.lines))


class MostUrgent:
    """The lines that bring up the most urgent next step, by the questions they speak of, and those that are said now.

    `looks` counts how often a line was weighed.
    """

    def __init__(self, rules: RuleFile) -> None:
        self._disposition, lines = _most_urgent(rules)
        self._speak_of: dict[str, list[Guidance]] = {}
        for line in lines:
            for question in line.when.references() if line.when is not None else ():
                self._speak_of.setdefault(question, []).append(line)
        self._said: dict[str, Guidance] = {}
        self.looks = 0

    @property
    def certain(self) -> Certain | None:
        """The most urgent next step and why, once no answer that is still open can lower it.

        None before, and in a file whose answers can't bring up anything more urgent than everyone gets.
        """
        if self._disposition is None or not self._said:
            return None
        return Certain(self._disposition, tuple(self._said.values()))

    def weigh(self, view: View, changed: Iterable[str]) -> None:
        """Weigh the lines that speak of these questions, each once, with the states that questions have now."""
        lines = {line.id: line for question in changed for line in self._speak_of.get(question, ())}
        for id, line in lines.items():
            self.looks += 1
            if fires(line, view):
                self._said[id] = line
            else:
                self._said.pop(id, None)


def _most_urgent(rules: RuleFile) -> tuple[Disposition | None, list[Guidance]]:
    """The most urgent next step that an answer can bring up, and the lines that do so."""
    bring = [(rules.urgency[line.disposition], line) for line in rules.guidance if line.disposition]
    everyone = max((rank for rank, line in bring if line.when is None), default=0)
    most = max((rank for rank, _ in bring), default=0)
    if most <= everyone:
        return None, []
    return rules.dispositions[most], [line for rank, line in bring if rank == most]
