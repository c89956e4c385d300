"""Columns as people have them, brought into the layout once: words, lists, a column per option, numbers and dates.

Only what is written by the ids of the rule file: labels, other tongues and what can't be read are seen to before. An
empty cell is a question without an answer.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import narwhals as nw
from narwhals.typing import IntoFrameT

from screener.ground.marks import ANSWERED
from screener.rulefile.model import Question, RuleFile
from screener.tables.layout import LaidOut, columns_of


class InWords(NamedTuple):
    """A column of texts: the id of the option, a reserved word, or the words of a `text`."""

    column: str


class InLists(NamedTuple):
    """A column of lists with the ids of options, or one reserved word."""

    column: str


class InFlags(NamedTuple):
    """A column of booleans for each option, and for each reserved word that has one: `{"gold": "medicines___gold"}`."""

    columns: Mapping[str, str]


class InValues(NamedTuple):
    """A column of numbers or dates; reserved words stand in a column of texts beside it, if there is one."""

    column: str
    words: str | None = None


#: How the answers to one question are written.
WrittenAs = InWords | InLists | InFlags | InValues


def wide(frame: IntoFrameT, rules: RuleFile, sources: Mapping[str, WrittenAs]) -> IntoFrameT:
    """The same table with all columns of the layout added; a question without a source is one that nobody answered."""
    table: nw.LazyFrame[Any] | nw.DataFrame[Any] = nw.from_native(frame)
    found = [one for question in rules.questions for one in _columns(question, sources.get(question.id))]
    whole: IntoFrameT = table.with_columns(*found).to_native()
    return whole


def _columns(question: Question, source: WrittenAs | None) -> Iterator[nw.Expr]:
    for column in columns_of(question):
        if source is None:
            yield nw.lit(column.empty).alias(column.name)
        elif column.word is None:
            yield _value(column, source).alias(column.name)
        elif column.word == ANSWERED:
            yield _answered(question, source).alias(column.name)
        else:
            yield _flag(column.word, source).alias(column.name)


def _flag(word: str, source: WrittenAs) -> nw.Expr:
    """Answered with this option or reserved word."""
    if isinstance(source, InWords):
        return (nw.col(source.column) == word).fill_null(False)
    if isinstance(source, InLists):
        return nw.col(source.column).list.contains(word).fill_null(False)
    if isinstance(source, InFlags):
        return nw.col(source.columns[word]).fill_null(False) if word in source.columns else nw.lit(False)
    return (nw.col(source.words) == word).fill_null(False) if source.words else nw.lit(False)


def _answered(question: Question, source: WrittenAs) -> nw.Expr:
    """Answered with a value: for a question with choices with any of its options."""
    if isinstance(source, InValues):
        return ~_no_value(source)
    if question.choices:
        return nw.any_horizontal(*(_flag(option, source) for option in question.choices), ignore_nulls=False)
    if isinstance(source, InWords):
        words = nw.col(source.column).fill_null("")
        return ~words.is_in(["", *question.reserved])
    raise TypeError(source)


def _no_value(source: InValues) -> nw.Expr:
    return nw.col(source.column).is_null()


def _value(column: LaidOut, source: WrittenAs) -> nw.Expr:
    if not isinstance(source, InValues):
        raise TypeError(source)
    found = nw.col(source.column).cast(nw.Date if column.kind == "date" else nw.Float64)
    return found.fill_null(column.empty)
