"""A whole interview at the desk, typed line by line, and how much of it the program has acknowledged."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from terminals import ANSWERS, ENTER, Terminal

from screener.engine.answers import offered
from screener.engine.progress import Progress
from screener.interview.loop import WHAT_NOW
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Question, RuleFile

#: A question is on the screen, so whatever was answered before it is kept.
HEADING = re.compile(r"question (\d+) of ", re.IGNORECASE)
REVIEW, KEPT = "Please check your answers.", "The record is kept as "


def typed(rules: RuleFile) -> str:
    """All that the person of the tests types in numbered lines."""
    return "\n".join([*lines(rules), ""])


def lines(rules: RuleFile) -> list[str]:
    """The same line by line, up to the one that asks for the summary; who is told the next step goes on."""
    progress, told, found = Progress(rules, {}), False, list[str]()
    while (question := progress.next_question()) is not None:
        if progress.certain is not None and not told:
            told, found = True, [*found, ""]
        found.append(line(question, ANSWERS[question.id]))
        progress.answer(question.id, as_answer(ANSWERS[question.id]))
    return [*found, ""]


def line(question: Question, plain: Any) -> str:
    """The numbers of an answer as they are typed."""
    ids = [id for id, _ in offered(question)]
    return ", ".join(str(ids.index(id) + 1) for id in ([plain] if isinstance(plain, str) else plain))


def as_answer(plain: Any) -> Answer:
    """An answer from what JSON has of it."""
    return plain if isinstance(plain, str) else tuple(plain)


def acknowledged(said: Iterable[str]) -> int:
    """How many answers are kept, as these lines on the screen say; one more than all when the record is complete."""
    most = 0
    for one in said:
        if heading := HEADING.search(one):
            most = max(most, int(heading[1]) - 1)
        elif one.startswith(REVIEW):
            most = max(most, len(ANSWERS))
        elif one.startswith(KEPT):
            most = len(ANSWERS) + 1
    return most


def first(count: int) -> Mapping[str, Any]:
    """The answers after so many questions, as they are kept."""
    return dict(list(ANSWERS.items())[:count])


class Person:
    """Who answers in numbered lines in a terminal; `known` is how many answers were given, the summary is one more."""

    def __init__(self, terminal: Terminal, rules: RuleFile, known: int = 0) -> None:
        self.terminal, self.known = terminal, known
        self._rules, self._asked, self._before = rules, "", ""

    def answer(self, most: int) -> "Person":
        """Answer so many times, and not wait for what is asked then; the last answer asks for the summary."""
        for _ in range(most):
            asked = self.waits()
            if asked.isdigit():
                id = list(ANSWERS)[self.known]
                assert int(asked) == self.known + 1
                self.terminal.type(line(self._rules.by_question[id], ANSWERS[id]))
            self.terminal.type(ENTER)
            self.known += asked != WHAT_NOW
            self._asked, self._before = "", asked
            if asked == REVIEW:
                break
        return self

    def review(self) -> "Person":
        """Answer all that is left; then everything is to be checked."""
        while self.waits() != REVIEW:
            self.answer(1)
        return self

    def waits(self) -> str:
        """Wait for what is asked next: the number of a question, or another one by its words."""
        if not self._asked:
            self.terminal.when(lambda: self._now() not in ("", self._before))
            self._asked = self._now()
        return self._asked

    def _now(self) -> str:
        text = "\n".join(self.terminal.everything())
        found = {match[1]: match.start() for match in HEADING.finditer(text)}
        found |= {words: text.rfind(words) for words in (WHAT_NOW, REVIEW) if words in text}
        return max(found, key=lambda words: found[words], default="") if text.rstrip().endswith("\n>") else ""
