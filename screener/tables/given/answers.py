"""The rows of a piece as the answers of single people, as JSON has them; of free texts only that there are some."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from screener.rulefile.model import Question, RuleFile
from screener.tables.files.piece import OF, ROW, TablePiece
from screener.tables.given.coded import as_texts
from screener.tables.given.columns import TableMap
from screener.tables.given.preparing import days_of
from screener.tables.given.series import AnsweredBy, answered_by

Plain = str | int | float | list[str]


class InRow(NamedTuple):
    """One person in a table: the number of the row, what tells people apart, the day of the interview, and the answers;
    None where a cell can't be read.
    """

    row: int
    kept: str
    day: date
    answers: Mapping[str, Any] | None


def people_in(rules: RuleFile, map: TableMap, piece: TablePiece) -> Iterator[InRow]:
    """Everybody in a piece, in the order of the rows."""
    found = [
        (question, answered_by(question, place, piece.frame))
        for question in rules.questions
        if (place := map.places.get(question.id)) is not None
    ]
    rows = piece.frame[ROW].to_list()
    bad = {at for _, one in found for wrong in one.wrong.values() for at, said in enumerate(wrong) if said is not None}
    columns = {question.id: list(_plain(question, one, len(rows))) for question, one in found}
    kept = as_texts(piece.frame[f"{OF}{map.keep[0]}"]).fill_null("").to_list() if map.keep else [""] * len(rows)
    days = days_of(piece.frame[f"{OF}{map.day}"]).to_list() if map.day else [rules.today] * len(rows)
    for at, row in enumerate(rows):
        answers = {id: some[at] for id, some in columns.items() if some[at] is not None}
        readable = at not in bad and days[at] is not None
        yield InRow(row, kept[at], days[at] or rules.today, answers if readable else None)


def _plain(question: Question, found: AnsweredBy, size: int) -> Iterable[Plain | None]:
    """The answers to one question, None for no answer."""
    if found.flags:
        words = list(found.flags)
        return (_chosen(question, words, flags) for flags in zip(*(found.flags[word] for word in words), strict=True))
    words_given = found.words.to_list() if found.words is not None else [None] * size
    if found.values is None:
        return words_given
    return (
        word if word is not None else _measure(value)
        for word, value in zip(words_given, found.values.to_list(), strict=True)
    )


def _chosen(question: Question, words: list[str], flags: Iterable[bool | None]) -> Plain | None:
    chosen = [word for word, flag in zip(words, flags, strict=True) if flag]
    if question.type == "many" and not (len(chosen) == 1 and chosen[0] in question.reserved):
        return chosen or None
    return chosen[0] if chosen else None


def _measure(value: float | date | None) -> Plain | None:
    if isinstance(value, date):
        return value.isoformat()
    if value is None:
        return None
    return int(value) if value == int(value) else value
