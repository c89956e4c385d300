"""The answers of single people as columns of the layout."""

from collections.abc import Iterable
from datetime import date

from screener.ground.marks import ANSWERED
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.measures import iso_date, number
from screener.rulefile.model import Answers, Question, RuleFile
from screener.tables.layout import Cell, LaidOut, columns_of


def laid_out(rules: RuleFile, people: Iterable[Answers]) -> dict[str, list[Cell]]:
    """The columns of a table with a row for each person, whose answers are such as `assess` takes."""
    rows = list(people)
    return {
        column.name: [_cell(question, column, answers.get(question.id)) for answers in rows]
        for question in rules.questions
        for column in columns_of(question)
    }


def _cell(question: Question, column: LaidOut, answer: Answer | None) -> Cell:
    if answer is None or answer == ():
        return column.empty
    reserved = isinstance(answer, str) and answer in question.reserved
    if column.word == ANSWERED:
        return not reserved
    if column.word is not None:
        return answer == column.word if isinstance(answer, str) else column.word in _options(answer)
    if reserved:
        return column.empty
    if column.kind == "date":
        return answer if isinstance(answer, date) else iso_date(str(answer))
    return float(number(str(answer)))


def _options(answer: Answer) -> tuple[str, ...]:
    return tuple(answer) if isinstance(answer, tuple | list) else ()
