"""One row of a table as the answers of one person: for reasons, and for whatever is made of one person."""

from collections.abc import Iterator, Mapping
from typing import Any

from screener.engine.answers import Refused, read_answer
from screener.rulefile.conditions.tree import Answer
from screener.rulefile.model import Question, RuleFile
from screener.tables.given.cells import cell_reader, flag_reader
from screener.tables.given.columns import InMany, Place, TableMap


def answers_of(rules: RuleFile, map: TableMap, cells: Mapping[str, str | None]) -> dict[str, Answer]:
    """The answers in this row, whose cells are texts by the names of their columns. Raises Refused."""
    found = {
        question.id: answer
        for question in rules.questions
        if (place := map.places.get(question.id)) is not None
        and (answer := _answer(question, place, cells)) is not None
    }
    return {id: found[id] for id in rules.by_question if id in found}


def _answer(question: Question, place: Place, cells: Mapping[str, str | None]) -> Answer | None:
    if not isinstance(place, InMany):
        text = cells[place.column]
        return None if text is None else cell_reader(question, place.words)(text)
    chosen = list(_chosen(question, place, cells))
    if not chosen:
        return None
    if question.type == "many" and not (len(chosen) == 1 and chosen[0] in question.reserved):
        return read_answer(question, chosen)
    if len(chosen) > 1:
        raise Refused("one answer is needed here, not several")
    return read_answer(question, chosen[0])


def _chosen(question: Question, place: InMany, cells: Mapping[str, Any]) -> Iterator[str]:
    for word, column in place.columns.items():
        if flag_reader(question, word)(cells[column] or ""):
            yield word
