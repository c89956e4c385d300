"""A whole interview at the desk, typed line by line, and how much of it the program has acknowledged."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from terminals import ANSWERS

from screener.engine.answers import offered
from screener.engine.progress import Progress
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
