"""Columns as people have them, brought into the layout once: words, lists, a column per option, numbers and dates.

Only what is written by the ids of the rule file: labels, other tongues and what can't be read are seen to before. An
empty cell is a question without an answer.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import narwhals as nw
from narwhals.typing import IntoFrameT

from screener.ground.marks import ANSWERED
from screener.rulefile.model import Question, RuleFile
from screener.tables.layout import LaidOut, columns_of, flag
from screener.tables.lists import Table, added, spread


class InWords(NamedTuple):
    """A column of texts: the id of the option, a reserved word, or the words of a `text`."""

    column: str


class InLists(NamedTuple):
    """A column of lists with the ids of options, or one reserved word."""

    column: str


class InFlags(NamedTuple):
    """A column for each option, and for each reserved word that has one: `{"gold": "medicines___gold"}`.

    They hold booleans, or 1 and 0.
    """

    columns: Mapping[str, str]


class InValues(NamedTuple):
    """A column of numbers or dates; reserved words stand in a column of texts beside it, if there is one."""

    column: str
    words: str | None = None


#: How the answers to one question are written.
WrittenAs = InWords | InLists | InFlags | InValues


def wide(frame: IntoFrameT, rules: RuleFile, sources: Mapping[str, WrittenAs]) -> IntoFrameT:
    """The same table with all columns of the layout added; a question without a source is one that nobody answered."""
    table: Table = nw.from_native(frame)
    lists: dict[str, dict[str, str]] = {}
    flags: list[nw.Expr] = []
    rest: list[nw.Expr] = []
    for question in rules.questions:
        source = sources.get(question.id)
        names = {word: flag(question.id, word) for word in (*question.choices, *question.reserved)}
        if isinstance(source, InLists):
            lists[source.column] = names
        else:
            flags += [_flag(word, source).alias(name) for word, name in names.items()]
        rest += [_rest(question, column, source).alias(column.name) for column in _left(question)]
    # Whether a question was answered is seen from its options, once these are there.
    whole: IntoFrameT = added(added(spread(table, lists), flags), rest).to_native()
    return whole


def _left(question: Question) -> Iterator[LaidOut]:
    """The columns of a question that are neither an option nor a reserved word."""
    return (column for column in columns_of(question) if column.word in (ANSWERED, None))


def _flag(word: str, source: InWords | InFlags | InValues | None) -> nw.Expr:
    """Answered with this option or reserved word."""
    if isinstance(source, InFlags):
        there = source.columns.get(word)
        return nw.lit(False) if there is None else nw.col(there).cast(nw.Boolean).fill_null(False)
    words = source.words if isinstance(source, InValues) else source and source.column
    return (nw.col(words) == word).fill_null(False) if words else nw.lit(False)


def _rest(question: Question, column: LaidOut, source: WrittenAs | None) -> nw.Expr:
    """Answered with a value, and the value where that is a number or a date."""
    if column.word == ANSWERED and question.choices:
        return nw.any_horizontal(*(flag(question.id, option) for option in question.choices), ignore_nulls=False)
    if isinstance(source, InValues):
        found = nw.col(source.column)
        if column.word == ANSWERED:
            return ~found.is_null()
        return found.cast(nw.Date if column.kind == "date" else nw.Float64).fill_null(column.empty)
    if isinstance(source, InWords) and column.word == ANSWERED:
        return ~nw.col(source.column).fill_null("").is_in(["", *question.reserved])
    return nw.lit(column.empty)
