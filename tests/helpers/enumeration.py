"""Every possible set of answers to a small rule file, by walking through the engine: slow and obvious."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

from strategies import AGO

from screener.engine.answers import Refused, read_answer
from screener.engine.assess import next_question
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Question, RuleFile

#: Between and at all limits that the generated rule files use.
NUMBERS = [Decimal(n) / 2 for n in range(-2, 14)]


def everything(rules: RuleFile) -> list[Mapping[str, Answer]]:
    """All complete sets of answers, numbers by one value on and between all limits."""
    return list(_walk(rules, {}))


def _walk(rules: RuleFile, given: dict[str, Answer]) -> Iterator[Mapping[str, Answer]]:
    question = next_question(rules, given)
    if question is None:
        yield given
        return
    for answer in possible(question):
        yield from _walk(rules, {**given, question.id: answer})


def possible(question: Question) -> Iterator[Answer]:
    """Every answer that the question takes."""
    if question.type == "many":
        sets = [set_ for size in range(1, len(question.options) + 1) for set_ in combinations(question.options, size)]
        yield from (answer for chosen in sets if (answer := _taken(question, list(chosen))) is not None)
    elif question.choices:
        yield from question.choices
    elif question.type in ("number", "whole"):
        yield from (value for value in NUMBERS if _taken(question, str(value)) is not None)
    elif question.type == "date":
        days = (question.today - timedelta(number) for number in AGO)
        yield from (day for day in days if _taken(question, day.isoformat()) is not None)
    else:
        yield "some text"
    yield from question.reserved


def _taken(question: Question, raw: object) -> Answer | None:
    try:
        return read_answer(question, raw)
    except Refused:
        return None
