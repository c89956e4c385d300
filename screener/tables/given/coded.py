"""A column of texts in which each text is looked at once, however many rows have it."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import polars as pl

from screener.engine.answers import Refused

#: What a text was read as: an answer, None for no answer, or why it is refused.
Read = Any


class ReadCells(NamedTuple):
    """For each row the number of its text, null for an empty one; and what the texts were read as, in this order."""

    numbers: pl.Series
    read: tuple[Read, ...]

    def mapped(self, value: Callable[[Read], Any], kind: Any) -> pl.Series:
        """For each row a value of what its text was read as; null for empty rows, and where the value is None."""
        return pl.Series([value(one) for one in self.read], dtype=kind, strict=False).gather(self.numbers)

    def wrong(self) -> pl.Series | None:
        """For each row why its text is refused, null for all others; None if no text is."""
        if not any(isinstance(one, Refused) for one in self.read):
            return None
        return self.mapped(lambda one: _sentence(one) if isinstance(one, Refused) else None, pl.String)


def coded(cells: pl.Series, read: Callable[[str], Read]) -> ReadCells:
    """The cells of a column as texts, each read once."""
    plain = as_texts(cells) if isinstance(cells.dtype, pl.List) else cells
    known = plain.drop_nulls().unique()
    numbers = pl.int_range(len(known), dtype=pl.UInt32, eager=True)
    rows = plain.replace_strict(known, numbers, default=None, return_dtype=pl.UInt32)
    return ReadCells(rows, tuple(_each(as_texts(known), read)))


def _each(texts: Iterable[str], read: Callable[[str], Read]) -> Iterable[Read]:
    for text in texts:
        try:
            yield read(text)
        except Refused as refused:
            yield refused


def _sentence(refused: Refused) -> str:
    return f"{refused}; {refused.help}" if refused.help else str(refused)


#: A date with a time of day, as systems write one where only a date was meant.
_DAY_WITH_TIME = r"^\s*(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?\s*$"


def as_texts(series: pl.Series) -> pl.Series:
    """Any column as texts: lists with a semicolon between, a date without a time of day."""
    if series.dtype == pl.String:
        return series.str.replace(_DAY_WITH_TIME, "$1")
    if isinstance(series.dtype, pl.Datetime):
        return series.dt.date().cast(pl.String)
    if isinstance(series.dtype, pl.List):
        return series.cast(pl.List(pl.String)).list.join(";")
    if series.dtype == pl.Boolean:
        return series.replace_strict({True: "true", False: "false"}, default=None, return_dtype=pl.String)
    return series.cast(pl.String, strict=False)


def as_days(series: pl.Series) -> pl.Series:
    """The dates of a column that has such values, each in the time zone of its column; null in any other column."""
    if isinstance(series.dtype, pl.Datetime):
        return series.dt.date()
    return series if series.dtype == pl.Date else pl.repeat(None, len(series), dtype=pl.Date, eager=True)
