"""The cells of one question → its answers in a few plain columns, and what is wrong with cells; all rows at once."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

import polars as pl

from screener.engine.answers import ALONE, MAX_TEXT, RESERVED_WORDS, TOO_FEW, TOO_MANY, Refused, offered, stands_alone
from screener.rulefile.measures import FORMS
from screener.rulefile.model import Question
from screener.tables.files.piece import OF
from screener.tables.given.cells import cell_reader, flag_reader
from screener.tables.given.coded import Read, ReadCells, as_days, as_texts, coded
from screener.tables.given.columns import InMany, InOne, Place

#: What stands for any text that a person wrote: what is written there decides nothing.
_WRITTEN = "…"
#: A text with none of these is let through unread: most are so, and there may be a million different ones.
_TO_BE_READ = r"[^\p{L}\p{M}\p{N}\p{P}\p{S} \n]"
#: How large numbers may be, and how many digits they may have after the point; see `measures`.
_MOST, _PLACES = {"number": 1e11, "whole": 1e9}, {"number": 4, "whole": 0}
#: A number such as 0.30000000000000004 was meant to have fewer digits.
_ROUNDING = 1e-9


class AnsweredBy(NamedTuple):
    """The answers of all rows to one question.

    `words` are options or reserved words, `values` numbers or dates, `flags` a column for each option or reserved word,
    where several can be chosen. `wrong` has the sentence for a cell that is no answer, by the name of its column.
    """

    words: pl.Series | None = None
    values: pl.Series | None = None
    flags: Mapping[str, pl.Series] = {}
    wrong: Mapping[str, pl.Series] = {}


def answered_by(question: Question, place: Place, frame: pl.DataFrame) -> AnsweredBy:
    """What the rows of a piece answer to this question."""
    if isinstance(place, InMany):
        return _from_flags(question, place, frame)
    series, read = frame[f"{OF}{place.column}"], cell_reader(question, place.words)
    if question.type in FORMS:
        return _measured(question, place, series, read)
    found = coded(_unclear(question, place, as_texts(series)) if question.type == "text" else series, read)
    wrong = _wrong(place, found)
    if question.type == "many":
        return AnsweredBy(flags=_flags(question, found), wrong=wrong)
    if question.type == "text":
        return AnsweredBy(words=_texts(series, found, question), wrong=wrong)
    return AnsweredBy(words=found.mapped(_word, pl.String), wrong=wrong)


def _wrong(place: InOne, found: ReadCells) -> dict[str, pl.Series]:
    sentences = found.wrong()
    return {} if sentences is None else {place.column: sentences}


def _word(read: Read) -> str | None:
    return read if isinstance(read, str) else None


def _flags(question: Question, found: ReadCells) -> dict[str, pl.Series]:
    """A column for each option and reserved word."""

    def chosen(word: str) -> Callable[[Read], bool]:
        return lambda read: read == word if isinstance(read, str) else isinstance(read, tuple) and word in read

    return {word: found.mapped(chosen(word), pl.Boolean) for word, _ in offered(question)}


# ---- Free texts


def _unclear(question: Question, place: InOne, texts: pl.Series) -> pl.Series:
    """The texts that have to be read to be let through, null for all others."""
    plain = texts.str.strip_chars()
    short = plain.str.len_chars().is_between(1, MAX_TEXT)
    words = {*place.words, *(way for word in question.reserved for way in (word, RESERVED_WORDS[word]))}
    clear = short & ~texts.str.contains(_TO_BE_READ) & (plain.str.len_chars() > max(map(len, words), default=0))
    return pl.select(pl.when(clear).then(None).otherwise(texts)).to_series()


def _texts(series: pl.Series, found: ReadCells, question: Question) -> pl.Series:
    """The reserved word, or a word that stands for any text."""
    read = found.mapped(lambda one: _reserved(question, one), pl.String)
    unread = found.numbers.is_null() & series.is_not_null()
    return pl.select(pl.when(unread).then(pl.lit(_WRITTEN)).otherwise(read)).to_series()


def _reserved(question: Question, read: Read) -> str | None:
    if not isinstance(read, str):
        return None
    return read if read in question.reserved else _WRITTEN


# ---- Numbers and dates


def _measured(question: Question, place: InOne, series: pl.Series, read: Callable[[str], Read]) -> AnsweredBy:
    """Columns of numbers or dates are taken as they are where that is clear; all else is read as text."""
    kind = pl.Date if question.type == "date" else pl.Float64
    typed = _typed(question, series)
    texts = as_texts(series).str.strip_suffix(".0") if series.dtype.is_float() else as_texts(series)
    clear = _within(question, typed) & ~_is_word(place, texts)
    rest = pl.select(pl.when(clear).then(None).otherwise(texts)).to_series()
    found = coded(rest, read)
    values = found.mapped(lambda one: None if isinstance(one, str | Refused) else _plain(one), kind)
    merged = pl.select(pl.when(clear).then(typed).otherwise(values)).to_series()
    return AnsweredBy(words=found.mapped(_word, pl.String), values=merged, wrong=_wrong(place, found))


def _is_word(place: InOne, texts: pl.Series) -> pl.Series:
    """Whether a cell has a word in it that a mapping file gives another meaning, such as 999."""
    return texts.str.to_lowercase().is_in([word.casefold() for word in place.words]).fill_null(False)


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _typed(question: Question, series: pl.Series) -> pl.Series:
    """The numbers or dates of a column that has such values, null for all that are no clear ones."""
    if question.type == "date":
        return as_days(series)
    if not series.dtype.is_numeric():
        return pl.repeat(None, len(series), dtype=pl.Float64, eager=True)
    numbers = series.cast(pl.Float64)
    rounded = numbers.round(_PLACES[question.type])
    clear = (numbers.abs() < _MOST[question.type]) & ((numbers - rounded).abs() <= _ROUNDING * numbers.abs())
    return pl.select(pl.when(clear).then(rounded)).to_series()


def _within(question: Question, typed: pl.Series) -> pl.Series:
    """Whether there is a value, and the limits of the question allow it."""
    low, high = question.limits
    clear = typed.is_not_null()
    if low is not None:
        clear &= typed >= _plain(low)
    if high is not None:
        clear &= typed <= _plain(high)
    return clear.fill_null(False)


# ---- A column for each option


def _from_flags(question: Question, place: InMany, frame: pl.DataFrame) -> AnsweredBy:
    flags, wrong = dict[str, pl.Series](), dict[str, pl.Series]()
    for word, column in place.columns.items():
        found = coded(frame[f"{OF}{column}"], flag_reader(question, word))
        flags[word] = found.mapped(lambda read: read is True, pl.Boolean).fill_null(False)
        wrong |= _wrong(InOne(column), found)
    first = next(iter(place.columns.values()))
    for sentence, rows in _not_together(question, flags):
        if rows.any():
            known = wrong.get(first, pl.repeat(None, len(rows), dtype=pl.String, eager=True))
            said = pl.when(known.is_null() & rows).then(pl.lit(sentence)).otherwise(known)
            wrong[first] = pl.select(said).to_series()
    return AnsweredBy(flags=flags, wrong=wrong)


def _not_together(question: Question, flags: Mapping[str, pl.Series]) -> list[tuple[str, pl.Series]]:
    """Why options can't be chosen together, each with the rows in which they were."""
    count = reduce(lambda one, other: one + other.cast(pl.UInt32), flags.values(), pl.lit(0, pl.UInt32))
    chosen = pl.select(count).to_series()
    if question.type != "many":
        return [("one answer is needed here, not several", chosen > 1)]
    alone = [word for word in flags if stands_alone(question, word)]
    labels = dict(offered(question))
    found = [(ALONE.format(labels[word]), flags[word] & (chosen > 1)) for word in alone]
    low, high = question.limits
    if isinstance(low, Decimal):
        by_itself = reduce(or_, (flags[word] for word in alone), chosen < 0)
        found.append((TOO_FEW.format(low), (chosen > 0) & (chosen < int(low)) & ~by_itself))
    if isinstance(high, Decimal):
        found.append((TOO_MANY.format(high), chosen > int(high)))
    return found
