"""Lists of words as a boolean column for each word. The only door to Polars itself: it reads a list once for all words,
where other engines look into it for each of them.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import mul
from typing import Any

import narwhals as nw
import polars as pl

Table = nw.LazyFrame[Any] | nw.DataFrame[Any]
#: For each column of lists: the words that can stand in them, and the names of the columns that say whether they do.
Lists = Mapping[str, Mapping[str, str]]
#: More words than these can't be counted in one number, whatever stands in a list.
_MOST = 32


def spread(table: Table, lists: Lists) -> Table:
    """The table with a column for each word of each list; a word that stands twice is there all the same."""
    few = {column: words for column, words in lists.items() if len(words) <= _MOST and table.implementation.is_polars()}
    looked = [
        nw.col(column).list.contains(word).fill_null(False).alias(name)
        for column, words in lists.items()
        if column not in few
        for word, name in words.items()
    ]
    return added(_in_numbers(table, few) if few else table, looked)


def added(table: Table, columns: Sequence[nw.Expr]) -> Table:
    """The table with these columns, if there are any."""
    return table.with_columns(*columns) if columns else table


def _in_numbers(table: Table, lists: Lists) -> Table:
    """Each word is a power of two, and a list is their sum.

    Where a sum is not made of as many powers as the list has words, a word stands twice, or is none of these: such a
    list is read once more, without what is doubled.
    """
    native: Any = table.to_native()
    sums, sure, flags = [], [], []
    for column, words in lists.items():
        sum, texts = pl.col(f"helps/{column}"), pl.col(column).cast(pl.List(pl.String))
        plain = (sum.bitwise_count_ones() == texts.list.len()).fill_null(True)
        once = _number(pl.when(~plain).then(texts).list.unique(), words)
        sums.append(_number(texts, words).alias(f"helps/{column}"))
        sure.append(pl.when(plain).then(sum).otherwise(once).fill_null(0).alias(f"helps/{column}"))
        flags += [(sum & (1 << place) != 0).alias(name) for place, name in enumerate(words.values())]
    native = native.with_columns(sums).with_columns(sure).with_columns(flags)
    whole: Table = nw.from_native(native.drop(f"helps/{column}" for column in lists))
    return whole


def _number(texts: pl.Expr, words: Mapping[str, str]) -> pl.Expr:
    places = texts.cast(pl.List(pl.Enum(list(words))), strict=False)
    return places.list.eval(_power(pl.element().to_physical().cast(pl.Int64), len(words))).list.sum()


def _power(place: pl.Expr, most: int) -> pl.Expr:
    """Two to the power of a place, from the bits of the place: much faster than how powers are worked out."""
    bits = range((most - 1).bit_length())
    return reduce(mul, (1 + (2**2**bit - 1) * (place // 2**bit & 1) for bit in bits), pl.lit(1, pl.Int64))
